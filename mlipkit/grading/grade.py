"""A class graded: each student's submission on its own, so that one can never stop the others."""

import shutil
from collections import Counter
from dataclasses import asdict, dataclass, field
from time import monotonic

from mlipkit.assignments import require
from mlipkit.errors import KitError
from mlipkit.grading import notebook
from mlipkit.grading.engine import Course, NbgraderError, run, timestamp
from mlipkit.grading.marks import everyone, is_graded, marks, review
from mlipkit.terminal import progress

STATES = ("graded", "needs_review", "failed", "missing")


@dataclass
class Result:
    """What grading one student's submission came to: graded, needs_review, failed or missing.

    reasons  sentences that say why it is not simply graded; waiting  questions that wait for a person
    """

    student: str
    status: str
    score: float
    max_score: float
    seconds: float
    reasons: list = field(default_factory=list)
    waiting: list = field(default_factory=list)

    def row(self):
        """The same for a table."""
        return [self.student, self.status, self.score, self.max_score, self.seconds, " ".join(self.reasons)]

    def as_json(self):
        """The same for other programs."""
        return {name: value for name, value in asdict(self).items() if name != "waiting"}


def grade(folder, assignment, students=None, force=False):
    """Grade what was collected; returns a Result for each student that the gradebook or `submitted/` knows.

    students  only these; force  also submissions that are graded already and did not change since

    Raises KitError when the assignment, the gradebook or a named student does not exist.
    """
    require(folder, assignment)
    course = Course(folder)
    with course.gradebook(assignment) as gradebook:
        known = everyone(gradebook, course.directory(assignment), assignment)
    unknown = sorted(set(students or []) - set(known))
    if unknown:
        raise KitError(f"Nobody here is called {', '.join(unknown)}; known are {', '.join(known) or 'none yet'}.")
    if not known:
        raise KitError(f"There is nothing to grade: run `mlipkit collect {assignment} FILE` first.")
    chosen = [student for student in known if not students or student in students]
    return [grade_one(course, assignment, student, force) for student in progress(chosen, "Grading")]


def grade_one(course, assignment, student, force=False):
    """Grade one student's submission unless that was done already; returns the Result."""
    started = monotonic()
    submitted = course.path("submitted", assignment, student)
    autograded = course.path("autograded", assignment, student) / f"{assignment}.ipynb"
    reasons = []
    if submitted.is_dir() and (force or not is_graded(submitted, autograded)):
        reasons = _grade_now(course, assignment, student, submitted)
    with course.gradebook(assignment) as gradebook:
        held = marks(gradebook, course.directory(assignment), assignment, student)
    if held.status == "needs_review":
        reasons = review(autograded)
    seconds = round(monotonic() - started, 2)
    return Result(student, held.status, held.score, held.max_score, seconds, reasons, held.waiting)


def _grade_now(course, assignment, student, submitted):
    """Run one submission and save its marks; returns sentences that say why when that failed."""
    sentence = _fault(submitted, assignment)
    if sentence is None:
        try:
            autograde(course, assignment, student)
            return []
        except NbgraderError as error:
            sentence = str(error)
    _record_failure(course, assignment, student)
    return [sentence]


def _fault(submitted, assignment):
    """Why a submission cannot be graded at all, in a sentence; None when it can."""
    path = submitted / f"{assignment}.ipynb"
    reason = notebook.fault(path)
    if reason:
        return f"{path.name} {reason}."
    try:
        timestamp(submitted)
    except ValueError as error:
        return f"{error}."
    return None


def autograde(course, assignment, student):
    """The engine room: nbgrader's Autograde on one submission. Raises NbgraderError when it has no result.

    Whatever executes the notebook in another way (a sandbox, several at once) is configured below this line, by
    `c.Autograde.autograde_preprocessors` in nbgrader_config.py.
    """
    from nbgrader.converters import Autograde

    run(Autograde(coursedir=course.directory(assignment, student), config=course.config, force=True))


def _record_failure(course, assignment, student):
    """Let the gradebook know that a submission is there but has no result, also where an earlier one had."""
    shutil.rmtree(course.path("autograded", assignment, student), ignore_errors=True)
    try:
        stamp = timestamp(course.path("submitted", assignment, student))
    except ValueError:
        stamp = None
    with course.gradebook(assignment) as gradebook:
        gradebook.update_or_create_student(student)
        submission = gradebook.update_or_create_submission(assignment, student, timestamp=stamp)
        for held in (held for submitted in submission.notebooks for held in submitted.grades):
            held.auto_score = None
            held.needs_manual_grade = True
        gradebook.db.commit()


def summary(results):
    """How many submissions came to what, and how many a person still has to look at, in a sentence each."""
    number = Counter(result.status for result in results)
    text = ", ".join(f"{number[status]} {status}" for status in STATES if number[status]) + "."
    waiting = sum(1 for result in results if result.waiting)
    if waiting:
        text += f" {waiting} with answers that wait for a person: grade them in JupyterLab's Formgrader."
    return text
