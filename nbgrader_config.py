"""The course as nbgrader sees it: used by the commands, by JupyterLab's nbgrader pages and by `nbgrader` itself."""

from pathlib import Path

c = get_config()  # noqa: F821 (given by traitlets)

c.CourseDirectory.root = str(Path(__file__).parent.resolve())
c.CourseDirectory.course_id = "mlip"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "README.md"]

# every released notebook opens with the same page: how to work, how it is graded, your word that it is yours
c.IncludeHeaderFooter.header = str(Path(__file__).parent.resolve() / "source" / "header.ipynb")

# a deleted or renamed test cell comes back from the source, so the rest of the notebook is graded as it should be
c.OverwriteCells.add_missing_cells = True

# seconds a cell may run
c.Execute.timeout = 60
