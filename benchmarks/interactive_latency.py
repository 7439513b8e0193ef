"""How long an interactive takes to follow a reader: the numbers, the callback in the kernel, the screen.

    python benchmarks/interactive_latency.py [LECTURE …]

Measured are all interactives of the lectures (default: of every lecture), in a real JupyterLab and a real browser; in
the same session, the way most notebooks do it: ipywidgets' interactive_output around a matplotlib figure that is drawn
anew, for the picture of the threshold explorer. Writes benchmarks/results/interactive_latency.md.
"""

import ast
import os
import platform
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

from tests.browser import lab

RESULTS = Path(__file__).parent / "results" / "interactive_latency.md"
MOVES = 20
USUAL = "the usual way"
BUDGET = {"compute": 20, "callback": 100, "screen": 150}  # milliseconds, medians

# runs first in each lecture: notes every interactive that it makes, and how long each takes to follow a move
NOTE = """
import time as time_
from mlipkit.interactive import Interactive

made_, making_, following_ = [], Interactive.__init__, Interactive._follow

def make_(self):
    self.followed_ = []
    making_(self)
    made_.append(self)

def follow_(self, change):
    start = time_.perf_counter()
    following_(self, change)
    self.followed_.append(1000 * (time_.perf_counter() - start))

Interactive.__init__, Interactive._follow = make_, follow_
"""

# runs after the lecture: the slowest control's median time to compute; every slider goes to its lower end
COMPUTE = """
import statistics as statistics_

def settings_(control):
    if hasattr(control, "options"):
        return [value for _, value in control._options_full]
    steps = round((control.max - control.min) / control.step)
    return [control.min + control.step * (steps * move // MOVES) for move in range(MOVES)]

def milliseconds_(one, name, value):
    start = time_.perf_counter()
    one.compute(**{**one.values(), name: value})
    return 1000 * (time_.perf_counter() - start)

def measured_(one):
    medians = [
        statistics_.median(milliseconds_(one, name, value) for value in settings_(control))
        for name, control in one._controls.items()
    ]
    sliders = [control for control in one._controls.values() if hasattr(control, "step")]
    for slider in sliders:
        slider.value = slider.min
    one.followed_.clear()
    steps = round((sliders[0].max - sliders[0].min) / sliders[0].step)
    return {"name": type(one).__name__, "compute": max(medians), "steps": steps}
"""

# the last cell where there is a threshold explorer: the same picture the usual way
PEER = """
%matplotlib inline
import ipywidgets as widgets_
import numpy as numpy_
from IPython.display import display
from mlipkit.concepts.thresholds import ThresholdExplorer

shown_ = next(one for one in made_ if isinstance(one, ThresholdExplorer))
sides_ = shown_.curves.positives, shown_.curves.negatives
other_ = ThresholdExplorer(
    numpy_.repeat([1, 0], list(map(len, sides_))), numpy_.concatenate(sides_), shown_.items, shown_.target, shown_.total
)

usual_times_ = []
made_.remove(other_)

def plain_(threshold):
    start = time_.perf_counter()
    result = other_.compute(**{**other_.values(), "threshold": threshold})
    figure = other_.draw(result)
    figure.tight_layout()
    other_.move(result)
    display(figure)
    usual_times_.append(1000 * (time_.perf_counter() - start))

usual_ = widgets_.FloatSlider(0, min=0, max=1, step=0.01, description="Threshold")
display(widgets_.VBox([usual_, widgets_.interactive_output(plain_, {"threshold": usual_})]))
"""

# runs code in the notebook's kernel and returns the text of an expression's value
ASK = """async ([code, expression]) => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const reply = await kernel.requestExecute({code, user_expressions: {value: expression}}).done;
    return reply.content.user_expressions.value.data["text/plain"];
}"""

# the time of the last key, and of the last frame on the screen in which something of the output was new
WATCH = """output => {
    const watched = output.watched = {pressed: 0, changed: 0};
    const painted = () => requestAnimationFrame(() => setTimeout(() => { watched.changed = performance.now(); }));
    document.addEventListener("keydown", () => { watched.pressed = performance.now(); watched.changed = 0; }, true);
    output.addEventListener("load", painted, true);
    const all = {subtree: true, childList: true, attributes: true, characterData: true};
    new MutationObserver(painted).observe(output, all);
}"""
# what the output shows, once its parts agree: the sentence, or the bytes of a plain picture
SAID = """output => {
    const sentence = output.querySelector("[role=status]"), picture = output.querySelector("[role=img]");
    if (!sentence) return output.querySelector("img")?.src;
    return sentence.textContent === picture.ariaLabel && sentence.textContent;
}"""
# waits until the output says something new and the screen rests; returns it, and milliseconds from key to last change
MOVED = f"""async ([output, before]) => {{
    const frame = () => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    for (let frames = 0; frames < 3000; frames++) {{
        await frame();
        const said = ({SAID})(output);
        if (said && said !== before && kernel.status === "idle") {{
            await output.querySelector("img")?.decode();
            await frame();
            await frame();
            return [said, output.watched.changed - output.watched.pressed];
        }}
    }}
    throw new Error("nothing moved");
}}"""


