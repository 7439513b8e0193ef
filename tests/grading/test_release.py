"""The students' version: always the same, never with a solution in it, never half there."""

import nbformat
import pytest

from mlipkit.grading.leaks import leaks
from mlipkit.grading.notebook import grade_id, write

from .conftest import tree


def change_source(course, change):
    """Change the cells (by grade id) of the source, and store it."""
    path = course / "source" / "mini" / "mini.ipynb"
    content = nbformat.read(path, as_version=4)
    change({grade_id(cell): cell for cell in content.cells if grade_id(cell)}, content)
    write(content, path)


def test_release_holds_the_questions_and_nothing_of_the_answers(released):
    text = (released / "release" / "mini" / "mini.ipynb").read_text(encoding="utf-8")
    content = nbformat.reads(text, as_version=4)
    assert content.cells[0].source.startswith("# Before you begin")
    assert text.count("raise NotImplementedError()") == 2 + 1  # two stubs, and the page that explains them
    assert "accepts a whole of 0" in text
    assert "Drift drift DRIFT" not in text
    assert "BEGIN" not in text
    assert "half of a thousand" not in text
    assert [name for cell in content.cells if (name := grade_id(cell))] == [
        *["q1", "q1_answer", "q1_test", "q1_more", "q2", "q2_answer", "q2_test", "q3", "q3_answer"]
    ]
    assert content.metadata.language_info == {"name": "python"}


def test_release_again_is_the_same_to_the_byte(course, run):
    before = tree(course / "release")
    assert run(course, "release", "mini")[0] == 0
    assert tree(course / "release") == before


def test_release_does_not_say_where_its_source_was_saved(fresh, run):
    def saved_elsewhere(_, content):
        content.metadata.language_info.update({"version": "3.12.1", "file_extension": ".py"})

    change_source(fresh, saved_elsewhere)
    assert run(fresh, "release", "mini")[0] == 0
    assert "3.12.1" not in (fresh / "release" / "mini" / "mini.ipynb").read_text(encoding="utf-8")


def test_release_takes_the_data_but_not_the_brief(fresh, run):
    (fresh / "source" / "mini" / "table.csv").write_text("a\n1\n", encoding="utf-8")
    (fresh / "source" / "mini" / "README.md").write_text("For colleagues.\n", encoding="utf-8")
    assert run(fresh, "release", "mini")[0] == 0
    assert {path.name for path in (fresh / "release" / "mini").iterdir()} == {"mini.ipynb", "table.csv"}


def leave_a_solution_open(by_id, _):
    by_id["q1_answer"].source = by_id["q1_answer"].source.replace("    ### END SOLUTION", "")


def forget_the_end_of_the_hidden_tests(by_id, _):
    by_id["q2_test"].source = by_id["q2_test"].source.replace("### END HIDDEN TESTS", "")


def use_an_id_twice(by_id, _):
    by_id["q2_test"].metadata.nbgrader.grade_id = "q1_test"


def give_the_answer_in_the_title(_, content):
    content.cells[0].source += "\n\n```python\nreturn sorted(set(text.lower().split()))\n```"


@pytest.mark.parametrize("change", [leave_a_solution_open, forget_the_end_of_the_hidden_tests, use_an_id_twice])
def test_what_nbgrader_cannot_generate_leaves_the_release_as_it_was(course, refused, change):
    before = tree(course / "release")
    change_source(course, change)
    assert "source/mini" in refused(course, "release", "mini")
    assert tree(course / "release") == before
    assert [path.name for path in (course / "release").iterdir()] == ["mini"]


def test_a_release_that_gives_the_gradebook_no_chance_stays_away(fresh, refused):
    (fresh / "gradebook.db").write_text("this is no database, it came with a mail", encoding="utf-8")
    assert "gradebook" in refused(fresh, "release", "mini")
    assert not (fresh / "release" / "mini").exists()
    assert (fresh / "gradebook.db").read_text(encoding="utf-8").startswith("this is no database")


def test_a_broken_source_is_one_sentence(fresh, refused):
    (fresh / "source" / "mini" / "mini.ipynb").write_text("{", encoding="utf-8")
    assert "it is not JSON" in refused(fresh, "release", "mini")


def test_a_broken_configuration_is_one_sentence(course, refused):
    (course / "nbgrader_config.py").write_text("c = get_config(\n", encoding="utf-8")
    assert "nbgrader_config.py cannot be read (SyntaxError" in refused(course, "release", "mini")


def test_cells_cannot_change_once_something_was_graded(course, desk, refused, run):
    desk.hand_in("smith", desk.notebook())
    run(course, "grade", "mini")
    before = tree(course / "release")

    def rename(by_id, _):
        by_id["q2_test"].metadata.nbgrader.grade_id = "q2_check"

    change_source(course, rename)
    assert "submissions associated with it" in refused(course, "release", "mini")
    assert tree(course / "release") == before


def test_a_release_that_gives_an_answer_away_is_refused(course, refused):
    before = tree(course / "release")
    change_source(course, give_the_answer_in_the_title)
    said = refused(course, "release", "mini")
    assert "release/mini/mini.ipynb holds a line of the solution of q2_answer" in said
    assert tree(course / "release") == before


def test_a_brief_that_gives_an_answer_away_is_refused(course, refused):
    brief = course / "assignments" / "mini" / "README.md"
    brief.parent.mkdir(parents=True)
    brief.write_text("Hint: `return sorted(set( text.lower().split()))`\n".replace("set( ", "set("), encoding="utf-8")
    assert "README.md holds a line of the solution of q2_answer" in refused(course, "release", "mini")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Words are compared without regard to case.", []),
        ("### BEGIN SOLUTION", ["marker BEGIN SOLUTION"]),
        ("x\n   return   sorted(set(text.lower().split()))  # so", ["the solution of q2_answer"]),
        ('assert words("Drift drift DRIFT") == ["drift"], "`words` tells Drift from drift: look at capital letters."',
         ["the hidden tests of q2_test"]),
        ("Because half of two is not half of a thousand: whoever reads 50 % cannot tell chance from pattern.",
         ["the solution of q3_answer"]),
        ("import math", []),
        ('assert isinstance(words("a b"), list), "`words` must return a list."', []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["brief.md", "other.ipynb", "half.ipynb"])
def test_the_scan_finds_what_only_the_source_holds(released, tmp_path, text, expected, form):
    file = tmp_path / form
    if form == "other.ipynb":
        write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)]), file)
    else:
        file.write_text(text, encoding="utf-8")
    found = leaks(released / "source" / "mini" / "mini.ipynb", [file])
    assert len(found) == len(expected)
    for sentence, part in zip(found, expected, strict=True):
        assert part in sentence
        assert form in sentence


def test_the_scan_passes_over_what_is_not_text(released, tmp_path):
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\xff\xfe")
    assert leaks(released / "source" / "mini" / "mini.ipynb", [picture]) == []


def test_the_scan_finds_nothing_in_what_was_released(released):
    files = list((released / "release").rglob("*.ipynb"))
    assert files
    assert leaks(released / "source" / "mini" / "mini.ipynb", files) == []
