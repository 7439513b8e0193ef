"""Notebooks as files: whether one is a notebook at all, and what its questions are."""

import json
import re
import warnings
from dataclasses import dataclass, field

from mlipkit.assignments import in_order, question_of
from mlipkit.errors import KitError

_HEADING = re.compile(r"#+\s*Question\s+\w+\s*·\s*(?P<title>.+?)\s*\([^()]*points?\)\s*$", re.MULTILINE)


@dataclass
class Question:
    """One question of a notebook: its title, and its cells by what they are for."""

    name: str
    title: str = ""
    points: float = 0.0
    answers: list = field(default_factory=list)
    tests: list = field(default_factory=list)
    written: list = field(default_factory=list)

    @property
    def tested_points(self):
        """The points that tests give, without those that a person gives."""
        return sum(cell_points(cell) for cell in self.tests)


def fault(path):
    """Why a file cannot be used as a notebook, to follow its name in a sentence; None when it can."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return "is missing"
    except UnicodeDecodeError:
        return "is not a notebook: it is not UTF-8 text"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return text_fault(text)


def text_fault(text):
    """Why a text cannot be used as a notebook, as `fault` says it of a file; None when it can."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return "is not a notebook: it is not JSON"
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        return "is not a notebook: it has no list of cells"
    import nbformat

    try:
        _parsed(text)
    except nbformat.ValidationError as error:
        return f"is not a notebook: it breaks the notebook format ({str(error).splitlines()[0].strip('.: ')})"
    except Exception as error:  # nbformat has no single error for content of the wrong type
        return f"is not a notebook: it cannot be read as one ({type(error).__name__})"
    return None


def read(path, advice="hand in or restore a notebook that JupyterLab opens"):
    """The notebook in a file. Raises KitError, ending in the advice, when it is missing or not a notebook."""
    reason = fault(path)
    if reason:
        raise KitError(f"{path} {reason}; {advice}.")
    return _parsed(path.read_text(encoding="utf-8"))


def _parsed(text):
    import nbformat
    from nbformat.validator import normalize

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # missing and repeated cell ids are repaired below
        content = nbformat.convert(nbformat.reader.reads(text), 4)
        _, content = normalize(content)
        nbformat.validate(content)
    return content


def write(notebook, path):
    """Write a notebook in the one form that nbformat gives it, with a line feed at its end on every system."""
    import nbformat

    path.write_text(nbformat.writes(notebook).rstrip("\n") + "\n", encoding="utf-8", newline="\n")


def role(cell, name):
    """Whether a cell has a role in nbgrader's metadata: grade, solution, locked or task."""
    return bool(_nbgrader(cell).get(name, False))


def grade_id(cell):
    """A cell's grade id, or None."""
    name = _nbgrader(cell).get("grade_id")
    return name if isinstance(name, str) else None


def cell_points(cell):
    """The points of a graded cell, 0 where a submission has something else in their place."""
    held = _nbgrader(cell).get("points", 0)
    return float(held) if isinstance(held, int | float) else 0.0


def _nbgrader(cell):
    held = cell.metadata.get("nbgrader")
    return held if isinstance(held, dict) else {}  # in a submission it can be anything


def questions(notebook):
    """The questions of a notebook as {name: Question}, in the order people count."""
    found = {}
    for cell in notebook.cells:
        name = grade_id(cell)
        if not name:
            continue
        question = found.setdefault(question_of(name), Question(question_of(name)))
        if role(cell, "grade"):
            question.points += cell_points(cell)
        if role(cell, "grade") and role(cell, "solution"):
            question.written.append(cell)
        elif role(cell, "grade"):
            question.tests.append(cell)
        elif role(cell, "solution"):
            question.answers.append(cell)
        elif cell.cell_type == "markdown":
            heading = _HEADING.search(cell.source)
            question.title = question.title or (heading["title"] if heading else "")
    graded = {name: question for name, question in found.items() if question.tests or question.written}
    return {name: graded[name] for name in in_order(graded)}
