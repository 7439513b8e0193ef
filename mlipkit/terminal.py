"""What commands show on a terminal and leave in files for other programs."""

import json
from pathlib import Path

from mlipkit.errors import KitError


def table(headings, rows):
    """The rows as text in aligned columns, numbers to the right."""
    lines = [[_shown(cell) for cell in row] for row in rows]
    widths = [max(len(line[column]) for line in [headings, *lines]) for column in range(len(headings))]
    numeric = [all(isinstance(row[column], int | float) for row in rows) for column in range(len(headings))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        for line in [headings, *lines]
    )


def _shown(cell):
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def progress(items, what, total=None):
    """The items one by one, with a progress bar on stderr once they take more than two seconds.

    Without items it is a bar to be moved on by its `update()`.
    """
    from tqdm import tqdm

    return tqdm(items, desc=what, total=total, delay=2, leave=False)


def require_json(path):
    """Raises KitError when writing a result to the path would replace a file that is not called .json."""
    path = Path(path)
    if path.exists() and path.suffix != ".json":
        raise KitError(f"{path} is there already and does not end in .json: name another file for the result.")


def write_json(path, value):
    """Write the value for other programs. Raises KitError when it cannot be written."""
    require_json(path)
    try:
        Path(path).write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise KitError(f"{path} cannot be written ({error.strerror}): name another file for the result.") from None
