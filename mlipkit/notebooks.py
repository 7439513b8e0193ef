"""Lectures in their normal form: executed from a fresh kernel, and the same bytes whoever runs them.

Stored of a widget is only what a reader without a kernel can use, its picture and its sentence: a stored widget view
without its model shows an error instead.
"""

from pathlib import Path

from mlipkit.errors import KitError

FOLDER = "notebooks"
_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_CELL_SECONDS = 60


def lectures(course):
    """Paths of all lecture notebooks of a course folder, in order."""
    return sorted((Path(course) / FOLDER).glob("*.ipynb"))


def renew(path):
    """Execute one notebook and write its normal form in place; returns whether its bytes changed.

    Raises KitError, and leaves the file as it was, when it is not a notebook, a cell fails or something is printed on
    stderr.
    """
    import nbformat

    path = Path(path)
    try:
        before = path.read_text(encoding="utf-8")
        notebook = nbformat.reads(before, as_version=4)
    except FileNotFoundError:
        raise KitError(f"{path} is missing: name a notebook of the folder {FOLDER}.") from None
    except Exception as error:  # nbformat has no one exception for what is not a notebook
        raise KitError(f"{path} is not a notebook ({error}); restore it with `git checkout`.") from None
    _execute(notebook, path)
    after = nbformat.writes(normal_form(notebook)) + "\n"
    path.write_text(after, encoding="utf-8", newline="\n")
    return after != before


def _execute(notebook, path):
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    client = NotebookClient(
        notebook,
        timeout=_CELL_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--log-level=ERROR"],  # a kernel on this machine warns about its own unencrypted sockets
        store_widget_state=False,
        coalesce_streams=True,  # how prints are cut into messages differs from run to run
    )
    try:
        client.execute()
    except CellExecutionError as error:
        raise KitError(f"{path}: a cell fails with {error.ename}: {error.evalue}.") from None
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                raise KitError(f"{path}: cell {cell.id} prints on stderr: {output.text.strip().splitlines()[0]}")


def normal_form(notebook):
    """The notebook without what differs between machines or needs a kernel to be seen; changes it in place."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata = {key: value for key, value in cell.metadata.items() if key not in ("execution", "collapsed")}
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(_WIDGET_VIEW, None)
    return notebook
