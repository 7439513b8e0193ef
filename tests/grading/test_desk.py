"""start, check and submit, as a student uses them."""

import json
import zipfile

import pytest

from mlipkit import desk as students
from mlipkit.grading.notebook import write

from .conftest import KIT, OWN_WORDS, RIGHT, SHARE, WORDS_WITH_CAPITALS, tree


def work_on(course, content):
    path = course / "assignments" / "mini" / "mini.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        path.write_text(content, encoding="utf-8")
    else:
        write(content, path)
    return path


def states(course):
    return {each.question: (each.state, each.message) for each in students.check(course, "mini").findings}


def test_start_copies_the_release_and_says_so(course, run):
    code, out, _ = run(course, "start", "mini")
    assert code == 0
    assert "Copied assignments/mini/mini.ipynb" in out
    assert tree(course / "assignments" / "mini") == tree(course / "release" / "mini")


def test_start_again_keeps_the_work(course, run):
    run(course, "start", "mini")
    mine = course / "assignments" / "mini" / "mini.ipynb"
    mine.write_text("my work", encoding="utf-8")
    (course / "release" / "mini" / "table.csv").write_text("a,b\n", encoding="utf-8")
    code, out, _ = run(course, "start", "mini")
    assert code == 0
    assert "Kept assignments/mini/mini.ipynb" in out
    assert "Copied assignments/mini/table.csv" in out
    assert mine.read_text(encoding="utf-8") == "my work"


def test_start_without_a_release_says_what_to_do(fresh, refused):
    assert "mlipkit release mini" in refused(fresh, "start", "mini")


@pytest.mark.parametrize("name", ["mono", "../mini", "", "*"])
def test_unknown_assignment_names_the_known(course, refused, name):
    for command in ("start", "check", "release", "grade", "feedback", "export", "verify"):
        assert "mini" in refused(course, command, name)


def test_a_folder_without_a_course(tmp_path, refused):
    assert "nbgrader_config.py" in refused(tmp_path, "check", "mini")


def test_check_of_an_untouched_notebook(course, run):
    run(course, "start", "mini")
    before = tree(course)
    code, out, err = run(course, "check", "mini", "--json", course.parent / "check.json")
    assert (code, err) == (0, "")
    assert out.count("not started") == 2
    assert "not written yet" in out
    assert "0 of 7 points" in out
    found = json.loads((course.parent / "check.json").read_text(encoding="utf-8"))
    assert [each["state"] for each in found["questions"]] == ["not started", "not started", "empty"]
    assert [each["points"] for each in found["questions"]] == [4, 3, 2]
    assert found["questions"][0]["title"] == "A share has a whole"
    assert tree(course) == before


def test_check_of_right_answers_passes_and_leaves_the_notebook_as_it_was(course, desk, run):
    path = work_on(course, desk.notebook(RIGHT))
    before = path.read_bytes()
    code, out, _ = run(course, "check", "mini")
    assert code == 0
    assert out.count("passed") == 2
    assert "written, a person will read it" in out
    assert "7 of 7 points" in out
    assert path.read_bytes() == before


def test_check_says_what_the_failed_test_says(course, desk):
    work_on(course, desk.notebook({**RIGHT, "q1_answer": SHARE.replace("part / whole", "whole / part")}))
    state, message = states(course)["q1"]
    assert state == "failed"
    assert message == "`share` is off for 1 of 4: look at which number divides which."


def test_check_passes_over_what_only_grading_tests(course, desk):
    work_on(course, desk.notebook({**RIGHT, "q2_answer": WORDS_WITH_CAPITALS}))
    assert states(course)["q2"][0] == "passed"


def test_check_names_an_answer_that_is_not_python(course, desk):
    work_on(course, desk.notebook({**RIGHT, "q1_answer": "def share(part, whole:\n    return 1"}))
    state, message = states(course)["q1"]
    assert state == "failed"
    assert message.startswith("SyntaxError: ")


def test_check_sees_an_edited_test(course, desk):
    def edit(_, by_id):
        by_id["q1_test"].source = "pass"

    work_on(course, desk.notebook(RIGHT, edit))
    assert states(course)["q1"] == ("changed", "its test cell q1_test was edited; grading uses the original")


def test_check_sees_a_lost_test(course, desk):
    work_on(course, desk.notebook(RIGHT, lambda cells, by_id: cells.remove(by_id["q2_test"])))
    state, message = states(course)["q2"]
    assert state == "changed"
    assert "q2_test is missing" in message


def test_check_sees_a_doubled_cell(course, desk):
    work_on(course, desk.notebook(RIGHT, lambda cells, by_id: cells.append(by_id["q1_answer"].copy())))
    found = students.check(course, "mini")
    assert [each.state for each in found.findings] == ["passed", "passed", "filled"]
    assert "q1_answer is there 2 times" in found.notes[0]


