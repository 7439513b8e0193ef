"""How long a newcomer waits: for the package and its command, for `make lab`, for the check of an assignment.

    python benchmarks/startup.py

The clone holds what is committed. Packages come from the installer's cache where it has them, as on a machine that has
installed anything like them before. Writes benchmarks/results/startup.md.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.browser import lab

RESULTS = Path(__file__).parent / "results" / "startup.md"
START_PAGE = "/lab/tree/notebooks/00_start_here.ipynb"
RUNS = 9


def main():
    """Measure, print and write the table."""
    rows = [
        ("Python alone", median_of_runs([sys.executable, "-c", "pass"])),
        ("`import mlipkit`", median_of_runs([sys.executable, "-c", "import mlipkit"])),
        ("`mlipkit --help`", median_of_runs([lab.COMMAND, "--help"])),
    ]
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "clone")
        subprocess.run(["git", "clone", "--quiet", lab.REPOSITORY, clone], check=True)
        rows.append(("`make lab` in a fresh clone, until the start page answers", make_lab(clone, folder)))
        rows.append(("`make lab` the second time", make_lab(clone, folder)))
        rows.append(("`mlipkit check a0_field`, nothing answered yet", check(clone)))
    table = report(rows)
    print(table)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(table + "\n", encoding="utf-8")


def median_of_runs(command):
    """Median seconds of a command, after one run to warm up."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def make_lab(clone, folder):
    """Seconds from `make lab` until JupyterLab answers with the start page."""
    home = tempfile.mkdtemp(dir=folder)
    start = time.perf_counter()
    with lab.Lab(["make", "lab", "LAB_OPTIONS=--no-browser --port={port}"], clone, home) as started:
        started.ask(START_PAGE)
        return time.perf_counter() - start


def check(clone):
    """Seconds of `mlipkit check a0_field` on a notebook as it was released."""
    command = str(clone / ".venv" / "bin" / "mlipkit")
    subprocess.run([command, "start", "a0_field"], cwd=clone, check=True, stdout=subprocess.DEVNULL)
    start = time.perf_counter()
    subprocess.run([command, "check", "a0_field"], cwd=clone, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def report(rows):
    """The results as Markdown."""
    lines = [
        "# How long a newcomer waits",
        "",
        f"Written by `benchmarks/startup.py` on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores, Python "
        f"{platform.python_version()}. Packages came from the installer's cache where it had them. The first three are "
        f"medians of {RUNS} runs.",
        "",
        "| | seconds |",
        "|---|---:|",
    ]
    return "\n".join(lines + [f"| {name} | {seconds:.{1 if seconds > 2 else 3}f} |" for name, seconds in rows])


if __name__ == "__main__":
    main()
