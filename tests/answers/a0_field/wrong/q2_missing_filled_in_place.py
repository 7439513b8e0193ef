"""Fills missing years with 0 in the table it was given."""

# loses: q2 2


# %% q2
def papers_per_year(papers, first, last):
    if first > last:
        raise ValueError("first is after last")
    papers["year"] = papers["year"].fillna(0).astype(int)
    return papers["year"].value_counts().reindex(range(first, last + 1), fill_value=0)
