"""Clips years into the span, so old and new papers pile up at its two ends."""

# loses: q2 5


# %% q2
def papers_per_year(papers, first, last):
    if first > last:
        raise ValueError("first is after last")
    years = papers["year"].dropna().astype(int).clip(first, last)
    return years.value_counts().reindex(range(first, last + 1), fill_value=0)
