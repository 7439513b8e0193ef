"""Self-checks: every question of every lecture can be answered, and every reply says something."""

import pytest

from mlipkit import selfcheck
from mlipkit.errors import KitError

LECTURES = sorted(path.name[:2] for path in selfcheck.FOLDER.glob("*.toml"))
EVERY = [f"{lecture}.{name}" for lecture in LECTURES for name in selfcheck.questions(lecture)]


def entry(**parts):
    return {"question": "What is it?", **parts}


@pytest.fixture
def number():
    return selfcheck.Number(
        entry(
            answer=0.25,
            tolerance=0.01,
            reply="A quarter.",
            otherwise="Count again.",
            mistakes=[{"value": 4.0, "reply": "Turned over."}],
        )
    )


@pytest.fixture
def code():
    return selfcheck.Code(
        entry(
            stub="def half(x):\n    ...",
            function="half",
            reply="It halves.",
            cases=[{"arguments": [3], "result": 1.5, "reply": "Not a whole number."}],
        )
    )


@pytest.mark.parametrize("name", EVERY)
def test_no_question_gives_its_answer_away_before_it_is_asked(name):
    question = selfcheck.ask(name)
    shown = question.as_text()
    for reply in replies(question.entry):
        assert reply.strip() not in shown
    assert question.reply.value == ""


@pytest.mark.parametrize("name", EVERY)
def test_every_question_serves_an_objective_of_its_lecture(name):
    from mlipkit import course

    assert selfcheck.ask(name).entry["objective"] in set(course.objectives(int(name[:2])).id)


@pytest.mark.parametrize("name", EVERY)
def test_every_reply_explains(name):
    assert all(len(reply.split()) >= 8 for reply in replies(selfcheck.ask(name).entry))


def replies(question):
    parts = question.get("options", []) + question.get("mistakes", []) + question.get("cases", [])
    return [part["reply"] for part in [question, *parts] if "reply" in part] + [
        question[key] for key in ("otherwise",) if key in question
    ]


@pytest.mark.parametrize("name", [name for name in EVERY if selfcheck.ask(name).entry["kind"] == "choice"])
def test_a_choice_has_one_right_option_and_replies_to_each(name):
    question = selfcheck.ask(name)
    options = question.entry["options"]
    verdicts = [question.judge(position) for position in range(len(options))]
    assert sum(right for right, _ in verdicts) == 1
    assert len({reply for _, reply in verdicts}) == len(options)


@pytest.mark.parametrize("name", [name for name in EVERY if selfcheck.ask(name).entry["kind"] == "number"])
def test_a_number_knows_its_answer_from_its_mistakes(name):
    question = selfcheck.ask(name)
    assert question.judge(str(question.entry["answer"]))[0]
    for mistake in question.entry["mistakes"]:
        assert question.judge(str(mistake["value"])) == (False, mistake["reply"])


def test_the_code_question_of_lecture_05_accepts_any_correct_way():
    question = selfcheck.ask("05.split-by-group")
    loop = (
        "def split_rows(groups, tested):\n    train, test = [], []\n    for row, group in enumerate(groups):\n"
        "        (test if group in tested else train).append(row)\n    return train, test"
    )
    assert question.judge(loop)[0]
    assert question.judge(loop.replace("return train, test", "return [train, test]"))[0]
    assert not question.judge(loop.replace("return train, test", "return test, train"))[0]
    assert not question.judge(question.entry["stub"])[0]


def test_an_unanswered_choice_is_asked_for_an_answer():
    question = selfcheck.Choice(entry(options=[{"text": "a", "reply": "Because.", "right": True}]))
    assert question.judge(None) == (False, "Choose one of the options first.")


@pytest.mark.parametrize("typed", ["0.25", " 0,25 ", "25%", "0.2549", "25 %"])
def test_a_number_may_be_written_in_several_ways(number, typed):
    assert number.judge(typed) == (True, "A quarter.")


@pytest.mark.parametrize(
    ("typed", "reply"),
    [("4", "Turned over."), ("0.3", "Count again."), ("a quarter", "is not a number"), ("", "is not a number")],
)
def test_a_wrong_number_gets_the_reply_that_fits_the_mistake(number, typed, reply):
    right, said = number.judge(typed)
    assert not right
    assert reply in said


@pytest.mark.parametrize("typed", ["1068", "1,068", "1068.0", " 1,068 "])
def test_thousands_may_be_separated(typed):
    assert selfcheck.ask("05.labels-for-a-claim").judge(typed)[0]


@pytest.mark.parametrize("typed", ["nan", "inf"])
def test_what_is_no_answer_is_never_right(number, typed):
    assert not number.judge(typed)[0]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("def half(x):\n    return x / 2", "It halves."),
        ("def half(x):\n    return x // 2", "gives 1. Not a whole number."),
        ("def half(x):\n    return '1.5'", "gives '1.5'"),
        ("def half(x):\n    return True", "gives True"),
        ("def half(x):\n    return None", "gives None"),
        ("def half(x):\n    raise KeyError(x)", "raises KeyError"),
        ("def halve(x):\n    return x / 2", "Define a function named `half`"),
        ("half = 3", "raises TypeError"),
        ("def half(x)", "does not run: SyntaxError"),
        ("1 / 0", "does not run: ZeroDivisionError"),
    ],
)
def test_code_is_run_and_its_results_are_explained(code, written, said):
    right, reply = code.judge(written)
    assert said in reply
    assert right == (said == "It halves.")


def test_the_reply_appears_where_a_screen_reader_hears_it(number):
    number.answer.value = "0.25"
    assert number.check()
    assert 'role="status"' in number.reply.value
    assert "Right." in number.reply.value


def test_markup_in_an_answer_is_shown_not_obeyed(number):
    number.answer.value = "<img src=x>"
    assert not number.check()
    assert "<img" not in number.reply.value


def test_an_unknown_question_is_named_with_the_known_ones():
    with pytest.raises(KitError, match=r'no question "05.nothing"; those of lecture 05 are who-pays'):
        selfcheck.ask("05.nothing")
    with pytest.raises(KitError, match="those of lecture 99 are none"):
        selfcheck.ask("99.nothing")


def test_a_stored_question_shows_its_options_and_no_reply():
    data = selfcheck.ask("05.who-pays")._repr_mimebundle_()
    assert "- The confusion of 20" in data["text/plain"]
    assert "pocket" not in data["text/plain"]
