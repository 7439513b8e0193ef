"""Which assignments a course has, and how their parts are named.

An assignment `ID` is authored in `source/ID/ID.ipynb`; its students' version is `release/ID/ID.ipynb`, and a student
works on `assignments/ID/ID.ipynb`. Cells of one question share the front of their grade id: `q1`, `q1_answer`,
`q1_test`, `q1_more`.
"""

import re

from mlipkit.errors import KitError

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# one underscore may stand between two other characters: two of them separate the parts of a hand-in's file name
STUDENT = r"[A-Za-z0-9](?:_?[A-Za-z0-9.-])*"


def notebook_path(course, room, assignment):
    """Path of an assignment's notebook in one room of the course: source, release or assignments."""
    return course / room / assignment / f"{assignment}.ipynb"


def known(course, room=None):
    """Ids of the assignments of a course, sorted; of one room only when it is named."""
    rooms = [room] if room else ["source", "release"]
    return sorted({path.parent.name for room in rooms for path in (course / room).glob("*/*.ipynb") if _is_main(path)})


def _is_main(path):
    return path.stem == path.parent.name and not path.parent.name.startswith(".")


def require(course, assignment, room=None):
    """The id itself. Raises KitError, with the known ids, when the course, or its room, has no such assignment."""
    names = known(course, room)
    if _ID.fullmatch(assignment) and assignment in names:
        return assignment
    where = f"{room}/" if room else "this course"
    have = f"it has {', '.join(names)}" if names else "it has none yet"
    raise KitError(f'There is no assignment "{assignment}" in {where} ({have}).')


def require_student(name):
    """The student's name itself. Raises KitError when it could not be part of a file name everywhere."""
    if re.fullmatch(STUDENT, name):
        return name
    raise KitError(
        f'"{name}" cannot be a student\'s name here: use letters, digits, ".", "-" and single "_" between them, '
        "beginning with a letter or digit."
    )


def question_of(grade_id):
    """The question that a cell belongs to: "q1" for "q1_test"; a cell named otherwise is a question of its own."""
    match = re.match(r"(q\d+)(_|$)", grade_id)
    return match[1] if match else grade_id


def in_order(names):
    """Question names sorted as people count: q2 before q10."""
    return sorted(names, key=lambda name: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)])
