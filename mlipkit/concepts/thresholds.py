"""From a score to a decision: what a threshold does to the four kinds of outcome, and what they cost."""

import numpy as np

from mlipkit import theme
from mlipkit.interactive import Interactive, slider

SETTINGS = np.arange(101) / 100  # the thresholds that a reader can choose: 0.00, 0.01, … 1.00


def outcomes(labels, scores, threshold):
    """Count the four outcomes of flagging every item whose score is at or above the threshold.

    labels, scores: arrays of shape (n,); labels are 0 or 1. Returns a dict with the counts `found` (true positives),
    `missed` (false negatives), `false_alarms` (false positives) and `left_alone` (true negatives).
    """
    labels = np.asarray(labels, dtype=bool)
    flagged = np.asarray(scores) >= threshold
    return {
        "found": int(np.sum(labels & flagged)),
        "missed": int(np.sum(labels & ~flagged)),
        "false_alarms": int(np.sum(~labels & flagged)),
        "left_alone": int(np.sum(~labels & ~flagged)),
    }


class Curves:
    """Outcome rates of one set of scores at every threshold.

    labels, scores: arrays of shape (n,); labels are 0 or 1 and both occur. `thresholds` are -inf, every distinct score
    and +inf in rising order, `recall` and `false_alarm_rate` the shares of positives and of negatives flagged there:
    arrays of one shape, so the pairs (false_alarm_rate, recall) are the ROC curve. Raises ValueError when one of the
    two labels does not occur.
    """

    def __init__(self, labels, scores):
        labels, scores = np.asarray(labels, dtype=bool), np.asarray(scores, dtype=float)
        if labels.all() or not labels.any():
            raise ValueError("curves need at least one item of each label.")
        self.positives, self.negatives = np.sort(scores[labels]), np.sort(scores[~labels])
        self.thresholds = np.concatenate([[-np.inf], np.unique(scores), [np.inf]])
        self.recall, self.false_alarm_rate = self.rates(self.thresholds)
        self.prevalence = labels.mean()

    def rates(self, thresholds):
        """(recall, false-alarm rate) when everything at or above a threshold is flagged; arrays like `thresholds`."""
        return tuple(
            1 - np.searchsorted(side, thresholds, side="left") / len(side) for side in (self.positives, self.negatives)
        )

    def precision(self, prevalence=None):
        """Share of flagged items that are positive at every threshold, 1 where nothing is flagged.

        With a `prevalence` other than that of the data the two classes are weighted as if positives were that common.
        """
        share = self.prevalence if prevalence is None else prevalence
        found, alarms = share * self.recall, (1 - share) * self.false_alarm_rate
        flagged = found + alarms
        return np.divide(found, flagged, out=np.ones_like(found), where=flagged > 0)

    def cost(self, thresholds, miss, prevalence=None):
        """Mean cost an item when everything at or above a threshold is flagged; an array like `thresholds`.

        A false alarm costs 1 and a miss costs `miss`; `prevalence` as for `precision`.
        """
        share = self.prevalence if prevalence is None else prevalence
        recall, false_alarm_rate = self.rates(thresholds)
        return share * (1 - recall) * miss + (1 - share) * false_alarm_rate

    def roc_area(self):
        """Area under the ROC curve: the chance that a random positive scores above a random negative, ties half."""
        below = np.searchsorted(self.negatives, self.positives, side="left")
        not_above = np.searchsorted(self.negatives, self.positives, side="right")
        return float((below + not_above).mean() / 2 / len(self.negatives))


