"""A tiny course to try things on: the assignment `mini` with two questions of code and one of words."""

import copy
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from mlipkit.cli import main
from mlipkit.grading.notebook import grade_id, write

MINI = Path(__file__).parent / "mini"
KIT = Path(__file__).parents[2]

# what a student might write, by answer cell; the marks of each are known
SHARE = """def share(part, whole):
    if whole == 0:
        raise ValueError("no whole")
    return part / whole"""
WORDS = "def words(text):\n    return sorted(set(text.lower().split()))"
WORDS_WITH_CAPITALS = "def words(text):\n    return sorted(set(text.split()))"
OWN_WORDS = "A number without what it is part of says nothing about its size."
RIGHT = {"q1_answer": SHARE, "q2_answer": WORDS, "q3_answer": OWN_WORDS}


def new_course(folder):
    """A course that nobody has done anything in yet."""
    shutil.copytree(MINI, folder)
    shutil.copyfile(KIT / "nbgrader_config.py", folder / "nbgrader_config.py")
    shutil.copyfile(KIT / "source" / "header.ipynb", folder / "source" / "header.ipynb")
    return folder


@pytest.fixture
def fresh(tmp_path):
    """A course with nothing but its source."""
    return new_course(tmp_path / "fresh")


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """A course whose assignment is released; tests copy it and leave it alone."""
    folder = new_course(tmp_path_factory.mktemp("released") / "course")
    assert main(["release", "mini", "--course", str(folder)]) == 0
    return folder


@pytest.fixture
def course(tmp_path, released):
    """A copy of the released course."""
    return shutil.copytree(released, tmp_path / "course")


class Desk:
    """Makes notebooks as students hand them in."""

    def __init__(self, course):
        self.course = course
        self.blank = nbformat.read(course / "release" / "mini" / "mini.ipynb", as_version=4)

    def notebook(self, answers=None, change=None):
        """The released notebook with answers filled in, and then changed by a function of its cells by grade id."""
        content = copy.deepcopy(self.blank)
        cells = {grade_id(cell): cell for cell in content.cells if grade_id(cell)}
        for name, source in (answers or {}).items():
            cells[name].source = source
        if change:
            change(content.cells, cells)
        return content

    def hand_in(self, student, content, timestamp="2026-11-20 10:00:00"):
        """Put a submission where `collect` would; content is a notebook or any text."""
        folder = self.course / "submitted" / student / "mini"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "mini.ipynb"
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            write(content, path)
        (folder / "timestamp.txt").write_text(timestamp, encoding="utf-8")


@pytest.fixture
def desk(course):
    """A Desk on the released course."""
    return Desk(course)


@pytest.fixture
def run(capsys):
    """Run a command on a course; returns exit code, stdout and stderr."""

    def call(course, *words):
        code = main([*map(str, words), "--course", str(course)])
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def refused(run):
    """Run a command that must end with one sentence on stderr and exit code 1; returns the sentence."""

    def call(course, *words):
        code, _, err = run(course, *words)
        assert code == 1
        assert "Traceback" not in err
        lines = said(err)
        assert len(lines) == 1, err
        assert lines[0].startswith("mlipkit: ")
        return lines[0]

    return call


def said(err):
    """The lines of stderr without a progress bar."""
    return [line for line in re.split(r"[\r\n]+", err) if line.strip() and not re.search(r"\d+%\|", line)]


def tree(folder):
    """All files below a folder with their bytes, to compare before and after."""
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
