"""The register: which objectives, papers and chapters belong to which lecture, read from the shared tables."""

from mlipkit import data
from mlipkit.errors import KitError


def objectives(lecture):
    """The objectives of a lecture (its number), in order: a DataFrame with id, objective and chapters."""
    _row(lecture)
    table = data.objectives()
    return table.loc[table.lecture == lecture, ["id", "objective", "chapters"]].reset_index(drop=True)


def reading_list(lecture):
    """Papers that the lecture sets as reading or mentions: a DataFrame, what is set first, then by year.

    Columns: id, role ("set" or "mentioned"), authors (a string), year, title, url.
    """
    row = _row(lecture)
    wanted = dict.fromkeys([*row.reading_paper_ids, *row.mentioned_paper_ids])
    papers = data.papers().set_index("id").loc[list(wanted)].reset_index()
    papers["role"] = ["set" if paper in row.reading_paper_ids else "mentioned" for paper in papers.id]
    papers["authors"] = [_short(names) for names in papers.authors]
    papers = papers.sort_values(["role", "year"], ascending=[False, True], kind="stable", ignore_index=True)
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
