"""Does not check the span and returns an empty Series when it is the wrong way round."""

# loses: q2 2


# %% q2
def papers_per_year(papers, first, last):
    counts = papers["year"].dropna().astype(int).value_counts()
    return counts.reindex(range(first, last + 1), fill_value=0)
