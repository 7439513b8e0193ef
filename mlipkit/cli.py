"""The command `mlipkit`: reads the words, calls the part that does the work, says how it went."""

import argparse
import sys

from mlipkit import __version__
from mlipkit.errors import KitError


def main(words=None):
    """Run one command line; returns its exit code: 0 done, 1 a sentence on stderr says what is wrong, 2 wrong usage."""
    arguments = _parser().parse_args(words)
    try:
        return arguments.run(arguments) or 0
    except KitError as error:
        print(f"mlipkit: {error}", file=sys.stderr)
        return 1


def _parser():
    parser = argparse.ArgumentParser(
        prog="mlipkit",
        description="The teaching kit for Machine Learning in Production.",
        epilog="Each command has its own help with an example: mlipkit COMMAND --help",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    lab = _command(commands, "lab", _lab, "open JupyterLab at the start page", "mlipkit lab --no-browser")
    lab.add_argument("--port", type=int, help="port on 127.0.0.1 (default: 8888, or the next free one)")
    lab.add_argument("--no-browser", action="store_true", help="print the address instead of opening a browser")

    notebooks = _command(
        commands,
        "notebooks",
        _notebooks,
        "execute lectures and write their normal form",
        "mlipkit notebooks notebooks/05_modelaccuracy.ipynb",
    )
    notebooks.add_argument("files", nargs="*", metavar="FILE", help="lectures (default: all of the course)")

    data = commands.add_parser("data", help="look after the shared tables").add_subparsers(
        metavar="ACTION", required=True
    )
    _command(
        data,
        "check",
        _data_check,
        "hold every table against its description",
        "mlipkit data check",
        course=False,
    )
    _command(
        data,
        "describe",
        _data_describe,
        "after a meant change: renew sizes and hashes in the description, and data/README.md",
        "mlipkit data describe",
        course=False,
    )
    return parser


def _command(commands, name, run, purpose, example, course=True):
    """Add one command with the habits that all share: a purpose, an example, the course folder."""
    parser = commands.add_parser(
        name, help=purpose, description=purpose[0].upper() + purpose[1:] + ".", epilog=f"Example: {example}"
    )
    parser.set_defaults(run=run)
    if course:
        parser.add_argument(
            "--course",
            metavar="FOLDER",
            help="course folder (default: the nearest one with nbgrader_config.py)",
        )
    return parser


def _course(arguments):
    from mlipkit.folders import course_folder

    return course_folder(arguments.course)


def _lab(arguments):
    from mlipkit import lab

    return lab.serve(_course(arguments), port=arguments.port, browser=not arguments.no_browser)


def _notebooks(arguments):
    from mlipkit import notebooks

    for path in arguments.files or notebooks.lectures(_course(arguments)):
        print(f"{path}: {'renewed' if notebooks.renew(path) else 'as it was'}", flush=True)


def _data_check(arguments):
    from mlipkit import datapackage

    found = datapackage.problems()
    for sentence in found:
        print(sentence, file=sys.stderr)
    if not found:
        print(f"All {len(datapackage.read_description()['resources'])} tables are as described.")
    return 1 if found else 0


def _data_describe(arguments):
    from mlipkit import datapackage

    for path in datapackage.refresh():
        print(f"Wrote {path}.")


if __name__ == "__main__":
    sys.exit(main())
