"""Which course folder a command works on."""

from pathlib import Path

from mlipkit.errors import KitError

COURSE_MARK = "nbgrader_config.py"


def course_folder(named=None, start=None):
    """The course folder: the one named, or the nearest one above `start` (default: the working folder).

    Raises KitError when the folder, or every folder above the start, lacks nbgrader_config.py.
    """
    if named is not None:
        folder = Path(named).resolve()
        if not (folder / COURSE_MARK).is_file():
            raise KitError(f"{named} is not a course folder: it has no {COURSE_MARK}; name the folder that has one.")
        return folder
    start = Path(start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / COURSE_MARK).is_file():
            return folder
    raise KitError(
        f"There is no course here: neither {start} nor a folder above it has {COURSE_MARK}; "
        "go into a course folder, or name one with --course FOLDER."
    )
