"""The command `mlipkit`: reads the words, calls the part that does the work, says how it went."""

import argparse
import sys

from mlipkit import __version__
from mlipkit.errors import KitError
from mlipkit.terminal import require_json


def main(words=None):
    """Run one command line; returns its exit code: 0 done, 1 a sentence on stderr says what is wrong, 2 wrong usage."""
    arguments = _parser().parse_args(words)
    try:
        if getattr(arguments, "json", None):
            require_json(arguments.json)  # before the work, not after it
        return arguments.run(arguments) or 0
    except KitError as error:
        print(f"mlipkit: {error}", file=sys.stderr)
        return 1
    except OSError as error:  # a full disk, a folder that may not be written: nothing a command could foresee
        print(f"mlipkit: {error.filename or 'The system'}: {error.strerror or error}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("mlipkit: stopped.", file=sys.stderr)
        return 130


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

    _student_commands(commands)
    _instructor_commands(commands)

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


def _student_commands(commands):
    _command(commands, "start", _start, "copy a released assignment to your desk", "mlipkit start a0_field", on=True)
    check = _command(
        commands, "check", _check, "run the visible tests of your notebook", "mlipkit check a0_field", on=True
    )
    check.description += " The exit code is 0 whenever the check could run, whatever it found."
    _json(check)
    submit = _command(
        commands, "submit", _submit, "hand in your notebook", "mlipkit submit a0_field --student smith", on=True
    )
    submit.add_argument(
        "--student", required=True, metavar="NAME", help="your name in the course, as your teacher uses it"
    )


def _instructor_commands(commands):
    verify = _command(
        commands,
        "verify",
        _verify,
        "prove that an assignment's tests tell right from wrong",
        "mlipkit verify a0_field",
        on=True,
    )
    _json(verify)
    _command(commands, "release", _release, "generate the students' version", "mlipkit release a0_field", on=True)
    collect = _command(
        commands,
        "collect",
        _collect,
        "take in hand-ins",
        "mlipkit collect a0_field ~/Downloads/submissions.zip",
        on=True,
    )
    collect.add_argument(
        "files", nargs="+", metavar="FILE", help="a zip or a folder, as an LMS exports it, or a notebook"
    )
    collect.add_argument(
        "--pattern",
        metavar="REGEX",
        help="how the path of a notebook says whose it is: a group (?P<student_id>...), perhaps (?P<timestamp>...) "
        "(default: the names that `mlipkit submit` gives)",
    )
    _json(collect)
    grade = _command(commands, "grade", _grade, "grade what was collected", "mlipkit grade a0_field", on=True)
    grade.add_argument("--students", nargs="+", metavar="NAME", help="only these students")
    grade.add_argument("--force", action="store_true", help="also submissions that are graded and did not change since")
    _json(grade)
    _command(
        commands, "feedback", _feedback, "write a feedback page for each student", "mlipkit feedback a0_field", on=True
    )
    export = _command(commands, "export", _export, "write the marks as a table", "mlipkit export a0_field", on=True)
    export.add_argument("--to", metavar="FILE", help="where to (default: marks/ID.csv in the course)")


def _json(parser):
    parser.add_argument("--json", metavar="FILE", help="write the result for other programs, too")


def _command(commands, name, run, purpose, example, course=True, on=False):
    """Add one command with the habits that all share: a purpose, an example, the course folder, the assignment."""
    parser = commands.add_parser(
        name, help=purpose, description=purpose[0].upper() + purpose[1:] + ".", epilog=f"Example: {example}"
    )
    parser.set_defaults(run=run)
    if on:
        parser.add_argument("assignment", metavar="ID", help="id of the assignment, such as a0_field")
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


def _start(arguments):
    from mlipkit import desk

    course = _course(arguments)
    copied, kept = desk.start(course, arguments.assignment)
    for path in copied:
        print(f"Copied {path.relative_to(course)}.")
    for path in kept:
        print(f"Kept {path.relative_to(course)} as it is.")


def _check(arguments):
    from mlipkit import desk
    from mlipkit.terminal import table, write_json

    found = desk.check(_course(arguments), arguments.assignment)
    rows = [[each.question, each.title, f"{each.points:g} points", each.describe()] for each in found.findings]
    print(table(["", "", "", ""], rows).lstrip("\n"))
    print(*found.notes, found.summary(), sep="\n")
    if arguments.json:
        write_json(arguments.json, found.as_json())


def _submit(arguments):
    from mlipkit import desk

    print(f"Handed in: {desk.submit(_course(arguments), arguments.assignment, arguments.student)}")


def _verify(arguments):
    from mlipkit.grading.verify import verify
    from mlipkit.terminal import table, write_json

    outcomes = verify(_course(arguments), arguments.assignment)
    print(table(["kind", "answer", "got", "expected", "seconds", ""], [each.row() for each in outcomes]))
    for problem in (problem for each in outcomes for problem in each.problems):
        print(problem, file=sys.stderr)
    wrong = sum(1 for each in outcomes if each.problems)
    print(f"{len(outcomes) - wrong} of {len(outcomes)} answers come out as they should.")
    if arguments.json:
        write_json(arguments.json, [each.as_json() for each in outcomes])
    return 1 if wrong else 0


def _release(arguments):
    from mlipkit.grading.release import release

    course = _course(arguments)
    print(f"Released {release(course, arguments.assignment).relative_to(course)}/.")


def _collect(arguments):
    from mlipkit.grading.collect import collect, counts
    from mlipkit.terminal import table, write_json

    hand_ins, unmatched = collect(_course(arguments), arguments.assignment, arguments.files, arguments.pattern)
    print(table(["student", "submitted", "outcome", "file"], [each.row() for each in hand_ins]))
    for path in unmatched:
        print(f"Nobody's: {path}")
    print(f"Collected: {counts(hand_ins)}.")
    if arguments.json:
        write_json(arguments.json, {"hand_ins": [each.as_json() for each in hand_ins], "unmatched": unmatched})


def _grade(arguments):
    from mlipkit.grading.grade import grade, summary
    from mlipkit.terminal import table, write_json

    results = grade(_course(arguments), arguments.assignment, arguments.students, arguments.force)
    print(table(["student", "status", "score", "of", "seconds", "reasons"], [each.row() for each in results]))
    print(summary(results))
    if arguments.json:
        write_json(arguments.json, [each.as_json() for each in results])


def _feedback(arguments):
    from mlipkit.grading.feedback import feedback

    written, failed = feedback(_course(arguments), arguments.assignment)
    print(f"Wrote {len(written)} feedback pages below feedback/.")
    for sentence in failed:
        print(sentence, file=sys.stderr)
    return 1 if failed else 0


def _export(arguments):
    from mlipkit.grading.export import export

    print(f"Wrote {export(_course(arguments), arguments.assignment, arguments.to)}.")


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
