"""A class of students with known marks, through the whole cycle, with the real nbgrader."""

import copy
import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mlipkit.cli import main
from mlipkit.grading.engine import Course

from .conftest import KIT, OWN_WORDS, RIGHT, SHARE, WORDS_WITH_CAPITALS, Desk, new_course, said

NO_SHARE = {**RIGHT, "q1_answer": "def share(part, whole):\n    return 0.5"}


def double_the_answer(cells, by_id):
    place = cells.index(by_id["q1_answer"])
    cells.insert(place, copy.deepcopy(by_id["q1_answer"]))  # with the same cell id too, as some tools copy


def rename(name, to):
    def change(_, by_id):
        by_id[name].metadata.nbgrader.grade_id = to

    return change


def lose(*names):
    def change(cells, by_id):
        for name in names:
            cells.remove(by_id[name])

    return change


def lose_all_metadata(cells, _):
    for cell in cells:
        cell.metadata.pop("nbgrader", None)


def give_oneself_the_points(_, by_id):
    by_id["q3_answer"].metadata.nbgrader.solution = False
    by_id["q1_test"].metadata.nbgrader.points = 100


def empty_the_tests(_, by_id):
    for name in ("q1_test", "q1_more", "q2_test"):
        by_id[name].source = "pass"


# student: (answers, change, status, score, questions waiting for a person)
CLASS = {
    "perfect": (RIGHT, None, "graded", 7, ["q3"]),
    "partial": ({**RIGHT, "q2_answer": WORDS_WITH_CAPITALS}, None, "graded", 4, ["q3"]),
    "no_check": ({**RIGHT, "q1_answer": SHARE.split("if")[0] + "return part / whole"}, None, "graded", 6, ["q3"]),
    "untouched": ({}, None, "graded", 0, []),
    "warns": ({**RIGHT, "q2_answer": "import sys\nprint('old', file=sys.stderr)\n" + RIGHT["q2_answer"]}, None,
              "graded", 7, ["q3"]),
    "prompt_deleted": (RIGHT, lose("q1", "q2", "q3"), "graded", 7, ["q3"]),
    "tests_emptied": (NO_SHARE, empty_the_tests, "graded", 3, ["q3"]),
    "test_deleted": (RIGHT, lose("q1_test"), "needs_review", 7, ["q3"]),
    "test_deleted_in_vain": (NO_SHARE, lose("q1_test", "q1_more"), "needs_review", 3, ["q3"]),
    "test_renamed": (RIGHT, rename("q2_test", "my_test"), "needs_review", 7, ["q3"]),
    "answer_renamed": (RIGHT, rename("q1_answer", "mine"), "needs_review", 7, ["q3"]),
    "answer_deleted": (RIGHT, lose("q2_answer"), "needs_review", 4, ["q3"]),
    "words_deleted": (RIGHT, lose("q3", "q3_answer"), "needs_review", 7, ["q3"]),
    "copied_over": (RIGHT, lose_all_metadata, "needs_review", 7, ["q3"]),
    "doubled": (RIGHT, double_the_answer, "needs_review", 7, ["q3"]),
    "generous": (NO_SHARE, give_oneself_the_points, "needs_review", 3, ["q3"]),
    "ends_python": ({**RIGHT, "q2_answer": "import os\nos._exit(0)"}, None, "failed", 0, ["q1", "q2", "q3"]),
}  # fmt: skip
TEXTS = {"broken": "<html>please log in</html>", "old_format": '{"worksheets": [], "nbformat": 3}'}


@pytest.fixture(scope="module")
def graded(tmp_path_factory, released):
    """The course after `mlipkit grade mini --json`: the folder, and the results by student."""
    import shutil

    folder = shutil.copytree(released, tmp_path_factory.mktemp("class") / "course")
    desk = Desk(folder)
    for student, (answers, change, *_) in CLASS.items():
        desk.hand_in(student, desk.notebook(answers, change))
    for student, text in TEXTS.items():
        desk.hand_in(student, text)
    with Course(folder).gradebook("mini") as gradebook:
        gradebook.add_student("absent")
    target = folder.parent / "grades.json"
    assert main(["grade", "mini", "--json", str(target), "--course", str(folder)]) == 0
    results = json.loads(target.read_text(encoding="utf-8"))
    return folder, {each["student"]: each for each in results}


def test_the_result_has_the_promised_form(graded):
    _, results = graded
    assert list(results) == sorted([*CLASS, *TEXTS, "absent"])
    for each in results.values():
        assert list(each) == ["student", "status", "score", "max_score", "seconds", "reasons"]
        assert each["status"] in ("graded", "needs_review", "failed", "missing")
        assert isinstance(each["score"], float)
        assert each["max_score"] == 9
        assert each["seconds"] >= 0
        assert all(isinstance(reason, str) and reason.endswith(".") for reason in each["reasons"])
        assert bool(each["reasons"]) == (each["status"] in ("needs_review", "failed"))


