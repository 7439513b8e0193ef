"""The kit's own assignments, every one in source/: what is released, what it gives away, and a class on a0_field."""

import copy
import csv
import shutil

import nbformat
import pytest

from mlipkit.assignments import known, notebook_path
from mlipkit.cli import main
from mlipkit.desk import submit
from mlipkit.grading import notebook
from mlipkit.grading.cases import read_answers
from mlipkit.grading.leaks import leaks

from .conftest import KIT, tree

ASSIGNMENTS = known(KIT, "source")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course of the kit's own sources, with every assignment released anew."""
    folder = tmp_path_factory.mktemp("kit") / "course"
    folder.mkdir()
    shutil.copyfile(KIT / "nbgrader_config.py", folder / "nbgrader_config.py")
    shutil.copytree(KIT / "source", folder / "source")
    for assignment in ASSIGNMENTS:
        brief = KIT / "assignments" / assignment / "README.md"
        (folder / "assignments" / assignment).mkdir(parents=True)
        shutil.copyfile(brief, folder / "assignments" / assignment / "README.md")
        assert main(["release", assignment, "--course", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_what_is_in_git_is_what_release_makes(course, assignment):
    assert tree(KIT / "release" / assignment) == tree(course / "release" / assignment), (
        f"run `mlipkit release {assignment}` and commit release/{assignment}"
    )


def test_nothing_is_released_that_has_no_source():
    assert known(KIT, "release") == ASSIGNMENTS


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_nothing_that_students_get_gives_an_answer_away(assignment):
    files = [path for path in (KIT / "release").rglob("*") if path.is_file()]
    files += list((KIT / "assignments").glob("*/README.md"))
    assert leaks(notebook_path(KIT, "source", assignment), files) == []


@pytest.fixture(scope="module")
def a_class(course):
    """Students of a0_field with the marks that follow from the answer files, handed in, collected and graded."""
    source = notebook.read(notebook_path(course, "source", "a0_field"))
    full = sum(question.tested_points for question in notebook.questions(source).values())
    answers = KIT / "tests" / "answers" / "a0_field"
    files = {path.stem: path for kind in ("right", "wrong") for path in sorted((answers / kind).glob("*.py"))}
    chosen = [*list(files)[:2], *list(files)[-3:]]
    marks = {"reference": full, "untouched": 0.0}
    notebooks = {"reference": filled(course, source, {}), "untouched": filled(course, source, None)}
    for student in chosen:
        sources, losses, _ = read_answers(files[student], source)
        notebooks[student] = filled(course, source, sources)
        marks[student] = full - sum(losses.values())
    for student, content in notebooks.items():
        desk = notebook_path(course, "assignments", "a0_field")
        notebook.write(content, desk)
        submit(course, "a0_field", student)
    zips = [str(path) for path in (course / "submissions").iterdir()]
    assert main(["collect", "a0_field", *zips, "--course", str(course)]) == 0
    assert main(["grade", "a0_field", "--course", str(course)]) == 0
    assert main(["feedback", "a0_field", "--course", str(course)]) == 0
    assert main(["export", "a0_field", "--course", str(course)]) == 0
    return marks


def filled(course, source, answers):
    """The released notebook with the source's answers, and over them others; as it was released for None."""
    content = nbformat.read(notebook_path(course, "release", "a0_field"), as_version=4)
    if answers is not None:
        of_source = {notebook.grade_id(cell): cell.source for cell in source.cells if notebook.role(cell, "solution")}
        for cell in content.cells:
            name = notebook.grade_id(cell)
            cell.source = {**of_source, **answers}.get(name, cell.source)
    return copy.deepcopy(content)


def test_a_class_on_a0_field_gets_its_marks(course, a_class):
    with (course / "marks" / "a0_field.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert {student: float(row["score"]) for student, row in rows.items()} == a_class
    assert {row["status"] for row in rows.values()} == {"graded"}
    assert all(row["submitted"] for row in rows.values())
    assert {path.parts[-3] for path in course.glob("feedback/*/a0_field/a0_field.html")} == set(a_class)
