"""Sorts by count and leaves equal counts in the order in which they were met."""

# loses: q3 7

import pandas as pd


# %% q3
def papers_per_author(papers, same_as):
    if not all(isinstance(names, list) for names in papers["authors"]):
        raise TypeError("authors must be lists")
    counts = {}
    for names in papers["authors"]:
        people = []
        for name in names:
            words = name.split()
            kept = [word for word in words[1:-1] if word.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ.")]
            short = " ".join(words[:1] + kept + words[1:][-1:])
            people.append(same_as.get(short, short))
        for person in reversed(list(dict.fromkeys(people))):
            counts[person] = counts.get(person, 0) + 1
    return pd.Series(counts, dtype="int64").sort_values(ascending=False, kind="stable")
