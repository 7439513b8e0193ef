"""The answers that a grader is proved with: read from files, and made from the reference."""

import pytest

from mlipkit.errors import KitError
from mlipkit.grading import notebook
from mlipkit.grading.cases import GENERIC, cases, read_answers, solution_functions

ANSWER = '''import math

def given(x):
    return x

def solved(a, b=1):
    """Brief."""
    ### BEGIN SOLUTION
    if a is None:
        raise ValueError("no a")
    return [a, b]
    ### END SOLUTION

class Box:
    def __init__(self, size):
        self.size = size

    def doubled(self, by=2):
        ### BEGIN SOLUTION
        return self.size * by
        ### END SOLUTION
'''


@pytest.fixture
def source(released):
    return notebook.read(released / "source" / "mini" / "mini.ipynb")


def test_only_functions_that_hold_a_solution_are_replaced():
    assert solution_functions(ANSWER) == ["solved", "Box.doubled"]
    assert solution_functions("def whole(x):\n    return x\n\nclass A:\n    def b(self):\n        pass") == [
        "whole",
        "A.b",
    ]
    assert solution_functions("answer = 3") == []


def test_a_cell_with_a_magic_is_one_sentence():
    with pytest.raises(KitError, match="magics"):
        solution_functions("%matplotlib inline\ndef f():\n    pass")


def run_with(kind, code=ANSWER):
    from mlipkit.grading.cases import _overriding

    space = {}
    exec(code + _overriding(solution_functions(code), GENERIC[kind]), space)
    return space


def test_returns_none():
    space = run_with("returns None")
    assert space["solved"](1) is None
    assert space["Box"](3).doubled() is None
    assert space["given"](4) == 4


def test_returns_a_constant_of_the_right_type():
    space = run_with("returns a constant of the right type")
    assert space["solved"](1, b=2) == []
    assert space["Box"](3).doubled() == 0
    with pytest.raises(ValueError, match="no a"):
        space["solved"](None)


@pytest.mark.parametrize(
    ("body", "check"),
    [
        ("import pandas as pd\n    return pd.DataFrame({'a': [1]})", lambda made: made.empty),
        ("import numpy as np\n    return np.array([1.0, 2.0])", lambda made: made.tolist() == [0.0, 0.0]),
        ("import matplotlib.pyplot as plt\n    return plt.figure().add_subplot()", lambda made: made.get_lines() == []),
        ("return {'a': 1}", lambda made: made == {}),
        ("return open", lambda made: made is None),
        ("return True", lambda made: made is False),
    ],
)
def test_constants_of_the_types_of_the_field(body, check):
    code = f"def make():\n    ### BEGIN SOLUTION\n    {body}\n    ### END SOLUTION\n"
    assert check(run_with("returns a constant of the right type", code)["make"]())


def test_returns_its_first_argument():
    space = run_with("returns its first argument")
    assert space["solved"](5) == 5
    assert space["solved"](a=6) == 6
    assert space["Box"](3).doubled(7) == 7
    assert space["Box"](3).doubled() is None


def test_returns_an_object_equal_to_everything():
    made = run_with("returns an object equal to everything")["solved"](1)
    assert [made == 3, made == [], made > 5, made < 5] == [True] * 4
    assert (made != "x") is False
    assert made.shape == (3, 4)
    assert made["a"].sum() == 7
    assert "x" in made
    assert abs(made - 3) < 1e-9


def test_raises():
    with pytest.raises(ValueError, match="generic"):
        run_with("raises")["solved"](1)


def answers(tmp_path, text):
    path = tmp_path / "answer.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_answers_is_read(tmp_path, source):
    text = '"""Upside\ndown.\n\nMore."""\n# loses: q1 4, q2 1.5\n\n# %% q1\nx = 1\n\n\n# %% q2 · words\ny = 2\n'
    assert read_answers(answers(tmp_path, text), source) == (
        {"q1_answer": "x = 1", "q2_answer": "y = 2"},
        {"q1": 4.0, "q2": 1.5},
        "Upside down.",
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("def f(:\n", "line 1: this is not Python"),
        ('"""Nothing."""\n', "holds no answer"),
        ("# %% q9\nx = 1\n", "the source has no cell q9_answer"),
    ],
)
def test_a_file_that_cannot_be_an_answer_is_one_sentence(tmp_path, source, text, part):
    with pytest.raises(KitError, match=part):
        read_answers(answers(tmp_path, text), source)


def test_the_cases_of_an_assignment(released, source):
    known = cases(released, "mini", source)
    assert [case.kind for case in known] == ["reference", "untouched", "right", *["wrong"] * 3, *["generic"] * 5]
    by_name = {case.name: case for case in known}
    assert by_name["reference"].expected == {"q1": 4, "q2": 3}
    assert by_name["reference"].waiting == ["q3"]
    assert by_name["untouched"].expected == {"q1": 0, "q2": 0}
    assert by_name["accepts_no_whole"].expected == {"q1": 3, "q2": 3}
    assert by_name["raises"].sources.keys() == {"q1_answer", "q2_answer"}


@pytest.mark.parametrize(("line", "part"), [("", "does not say what it loses"), ("# loses: q3 1", "without tests")])
def test_a_wrong_answer_says_what_it_loses(course, source, line, part):
    path = course / "tests" / "answers" / "mini" / "wrong" / "vague.py"
    path.write_text(f"{line}\n# %% q1\nx = 1\n", encoding="utf-8")
    with pytest.raises(KitError, match=part):
        cases(course, "mini", source)
