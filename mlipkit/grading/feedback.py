"""Feedback pages: one HTML file for each graded submission."""

from mlipkit.assignments import require
from mlipkit.errors import KitError
from mlipkit.grading.engine import Course, NbgraderError, run
from mlipkit.terminal import progress


def feedback(folder, assignment):
    """Write `feedback/NAME/ID/ID.html` for every graded submission, with the marks as they are now.

    Returns the paths written and sentences on those that could not be. Raises KitError when nothing is graded yet.
    """
    require(folder, assignment)
    course = Course(folder)
    students = course.students_in("autograded", assignment)
    if not students:
        raise KitError(f"No submission of {assignment} is graded yet; run `mlipkit grade {assignment}` first.")
    written, failed = [], []
    with course.gradebook(assignment):
        pass  # one clear sentence now instead of one for each student
    for student in progress(students, "Feedback"):
        try:
            written.append(_page(course, assignment, student))
        except NbgraderError as failure:
            failed.append(f"{student} has no feedback: {failure}")
    return written, failed


def _page(course, assignment, student):
    from nbconvert.exporters import HTMLExporter
    from nbgrader.converters import GenerateFeedback

    run(
        GenerateFeedback(
            coursedir=course.directory(assignment, student),
            config=course.config,
            force=True,
            exporter_class=HTMLExporter,
        )
    )
    return course.path("feedback", assignment, student) / f"{assignment}.html"
