"""Writes the unified names back into the lists it was given."""

# loses: q3 3

import pandas as pd


# %% q3
def papers_per_author(papers, same_as):
    counts = {}
    for names in papers["authors"]:
        if not isinstance(names, list):
            raise TypeError("authors must be lists")
        for place, name in enumerate(names):
            words = name.split()
            kept = [word for word in words[1:-1] if word.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ.")]
            short = " ".join(words[:1] + kept + words[1:][-1:])
            names[place] = same_as.get(short, short)
        for person in set(names):
            counts[person] = counts.get(person, 0) + 1
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return pd.Series([counts[name] for name in order], index=order, dtype=int)
