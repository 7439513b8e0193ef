"""A grader proved: answers whose marks are known go through the real grading path, in a course made for them.

Every worker has a temporary copy of the course's configuration and source, with a gradebook of its own, so nothing of
the real course is read for writing or written.
"""

import json
import os
import shutil
import tempfile
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path

from mlipkit.assignments import notebook_path, require
from mlipkit.errors import KitError
from mlipkit.folders import COURSE_MARK
from mlipkit.grading import notebook
from mlipkit.grading.cases import cases
from mlipkit.terminal import progress

_WORKERS = 2


@dataclass
class Outcome:
    """What one case came to: points by question, expected and got, and a sentence for everything that is wrong."""

    kind: str
    name: str
    expected: dict
    got: dict
    seconds: float
    problems: list = field(default_factory=list)

    def row(self):
        """The same for a table."""
        verdict = "WRONG" if self.problems else "as it should"
        return [self.kind, self.name, sum(self.got.values()), sum(self.expected.values()), self.seconds, verdict]

    def as_json(self):
        """The same for other programs."""
        return asdict(self)


def verify(folder, assignment):
    """Grade every case of an assignment; returns their Outcomes in the order of the cases.

    Raises KitError when the assignment cannot be generated, or an answer file is not one.
    """
    require(folder, assignment, "source")
    source = notebook.read(notebook_path(folder, "source", assignment), "correct it in JupyterLab")
    known = cases(folder, assignment, source)
    with tempfile.TemporaryDirectory(prefix="mlipkit-verify-") as workshop:
        graded = _grade_all(folder, assignment, known, workshop)
    return [_judged(case, graded[number]) for number, case in enumerate(known)]


def _grade_all(folder, assignment, known, workshop):
    """What grading each case gave, by its number."""
    with ProcessPoolExecutor(
        _WORKERS, get_context("spawn"), initializer=_open_course, initargs=(str(folder), assignment, workshop)
    ) as pool:
        jobs = {pool.submit(_grade_case, assignment, number, case): number for number, case in enumerate(known)}
        try:
            return {jobs[job]: job.result() for job in progress(as_completed(jobs), "Verifying", len(jobs))}
        except BrokenProcessPool:
            raise KitError(
                f"Grading {assignment} ended Python itself: run less at a time, or look for memory."
            ) from None


_course = None  # the worker's own temporary course, opened once per process


def _open_course(folder, assignment, workshop):
    """Make this worker's temporary course; an error is kept for the first case, where it can be reported."""
    global _course
    place = Path(workshop, str(os.getpid()))
    (place / "source").mkdir(parents=True)
    shutil.copyfile(Path(folder, COURSE_MARK), place / COURSE_MARK)
    shutil.copytree(Path(folder, "source", assignment), place / "source" / assignment)
    for header in Path(folder, "source").glob("*.ipynb"):
        shutil.copyfile(header, place / "source" / header.name)
    try:
        from mlipkit.grading.release import release

        release(place, assignment)
        _course = place
    except KitError as error:
        _course = error


def _grade_case(assignment, number, case):
    """Hand in one case and grade it; returns what came out as plain values."""
    if isinstance(_course, KitError):
        raise _course
    from mlipkit.grading.engine import Course
    from mlipkit.grading.grade import grade_one
    from mlipkit.grading.marks import marks

    student = f"case{number}"
    course = Course(_course)
    submitted = course.path("submitted", assignment, student) / f"{assignment}.ipynb"
    submitted.parent.mkdir(parents=True)
    notebook.write(_submission(assignment, case), submitted)
    result = grade_one(course, assignment, student)
    with course.gradebook(assignment) as gradebook:
        held = marks(gradebook, course.directory(assignment), assignment, student)
    return {
        "got": held.questions,
        "waiting": held.waiting,
        "seconds": result.seconds,
        "reasons": result.reasons,
        "errors": _errors(course.path("autograded", assignment, student) / f"{assignment}.ipynb"),
    }


def _submission(assignment, case):
    """The released notebook with the answers of the source, and over them those of the case."""
    content = notebook.read(notebook_path(_course, "release", assignment))
    if case.kind == "untouched":
        return content
    source = notebook.read(notebook_path(_course, "source", assignment))
    answers = {notebook.grade_id(cell): cell.source for cell in source.cells if notebook.role(cell, "solution")}
    answers.update(case.sources)
    for cell in content.cells:
        cell.source = answers.get(notebook.grade_id(cell), cell.source)
    return content


def _errors(path):
    """Errors in an executed notebook as {grade id or "": name of the error}."""
    if not path.is_file():
        return {}
    return {
        cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", ""): output["ename"]
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", [])
        if output["output_type"] == "error"
    }


def _judged(case, graded):
    """The Outcome of a case: what it should have got against what it got."""
    outcome = Outcome(case.kind, case.name, case.expected, {}, graded["seconds"], list(graded["reasons"]))
    for question, expected in case.expected.items():
        got = outcome.got[question] = graded["got"].get(question, 0.0)
        if abs(got - expected) > 1e-9:
            outcome.problems.append(_difference(case, question, got, expected))
    if case.waiting is not None and graded["waiting"] != case.waiting:
        left = f"{_listed(graded['waiting'])} to a person instead of {_listed(case.waiting)}"
        outcome.problems.append(f"{_called(case)} leaves {left}.")
    if case.kind == "untouched":
        outcome.problems += [
            f"{_called(case)} stops with {error} in {cell or 'a cell without id'}, not NotImplementedError."
            for cell, error in graded["errors"].items()
            if error != "NotImplementedError"
        ]
    return outcome


def _listed(names):
    return ", ".join(names) or "nothing"


def _difference(case, question, got, expected):
    verb = "survives with" if got > expected else "gets only"
    return f"{_called(case)} {verb} {got:g} points in {question} instead of {expected:g}."


def _called(case):
    return {
        "reference": "The reference",
        "untouched": "The untouched notebook",
        "generic": f"The answer that {case.name}",
    }.get(case.kind, f"The {case.kind} answer {case.name}")
