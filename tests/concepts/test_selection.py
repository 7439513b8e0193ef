"""The luck of the best of many, against simulation and cases that can be counted by hand."""

import numpy as np
import pytest

from mlipkit.concepts.selection import SelectionExplorer, best_distribution, expected_best, score_distribution


def test_one_model_scores_what_it_is_worth():
    assert expected_best(100, 0.8, models=1) == pytest.approx(0.8)


def test_two_coins_can_be_counted_by_hand():
    # one item each: the better of two coins is right unless both are wrong
    np.testing.assert_allclose(best_distribution(1, 0.5, models=2), [0.25, 0.75])


@pytest.mark.parametrize(("items", "accuracy", "models"), [(100, 0.8, 20), (20, 0.5, 200), (2000, 0.99, 5)])
def test_the_formula_agrees_with_simulation(items, accuracy, models):
    random = np.random.default_rng(3)
    best = random.binomial(items, accuracy, size=(4000, models)).max(axis=1) / items
    assert expected_best(items, accuracy, models) == pytest.approx(best.mean(), abs=4 * best.std() / 4000**0.5)


def test_chances_add_up():
    for chances in (score_distribution(100, 0.8), best_distribution(100, 0.8, 20)):
        assert chances.min() >= 0
        assert chances.sum() == pytest.approx(1)


def test_more_models_mean_more_luck_and_more_items_less():
    assert expected_best(100, 0.8, 5) < expected_best(100, 0.8, 50)
    assert expected_best(1000, 0.8, 50) < expected_best(100, 0.8, 50)


def test_the_explorer_names_the_luck():
    explorer = SelectionExplorer()
    assert explorer.sentence.startswith("The best of 20 models, each worth 80%, scores 87.2% on average on 100 test")
    assert "0.0 percentage points of it are luck" in explorer.set(models=1)
