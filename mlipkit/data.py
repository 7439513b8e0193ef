"""The shared tables by name, from any working folder, as pandas DataFrames with proper types.

    from mlipkit import data
    data.papers()        # 209 rows: integers for years, lists for authors, categories for types
    data.products(instead="my_products.csv")   # an own table of the same columns, checked the same way

An own folder of tables, named by the environment variable MLIPKIT_DATA, works without any argument: `papers.csv` there
stands in for the shared table, `papers_more.csv` adds rows to it.
"""

import os
from pathlib import Path

from mlipkit import datapackage
from mlipkit.errors import KitError


def papers(instead=None, more=None):
    """The annotated bibliography, one row a paper; `data/README.md` says what each column is."""
    return table("papers", instead, more)


def products(instead=None, more=None):
    """The catalogue of open-source products with machine learning, one row a repository."""
    return table("products", instead, more)


def chapters():
    """The book's chapters, one row a chapter."""
    return table("chapters")


def lectures():
    """The course's lectures, one row a lecture."""
    return table("lectures")


def labs():
    """The course's labs, one row a lab."""
    return table("labs")


def assignments():
    """The course's assignments and milestones, one row each (not the kit's own, which are in `source/`)."""
    return table("assignments")


def related_courses():
    """Courses that the course site names as related, one row a course."""
    return table("related_courses")


def offerings():
    """Semesters in which the course was taught, one row a semester."""
    return table("offerings")


def policies():
    """Rules of the course as key and value, one row a rule."""
    return table("policies")


def objectives():
    """The kit's learning objectives, one row an objective."""
    return table("objectives")


def glossary():
    """The kit's terms and their definitions, one row a term."""
    return table("glossary")


def table(name, instead=None, more=None):
    """A table of the description as a DataFrame.

    name     one of the tables of `data/README.md`
    instead  path of a CSV of the same columns that stands in for the shared table
    more     path of a CSV of the same columns whose rows are added to it

    Raises KitError, with file, row and column, when a file is missing or does not fit its description.
    """
    description = datapackage.resource(name, datapackage.read_description())
    shared = datapackage.data_folder() / description["path"]
    own_folder = os.environ.get("MLIPKIT_DATA")
    if own_folder:
        if not Path(own_folder).is_dir():
            raise KitError(f"MLIPKIT_DATA names {own_folder}, which is not a folder: correct or unset it.")
        instead = instead or _if_there(Path(own_folder) / f"{name}.csv")
        more = more or _if_there(Path(own_folder) / f"{name}_more.csv")
    frame = _checked(name, Path(instead) if instead else shared, description)
    if not more:
        return frame
    import pandas as pd

    added = _checked(name, Path(more), description)
    (key,) = description["schema"]["primaryKey"]
    twice = sorted(set(frame[key]) & set(added[key]))
    if twice:
        raise KitError(
            f'{more}, column {key}: "{twice[0]}" is in the table {name} already; give the row another {key}.'
        )
    return pd.concat([frame, added], ignore_index=True)


def _if_there(path):
    return path if path.is_file() else None


def _checked(name, path, description):
    """Read one CSV; one whose bytes are not those described is validated first."""
    if not path.is_file():
        raise KitError(
            f"{path}, which should hold the table {name}, is missing: correct the path, or restore the file."
        )
    if datapackage.file_facts(path)["hash"] != description.get("hash"):
        found = datapackage.problems(replaced={name: path})
        if found:
            rest = f" It is the first of {len(found)} problems in this file." if len(found) > 1 else ""
            raise KitError(found[0] + rest)
    return _typed(path, description["schema"]["fields"])


def _typed(path, fields):
    import pandas as pd

    text = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    return pd.DataFrame({field["name"]: _column(text[field["name"]], field) for field in fields})


def _column(text, field):
    """One column of text in the type its field names; an empty cell becomes a missing value, or an empty list."""
    import pandas as pd

    rules = field.get("constraints", {})
    if field["type"] == "list":
        read = int if field["itemType"] == "integer" else str
        return text.map(lambda cell: [read(item) for item in cell.split(field["delimiter"])] if cell else [])
    if field["type"] == "integer":
        return text.astype("int64") if rules.get("required") else pd.to_numeric(text.where(text != "")).astype("Int64")
    if field["type"] == "boolean":
        return text.map({"true": True, "false": False}).astype("bool" if rules.get("required") else "boolean")
    if field["type"] == "date":
        return pd.to_datetime(text.where(text != ""), format="%Y-%m-%d")
    if "enum" in rules:
        return pd.Categorical(text.where(text != ""), categories=rules["enum"])
    return text.where(text != "").astype("str")
