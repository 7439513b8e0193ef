"""Draws through plt, on whatever axes happen to be current."""

# loses: q7 6

import matplotlib.pyplot as plt
import numpy as np


# %% q7
def plot_stars(stars, ax):
    known = stars.dropna().to_numpy(dtype=float)
    if known.size == 0:
        raise ValueError("no stars to draw")
    plt.hist(known, bins=np.geomspace(known.min(), known.max(), 21))
    plt.axvline(np.median(known), linestyle="-", label="median")
    plt.axvline(known.mean(), linestyle="--", label="mean")
    plt.xscale("log")
    plt.xlabel("stars")
    plt.ylabel("number of products")
    plt.title("Most products stand far below the mean")
    plt.legend()
    return ax
