"""Keeps only the first and the last word of a name, so middle names go with the initials."""

# loses: q3 7

import pandas as pd


# %% q3
def papers_per_author(papers, same_as):
    if not all(isinstance(names, list) for names in papers["authors"]):
        raise TypeError("authors must be lists")
    counts = {}
    for names in papers["authors"]:
        short = {" ".join(dict.fromkeys([name.split()[0], name.split()[-1]])) for name in names}
        for person in {same_as.get(name, name) for name in short}:
            counts[person] = counts.get(person, 0) + 1
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return pd.Series([counts[name] for name in order], index=order, dtype=int)
