"""Joins inner, so papers that no lecture names are lost although chapters cite them."""

# loses: q4 6


# %% q4
def most_used(papers, lectures, at_least):
    if papers["id"].duplicated().any():
        raise ValueError("an id is there twice")
    both = lectures.assign(id=lectures["reading_paper_ids"] + lectures["mentioned_paper_ids"])
    named = both[["number", "id"]].explode("id").drop_duplicates()
    n_lectures = named.groupby("id").size().rename("n_lectures").reset_index()
    used = papers.merge(n_lectures, on="id")
    used["n_chapters"] = used["chapter_numbers"].map(lambda numbers: len(set(numbers))).astype(int)
    used["total"] = used["n_chapters"] + used["n_lectures"]
    used = used[used["total"] >= at_least].sort_values(["total", "id"], ascending=[False, True])
    return used[["id", "title", "n_chapters", "n_lectures"]].reset_index(drop=True)
