"""What a student does with an assignment: start it, check it, hand it in."""

import io
import os
import re
import shutil
import zipfile
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from mlipkit.assignments import known, notebook_path, require, require_student
from mlipkit.errors import KitError
from mlipkit.terminal import progress

_RESTART = "delete it or move it away, then run `mlipkit start {0}` for a fresh one"


def start(folder, assignment):
    """Copy the released files to the student's desk, never over a file that is there.

    Returns the paths copied and the paths that stay as they were. Raises KitError when there is no such release.
    """
    if assignment in known(folder, "source") and assignment not in known(folder, "release"):
        raise KitError(f"{assignment} is not released yet; run `mlipkit release {assignment}` first.")
    require(folder, assignment, "release")
    released = folder / "release" / assignment
    copied, kept = [], []
    for source in sorted(path for path in released.rglob("*") if path.is_file()):
        target = folder / "assignments" / assignment / source.relative_to(released)
        if target.exists():
            kept.append(target)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(target.name + ".part")  # a copy that is cut short must not look like a whole one
        shutil.copyfile(source, half)
        os.replace(half, target)
        copied.append(target)
    return copied, kept


def submit(folder, assignment, student):
    """Hand in the student's notebook; returns where it is now.

    It goes through nbgrader's exchange where the course has one, else into a zip below `submissions/` that
    `mlipkit collect` reads. Raises KitError when there is nothing that could be graded.
    """
    from mlipkit.grading import notebook

    path = _working_copy(folder, assignment)
    notebook.read(path, _RESTART.format(assignment))
    require_student(student)
    exchange = _exchange(folder)
    if exchange:
        return _submit_to_exchange(exchange, assignment, student)
    now = datetime.now(UTC)
    target = folder / "submissions" / f"{assignment}__{student}__{now:%Y%m%dT%H%M%SZ}.zip"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, path.name)
        archive.writestr("timestamp.txt", f"{now:%Y-%m-%d %H:%M:%S} UTC\n")
    target.parent.mkdir(exist_ok=True)
    try:
        with target.open("xb") as file:
            file.write(content.getvalue())
    except FileExistsError:
        raise KitError(f"{target} was written within this second and stays; run the command again.") from None
    except OSError:
        target.unlink(missing_ok=True)  # half a hand-in would pass for one
        raise
    return target


def _working_copy(folder, assignment):
    require(folder, assignment)
    path = notebook_path(folder, "assignments", assignment)
    if not path.exists():
        raise KitError(f"{path} is missing; run `mlipkit start {assignment}` to get it.")
    return path


def _exchange(folder):
    """The course with its exchange folder in use, or None where nobody set one up."""
    from mlipkit.grading.engine import Course

    course = Course(folder)
    root = course.config.Exchange.get("root")
    return course if root and Path(root).is_dir() else None


def _submit_to_exchange(course, assignment, student):
    from nbgrader.auth import Authenticator
    from nbgrader.exchange import ExchangeFactory

    from mlipkit.grading.engine import NbgraderError, run

    app = ExchangeFactory(config=course.config).Submit(
        coursedir=course.directory(assignment, student),
        authenticator=Authenticator(config=course.config),
        config=course.config,
        assignment_dir=str(course.folder / "assignments"),
    )
    try:
        run(app)
    except NbgraderError as failure:
        raise KitError(f"{assignment} could not be handed in through the exchange: {failure}") from None
    return Path(app.inbound_path) / app.assignment_filename


@dataclass
class Finding:
    """How one question stands: passed, not started, failed, changed, filled or empty; `message` says more."""

    question: str
    title: str
    points: float
    state: str
    message: str = ""

    def describe(self):
        """How it stands, in words for the student."""
        words = {"filled": "written, a person will read it", "empty": "not written yet"}.get(self.state, self.state)
        return f"{words}: {self.message}" if self.message else words


@dataclass
class Check:
    """What a check found: the questions, and sentences about the rest of the notebook."""

    findings: list
    notes: list

    def summary(self):
        """The marks that the visible tests can speak of, in one sentence each."""
        tested = [finding for finding in self.findings if finding.state not in ("filled", "empty")]
        passed = sum(finding.points for finding in tested if finding.state == "passed")
        written = sum(finding.points for finding in self.findings) - sum(finding.points for finding in tested)
        text = f"The visible tests pass for {passed:g} of {sum(finding.points for finding in tested):g} points."
        if written:
            text += f" A person reads the written answers, {written:g} points."
        return text + " Grading runs more tests than these."

    def as_json(self):
        """The same for other programs."""
        return {"questions": [asdict(finding) for finding in self.findings], "notes": self.notes}