@pytest.mark.parametrize("student", CLASS)
def test_each_student_gets_the_known_marks(graded, student):
    folder, results = graded
    _, _, status, score, waiting = CLASS[student]
    assert (results[student]["status"], results[student]["score"]) == (status, score), results[student]["reasons"]
    with Course(folder).gradebook("mini") as gradebook:
        submission = gradebook.find_submission("mini", student)
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        assert sorted({grade.name.split("_")[0] for grade in grades if grade.needs_manual_grade}) == waiting
        assert sum(grade.max_score for grade in grades) == 9


def test_what_is_not_a_notebook_fails_with_a_sentence(graded):
    _, results = graded
    assert results["broken"]["reasons"] == ["mini.ipynb is not a notebook: it is not JSON."]
    assert results["old_format"]["reasons"] == ["mini.ipynb is not a notebook: it has no list of cells."]
    assert (results["broken"]["status"], results["broken"]["score"]) == ("failed", 0)


def test_who_handed_nothing_in_is_missing(graded):
    _, results = graded
    assert results["absent"] == {
        "student": "absent", "status": "missing", "score": 0, "max_score": 9,
        "seconds": results["absent"]["seconds"], "reasons": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("student", "part"),
    [
        ("test_deleted", "Cell q1_test was missing or renamed; it was put back and run."),
        ("test_renamed", "Cell my_test is not part of the assignment"),
        ("answer_deleted", "The answer cell q2_answer was missing or renamed"),
        ("doubled", "Cell q1_answer was there 2 times"),
        ("generous", "The role of cell q1_test was changed (points)"),
        ("words_deleted", "look whether the answer stands in another cell"),
        ("ends_python", "Python ended while the notebook ran"),
    ],
)
def test_the_reasons_say_what_to_look_at(graded, student, part):
    assert any(part in reason for reason in graded[1][student]["reasons"])


