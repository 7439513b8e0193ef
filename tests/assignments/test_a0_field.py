"""The assignment a0_field: points, brief, objectives and answer files agree with the notebook.

That its tests tell right answers from wrong ones is proved by `mlipkit verify a0_field`.
"""

import ast
import re
from pathlib import Path

import pytest

from mlipkit import data
from mlipkit.grading import notebook
from mlipkit.grading.cases import read_answers, solution_functions
from mlipkit.grading.leaks import leaks

COURSE = Path(__file__).parents[2]
SOURCE = COURSE / "source" / "a0_field" / "a0_field.ipynb"
BRIEF = COURSE / "assignments" / "a0_field" / "README.md"
ANSWERS = COURSE / "tests" / "answers" / "a0_field"
WRONG = sorted((ANSWERS / "wrong").glob("*.py"))
RIGHT = sorted((ANSWERS / "right").glob("*.py"))


@pytest.fixture(scope="module")
def source():
    return notebook.read(SOURCE)


@pytest.fixture(scope="module")
def asked(source):
    return notebook.questions(source)


@pytest.fixture(scope="module")
def told(source):
    """What the heading cell of each question says of it in its metadata."""
    return {cell.metadata["mlipkit"]["question"]: cell for cell in source.cells if "mlipkit" in cell.metadata}


def test_it_is_worth_fifty_points(asked):
    assert sum(question.points for question in asked.values()) == 50


def test_seven_questions_are_graded_by_tests_and_one_by_a_person(asked):
    assert [name for name, question in asked.items() if question.tests] == [f"q{number}" for number in range(1, 8)]
    assert [name for name, question in asked.items() if question.written] == ["q8"]


def test_the_brief_lists_the_questions_of_the_notebook(asked, told):
    rows = re.findall(r"^\| (q\d+) \| (.+?) \| (.+?) \| (\d+) \| (.+?) \|$", BRIEF.read_text("utf-8"), re.MULTILINE)
    assert rows == [
        (
            name,
            question.title,
            ", ".join(told[name].metadata["mlipkit"]["objectives"]),
            f"{question.points:g}",
            "tests" if question.tests else "a person",
        )
        for name, question in asked.items()
    ]


def test_the_brief_adds_up(asked):
    total = re.search(r"total \| (\d+)", BRIEF.read_text("utf-8"))[1]
    assert int(total) == sum(question.points for question in asked.values())


def test_headings_state_the_points(asked, told):
    for name, question in asked.items():
        assert f"({question.points:g} points)" in told[name].source.split("\n")[0]


def test_every_question_serves_objectives_and_every_objective_has_a_question(asked, told):
    ours = [name for name in data.objectives()["id"] if name.startswith("a0.")]
    named = {name: told[name].metadata["mlipkit"]["objectives"] for name in asked}
    assert all(named.values())
    assert {objective for objectives in named.values() for objective in objectives} == set(ours)


def test_notebook_and_brief_word_the_objectives_as_the_table_does(source):
    table = data.objectives()
    ours = table[table["id"].str.startswith("a0.")]
    lines = [f"- {row.id} {row.objective}" for row in ours.itertuples()]
    for text in (BRIEF.read_text("utf-8"), "\n".join(cell.source for cell in source.cells)):
        assert re.findall(r"^- a0\.\d .+$", text, re.MULTILINE) == lines


def test_every_test_cell_shows_something_and_hides_something(asked):
    for question in asked.values():
        for cell in question.tests:
            shown, _, hidden = cell.source.partition("### BEGIN HIDDEN TESTS")
            assert "assert " in shown, cell.id
            assert "assert " in hidden, cell.id


def test_every_assertion_says_where_to_look(asked):
    for question in asked.values():
        for cell in question.tests:
            for node in ast.walk(ast.parse(cell.source)):
                assert not isinstance(node, ast.Assert) or node.msg, f"{cell.id}, line {node.lineno}"


def test_each_answer_is_one_documented_function(asked):
    for question in asked.values():
        for cell in question.answers:
            functions = [node for node in ast.parse(cell.source).body if isinstance(node, ast.FunctionDef)]
            assert [function.name for function in functions] == solution_functions(cell.source)
            assert all("Raises" in (ast.get_docstring(function) or "") for function in functions)


def test_the_written_question_has_a_rubric_of_three_levels_beside_it(source, told):
    rubric = told["q8"].source
    assert "| 2 points | 1 point | 0 points |" in rubric
    cells = [notebook.grade_id(cell) for cell in source.cells]
    assert cells.index("q8_answer") == cells.index("q8") + 1


def test_the_notebook_is_stored_without_outputs(source):
    assert source.nbformat_minor >= 5
    for cell in source.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_the_brief_gives_nothing_away():
    assert leaks(SOURCE, [BRIEF]) == []


def test_there_are_three_right_answers_and_two_wrong_ones_for_every_tested_question(source, asked):
    assert len(RIGHT) >= 3
    lost = [question for path in WRONG for question in read_answers(path, source)[1]]
    for name, question in asked.items():
        assert not question.tests or lost.count(name) >= 2, name


@pytest.mark.parametrize("path", RIGHT + WRONG, ids=lambda path: path.stem)
def test_an_answer_file_says_what_it_is_and_what_it_loses(path, source, asked):
    sources, losses, about = read_answers(path, source)
    assert about
    assert bool(losses) == (path in WRONG)
    for name, points in losses.items():
        cells = [notebook.cell_points(cell) for cell in asked[name].tests]
        assert points in {*cells, sum(cells)}, "points are lost by whole test cells"
    for name, code in sources.items():
        answer = next(cell for cell in source.cells if notebook.grade_id(cell) == name)
        functions = {node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef)}
        assert set(solution_functions(answer.source)) <= functions
