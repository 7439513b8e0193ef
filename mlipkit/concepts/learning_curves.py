"""What more training data would bring: the score on new items against the number of items to learn from."""

from mlipkit import theme


def learning_picture(sizes, scores, items, measure):
    """A picture of repeated draws: mean and whole range of the scores at every size.

    sizes: numbers of training items, shape (s,); scores: shape (s, draws), as `sklearn.model_selection.learning_curve`
    returns them; `items` and `measure` name the two axes.
    """
    mean, low, high = scores.mean(axis=1), scores.min(axis=1), scores.max(axis=1)
    drawn, axes = theme.figure(height=2.6)
    axes["a"].fill_between(sizes, low, high, color=theme.BLUE, alpha=0.15, label=f"all {scores.shape[1]} draws")
    axes["a"].plot(sizes, mean, marker="o", color=theme.BLUE, label="mean")
    axes["a"].set(xlabel=f"{items} to learn from", ylabel=measure)
    axes["a"].legend(loc="lower right")
    steps = ", ".join(f"{score:.2f} after {size}" for size, score in zip(sizes, mean, strict=True))
    return theme.Picture(
        drawn,
        f"Mean {measure} on new {items}: {steps}; single draws at {sizes[-1]} range from {low[-1]:.2f} to "
        f"{high[-1]:.2f}.",
    )
