"""Looks names up in the list before the initials are gone, so some keys are never met."""

# loses: q3 3

import pandas as pd


# %% q3
def papers_per_author(papers, same_as):
    if not all(isinstance(names, list) for names in papers["authors"]):
        raise TypeError("authors must be lists")
    counts = {}
    for names in papers["authors"]:
        people = set()
        for name in names:
            words = same_as.get(name.strip(), name).split()
            kept = [word for word in words[1:-1] if word.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ.")]
            people.add(" ".join(words[:1] + kept + words[1:][-1:]))
        for person in people:
            counts[person] = counts.get(person, 0) + 1
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return pd.Series([counts[name] for name in order], index=order, dtype=int)
