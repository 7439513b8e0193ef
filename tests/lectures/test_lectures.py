"""What every lecture owes its readers, as far as a machine can see it. nbval runs the cells; this reads the text."""

import re
from pathlib import Path

import nbformat
import pytest

from mlipkit import course, data, notebooks, selfcheck

ROOT = Path(__file__).parents[2]
PAGES = notebooks.lectures(ROOT)
LECTURES = [path for path in PAGES if path.name != "00_start_here.ipynb"]
PAPER = re.compile(r"`([a-z]+\d{4}[a-z]+)`")
PRODUCT = re.compile(r"`([a-z0-9_.-]+/[a-z0-9_.-]+)`")


def read(path):
    return nbformat.read(path, as_version=4)


def prose(path):
    return "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


def outputs(path):
    for cell in read(path).cells:
        for output in cell.get("outputs", []):
            yield cell, output


every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
every_lecture = pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem)


@every_lecture
def test_the_file_is_named_as_the_register_says(path):
    register = data.lectures().set_index("number").slug
    number, _, slug = path.stem.partition("_")
    assert register[int(number)] == slug


@every_lecture
def test_its_objectives_are_those_of_the_register(path):
    written = re.findall(r"^- \*\*(\d\d\.\d)\*\* (.+)$", prose(path), re.MULTILINE)
    table = course.objectives(int(path.name[:2]))
    assert written == list(zip(table.id, table.objective, strict=True))


@every_lecture
def test_each_objective_is_checked_by_a_question(path):
    asked = re.findall(r'selfcheck\.ask\("(\d\d)\.([a-z-]+)"\)', "\n".join(cell.source for cell in read(path).cells))
    assert len(asked) >= 3
    served = {selfcheck.questions(lecture)[name]["objective"] for lecture, name in asked}
    assert served == set(course.objectives(int(path.name[:2])).id)


@every_page
def test_every_paper_and_product_named_is_a_row(path):
    assert set(PAPER.findall(prose(path))) <= set(data.papers().id)
    assert {name for name in PRODUCT.findall(prose(path)) if not name.startswith("assignments/")} <= set(
        data.products().id
    )


@every_lecture
def test_every_defined_term_is_in_the_glossary(path):
    number = int(path.name[:2])
    glossary = data.glossary().set_index("term").lecture
    text = prose(path).lower()
    for term in glossary[glossary == number].index:
        assert f"**{term}**" in text, f"{term} is in the glossary as defined here, and is not"


@every_page
def test_headings_begin_with_one_title_and_skip_no_level(path):
    levels = [len(marks) for marks in re.findall(r"^(#+) ", prose(path), re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:], strict=False))


@every_lecture
def test_it_keeps_the_size_of_a_lesson(path):
    cells = read(path).cells
    assert 40 <= len(cells) <= 80
    assert path.stat().st_size < 400_000
    lines = {cell.id: len([line for line in cell.source.split("\n") if line]) for cell in cells}
    assert {name: count for name, count in lines.items() if count > 8 and cell_of(cells, name) == "code"} == {}


def cell_of(cells, name):
    return next(cell.cell_type for cell in cells if cell.id == name)


@every_page
def test_what_is_stored_can_be_read_without_a_kernel(path):
    for cell, output in outputs(path):
        assert output.output_type in ("stream", "execute_result", "display_data"), cell.id
        assert output.get("name") != "stderr", cell.id
        assert "application/vnd.jupyter.widget-view+json" not in output.get("data", {}), cell.id
        if "image/png" in output.get("data", {}):
            assert len(output.metadata["image/png"]["alt"]) > 40, cell.id
            assert len(output.data["text/plain"]) > 40, cell.id


@every_page
def test_it_is_committed_in_its_normal_form(path):
    text = path.read_text(encoding="utf-8")
    assert nbformat.writes(notebooks.normal_form(nbformat.reads(text, as_version=4))) + "\n" == text
    cells = read(path).cells
    assert len({cell.id for cell in cells}) == len(cells)
    counts = [cell.execution_count for cell in cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))


@every_page
def test_links_to_files_of_the_kit_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#\s]+)\)", prose(path)):
        if not target.startswith("https://"):
            assert (path.parent / target).exists(), target


@every_lecture
def test_the_readme_lists_it_with_its_minutes(path):
    minutes = re.search(r"^\*\*(\d+) minutes\*\*", prose(path), re.MULTILINE)[1]
    row = re.search(
        rf"^\|.*\(notebooks/{path.name}\) \| (\d+) \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert row[1] == minutes
    assert 45 <= int(minutes) <= 75


def test_the_start_page_leads_to_every_lecture():
    start = prose(ROOT / "notebooks" / "00_start_here.ipynb")
    for path in LECTURES:
        assert f"({path.name})" in start
