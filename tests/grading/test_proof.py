"""Every assignment's grader, proved. In a file of its own: it takes minutes, and files are shared out among workers."""

import pytest

from mlipkit.assignments import known
from mlipkit.grading.verify import verify

from .conftest import KIT


@pytest.mark.parametrize("assignment", known(KIT, "source"))
def test_the_grader_is_proved(assignment):
    outcomes = verify(KIT, assignment)
    assert [problem for outcome in outcomes for problem in outcome.problems] == []
