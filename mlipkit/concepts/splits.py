"""Dealing rows into parts for testing: at random, or so that rows that belong together stay together."""

import numpy as np

from mlipkit import theme
from mlipkit.interactive import Interactive, choice, slider


def deal_at_random(rows, parts, seed=0):
    """The part (0 … parts - 1) of every row when rows are shuffled first; part sizes differ by one at most."""
    return np.random.default_rng(seed).permutation(deal_in_blocks(rows, parts))


def deal_in_blocks(rows, parts):
    """The part of every row when the rows are cut into consecutive blocks; part sizes differ by one at most."""
    return np.arange(rows) * parts // rows


def nearest(features, excluded=None):
    """Rows ordered by distance from each row: an int array of shape (rows, rows - 1), nearest first, itself left out.

    features: array of shape (rows, columns), Euclidean distance. With `excluded`, a part number for every row, rows of
    the same part come last, so that the first ones are neighbours from other parts.
    """
    squares = (features**2).sum(axis=1)
    distances = squares[:, None] + squares[None, :] - 2 * features @ features.T
    if excluded is not None:
        distances[excluded[:, None] == excluded[None, :]] = np.inf
    np.fill_diagonal(distances, np.nan)  # sorts behind everything, also behind the excluded
    return np.argsort(distances, axis=1, kind="stable")[:, :-1]


def same_part_share(features, part):
    """Share of rows whose nearest neighbour among all rows lies in the same part as they do."""
    return float((part[nearest(features)[:, 0]] == part).mean())


class HeldOutVotes:
    """k-nearest-neighbour predictions for every row from the rows of the other parts, for every k up to `most`.

    features: (rows, columns); labels: int array (rows,); part: the part of every row. The majority wins, ties go to
    the smaller label.
    """

    def __init__(self, features, labels, part, most):
        self.part, self.labels = part, labels
        votes = np.eye(labels.max() + 1, dtype=np.int32)[labels[nearest(features, part)[:, :most]]]
        self.predictions = votes.cumsum(axis=1).argmax(axis=2)  # shape (rows, most): column k - 1 holds k neighbours

    def accuracies(self, neighbours):
        """Share right in every part, when it is predicted from the others: array of shape (parts,)."""
        right = self.predictions[:, neighbours - 1] == self.labels
        return np.bincount(self.part, weights=right) / np.bincount(self.part)


class SplitExplorer(Interactive):
    """The same data and model, tested on rows dealt at random or on whole blocks of rows.

    features: (rows, columns), labels: int array (rows,), in the order they were collected; `parts` blocks.
    """

    RANDOM, BLOCKS = "at random", "in whole blocks"
    MOST = 25

    def __init__(self, features, labels, parts):
        deals = {self.RANDOM: deal_at_random(len(labels), parts), self.BLOCKS: deal_in_blocks(len(labels), parts)}
        self.votes = {deal: HeldOutVotes(features, labels, part, self.MOST) for deal, part in deals.items()}
        self.parts = parts
        super().__init__()

    def controls(self):
        return {
            "deal": choice("Rows are dealt", [self.RANDOM, self.BLOCKS]),
            "neighbours": slider("Neighbours that vote", 5, 1, self.MOST, 1),
        }

    def compute(self, deal, neighbours):
        other = self.BLOCKS if deal == self.RANDOM else self.RANDOM
        return {
            "deal": deal,
            "other": other,
            "neighbours": neighbours,
            "accuracies": self.votes[deal].accuracies(neighbours),
            "other_mean": float(self.votes[other].accuracies(neighbours).mean()),
        }

    def draw(self, result):
        figure, axes = theme.figure(height=2.8)
        axes = axes["a"]
        (self.dots,) = axes.plot([], [], ls="", marker="o", ms=7, color=theme.BLUE, label="one part")
        self.mean = axes.axhline(0, color=theme.BLUE, label="mean of this deal")
        self.other = axes.axhline(0, color=theme.ORANGE, ls="--", label="mean of the other deal")
        axes.set(xlabel="part that is tested", ylabel="share right", xlim=(0.5, self.parts + 0.5), ylim=(0.85, 1.005))
        axes.set_xticks(range(1, self.parts + 1))
        axes.legend(loc="lower right", ncols=3)
        return figure

    def move(self, result):
        self.dots.set_data(range(1, self.parts + 1), result["accuracies"])
        self.mean.set_ydata([result["accuracies"].mean()] * 2)
        self.other.set_ydata([result["other_mean"]] * 2)

    def describe(self, result):
        right = result["accuracies"]
        voters = "1 neighbour votes" if result["neighbours"] == 1 else f"{result['neighbours']} neighbours vote"
        return (
            f"Rows dealt {result['deal']}, {voters}: {right.mean():.1%} right on average over {self.parts} parts, "
            f"{right.min():.1%} in the worst part and {right.max():.1%} in the best. Dealt {result['other']}, the "
            f"average is {result['other_mean']:.1%}."
        )
