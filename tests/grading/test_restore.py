"""What a student may not change comes back: the pure part, on notebooks made by hand."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from mlipkit.grading.notebook import grade_id
from mlipkit.grading.restore import restore

ROLES = ("grade", "solution", "locked", "task")


def facts(cell_type="code", points=None, source="released", **roles):
    return {
        "source": source,
        "cell_type": cell_type,
        "checksum": "0" * 32,
        "points": points,
        **{name: roles.get(name, False) for name in ROLES},
    }


RELEASED = {
    "q1": facts("markdown", locked=True, source="Question 1"),
    "q1_answer": facts(solution=True, source="raise NotImplementedError()"),
    "q1_test": facts(points=3, grade=True, locked=True, source="assert answer"),
    "q2": facts("markdown", locked=True, source="Question 2"),
    "q2_answer": facts("markdown", points=2, grade=True, solution=True, source="YOUR ANSWER HERE"),
}


def cell(name, source="mine", **changed):
    held = RELEASED[name]
    made = (new_code_cell if held["cell_type"] == "code" else new_markdown_cell)(source)
    roles = {role: held[role] for role in ROLES}
    made.metadata["nbgrader"] = {"schema_version": 3, "grade_id": name, "points": held["points"], **roles, **changed}
    if made.metadata.nbgrader["points"] is None:
        del made.metadata.nbgrader["points"]
    return made


def restored(*cells):
    notebook = new_notebook(cells=list(cells))
    return [grade_id(each) for each in notebook.cells], notebook, restore(notebook, RELEASED)


def order(notebook):
    return [grade_id(each) for each in notebook.cells]


def test_a_whole_notebook_needs_no_review():
    _, notebook, review = restored(*map(cell, RELEASED))
    assert review == []
    assert order(notebook) == list(RELEASED)


def test_extra_cells_and_lost_texts_need_no_review():
    own = new_code_cell("trying things")
    _, notebook, review = restored(cell("q1_answer"), own, cell("q1_test"), cell("q2_answer"))
    assert review == []
    assert order(notebook) == ["q1", "q1_answer", None, "q1_test", "q2", "q2_answer"]


def test_a_lost_test_comes_back_behind_everything_of_its_question():
    own = new_code_cell("answer = 1")
    _, notebook, review = restored(cell("q1"), own, cell("q2"), cell("q2_answer"))
    assert order(notebook) == ["q1", None, "q1_test", "q2", "q2_answer"]
    assert notebook.cells[2].source == "assert answer"
    assert notebook.cells[2].metadata.nbgrader.points == 3
    assert len(review) == 2
    assert "q1_answer was missing or renamed" in review[0]
    assert "q1_test was missing or renamed" in review[1]


def test_a_notebook_without_any_of_its_cells_gets_them_at_its_end():
    _, notebook, review = restored(new_code_cell("answer = 1"), new_markdown_cell("my words"))
    assert order(notebook) == [None, None, "q1", "q1_test", "q2", "q2_answer"]
    assert len(review) == 3


def test_a_lost_written_answer_comes_back_as_one_to_look_for():
    _, notebook, review = restored(*map(cell, list(RELEASED)[:-1]))
    assert order(notebook)[-1] == "q2_answer"
    assert notebook.cells[-1].source != RELEASED["q2_answer"]["source"]
    assert "look whether the answer stands in another cell" in review[0]


def test_a_renamed_cell_becomes_an_ordinary_one():
    renamed = cell("q1_test")
    renamed.metadata.nbgrader.grade_id = "mine"
    _, notebook, review = restored(cell("q1"), cell("q1_answer"), renamed, cell("q2"), cell("q2_answer"))
    assert order(notebook) == ["q1", "q1_answer", None, "q1_test", "q2", "q2_answer"]
    assert "nbgrader" not in notebook.cells[2].metadata
    assert any("mine is not part" in sentence for sentence in review)


def test_of_a_doubled_answer_the_last_one_worked_on_is_graded():
    first, last = cell("q2_answer", "my words"), cell("q2_answer", "YOUR ANSWER HERE")
    _, notebook, review = restored(*map(cell, list(RELEASED)[:-1]), first, last)
    assert [each.source for each in notebook.cells if grade_id(each) == "q2_answer"] == ["my words"]
    assert "q2_answer was there 2 times" in review[0]


def test_of_a_doubled_test_the_last_is_graded():
    _, notebook, review = restored(*map(cell, RELEASED), cell("q1_test"))
    assert order(notebook) == ["q1", "q1_answer", None, "q2", "q2_answer", "q1_test"]
    assert len(review) == 1


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("q2_answer", {"solution": False}),
        ("q1_test", {"grade": False}),
        ("q1_test", {"points": 300}),
        ("q1_test", {"points": "many"}),
        ("q1_answer", {"grade": True, "points": 5}),
        ("q1_answer", {"locked": True}),
    ],
)
def test_a_changed_role_is_set_back_and_told(name, changed):
    _, notebook, review = restored(*(cell(each, **(changed if each == name else {})) for each in RELEASED))
    held = next(each for each in notebook.cells if grade_id(each) == name).metadata.nbgrader
    assert {role: held[role] for role in ROLES} == {role: RELEASED[name][role] for role in ROLES}
    assert held.get("points") == RELEASED[name]["points"]
    if name != "q1_answer" or "locked" in changed or "grade" in changed:
        assert f"The role of cell {name} was changed" in review[0]


@pytest.mark.parametrize("nonsense", ["text", 7, None, [], {"grade_id": 4}, {"grade_id": ["q1"]}, {"grade": True}])
def test_nonsense_in_the_metadata_is_taken_out(nonsense):
    own = new_code_cell("x = 1")
    own.metadata["nbgrader"] = nonsense
    _, notebook, review = restored(*map(cell, RELEASED), own)
    assert "nbgrader" not in notebook.cells[-1].metadata
    assert review == []


def test_old_schema_versions_are_replaced():
    _, notebook, review = restored(*(cell(name, schema_version=1) for name in RELEASED))
    assert {each.metadata.nbgrader.schema_version for each in notebook.cells} == {3}
    assert review == []
