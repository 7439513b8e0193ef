"""Choosing the best of many models on one test set: how much of its score is luck."""

import numpy as np

from mlipkit import theme
from mlipkit.interactive import Interactive, slider


def score_distribution(items, accuracy):
    """Chance of every score of one model: array of shape (items + 1,), entry x for x items right (binomial)."""
    from scipy.stats import binom

    return binom.pmf(np.arange(items + 1), items, accuracy)


def best_distribution(items, accuracy, models):
    """Chance of every score of the best of `models` equally good models judged independently; shape (items + 1,).

    The best reaches at most x when all do, so its distribution function is the single one to the power `models`.
    """
    below = np.cumsum(score_distribution(items, accuracy)).clip(max=1.0)
    return np.diff(below**models, prepend=0.0)


def expected_best(items, accuracy, models):
    """Mean score (share of items right) of the best of `models` equally good models on one test set."""
    return float(best_distribution(items, accuracy, models) @ np.arange(items + 1) / items)


class SelectionExplorer(Interactive):
    """The best score of many equal models, against what each of them is worth."""

    def controls(self):
        return {
            "items": slider("Items in the test set", 100, 20, 2000, 20),
            "models": slider("Models tried", 20, 1, 200, 1),
            "percent": slider("What each is worth, % right", 80, 50, 99, 1),
        }

    def compute(self, items, models, percent):
        accuracy = percent / 100
        scores = np.arange(items + 1) / items
        single = score_distribution(items, accuracy)
        best = best_distribution(items, accuracy, models)
        return {
            "items": items,
            "models": models,
            "accuracy": accuracy,
            "scores": scores,
            "single": single,
            "best": best,
            "expected": float(best @ scores),
        }

    def draw(self, result):
        figure, axes = theme.figure(height=2.8)
        axes = axes["a"]
        (self.single,) = axes.plot([], [], color=theme.BLUE, drawstyle="steps-mid", label="score of one model")
        (self.best,) = axes.plot([], [], color=theme.ORANGE, ls="--", drawstyle="steps-mid", label="score of the best")
        self.worth = axes.axvline(0, color=theme.INK, ls=":", label="what each is worth")
        axes.set(
            xlabel="share of test items right", ylabel="highest = 1", xlim=(0.4, 1.0), ylim=(0, 1.1), yticks=[0, 1]
        )
        axes.legend(loc="upper left")
        return figure

    def move(self, result):
        for line, chances in ((self.single, result["single"]), (self.best, result["best"])):
            seen = chances > 1e-4 * chances.max()
            line.set_data(result["scores"][seen], chances[seen] / chances.max())
        self.worth.set_xdata([result["accuracy"]] * 2)

    def describe(self, result):
        gap = 100 * (result["expected"] - result["accuracy"])
        tried = "One model" if result["models"] == 1 else f"The best of {result['models']} models"
        return (
            f"{tried}, each worth {result['accuracy']:.0%}, scores {result['expected']:.1%} on average on "
            f"{result['items']:,} test items: {gap:.1f} percentage points of it are luck."
        )