def check(folder, assignment):
    """Run the visible tests of the student's notebook, on a copy in memory; returns a Check.

    Raises KitError when it cannot be run: it is missing, not a notebook, or its Python ends.
    """
    from mlipkit.grading import notebook

    path = _working_copy(folder, assignment)
    content = notebook.read(path, _RESTART.format(assignment))
    before = notebook.questions(content)
    unchanged = {
        notebook.grade_id(cell)
        for question in before.values()
        for cell in [*question.tests, *question.written]
        if _as_released(cell)
    }
    executed = _executed(folder, content, path)
    released = notebook_path(folder, "release", assignment)
    asked = notebook.questions(notebook.read(released)) if released.exists() else before
    found = notebook.questions(executed)
    findings = [_finding(question, found.get(name), unchanged) for name, question in asked.items()]
    return Check(findings, _repeated(executed) + _stops_outside_questions(executed))


def _as_released(cell):
    """Whether a test is unchanged, or a written answer still empty."""
    from nbgrader.utils import compute_checksum

    return cell.metadata.nbgrader.get("checksum") in (None, compute_checksum(cell))


def _executed(folder, content, path):
    """The notebook after it ran in its own folder, the way nbgrader runs it for grading."""
    from nbgrader.preprocessors import ClearOutput, Execute, IgnorePattern
    from nbgrader.utils import setenv

    from mlipkit.grading.engine import Course, sentence

    config = Course(folder).config
    resources = {"metadata": {"path": str(path.parent)}}
    code = [cell for cell in content.cells if cell.cell_type == "code" and cell.source.strip()]
    with (
        setenv(NBGRADER_VALIDATING="1", NBGRADER_EXECUTION="validate"),
        progress(None, "Running the cells", len(code)) as bar,
    ):
        run = Execute(config=config, on_cell_complete=lambda **_: bar.update())
        for step in (ClearOutput(config=config), run, IgnorePattern(config=config)):
            try:
                content, resources = step.preprocess(content, resources)
            except Exception as error:
                raise KitError(f"{path} could not be run to its end: {sentence(error)}") from None
    return content


def _finding(asked, found, unchanged):
    """How one question of the released notebook stands in the student's."""
    from mlipkit.grading.notebook import grade_id

    def finding(state, message=""):
        return Finding(asked.name, asked.title, asked.points, state, message)

    cells = {grade_id(cell): cell for cell in (found.tests + found.written if found else [])}
    for cell in asked.tests + asked.written:
        if grade_id(cell) not in cells:
            return finding("changed", f"its cell {grade_id(cell)} is missing; grading puts it back and runs it")
    if asked.written and not asked.tests:
        empty = all(grade_id(cell) in unchanged or not cells[grade_id(cell)].source.strip() for cell in asked.written)
        return finding("empty" if empty else "filled")
    changed = [grade_id(cell) for cell in asked.tests if grade_id(cell) not in unchanged]
    if changed:
        return finding("changed", f"its test cell {changed[0]} was edited; grading uses the original")
    stops = [
        stop for cell in [*found.answers, *(cells[grade_id(cell)] for cell in asked.tests)] for stop in _stops(cell)
    ]
    if not stops:
        return finding("passed")
    if stops[0].ename == "NotImplementedError":
        return finding("not started")
    return finding("failed", _message(stops[0]))


def _stops(cell):
    """The errors that a cell ended with."""
    return [output for output in cell.get("outputs", []) if output.output_type == "error"]


def _message(error):
    if error.ename == "CellTimeoutError":
        return "a cell ran longer than the time it has"
    first_line = next((line for line in error.evalue.splitlines() if line.strip()), "")
    if error.ename == "AssertionError":
        return first_line or _failed_line(error)
    return f"{error.ename}: {first_line}" if first_line else error.ename


def _failed_line(error):
    """The code of the assertion that failed, for one that has no message."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error.traceback))
    marked = re.search(r"^-+> *\d+ *(.+)$", plain, re.MULTILINE)
    return marked[1] if marked else "an assertion failed"


def _repeated(executed):
    from mlipkit.grading.notebook import grade_id

    count = Counter(grade_id(cell) for cell in executed.cells if grade_id(cell))
    return [
        f"The cell {name} is there {number} times, from copying or splitting it: move your code into one of them and "
        "delete the others."
        for name, number in count.items()
        if number > 1
    ]


def _stops_outside_questions(executed):
    from mlipkit.grading.notebook import grade_id

    return [
        f"A cell that belongs to no question stops with {_message(stop)}."
        for cell in executed.cells
        if not grade_id(cell)
        for stop in _stops(cell)[:1]
        if stop.ename != "NotImplementedError"  # it tries an answer that is not there yet
    ]
