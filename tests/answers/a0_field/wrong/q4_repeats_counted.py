"""Counts a chapter as often as the list repeats it."""

# loses: q4 2


# %% q4
def most_used(papers, lectures, at_least):
    if papers["id"].duplicated().any():
        raise ValueError("an id is there twice")
    named = [set(row.reading_paper_ids) | set(row.mentioned_paper_ids) for row in lectures.itertuples()]
    used = papers[["id", "title"]].copy()
    used["n_chapters"] = papers["chapter_numbers"].map(len)
    used["n_lectures"] = [sum(paper in ids for ids in named) for paper in used["id"]]
    used["total"] = used["n_chapters"] + used["n_lectures"]
    used = used[used["total"] >= at_least].sort_values(["total", "id"], ascending=[False, True])
    return used.drop(columns="total").reset_index(drop=True)