def test_the_export_has_a_row_for_everyone(graded, run):
    folder, results = graded
    assert run(folder, "export", "mini")[0] == 0
    with (folder / "marks" / "mini.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert list(rows) == list(results)
    for student, row in rows.items():
        assert row["assignment"] == "mini"
        assert row["status"] == results[student]["status"]
        assert float(row["score"]) == results[student]["score"]
        assert float(row["max_score"]) == 9
    assert [rows["no_check"][question] for question in ("q1", "q2", "q3")] == ["3", "3", "0"]
    assert rows["perfect"]["needs_manual"] == "yes"
    assert rows["perfect"]["submitted"] == "2026-11-20T10:00:00Z"
    assert rows["untouched"]["needs_manual"] == "no"
    assert (rows["absent"]["q1"], rows["absent"]["submitted"]) == ("0", "")


def test_the_export_replaces_its_own_tables_only(graded, run, refused, tmp_path):
    folder, _ = graded
    target = tmp_path / "marks.csv"
    assert run(folder, "export", "mini", "--to", target)[0] == 0
    assert run(folder, "export", "mini", "--to", target)[0] == 0
    target.write_text("my own notes\n", encoding="utf-8")
    assert "name another file" in refused(folder, "export", "mini", "--to", target)
    assert target.read_text(encoding="utf-8") == "my own notes\n"


def test_the_json_result_replaces_no_other_file(graded, refused, tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text("mine", encoding="utf-8")
    assert "name another file" in refused(graded[0], "grade", "mini", "--json", notes)
    assert notes.read_text(encoding="utf-8") == "mine"


def test_feedback_is_there_for_whoever_has_a_result(graded, run):
    folder, results = graded
    code, _, err = run(folder, "feedback", "mini")
    assert (code, said(err)) == (0, [])
    pages = {path.parts[-3] for path in folder.glob("feedback/*/mini/mini.html")}
    assert pages == {student for student, each in results.items() if each["status"] in ("graded", "needs_review")}
    page = (folder / "feedback" / "perfect" / "mini" / "mini.html").read_text(encoding="utf-8")
    assert OWN_WORDS in page
    assert re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", page) == []  # nothing is fetched when it is read


def test_nothing_is_graded_twice_without_need(graded, run):
    folder, results = graded
    made = folder / "autograded" / "partial" / "mini" / "mini.ipynb"
    before = made.stat().st_mtime_ns
    code, out, _ = run(folder, "grade", "mini", "--students", "partial", "test_deleted", "absent")
    assert code == 0
    assert made.stat().st_mtime_ns == before
    assert "1 graded, 1 needs_review, 1 missing." in out
    assert results["test_deleted"]["reasons"][0] in out
    assert run(folder, "grade", "mini", "--students", "partial", "--force")[0] == 0
    assert made.stat().st_mtime_ns > before


def test_a_changed_submission_is_graded_again(course, desk, run):
    desk.hand_in("smith", desk.notebook())
    run(course, "grade", "mini")
    desk.hand_in("smith", desk.notebook(RIGHT))  # same time: as when an instructor repairs it by hand
    assert "ungraded" in export_of(course, run)["smith"].values()
    run(course, "grade", "mini")
    assert export_of(course, run)["smith"]["score"] == "7"


def test_a_broken_hand_in_takes_the_place_of_a_good_one(course, desk, run):
    desk.hand_in("smith", desk.notebook(RIGHT))
    run(course, "grade", "mini")
    desk.hand_in("smith", "not a notebook", "2026-11-21 10:00:00")
    _, out, _ = run(course, "grade", "mini")
    assert "1 failed." in out
    row = export_of(course, run)["smith"]
    assert (row["status"], row["score"], row["submitted"]) == ("failed", "0", "2026-11-21T10:00:00Z")
    assert not (course / "autograded" / "smith" / "mini").exists()


def test_a_time_that_is_none_is_told(course, desk, run):
    desk.hand_in("smith", desk.notebook(RIGHT), timestamp="yesterday evening")
    _, out, _ = run(course, "grade", "mini")
    assert "timestamp.txt holds no time: yesterday evening" in out


def test_what_was_collected_but_not_graded_is_in_the_export(course, desk, run):
    desk.hand_in("smith", desk.notebook(RIGHT))
    assert export_of(course, run)["smith"]["status"] == "ungraded"


def test_a_person_gives_the_rest(course, desk, run):
    desk.hand_in("smith", desk.notebook(RIGHT))
    run(course, "grade", "mini")
    with Course(course).gradebook("mini") as gradebook:
        grade = gradebook.find_grade("q3_answer", "mini", "mini", "smith")
        grade.manual_score, grade.needs_manual_grade = 2, False
        gradebook.db.commit()
    row = export_of(course, run)["smith"]
    assert (row["score"], row["q3"], row["needs_manual"]) == ("9", "2", "no")


def test_late_hand_ins_are_nbgraders_to_judge(course, desk, run):
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    with Course(course).gradebook("mini") as gradebook:
        gradebook.update_or_create_assignment("mini", duedate="2026-11-20 12:00:00 UTC")
    desk.hand_in("early", desk.notebook(RIGHT), "2026-11-20 11:59:59 UTC")
    desk.hand_in("late", desk.notebook(RIGHT), "2026-11-20 12:00:01 UTC")
    run(course, "grade", "mini")
    rows = export_of(course, run)
    assert (rows["early"]["score"], rows["early"]["late_penalty"]) == ("7", "0")
    assert (rows["late"]["score"], rows["late"]["late_penalty"]) == ("0", "7")


def export_of(course, run):
    assert run(course, "export", "mini")[0] == 0
    with (course / "marks" / "mini.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_grading_needs_a_release_and_submissions(fresh, course, refused):
    assert "mlipkit release mini" in refused(fresh, "grade", "mini")
    assert not (fresh / "gradebook.db").exists()
    assert "mlipkit collect mini" in refused(course, "grade", "mini")
    assert "mlipkit grade mini" in refused(course, "feedback", "mini")
    assert "smith" in refused(course, "grade", "mini", "--students", "smith")


@pytest.mark.parametrize("content", [b"no database at all, it came by mail", b"SQLite format 3\0" + b"\0" * 200])
def test_a_gradebook_that_is_none_is_one_sentence_and_stays(course, desk, refused, content):
    desk.hand_in("smith", desk.notebook(RIGHT))
    (course / "gradebook.db").write_bytes(content)
    for command in ("grade", "export", "release"):
        assert "gradebook" in refused(course, command, "mini")
    assert (course / "gradebook.db").read_bytes() == content


def nbgrader(course, *words):
    tool = Path(sys.executable).parent / "nbgrader"
    return subprocess.run([tool, *words], cwd=course, capture_output=True, text=True, env={**os.environ})


def test_plain_nbgrader_grades_and_exports_the_same_way(course, desk):
    answers, change, _, score, _ = CLASS["test_renamed"]
    desk.hand_in("smith", desk.notebook(answers, change))
    done = nbgrader(course, "autograde", "mini")
    assert done.returncode == 0, done.stderr
    done = nbgrader(course, "export", "--exporter=mlipkit.grading.export.MarksExport", "--to", "out.csv")
    assert done.returncode == 0, done.stderr
    with (course / "out.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["student"], row["status"], float(row["score"])) == ("smith", "needs_review", score)


def test_the_course_of_the_kit_is_configured_like_this_one(tmp_path):
    course = new_course(tmp_path / "course")
    assert (course / "nbgrader_config.py").read_bytes() == (KIT / "nbgrader_config.py").read_bytes()
