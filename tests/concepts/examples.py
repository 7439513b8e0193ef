"""One ready-made example of every interactive, for the tests and benchmarks that try them all."""

import numpy as np

from mlipkit.concepts.selection import SelectionExplorer
from mlipkit.concepts.splits import SplitExplorer
from mlipkit.concepts.thresholds import ThresholdExplorer


def threshold_explorer():
    """The threshold of a made classifier: 45 sought items among 209, as in lecture 05."""
    random = np.random.default_rng(0)
    labels = np.arange(209) < 45
    scores = np.clip(random.normal(0.35 + 0.25 * labels, 0.15), 0, 1)
    return ThresholdExplorer(labels, scores, items="titles", target="papers on quality assurance")


def split_explorer():
    """Random parts and whole blocks of the digits that scikit-learn ships."""
    from sklearn.datasets import load_digits

    features, labels = load_digits(return_X_y=True)
    return SplitExplorer(features, labels, parts=13)


EXAMPLES = {
    "ThresholdExplorer": threshold_explorer,
    "SplitExplorer": split_explorer,
    "SelectionExplorer": SelectionExplorer,
}
