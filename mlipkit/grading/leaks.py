"""Whether anything that students get gives a solution away."""

import contextlib
import json
import re

from mlipkit.grading.notebook import grade_id, read, role

MARKERS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
# shorter lines (`return x`, `else:`) say nothing by themselves and stand in many places
_TELLING = 16


def leaks(source, files):
    """What the files give away of the source notebook, as a list of sentences; empty when nothing.

    source  path of the instructor's notebook
    files   paths of what students get: notebooks, briefs, any other text; binary files are passed over
    """
    secrets = _secrets(read(source, "correct the source"))
    found = []
    for file in files:
        try:
            text = _text(file)
        except UnicodeDecodeError:
            continue
        found += [f"{file} holds the marker {marker}." for marker in MARKERS if marker in text]
        found += [f"{file} holds a line of {place}: {line}" for line, place in secrets.items() if line in text]
    return found


def _secrets(notebook):
    """The telling lines that only the instructor's notebook has: {line: where it stands}."""
    hidden = {}
    given = []  # code that students get anyway is no secret; a text that quotes a solution is what we look for
    for cell in notebook.cells:
        name = grade_id(cell) or "a cell"
        inside = None
        # a solution without markers is one as a whole: nbgrader replaces all of it
        whole = role(cell, "solution") and MARKERS[0] not in cell.source
        for line in cell.source.split("\n"):
            if any(marker in line for marker in MARKERS):
                inside = "the solution" if MARKERS[0] in line else "the hidden tests" if MARKERS[2] in line else None
            elif inside or whole:
                hidden[_plain(line)] = f"{inside or 'the solution'} of {name}"
            elif cell.cell_type == "code":
                given.append(_plain(line))
    public = "\n".join(given)
    return {line: place for line, place in hidden.items() if len(line) >= _TELLING and line not in public}


def _text(file):
    text = file.read_text(encoding="utf-8")
    strings = [text]
    if file.suffix == ".ipynb":
        # an output or metadata can hold a line as well as a source; a broken notebook is text like any other
        with contextlib.suppress(ValueError):
            strings = _strings(json.loads(text))
    return "\n".join(_plain(line) for string in strings for line in string.split("\n"))


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        # a multi-line text is stored as a list of its lines
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)


def _plain(line):
    return re.sub(r"\s+", " ", line).strip()
