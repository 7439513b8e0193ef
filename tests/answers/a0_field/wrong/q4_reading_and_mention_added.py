"""Adds readings and mentions, so a lecture that lists a paper in both counts twice."""

# loses: q4 6


# %% q4
def most_used(papers, lectures, at_least):
    if papers["id"].duplicated().any():
        raise ValueError("an id is there twice")
    reading = lectures["reading_paper_ids"].explode().value_counts()
    mentioned = lectures["mentioned_paper_ids"].explode().value_counts()
    n_lectures = reading.add(mentioned, fill_value=0)
    used = papers[["id", "title"]].copy()
    used["n_chapters"] = papers["chapter_numbers"].map(lambda numbers: len(set(numbers)))
    used["n_lectures"] = used["id"].map(n_lectures).fillna(0).astype(int)
    used["total"] = used["n_chapters"] + used["n_lectures"]
    used = used[used["total"] >= at_least].sort_values(["total", "id"], ascending=[False, True])
    return used.drop(columns="total").reset_index(drop=True)
