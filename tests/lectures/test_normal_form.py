"""`mlipkit notebooks`: lectures are executed and written in one form, and a broken one is left as it was."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from mlipkit import notebooks
from mlipkit.cli import main
from mlipkit.errors import KitError


def written(folder, *sources):
    path = folder / "lecture.ipynb"
    cells = [new_code_cell(source, id=f"c{number}") for number, source in enumerate(sources)]
    nbformat.write(new_notebook(cells=cells, metadata={"vscode": {"x": 1}}), path)
    return path


def test_a_second_run_changes_nothing(tmp_path, capsys):
    path = written(tmp_path, "print('a')", "print('b'); 1 + 1")
    assert main(["notebooks", str(path)]) == 0
    once = path.read_bytes()
    assert main(["notebooks", str(path)]) == 0
    assert path.read_bytes() == once
    assert capsys.readouterr().out.splitlines() == [f"{path}: renewed", f"{path}: as it was"]
    assert "vscode" not in nbformat.read(path, 4).metadata


def test_a_widget_is_stored_as_picture_and_sentence(tmp_path):
    path = written(tmp_path, "from mlipkit.concepts.selection import SelectionExplorer\nSelectionExplorer()")
    notebooks.renew(path)
    (output,) = nbformat.read(path, 4).cells[0].outputs
    assert set(output.data) == {"image/png", "text/plain"}
    assert output.metadata["image/png"]["alt"] == output.data["text/plain"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("1 / 0", "a cell fails with ZeroDivisionError: division by zero"),
        ("import sys; print('oops', file=sys.stderr)", "prints on stderr: oops"),
    ],
)
def test_a_lecture_that_fails_is_named_and_left_as_it_was(tmp_path, source, said):
    path = written(tmp_path, source)
    before = path.read_bytes()
    with pytest.raises(KitError, match=said):
        notebooks.renew(path)
    assert path.read_bytes() == before


def test_what_is_not_a_notebook_is_named(tmp_path, capsys):
    path = tmp_path / "notes.ipynb"
    path.write_text("not json", encoding="utf-8")
    assert main(["notebooks", str(path)]) == 1
    assert "notes.ipynb is not a notebook" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "not json"
    assert main(["notebooks", str(tmp_path / "none.ipynb")]) == 1
    assert "none.ipynb is missing" in capsys.readouterr().err
