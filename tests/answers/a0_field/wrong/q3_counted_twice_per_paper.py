"""Unifies the names well and then counts a person twice for a paper that names them twice."""

# loses: q3 3

import pandas as pd


# %% q3
def papers_per_author(papers, same_as):
    if not all(isinstance(names, list) for names in papers["authors"]):
        raise TypeError("authors must be lists")
    counts = {}
    for name in (name for names in papers["authors"] for name in names):
        words = name.split()
        kept = [word for word in words[1:-1] if word.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ.")]
        short = " ".join(words[:1] + kept + words[1:][-1:])
        short = same_as.get(short, short)
        counts[short] = counts.get(short, 0) + 1
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return pd.Series([counts[name] for name in order], index=order, dtype=int)
