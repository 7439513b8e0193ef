"""Merges everybody who shares a first letter and a family name."""

# loses: q3 7

import pandas as pd


# %% q3
def papers_per_author(papers, same_as):
    if not all(isinstance(names, list) for names in papers["authors"]):
        raise TypeError("authors must be lists")
    spelled, counts = {}, {}
    for names in papers["authors"]:
        keys = set()
        for name in names:
            name = same_as.get(name, name)
            key = (name.split()[0][0], name.split()[-1])
            spelled.setdefault(key, name)
            keys.add(key)
        for key in keys:
            counts[key] = counts.get(key, 0) + 1
    found = {spelled[key]: count for key, count in counts.items()}
    order = sorted(found, key=lambda name: (-found[name], name))
    return pd.Series([found[name] for name in order], index=order, dtype=int)
