"""nbgrader, run on one course from Python: its configuration, its gradebook, and its failures as sentences.

nbgrader is made to be a program of its own: it logs to the terminal, ends the process, and hides the reason of a
failure in its log. Everything of the kit that uses it goes through here.
"""

import contextlib
import logging
import os
import sys
import warnings
from pathlib import Path

from mlipkit.errors import KitError
from mlipkit.folders import COURSE_MARK


class NbgraderError(Exception):
    """nbgrader could not do its work; `str()` of it says why in words for an instructor."""


class Course:
    """A course folder as nbgrader sees it."""

    def __init__(self, folder):
        """Reads the configuration. Raises KitError when it is not valid Python."""
        self.folder = folder
        self.config = _configuration(folder)
        # nbgrader starts `alembic` by name when it makes a gradebook; it stands beside this Python
        scripts = os.path.dirname(sys.executable)
        if scripts not in os.environ.get("PATH", "").split(os.pathsep):
            os.environ["PATH"] = os.pathsep.join([scripts, os.environ.get("PATH", "")])

    def directory(self, assignment, student="*", **places):
        """nbgrader's CourseDirectory for one assignment; `places` names folders other than the usual ones."""
        from nbgrader.coursedir import CourseDirectory

        return CourseDirectory(config=self.config, assignment_id=assignment, student_id=student, **places)

    def path(self, step, assignment, student="."):
        """Folder of one step (source, release, submitted, autograded, feedback) of an assignment, for a student."""
        return place(self.directory(assignment), step, assignment, student)

    def students_in(self, step, assignment):
        """Names of the students who have a folder of this assignment in one step, sorted."""
        return students_in(self.directory(assignment), step, assignment)

    @contextlib.contextmanager
    def gradebook(self, assignment):
        """nbgrader's gradebook, open. Raises KitError when it cannot be read or does not know the assignment."""
        from nbgrader.api import Gradebook, MissingEntry

        directory = self.directory(assignment)
        unknown = KitError(
            f"The gradebook does not know {assignment} yet; run `mlipkit release {assignment}` in this course first."
        )
        file = directory.db_url.removeprefix("sqlite:///")
        if directory.db_url.startswith("sqlite:///") and not os.path.exists(file):
            raise unknown
        with _database_errors(), Gradebook(directory.db_url, directory.course_id) as gradebook:
            try:
                gradebook.find_assignment(assignment)
            except MissingEntry:
                raise unknown from None
            yield gradebook


def place(directory, step, assignment, student="."):
    """The same as `Course.path`, for nbgrader's own CourseDirectory."""
    name = getattr(directory, f"{step}_directory")
    return Path(os.path.normpath(directory.format_path(name, student, assignment)))


def students_in(directory, step, assignment):
    """The same as `Course.students_in`, for nbgrader's own CourseDirectory."""
    pattern = place(directory, step, assignment, "*")
    folders = pattern.parents[1].glob(f"{pattern.parent.name}/{pattern.name}")
    return sorted(path.parent.name for path in folders if path.is_dir() and not path.parent.name.startswith("."))


def timestamp(submitted):
    """When a submission was handed in, in UTC, from the timestamp.txt in its folder; None where there is none.

    Raises ValueError when the file holds something else than a time: nbgrader itself fails on that.
    """
    from nbgrader.utils import parse_utc

    file = submitted / "timestamp.txt"
    text = file.read_text(encoding="utf-8", errors="replace").strip() if file.is_file() else ""
    try:
        return parse_utc(text) if text else None
    except (ValueError, OverflowError) as error:
        raise ValueError(f"timestamp.txt holds no time: {text[:40]}") from error


def run(app, action=None):
    """Do the work of one of nbgrader's applications; returns what it logged, line by line.

    Raises NbgraderError when nbgrader stopped, KitError when it was the gradebook: that concerns everyone.
    """
    listener = _Listener()
    log = logging.Logger("nbgrader")  # unattached to the others, so nothing reaches the terminal
    log.addHandler(listener)
    app.log = log
    try:
        with _database_errors():
            try:
                (action or app.start)()
            except (Exception, SystemExit) as error:
                raise (listener.cause or error) from None
    except KitError:
        raise
    except (Exception, SystemExit) as error:
        raise NbgraderError(sentence(error, listener.lines)) from error
    return listener.lines


class _Listener(logging.Handler):
    """Keeps what nbgrader logs, and the exception it was handling when it logged."""

    def __init__(self):
        super().__init__()
        self.lines = []
        self.cause = None

    def emit(self, record):
        self.lines.append(record.getMessage())
        if record.levelno >= logging.ERROR:
            self.cause = sys.exc_info()[1] or self.cause


def _configuration(folder):
    """The course's nbgrader_config.py over the ones that Jupyter's own folders hold for all courses."""
    from jupyter_core.paths import jupyter_config_path
    from traitlets.config import Config
    from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

    config = Config()
    for place in [*reversed(jupyter_config_path()), str(folder)]:
        with contextlib.suppress(ConfigFileNotFound):
            try:
                config.merge(PyFileConfigLoader(COURSE_MARK, path=place).load_config())
            except ConfigFileNotFound:
                raise
            except Exception as error:
                raise KitError(
                    f"{os.path.join(place, COURSE_MARK)} cannot be read ({type(error).__name__}: {error}); correct it."
                ) from None
    return config


@contextlib.contextmanager
def _database_errors():
    """A gradebook that cannot be used, as one sentence, and none of the warnings that nbgrader's code causes."""
    from sqlalchemy.exc import DatabaseError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except DatabaseError as error:
        if "locked" in str(error.orig):
            raise KitError(
                "The gradebook is in use by another program: wait for it, or close the Formgrader, then run this again."
            ) from None
        raise KitError(
            f"The gradebook cannot be used ({error.orig}); if it comes from an older nbgrader, keep a copy and run "
            "`nbgrader db upgrade`, otherwise restore gradebook.db from a backup or move it away."
        ) from None


def sentence(error, lines=()):
    """Why nbgrader, or an error while it ran, stopped the work: in words for an instructor."""
    name = type(error).__name__
    if name == "DeadKernelError":
        return "Python ended while the notebook ran: the code ended it, or it ran out of memory."
    if isinstance(error, SystemExit):  # nbgrader logs the reason before it ends the process
        return lines[-1].splitlines()[0] if lines else "nbgrader ended without a reason."
    text = str(error).strip().splitlines()
    return f"nbgrader stopped with {name}" + (f": {text[0]}" if text else ".")
