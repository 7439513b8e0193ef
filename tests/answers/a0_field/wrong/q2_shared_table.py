"""Ignores its argument and counts the shared table, right by luck in the notebook's own cell."""

# loses: q2 5


# %% q2
def papers_per_year(papers, first, last):
    if first > last:
        raise ValueError("first is after last")
    papers = data.papers()  # noqa: F821
    return papers["year"].value_counts().reindex(range(first, last + 1), fill_value=0)
