"""A student validates an assignment in JupyterLab, an instructor reads the marks there."""

import re
import subprocess

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser import lab

ASSIGNMENT = "a0_field"
DESK = f"assignments/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
# student: the questions that are solved
CLASS = {"ada": ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8"], "grace": ["q1", "q2"], "linus": []}


@pytest.fixture(scope="module")
def released(course):
    """The course with the assignment released."""
    mlipkit(course, "release", ASSIGNMENT)


@pytest.fixture(scope="module")
def desk(course, released):
    """The student's notebook as it is handed out."""
    mlipkit(course, "start", ASSIGNMENT)
    return (course / DESK).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def marks(course, desk):
    """The class after hand-in, collecting and grading, as {student: marks}."""
    for student, solved in CLASS.items():
        (course / DESK).write_text(desk, encoding="utf-8")
        solve(course, solved)
        mlipkit(course, "submit", ASSIGNMENT, "--student", student)
    mlipkit(course, "collect", ASSIGNMENT, "submissions")
    mlipkit(course, "grade", ASSIGNMENT)
    points = question_points(course)
    return {student: sum(points.get(question, 0) for question in solved) for student, solved in CLASS.items()}


def mlipkit(course, *words):
    """Run one of the kit's commands in the course folder."""
    done = subprocess.run([lab.COMMAND, *words], cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def cells(path):
    """A notebook, and its cells by nbgrader's id."""
    notebook = nbformat.read(path, as_version=4)
    return notebook, {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}


def solve(course, questions):
    """Write the instructor's solutions of these questions into the student's notebook."""
    _, model = cells(course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    notebook, mine = cells(course / DESK)
    for name, cell in mine.items():
        if cell.metadata.nbgrader.solution and name.partition("_")[0] in questions:
            cell.source = model[name].source
    nbformat.write(notebook, course / DESK)


def question_points(course):
    """Points that tests give, as {question: points}."""
    points = {}
    for name, cell in cells(course / DESK)[1].items():
        if cell.metadata.nbgrader.grade and not cell.metadata.nbgrader.solution:
            question = name.partition("_")[0]
            points[question] = points.get(question, 0) + cell.metadata.nbgrader.points
    return points


def validate(visitor):
    """Press the Validate button of the open notebook; returns the dialog with the result."""
    visitor.page.get_by_role("button", name="Validate").click()
    return visitor.page.locator(".jp-Dialog")


def test_the_command_is_there_in_a_terminal_of_lab(visitor, server, course, released, screenshot):
    (course / DESK).unlink(missing_ok=True)
    visitor.page.goto(server.address())
    visitor.wait_for_kernel()
    visitor.command("terminal:create-new")
    visitor.page.locator(".jp-Terminal textarea").focus()

    visitor.page.keyboard.type(f"mlipkit start {ASSIGNMENT}\n")

    lab.wait_until((course / DESK).exists, f"{DESK} on the desk")
    screenshot(visitor.page)


@pytest.mark.parametrize(("student", "result"), [("linus", "failed"), ("ada", "Success")], ids=["untouched", "solved"])
def test_validate_says_how_it_stands(visitor, server, course, desk, screenshot, student, result):
    (course / DESK).write_text(desk, encoding="utf-8")
    solve(course, CLASS[student])
    visitor.open(server, DESK)

    dialog = validate(visitor)

    expect(dialog).to_contain_text(result)
    screenshot(visitor.page)


def test_formgrader_shows_the_class_and_its_marks(visitor, server, marks, screenshot):
    visitor.page.goto(server.address("notebooks/00_start_here.ipynb"))
    visitor.wait_for_kernel()
    visitor.command("nbgrader:open-formgrader")
    formgrader = visitor.page.frame_locator("iframe[src*=formgrader]")

    expect(formgrader.get_by_role("link", name=ASSIGNMENT)).to_be_visible()
    screenshot(visitor.page, "assignments")
    formgrader.get_by_role("link", name="Students").click()
    for student, points in marks.items():
        cells_of_row = formgrader.get_by_role("row", name=student).get_by_role("gridcell")
        expect(cells_of_row.filter(has_text=re.compile(rf"^{points:g} / \d"))).to_be_visible()
    screenshot(visitor.page, "students")
