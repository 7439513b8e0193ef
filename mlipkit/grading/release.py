"""The students' version of an assignment, generated from the instructor's."""

import os
import shutil
import tempfile
from pathlib import Path

from mlipkit.assignments import notebook_path, require
from mlipkit.errors import KitError
from mlipkit.grading import notebook
from mlipkit.grading.engine import Course, NbgraderError, run
from mlipkit.grading.leaks import leaks


def release(folder, assignment):
    """Generate `release/ID/` from `source/ID/` and tell the gradebook about it; returns the folder.

    The result is put in place whole, and only when nothing in it gives a solution away. Raises KitError when nbgrader
    cannot generate it or something leaks; what was released before then stays as it was.
    """
    require(folder, assignment, "source")
    source = notebook_path(folder, "source", assignment)
    notebook.read(source, "correct it in JupyterLab")
    course = Course(folder)
    target = course.path("release", assignment)
    target.parent.mkdir(exist_ok=True)
    staging = tempfile.mkdtemp(prefix=".new-", dir=target.parent)
    try:
        made = generate(course, assignment, staging, database=False)
        brief = folder / "assignments" / assignment / "README.md"
        given_away = leaks(source, [*_files(made), *([brief] if brief.exists() else [])])
        if given_away:
            shown = given_away[0].replace(str(made), str(target.relative_to(folder)))
            raise KitError(f"{assignment} was not released: {shown}")
        generate(course, assignment, staging, database=True)
        _swap(made, target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return target


def generate(course, assignment, into, database):
    """Have nbgrader generate the students' version below the folder `into`; returns the assignment's folder there.

    database  whether the gradebook learns the cells and points. Raises KitError with nbgrader's reason when it fails.
    """
    from nbgrader.converters import GenerateAssignment
    from traitlets.config import Config

    app = GenerateAssignment(
        coursedir=course.directory(assignment, release_directory=str(into)), config=course.config, force=True
    )
    if not database:
        app.no_database = True
        app.update_config(Config({"SaveCells": {"enabled": False}}))
    try:
        run(app)
    except NbgraderError as failure:
        raise KitError(f"{assignment} cannot be generated from source/{assignment}: {failure}") from None
    made = Path(into) / assignment
    for path in made.glob("*.ipynb"):
        _without_machine(path)
    return made


def _without_machine(path):
    """Take out of a generated notebook what only says on which machine its source was last saved."""
    content = notebook.read(path)
    language = content.metadata.get("language_info", {}).get("name", "python")
    content.metadata["language_info"] = {"name": language}
    notebook.write(content, path)


def _files(folder):
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def _swap(made, target):
    """Put the new folder in the place of the old one, which comes back if that fails."""
    old = made.with_name(f"{target.name}.old")
    if target.exists():
        os.rename(target, old)
    try:
        os.rename(made, target)
    except OSError:
        if old.exists():
            os.rename(old, target)
        raise
