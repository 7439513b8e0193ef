"""`mlipkit verify` on a good grader, and on one with holes."""

import json

from .conftest import said, tree
from .test_release import change_source


def verified(course, run):
    target = course.parent / "verify.json"
    code, out, err = run(course, "verify", "mini", "--json", target)
    return code, out, said(err), json.loads(target.read_text(encoding="utf-8"))


def test_a_good_grader_is_proved_and_the_course_untouched(fresh, run):
    before = tree(fresh)
    code, out, problems, outcomes = verified(fresh, run)
    assert (code, problems) == (0, [])
    assert tree(fresh) == before
    assert "11 of 11 answers come out as they should." in out
    assert [each["name"] for each in outcomes][:6] == [
        *["reference", "untouched", "by_counting", "accepts_no_whole", "keeps_capitals", "upside_down"]
    ]
    assert outcomes[0]["got"] == outcomes[0]["expected"] == {"q1": 4, "q2": 3}


def test_holes_are_found_and_named(fresh, run):
    def weaken(by_id, _):
        by_id["q2_test"].source = 'assert isinstance(words("a b"), list), "`words` must return a list."'
        by_id["q1_answer"].source += "\nimport mlipkit_that_does_not_exist"
        by_id["q1_more"].source = by_id["q1_more"].source.replace("share(3, 4), 0.75", "share(3, 4), 0.5")

    change_source(fresh, weaken)
    code, out, problems, outcomes = verified(fresh, run)
    assert code == 1
    told = "\n".join(problems)
    assert "The reference gets only 3 points in q1 instead of 4." in told
    assert "The right answer by_counting gets only 3 points in q1 instead of 4." in told
    assert "The wrong answer keeps_capitals survives with 3 points in q2 instead of 0." in told
    assert "The answer that returns a constant of the right type survives with 3 points in q2 instead of 0." in told
    assert "The untouched notebook stops with ModuleNotFoundError" in told
    assert "WRONG" in out
    assert any(each["problems"] for each in outcomes)


def test_what_cannot_be_released_cannot_be_verified(fresh, refused):
    def leave_open(by_id, _):
        by_id["q1_answer"].source = by_id["q1_answer"].source.replace("    ### END SOLUTION", "")

    change_source(fresh, leave_open)
    assert "cannot be generated" in refused(fresh, "verify", "mini")
