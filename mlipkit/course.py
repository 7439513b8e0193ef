"""The register: which objectives, papers and chapters belong to which lecture, read from the shared tables."""

import pandas as pd

from mlipkit import data
from mlipkit.errors import KitError


def objectives(lecture):
    """The objectives of a lecture (its number), in order: a DataFrame with id, objective and chapters."""
    _row(lecture)
    table = data.objectives()
    return table.loc[table.lecture == lecture, ["id", "objective", "chapters"]].reset_index(drop=True)


def reading_list(lecture):
    """Papers that belong to a lecture: a DataFrame, what is set as reading first, then by year.

    Columns: id, role ("set", "mentioned" in the slides, or "related" by its learning goals), authors (a string), year,
    title, url.
    """
    row = _row(lecture)
    papers = data.papers()
    roles = dict.fromkeys(papers.id[[lecture in topics for topics in papers.course_topics]], "related")
    roles |= dict.fromkeys(row.mentioned_paper_ids, "mentioned") | dict.fromkeys(row.reading_paper_ids, "set")
    papers = papers[papers.id.isin(roles)].copy()
    papers["role"] = pd.Categorical(papers.id.map(roles), ["set", "mentioned", "related"], ordered=True)
    papers["authors"] = papers.authors.map(_short)
    papers = papers.sort_values(["role", "year"], kind="stable", ignore_index=True)
    return papers[["id", "role", "authors", "year", "title", "url"]]


def _row(lecture):
    lectures = data.lectures()
    found = lectures[lectures.number == lecture]
    if found.empty:
        raise KitError(f"There is no lecture {lecture}; the course has lectures 1 to {lectures.number.max()}.")
    return found.iloc[0]


def _short(names):
    """Family names as a text cites them: one, two, or the first and the rest."""
    family = [name.split()[-1] for name in names]
    if len(family) > 2:
        return f"{family[0]} et al."
    return " and ".join(family)
