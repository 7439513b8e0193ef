"""Counts the years that occur and leaves out those without a paper."""

# loses: q2 5


# %% q2
def papers_per_year(papers, first, last):
    if first > last:
        raise ValueError("first is after last")
    counts = papers["year"].value_counts().sort_index()
    return counts[(counts.index >= first) & (counts.index <= last)]
