"""Intervals for shares, against published figures and simulation."""

import numpy as np
import pytest

from mlipkit.concepts.intervals import items_needed, wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_limits(successes, trials, low, high):
    assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


def test_wilson_is_the_same_from_both_sides():
    low, high = wilson(3, 10)
    assert wilson(7, 10) == pytest.approx((1 - high, 1 - low))


def test_wilson_covers_the_truth_about_as_often_as_it_says():
    random = np.random.default_rng(1)
    covered = [low <= 0.8 <= high for low, high in (wilson(s, 209) for s in random.binomial(209, 0.8, 4000))]
    assert 0.935 < np.mean(covered) < 0.965


@pytest.mark.parametrize(("successes", "trials"), [(5, 4), (-1, 4), (0, 0)])
def test_what_is_no_share_is_refused(successes, trials):
    with pytest.raises(ValueError, match="is no share"):
        wilson(successes, trials)


def test_items_needed_gives_the_textbook_figures():
    assert items_needed(0.05) == 385
    assert items_needed(0.03) == 1068
    assert items_needed(0.02, accuracy=0.8) == 1537


@pytest.mark.parametrize("margin", [0, 1, -0.1])
def test_a_margin_that_is_none_is_refused(margin):
    with pytest.raises(ValueError, match="a margin lies between 0 and 1"):
        items_needed(margin)
