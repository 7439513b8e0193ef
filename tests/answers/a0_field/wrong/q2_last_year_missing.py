"""Ends the span one year early, as range() does."""

# loses: q2 5


# %% q2
def papers_per_year(papers, first, last):
    if first > last:
        raise ValueError("first is after last")
    return papers["year"].dropna().astype(int).value_counts().reindex(range(first, last), fill_value=0)
