"""Cuts the range into bars of equal width, so nearly every product shares the first one."""

# loses: q7 4

import numpy as np


# %% q7
def plot_stars(stars, ax):
    known = stars.dropna().to_numpy(dtype=float)
    if known.size == 0:
        raise ValueError("no stars to draw")
    ax.hist(known, bins=20)
    ax.axvline(np.median(known), color="black", linestyle="-", label="median")
    ax.axvline(known.mean(), color="red", linestyle="--", label="mean")
    ax.set_xscale("log")
    ax.set_xlabel("stars")
    ax.set_ylabel("number of products")
    ax.set_title("Most products stand far below the mean")
    ax.legend()
    return ax
