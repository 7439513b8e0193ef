"""The course as nbgrader sees it: used by the commands, by JupyterLab's nbgrader pages and by `nbgrader` itself."""

from importlib.util import find_spec
from pathlib import Path

c = get_config()  # noqa: F821 (given by traitlets)

c.CourseDirectory.root = str(Path(__file__).parent.resolve())
c.CourseDirectory.course_id = "mlip"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "README.md"]

# every released notebook opens with the same page: how to work, how it is graded, your word that it is yours
c.IncludeHeaderFooter.header = str(Path(__file__).parent.resolve() / "source" / "header.ipynb")

# what a student may not change is rebuilt before grading: lost, renamed and doubled cells, roles, points
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "mlipkit.grading.restore.RestoreCells",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# a warning costs nothing: without this, a right answer that writes to stderr gets no points
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = r"[\s\S]"

# only what went wrong: its greetings would stand on the terminal of every check
c.Execute.extra_arguments = ["--IPKernelApp.log_level=40"]

# seconds a cell may run
c.Execute.timeout = 60

# feedback pages that need no network: the kit's templates are looked through before nbgrader's own
_folders = {name: Path(find_spec(name).origin).parent for name in ("mlipkit", "nbgrader")}
c.HTMLExporter.extra_template_basedirs = [
    str(_folders["mlipkit"] / "grading" / "templates"),
    str(_folders["nbgrader"] / "server_extensions" / "formgrader" / "templates"),
]
