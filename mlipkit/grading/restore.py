"""What a student may not change comes back before grading: test cells, roles, points.

`RestoreCells` stands in nbgrader_config.py among the sanitizing preprocessors, so that plain `nbgrader autograde` and
the formgrader's button work the same. It does what nbgrader's DeduplicateIds and `OverwriteCells.add_missing_cells`
are for, and also where these stop: nbgrader 0.9.6 gives up on a notebook whose solution cell is there twice, whose
test cell was renamed, or whose missing cell follows one that is only locked.

What was found is kept in the autograded notebook, in `metadata.mlipkit.review`: sentences for the instructor.
"""

import re
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from mlipkit.grading.notebook import grade_id, read

_ROLES = ("grade", "solution", "locked", "task")
_ABSENT_ANSWER = "*The cell for this answer was missing when the notebook was handed in.*\n\n"


class RestoreCells(NbGraderPreprocessor):
    """nbgrader preprocessor: rebuilds the roles of all cells from the gradebook and puts missing ones back."""

    def preprocess(self, nb, resources):
        facts = resources["nbgrader"]
        with Gradebook(facts["db_url"]) as gradebook:
            cells = _released_cells(gradebook.find_notebook(facts["notebook"], facts["assignment"]))
        order = _source_order(self.parent.parent.coursedir, facts["assignment"], facts["notebook"])
        cells = dict(sorted(cells.items(), key=lambda item: order.get(item[0], len(order))))
        nb.metadata["mlipkit"] = {"review": restore(nb, cells)}
        return nb, resources


def restore(notebook, cells):
    """Rebuild a submitted notebook in place; returns a sentence for each thing an instructor should look at.

    cells  {grade id: facts} of the released notebook in its order, with the keys source, cell_type, checksum, points
           and the four roles
    """
    review = _keep_one_of_each(notebook, cells)
    present = {grade_id(cell): cell for cell in notebook.cells if grade_id(cell)}
    for name, cell in present.items():
        review += _rebuild_metadata(cell, name, cells[name])
    for name, facts in cells.items():
        if name in present or (facts["solution"] and not facts["grade"]):
            continue  # a lost answer stays lost: its stub would undo an answer that stands in another cell
        notebook.cells.insert(_place(notebook, name, list(cells)), _new_cell(name, facts))
    return review + [
        _missing_sentence(name, cells[name]) for name in cells if name not in present and _matters(cells[name])
    ]


def _released_cells(notebook):
    """What the gradebook knows of the released cells."""
    points = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
    roles = {
        "grade": {cell.name for cell in notebook.grade_cells},
        "solution": {cell.name for cell in notebook.solution_cells},
        "task": {cell.name for cell in notebook.task_cells},
        "locked": {cell.name for cell in notebook.source_cells if cell.locked},
    }
    return {
        cell.name: {
            "source": cell.source,
            "cell_type": cell.cell_type,
            "checksum": cell.checksum,
            "points": points.get(cell.name),
            **{role_name: cell.name in members for role_name, members in roles.items()},
        }
        for cell in notebook.source_cells
    }


def _source_order(directory, assignment, name):
    """Place of each grade id in the source, which a gradebook need not keep: {grade id: place}."""
    folder = directory.format_path(directory.source_directory, ".", assignment)
    cells = read(Path(folder, f"{name}.ipynb"), "grading reads the order of the cells from it").cells
    return {grade_id(cell): place for place, cell in enumerate(cells) if grade_id(cell)}


def _keep_one_of_each(notebook, cells):
    """Take the role from cells that are not part of the assignment, and from all but one where an id is there twice."""
    review = []
    copies = {}
    for cell in notebook.cells:
        name = grade_id(cell)
        if name in cells:
            copies.setdefault(name, []).append(cell)
            continue
        if name:
            review.append(f"Cell {name} is not part of the assignment; it ran as an ordinary cell.")
        cell.metadata.pop("nbgrader", None)
    for name, same in copies.items():
        kept = _kept(same, cells[name])
        for cell in same:
            if cell is not kept:
                del cell.metadata["nbgrader"]
        if len(same) > 1:
            review.append(f"Cell {name} was there {len(same)} times; all of them ran, one was graded.")
    return review


def _kept(copies, facts):
    """The last copy; of an answer, the last one that somebody worked on."""
    worked_on = [cell for cell in copies if facts["solution"] and cell.source.strip() != facts["source"].strip()]
    return (worked_on or copies)[-1]


def _rebuild_metadata(cell, name, facts):
    """Give a cell the role it was released with; returns sentences on a role that was not that."""
    held = cell.metadata.nbgrader
    changed = [role_name for role_name in _ROLES if bool(held.get(role_name, False)) != facts[role_name]]
    if facts["points"] is not None and held.get("points") != facts["points"]:
        changed.append("points")
    cell.metadata["nbgrader"] = _metadata(name, facts)
    review = [f"The role of cell {name} was changed ({', '.join(changed)}); it was set back."] if changed else []
    if cell.cell_type != facts["cell_type"]:
        review.append(f"Cell {name} was turned into a {cell.cell_type} cell; it was turned back.")
    return review


def _metadata(name, facts):
    metadata = {"schema_version": 3, "grade_id": name, "cell_type": facts["cell_type"], "checksum": facts["checksum"]}
    metadata.update({role_name: facts[role_name] for role_name in _ROLES})
    if facts["points"] is not None:
        metadata["points"] = facts["points"]
    return metadata


def _new_cell(name, facts):
    make = new_code_cell if facts["cell_type"] == "code" else new_markdown_cell
    # the note makes a lost written answer differ from an empty one: a person then looks for it, nbgrader gives no zero
    note = _ABSENT_ANSWER if facts["grade"] and facts["solution"] else ""
    cell = make(note + facts["source"], id="restored-" + re.sub(r"[^A-Za-z0-9_-]", "-", name)[:50])
    cell.metadata["nbgrader"] = _metadata(name, facts)
    return cell


def _place(notebook, name, order):
    """Where a missing cell goes: before the next released cell that is there, so after all that belongs to it."""
    present = {grade_id(cell): place for place, cell in enumerate(notebook.cells) if grade_id(cell)}
    following = order[order.index(name) + 1 :]
    return next((present[later] for later in following if later in present), len(notebook.cells))


def _matters(facts):
    """Whether the loss of a cell can change a mark: that of a locked text cannot."""
    return facts["grade"] or facts["solution"] or facts["task"] or facts["cell_type"] == "code"


def _missing_sentence(name, facts):
    if facts["grade"] and facts["solution"]:
        return f"The cell of the written answer {name} was missing; look whether the answer stands in another cell."
    if facts["solution"]:
        return f"The answer cell {name} was missing or renamed; the tests ran on what the other cells define."
    return f"Cell {name} was missing or renamed; it was put back and run."
