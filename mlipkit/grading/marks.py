"""What the gradebook says about a submission: its marks by question, and how far it is."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from mlipkit.assignments import in_order, question_of
from mlipkit.grading.engine import place, students_in


@dataclass
class Marks:
    """One student's marks in one assignment; `score` has the late penalty taken off."""

    student: str
    status: str
    max_score: float
    score: float = 0.0
    late_penalty: float = 0.0
    submitted: datetime | None = None
    questions: dict = field(default_factory=dict)
    waiting: list = field(default_factory=list)


def marks(gradebook, directory, assignment, student):
    """The Marks of a student, with the questions that wait for a person.

    The status is missing (nothing was handed in), ungraded (not since it was handed in), failed (there is no result),
    needs_review or graded.
    """
    from nbgrader.api import MissingEntry

    maximum = gradebook.find_assignment(assignment).max_score
    submitted = place(directory, "submitted", assignment, student)
    autograded = place(directory, "autograded", assignment, student) / f"{assignment}.ipynb"
    try:
        submission = gradebook.find_submission(assignment, student)
    except MissingEntry:
        return Marks(student, "ungraded" if submitted.is_dir() else "missing", maximum)
    if not autograded.is_file():
        status = "failed"
    elif not is_graded(submitted, autograded):
        status = "ungraded"
    else:
        status = "needs_review" if review(autograded) else "graded"
    penalty = submission.late_submission_penalty or 0.0
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    return Marks(
        student=student,
        status=status,
        max_score=maximum,
        score=max(0.0, submission.score - penalty),
        late_penalty=penalty,
        submitted=submission.timestamp,
        questions=_sums((grade.name, grade.score) for grade in grades),
        waiting=in_order({question_of(grade.name) for grade in grades if grade.needs_manual_grade}),
    )


def everyone(gradebook, directory, assignment):
    """Names of all students that the gradebook knows or that handed something in, sorted."""
    return sorted({student.id for student in gradebook.students} | set(students_in(directory, "submitted", assignment)))


def points(gradebook, assignment):
    """Points by question, as released: {question: points}."""
    notebooks = gradebook.find_assignment(assignment).notebooks
    cells = [cell for notebook in notebooks for cell in [*notebook.grade_cells, *notebook.task_cells]]
    return _sums((cell.name, cell.max_score) for cell in cells)


def _sums(scores):
    """Scores of cells, summed by question."""
    total = {}
    for name, score in scores:
        question = question_of(name)
        total[question] = total.get(question, 0.0) + score
    return {question: total[question] for question in in_order(total)}


def is_graded(submitted, autograded):
    """Whether the autograded notebook is there and younger than every file it was made from."""
    if not autograded.is_file():
        return False
    made = autograded.stat().st_mtime_ns
    return all(path.stat().st_mtime_ns <= made for path in submitted.rglob("*") if path.is_file())


def review(autograded):
    """The sentences that RestoreCells left in an autograded notebook for the instructor."""
    metadata = json.loads(autograded.read_text(encoding="utf-8"))["metadata"]
    return metadata.get("mlipkit", {}).get("review", [])