def test_check_names_a_cell_outside_the_questions(course, desk):
    def break_setup(cells, _):
        next(cell for cell in cells if cell.source == "import math").source = "import maths"

    work_on(course, desk.notebook(RIGHT, break_setup))
    assert any("No module named 'maths'" in note for note in students.check(course, "mini").notes)


def test_a_warning_costs_nothing(course, desk):
    warning = "import warnings\n\n\n" + SHARE.replace("    if", '    warnings.warn("old")\n    if', 1)
    work_on(course, desk.notebook({**RIGHT, "q1_answer": warning}))
    assert states(course)["q1"][0] == "passed"


def test_check_when_python_ends(course, desk, refused):
    work_on(course, desk.notebook({**RIGHT, "q2_answer": "import os\nos._exit(0)"}))
    assert "Python ended while the notebook ran" in refused(course, "check", "mini")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html>please log in</html>", "it is not JSON"),
        ("", "it is not JSON"),
        ("[1, 2]", "it has no list of cells"),
        ('{"cells": [3], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "is not a notebook"),
        ('{"cells": [{"cell_type": "poem"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "is not a notebook"),
    ],
)
def test_what_is_not_a_notebook_is_neither_checked_nor_handed_in(course, refused, content, reason):
    path = work_on(course, content)
    assert reason in refused(course, "check", "mini")
    assert reason in refused(course, "submit", "mini", "--student", "smith")
    assert path.read_text(encoding="utf-8") == content
    assert not (course / "submissions").exists()


def test_what_is_missing_is_neither_checked_nor_handed_in(course, refused):
    assert "mlipkit start mini" in refused(course, "check", "mini")
    assert "mlipkit start mini" in refused(course, "submit", "mini", "--student", "smith")


def test_submit_writes_notebook_and_time(course, desk, run):
    path = work_on(course, desk.notebook({"q3_answer": OWN_WORDS}))
    code, out, _ = run(course, "submit", "mini", "--student", "ada.l-1_x")
    assert code == 0
    (made,) = (course / "submissions").iterdir()
    assert str(made) in out
    with zipfile.ZipFile(made) as archive:
        assert archive.read("mini.ipynb") == path.read_bytes()
        stamp = archive.read("timestamp.txt").decode()
    _, student, time_in_name = made.stem.split("__")
    assert student == "ada.l-1_x"
    assert stamp.strip(" UTC\n").replace("-", "").replace(":", "").replace(" ", "T") + "Z" == time_in_name


def test_submit_never_overwrites(course, desk, refused, monkeypatch):
    work_on(course, desk.notebook())
    first = students.submit(course, "mini", "smith")
    moment = students.datetime.strptime(first.stem.split("__")[2], "%Y%m%dT%H%M%SZ").replace(tzinfo=students.UTC)

    class Stopped(students.datetime):
        @classmethod
        def now(cls, tz=None):
            return moment

    monkeypatch.setattr(students, "datetime", Stopped)
    before = first.read_bytes()
    assert "run the command again" in refused(course, "submit", "mini", "--student", "smith")
    assert first.read_bytes() == before


def test_what_the_system_refuses_is_one_sentence(course, desk, refused):
    work_on(course, desk.notebook())
    (course / "submissions").write_text("a file where a folder should be", encoding="utf-8")
    assert "submissions: File exists." in refused(course, "submit", "mini", "--student", "smith")


@pytest.mark.parametrize("name", ["a__b", "../x", "", "a b", ".", "_a", "a/b", "ä"])
def test_submit_refuses_names_that_no_file_could_have(course, desk, refused, name):
    work_on(course, desk.notebook())
    assert "cannot be a student's name" in refused(course, "submit", "mini", "--student", name)


def test_submit_goes_through_the_exchange_where_there_is_one(course, desk, run, tmp_path):
    exchange = tmp_path / "exchange"
    (exchange / "mlip" / "inbound").mkdir(parents=True)
    (exchange / "mlip" / "outbound" / "mini").mkdir(parents=True)
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"c.Exchange.root = {str(exchange)!r}\nc.Exchange.cache = {str(tmp_path / 'cache')!r}\n")
    work_on(course, desk.notebook(RIGHT))
    code, _, _ = run(course, "submit", "mini", "--student", "smith")
    assert code == 0
    (handed_in,) = (exchange / "mlip" / "inbound").iterdir()
    assert handed_in.name.startswith("smith+mini+")
    assert (handed_in / "mini.ipynb").exists()
    assert not (course / "submissions").exists()


def test_help_names_every_command():
    import subprocess
    import sys

    told = subprocess.run([sys.executable, "-m", "mlipkit.cli", "--help"], capture_output=True, text=True, cwd=KIT)
    for command in ("start", "check", "submit", "verify", "release", "collect", "grade", "feedback", "export"):
        assert command in told.stdout


@pytest.mark.parametrize(
    "command", ["start", "check", "submit", "verify", "release", "collect", "grade", "feedback", "export"]
)
def test_each_command_has_help_with_an_example(command, capsys):
    from mlipkit.cli import main

    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"Example: mlipkit {command} a0_field" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main([command])
    assert ended.value.code == 2
