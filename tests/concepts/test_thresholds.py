"""Thresholds and curves, held against scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, precision_score, recall_score, roc_auc_score, roc_curve

from mlipkit.concepts.thresholds import SETTINGS, Curves, ThresholdExplorer, outcomes


@pytest.fixture(params=["smooth", "ties", "separable", "reversed"])
def case(request):
    random = np.random.default_rng(7)
    labels = random.random(300) < 0.2
    scores = {
        "smooth": random.normal(0.4 + 0.2 * labels, 0.2).clip(0, 1),
        "ties": np.round(random.normal(0.4 + 0.2 * labels, 0.2).clip(0, 1), 1),
        "separable": 0.25 + 0.5 * labels,
        "reversed": 0.75 - 0.5 * labels,
    }[request.param]
    return labels, scores


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.5, 0.75, 1.0])
def test_outcomes_are_those_of_scikit_learn(case, threshold):
    labels, scores = case
    left_alone, false_alarms, missed, found = confusion_matrix(labels, scores >= threshold).ravel()
    assert outcomes(labels, scores, threshold) == {
        "found": found, "missed": missed, "false_alarms": false_alarms, "left_alone": left_alone
    }  # fmt: skip


def test_the_roc_curve_is_that_of_scikit_learn(case):
    labels, scores = case
    alarm_rate, recall, _ = roc_curve(labels, scores, drop_intermediate=False)
    curves = Curves(labels, scores)
    # ours runs from the lowest threshold to the highest, theirs the other way round
    np.testing.assert_allclose(curves.false_alarm_rate[1:][::-1], alarm_rate)
    np.testing.assert_allclose(curves.recall[1:][::-1], recall)


def test_the_area_is_that_of_scikit_learn(case):
    labels, scores = case
    assert Curves(labels, scores).roc_area() == pytest.approx(roc_auc_score(labels, scores))


def test_precision_is_that_of_scikit_learn_wherever_something_is_flagged(case):
    labels, scores = case
    curves = Curves(labels, scores)
    for threshold, precision, recall in zip(curves.thresholds[:-1], curves.precision(), curves.recall, strict=False):
        assert precision == pytest.approx(precision_score(labels, scores >= threshold))
        assert recall == pytest.approx(recall_score(labels, scores >= threshold))


def test_a_changed_prevalence_equals_a_sample_with_that_prevalence(case):
    labels, scores = case
    rarer = np.concatenate([np.flatnonzero(labels), np.repeat(np.flatnonzero(~labels), 5)])
    repeated = Curves(labels[rarer], scores[rarer])
    curves = Curves(labels, scores)
    np.testing.assert_allclose(curves.precision(repeated.prevalence), repeated.precision())
    np.testing.assert_allclose(curves.recall, repeated.recall)
    np.testing.assert_allclose(curves.cost(SETTINGS, 3, repeated.prevalence), repeated.cost(SETTINGS, 3))


def test_cost_counts_misses_and_false_alarms(case):
    labels, scores = case
    curves = Curves(labels, scores)
    for threshold, cost in zip(SETTINGS, curves.cost(SETTINGS, miss=7), strict=True):
        counted = outcomes(labels, scores, threshold)
        assert cost * len(labels) == pytest.approx(7 * counted["missed"] + counted["false_alarms"])


@pytest.mark.parametrize("labels", [[0, 0, 0], [1, 1, 1]])
def test_a_class_without_members_is_refused(labels):
    with pytest.raises(ValueError, match="at least one item of each label"):
        Curves(labels, [0.1, 0.2, 0.3])


def test_the_explorer_says_what_the_curves_know():
    labels = np.arange(100) < 20
    explorer = ThresholdExplorer(labels, np.where(labels, 0.8, 0.3), items="comments", target="abusive comments")
    assert explorer.sentence.startswith(
        "At threshold 0.50, 20 of 100 comments are flagged: 20 of the 20 abusive comments and 0 others "
        "(precision 1.00, recall 1.00). Cost 0"
    )
    assert "(nothing is flagged, recall 0.00). Cost 100" in explorer.set(threshold=1.0, miss=5)
    assert "20 of the 20 abusive comments and 80 others (precision 0.20" in explorer.set(threshold=0.0)
    assert "the cheapest threshold is 0.31" in explorer.sentence  # the first that flags no other comment


def test_a_rarer_class_leaves_the_roc_point_and_moves_precision():
    labels = np.arange(100) < 20
    scores = np.linspace(1, 0, 100)
    explorer = ThresholdExplorer(labels, scores)
    explorer.set(threshold=0.7)
    before = explorer.on_roc.get_xydata().copy(), explorer.on_precision.get_xydata().copy()
    explorer.set(percent=1.0)
    np.testing.assert_array_equal(explorer.on_roc.get_xydata(), before[0])
    assert explorer.on_precision.get_ydata()[0] < before[1][0, 1] / 5
