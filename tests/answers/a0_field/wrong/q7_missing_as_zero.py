"""Puts zero where nobody counted, which moves both lines."""

# loses: q7 6

import numpy as np


# %% q7
def plot_stars(stars, ax):
    known = stars.fillna(0).to_numpy(dtype=float)
    if known.size == 0:
        raise ValueError("no stars to draw")
    ax.hist(known, bins=np.geomspace(1, known.max(), 21))
    ax.axvline(np.median(known), color="black", linestyle="-", label="median")
    ax.axvline(known.mean(), color="red", linestyle="--", label="mean")
    ax.set_xscale("log")
    ax.set_xlabel("stars")
    ax.set_ylabel("number of products")
    ax.set_title("Most products stand far below the mean")
    ax.legend()
    return ax