def main(names):
    """Measure, print and write the table; returns nothing, and judges by showing."""
    rows = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        course = lab.copy_of_the_course(Path(folder, "course"))
        home = Path(folder, "lab")
        home.mkdir()
        browser = playwright.chromium.launch(executable_path=lab.find_browser(), args=lab.FLAGS)
        with lab.mlipkit_lab(course, home) as server:
            for path in sorted((course / "notebooks").glob("*.ipynb")):
                if (not names or path.stem in names) and (peer := prepare(path)) is not None:
                    with lab.Visitor(browser) as visitor:
                        visitor.open(server, f"notebooks/{path.name}")
                        visitor.run_all()
                        rows += measure(visitor.page, path.stem, peer)
        table = report(rows, browser.version)
        browser.close()
    print(table)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(table + "\n", encoding="utf-8")


def prepare(path):
    """Put our cells into a lecture; returns whether it has a threshold explorer, None when it has no interactive."""
    notebook = nbformat.read(path, as_version=4)
    code = "".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    if "mlipkit.concepts" not in code:
        return None
    peer = "ThresholdExplorer" in code
    notebook.cells.insert(0, nbformat.v4.new_code_cell(NOTE))
    if peer:
        notebook.cells.append(nbformat.v4.new_code_cell(PEER))
    nbformat.write(notebook, path)
    return peer


def measure(page, lecture, peer):
    """Rows of the table for an open lecture that has run: {lecture, name, compute, callback, screen}."""
    outputs = page.locator(".jp-OutputArea-output").filter(has=page.locator(".noUi-handle")).all()
    rows = ask(page, "[measured_(one) for one in made_]", COMPUTE.replace("MOVES", str(MOVES)))
    times = [f"made_[{number}].followed_" for number in range(len(rows))]
    if peer:
        rows.append({"name": USUAL, "compute": None, "steps": MOVES + 1})
        times.append("usual_times_")
    for row, output, expression in zip(rows, outputs, times, strict=True):
        screen = screen_times(page, output, row.pop("steps"))
        callback = ask(page, expression)[-len(screen) :]
        row |= {"lecture": lecture, "callback": statistics.median(callback), "screen": statistics.median(screen)}
    return rows


def ask(page, expression, code=""):
    """The value of an expression in the notebook's kernel, after running some code there."""
    return ast.literal_eval(page.evaluate(ASK, [code, expression]))


def screen_times(page, output, steps):
    """Milliseconds from key to last change on the screen, for moves of the first slider after one to warm up."""
    times = []
    output.locator(".noUi-handle").first.focus()
    output.evaluate(WATCH)
    said = output.evaluate(SAID)
    for _ in range(min(MOVES + 1, steps)):
        page.keyboard.press("ArrowRight")
        said, time = page.evaluate(MOVED, [output.element_handle(), said])
        times.append(time)
    return times[1:]


def report(rows, browser_version):
    """The results as Markdown."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("jupyterlab", "ipywidgets", "matplotlib"))
    lines = [
        "# How fast interactives follow",
        "",
        f"Written by `benchmarks/interactive_latency.py` on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {packages}, Chromium {browser_version}.",
        "",
        f"Milliseconds, medians of {MOVES} moves of the first slider by arrow key: *compute*, the numbers alone (for "
        "the slowest control); *callback*, all that the kernel does; *screen*, from the key to the last change in the "
        "browser. *The usual way* is interactive_output around a matplotlib figure that is drawn anew, for the picture "
        "of the threshold explorer, in the same session.",
        "",
        "| lecture | interactive | compute | callback | screen |",
        "|---|---|---:|---:|---:|",
    ]
    lines += [
        f"| {row['lecture']} | {row['name']} | " + " | ".join(shown(row[kind], BUDGET[kind]) for kind in BUDGET) + " |"
        for row in rows
    ]
    lines += ["| | *budget* | " + " | ".join(f"*{limit}*" for limit in BUDGET.values()) + " |"]
    screens = {row["name"]: row["screen"] for row in reversed(rows)}  # of two with one name, the first
    if USUAL in screens:
        ratio = screens[USUAL] / screens["ThresholdExplorer"]
        lines += ["", f"The threshold explorer reaches the screen {ratio:.1f} times as fast as the usual way."]
    return "\n".join(lines)


def shown(milliseconds, limit):
    """A number of the table, marked when it is over its budget."""
    if milliseconds is None:
        return "–"
    digits = 0 if milliseconds >= 10 else 2
    return f"{milliseconds:.{digits}f}" if milliseconds <= limit else f"**{milliseconds:.{digits}f}, over**"


if __name__ == "__main__":
    main(sys.argv[1:])
