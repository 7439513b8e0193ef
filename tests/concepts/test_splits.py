"""Dealing rows and held-out votes, against scikit-learn."""

import numpy as np
import pytest
from sklearn.model_selection import KFold, PredefinedSplit, cross_val_score
from sklearn.neighbors import KNeighborsClassifier

from mlipkit.concepts.splits import HeldOutVotes, deal_at_random, deal_in_blocks, nearest, same_part_share


@pytest.fixture(scope="module")
def blobs():
    random = np.random.default_rng(5)
    labels = random.integers(0, 3, 240)
    return random.normal(labels[:, None], 1.0, size=(240, 4)), labels


@pytest.mark.parametrize("neighbours", [1, 2, 5, 15])
@pytest.mark.parametrize("deal", [deal_in_blocks, deal_at_random])
def test_held_out_votes_are_those_of_scikit_learn(blobs, neighbours, deal):
    features, labels = blobs
    part = deal(len(labels), 8)
    ours = HeldOutVotes(features, labels, part, most=15).accuracies(neighbours)
    theirs = cross_val_score(KNeighborsClassifier(neighbours), features, labels, cv=PredefinedSplit(part))
    np.testing.assert_allclose(ours, theirs)


def test_blocks_are_those_of_an_unshuffled_kfold():
    part = deal_in_blocks(104, 13)
    for number, (_, test) in enumerate(KFold(13).split(np.zeros(104))):
        np.testing.assert_array_equal(np.flatnonzero(part == number), test)


@pytest.mark.parametrize("deal", [deal_in_blocks, deal_at_random])
def test_parts_differ_by_one_row_at_most(deal):
    sizes = np.bincount(deal(1797, 13))
    assert len(sizes) == 13
    assert sizes.max() - sizes.min() <= 1


def test_a_random_deal_is_the_same_every_time():
    np.testing.assert_array_equal(deal_at_random(50, 5), deal_at_random(50, 5))
    assert (deal_at_random(50, 5) != deal_in_blocks(50, 5)).any()


def test_nearest_rows_come_first_and_a_row_is_not_its_own_neighbour():
    line = np.array([[0.0], [1.0], [3.0], [7.0]])
    np.testing.assert_array_equal(nearest(line), [[1, 2, 3], [0, 2, 3], [1, 0, 3], [2, 1, 0]])


def test_rows_of_the_same_part_come_last():
    line = np.array([[0.0], [1.0], [3.0], [7.0]])
    assert nearest(line, excluded=np.array([0, 0, 1, 1]))[0].tolist()[:2] == [2, 3]


def test_rows_that_come_in_groups_show_it():
    features = np.repeat(np.arange(10.0), 5)[:, None] + np.random.default_rng(0).normal(0, 0.01, (50, 1))
    assert same_part_share(features, deal_in_blocks(50, 10)) == 1.0
    assert same_part_share(features, deal_at_random(50, 10)) < 0.4
