"""Marks as CSV, one row a student: by `mlipkit export`, and by nbgrader's own export with this plug-in:

nbgrader export --exporter=mlipkit.grading.export.MarksExport --to marks.csv
"""

import csv
import io
import os
from pathlib import Path

from nbgrader.apps import ExportApp
from nbgrader.plugins import ExportPlugin

from mlipkit.assignments import in_order, require
from mlipkit.errors import KitError
from mlipkit.grading.engine import Course
from mlipkit.grading.marks import everyone, marks, points

COLUMNS = ["assignment", "student", "status", "needs_manual", "score", "max_score", "late_penalty", "submitted"]


class MarksExport(ExportPlugin):
    """One row for each student and assignment, students without a submission included; a column for each question.

    `score` has the late penalty taken off; `submitted` is in UTC; `needs_manual` says whether a person still has to
    grade something.
    """

    def export(self, gradebook):
        """Write the rows to `self.to`. Raises KitError rather than replace a file that is not such a table."""
        target = Path(self.to or "marks.csv")
        _refuse_foreign(target)
        chosen = [item.name for item in gradebook.assignments if not self.assignment or item.name in self.assignment]
        rows = [row for assignment in chosen for row in self._rows(gradebook, assignment)]
        questions = in_order({question for assignment in chosen for question in points(gradebook, assignment)})
        text = io.StringIO()
        writer = csv.DictWriter(text, [*COLUMNS, *questions], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        half = target.with_name(target.name + ".part")
        half.write_text(text.getvalue(), encoding="utf-8", newline="")
        os.replace(half, target)

    def _rows(self, gradebook, assignment):
        directory = self.parent.coursedir
        for student in everyone(gradebook, directory, assignment):
            if self.student and student not in map(str, self.student):
                continue
            held = marks(gradebook, directory, assignment, student)
            yield {
                "assignment": assignment,
                "student": student,
                "status": held.status,
                "needs_manual": "yes" if held.waiting else "no",
                "score": f"{held.score:g}",
                "max_score": f"{held.max_score:g}",
                "late_penalty": f"{held.late_penalty:g}",
                "submitted": f"{held.submitted:%Y-%m-%dT%H:%M:%SZ}" if held.submitted else "",
                **{question: f"{held.questions.get(question, 0):g}" for question in points(gradebook, assignment)},
            }


def _refuse_foreign(target):
    if not target.exists():
        return
    with target.open(encoding="utf-8", errors="replace") as file:
        if not file.readline().startswith(",".join(COLUMNS)):
            raise KitError(f"{target} is there and is not a table of marks made here: name another file with --to.")


def export(folder, assignment, to=None):
    """Write the marks of an assignment, to `marks/ID.csv` when no file is named; returns the path."""
    require(folder, assignment)
    course = Course(folder)
    target = Path(to) if to else folder / "marks" / f"{assignment}.csv"
    with course.gradebook(assignment) as gradebook:
        plugin = MarksExport(parent=ExportApp(config=course.config, coursedir=course.directory(assignment)))
        plugin.to = str(target)
        plugin.assignment = [assignment]
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            plugin.export(gradebook)
        except OSError as error:
            raise KitError(f"{target} cannot be written ({error.strerror}): name another file with --to.") from None
    return target