class ThresholdExplorer(Interactive):
    """Move the threshold of a classifier and see who is flagged, who is missed, and what it costs.

    labels, scores: arrays of shape (n,), scores between 0 and 1; `items` names what is classified ("titles"), `target`
    what is sought ("quality-assurance titles"). Counts are shown for `total` items, of which the chosen share is
    positive; by default as many, and as large a share, as in the data.
    """

    def __init__(self, labels, scores, items="items", target="positives", total=None):
        self.curves = Curves(labels, scores)
        self.items, self.target = items, target
        self.total = total or len(labels)
        super().__init__()

    def controls(self):
        common = 100 * float(self.curves.prevalence)
        return {
            "threshold": slider("Threshold", 0.5, 0.0, 1.0, 0.01),
            "miss": slider("False alarms a miss is worth", 1, 1, 50, 1),
            "percent": slider("Share of positives, %", round(common, 1), 0.5, 50.0, 0.5),
        }

    def compute(self, threshold, miss, percent):
        recall, alarm_rate = (float(rate) for rate in self.curves.rates(threshold))
        share = percent / 100
        found, missed = share * recall * self.total, share * (1 - recall) * self.total
        alarms, left = (1 - share) * alarm_rate * self.total, (1 - share) * (1 - alarm_rate) * self.total
        costs = self.curves.cost(SETTINGS, miss, share) * self.total
        return {
            "threshold": threshold,
            "counts": np.array([[found, missed], [alarms, left]]),
            "recall": recall,
            "alarm_rate": alarm_rate,
            "precision": found / (found + alarms) if found + alarms else None,
            "precisions": self.curves.precision(share),
            "cost": missed * miss + alarms,
            "costs": costs,
            "best": float(SETTINGS[np.argmin(costs)]),
            "share": share,
        }

    def draw(self, result):
        figure, axes = theme.figure("hhhhmm;rrppcc", height=5.2)
        self._draw_scores(axes["h"])
        self._draw_matrix(axes["m"])
        self._draw_curves(axes)
        return figure

    def _draw_scores(self, axes):
        bins = np.linspace(0, 1, 21)
        axes.hist(self.curves.negatives, bins, color=theme.ORANGE, alpha=0.55, hatch="//", label="others", density=True)
        axes.hist(self.curves.positives, bins, color=theme.BLUE, histtype="step", lw=2, label=self.target, density=True)
        self.line = axes.axvline(0, ymax=0.8, color=theme.INK, ls="--")  # stops below the legend
        axes.set(title="Scores", xlabel="score the model gives", yticks=[], xlim=(0, 1))
        axes.set_ylim(0, 1.35 * axes.get_ylim()[1])  # room for the legend above the bars
        axes.legend(loc="upper right", ncols=2)

    def _draw_matrix(self, axes):
        axes.set(title="Outcomes", xlim=(0, 2), ylim=(0, 2), xticks=[0.5, 1.5], yticks=[1.5, 0.5])
        axes.set_xticklabels(["flagged", "not flagged"])
        axes.set_yticklabels(["sought", "other"])
        axes.tick_params(length=0)
        self.cells = []
        for row, names in enumerate((("found", "missed"), ("false alarms", "left alone"))):
            for column, name in enumerate(names):
                wrong = row != column
                colour = theme.ORANGE if wrong else theme.BLUE
                axes.text(column + 0.5, 1.25 - row, name, ha="center", fontsize=8, color=colour)
                weight = "bold" if wrong else "normal"
                self.cells.append(
                    axes.text(column + 0.5, 1.5 - row, "", ha="center", fontsize=14, weight=weight, color=colour)
                )
        axes.axhline(1, color=theme.GREY, lw=0.8)
        axes.axvline(1, color=theme.GREY, lw=0.8)

    def _draw_curves(self, axes):
        curves, dot = self.curves, {"marker": "o", "ms": 8, "color": theme.ORANGE}
        axes["r"].plot(curves.false_alarm_rate, curves.recall, color=theme.BLUE)
        axes["r"].plot([0, 1], [0, 1], color=theme.GREY, ls=":", lw=1)
        axes["r"].set(title="ROC", xlabel="false-alarm rate", ylabel="recall")
        (self.on_roc,) = axes["r"].plot([], [], **dot)
        (self.precision_line,) = axes["p"].plot([], [], color=theme.BLUE)
        (self.on_precision,) = axes["p"].plot([], [], **dot)
        axes["p"].set(title="Precision and recall", xlabel="recall", ylabel="precision")
        for letter in "rp":
            axes[letter].set(xlim=(-0.03, 1.03), ylim=(-0.03, 1.05), xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])
        (self.cost_line,) = axes["c"].plot([], [], color=theme.BLUE)
        (self.on_cost,) = axes["c"].plot([], [], **dot)
        (self.best,) = axes["c"].plot([], [], marker="D", ms=7, mfc="none", mec=theme.INK, ls="")
        axes["c"].set(
            title="Cost (◇ the cheapest)", xlabel="threshold", ylabel="highest = 1", xlim=(0, 1), ylim=(-0.03, 1.1)
        )
        axes["c"].set(xticks=[0, 0.5, 1], yticks=[0, 0.5, 1])

    def move(self, result):
        self.line.set_xdata([result["threshold"]] * 2)
        for text, count in zip(self.cells, result["counts"].flat, strict=True):
            text.set_text(f"{count:,.0f}")
        self.on_roc.set_data([result["alarm_rate"]], [result["recall"]])
        self.precision_line.set_data(self.curves.recall, result["precisions"])
        precision = result["precision"]
        self.on_precision.set_data([result["recall"]], [1 if precision is None else precision])
        scale = max(result["costs"].max(), 1e-12)
        self.cost_line.set_data(SETTINGS, result["costs"] / scale)
        self.on_cost.set_data([result["threshold"]], [result["cost"] / scale])
        self.best.set_data([result["best"]], [result["costs"].min() / scale])

    def describe(self, result):
        (found, missed), (alarms, _) = np.round(result["counts"]).astype(int)
        precision = "nothing is flagged" if result["precision"] is None else f"precision {result['precision']:.2f}"
        return (
            f"At threshold {result['threshold']:.2f}, {found + alarms:,} of {self.total:,} {self.items} are flagged: "
            f"{found:,} of the {found + missed:,} {self.target} and {alarms:,} others ({precision}, recall "
            f"{result['recall']:.2f}). Cost {result['cost']:,.0f}, in false alarms; the cheapest threshold is "
            f"{result['best']:.2f}."
        )
