"""A reader opens the course, reads a lecture, moves what can be moved and answers a question, all by keyboard."""

import re
import shutil

import nbformat
import pytest
from playwright.sync_api import expect

from mlipkit import selfcheck
from tests.browser import lab

LECTURE = "notebooks/05_modelaccuracy.ipynb"
INTERACTIVES = 2  # at least


@pytest.fixture(scope="module")
def lecture(browser, server):
    """The lecture's page, all cells run."""
    with lab.Visitor(browser) as visitor:
        visitor.open(server, LECTURE)
        visitor.run_all()
        yield visitor.page


def first_asked(course, kind):
    """The description of the first question of a kind that the lecture asks."""
    code = "\n".join(cell.source for cell in nbformat.read(course / LECTURE, as_version=4).cells)
    asked = re.findall(r'ask\("(\d+)\.([\w-]+)"\)', code)
    entries = (selfcheck.questions(lecture)[name] for lecture, name in asked)
    return next(entry for entry in entries if entry["kind"] == kind)


def outputs(page, holding):
    """The outputs of cells that hold what the selector says."""
    return page.locator(".jp-OutputArea-output").filter(has=page.locator(holding))


def test_the_course_opens_at_its_start_page(visitor, server, screenshot):
    visitor.page.goto(server.address())

    visitor.wait_for_kernel()
    expect(visitor.page.locator(".jp-NotebookPanel h1")).to_be_visible()

    assert "/lab/tree/notebooks/00_start_here.ipynb" in visitor.page.url
    screenshot(visitor.page)


def test_a_fresh_notebook_shows_pictures_without_a_kernel(visitor, server, course, screenshot):
    copy = shutil.copy(course / LECTURE, course / "notebooks" / "unread.ipynb")
    stored = [
        output
        for cell in nbformat.read(copy, as_version=4).cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    visitor.open(server, "notebooks/unread.ipynb")
    pictures = visitor.page.locator(".jp-OutputArea-output img")

    expect(pictures).to_have_count(len(stored))
    assert len(stored) >= INTERACTIVES
    for picture, output in zip(pictures.all(), stored, strict=True):
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        # JupyterLab does not hand `alt` on to the page (4.6), nbconvert does
        assert output.metadata["image/png"]["alt"] == output.data["text/plain"] != ""
    expect(visitor.page.get_by_text("model not found")).to_have_count(0)
    screenshot(visitor.page)


def test_a_lecture_runs_without_an_error(lecture, screenshot):
    expect(lecture.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']")).to_have_count(0)
    expect(lecture.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.error']")).to_have_count(0)
    for number, output in enumerate(outputs(lecture, "[role=img], input, textarea, table, img").all()):
        screenshot(output, f"output-{number:02}")


def test_every_interactive_moves_by_keyboard(lecture, screenshot):
    interactives = outputs(lecture, ".noUi-handle").all()

    assert len(interactives) >= INTERACTIVES
    for number, interactive in enumerate(interactives):
        sentence, picture = interactive.get_by_role("status"), interactive.locator("[role=img]")
        handle = interactive.locator(".noUi-handle").first
        said, drawn = sentence.text_content(), picture.inner_html()
        assert picture.get_attribute("aria-label") == said

        handle.focus()
        lecture.keyboard.press("ArrowRight")

        expect(sentence).not_to_have_text(said)
        expect(sentence).to_contain_text(handle.get_attribute("aria-valuetext"))
        expect(picture).to_have_attribute("aria-label", sentence.text_content())
        assert "<svg" in drawn != picture.inner_html()
        screenshot(interactive, number)


def test_an_option_of_an_interactive_is_chosen_by_keyboard(lecture, screenshot):
    interactive = outputs(lecture, ".noUi-handle").filter(has=lecture.locator("input[type=radio]")).first
    interactive.get_by_role("radio").first.focus()

    lecture.keyboard.press("Tab")
    lecture.keyboard.press("Space")

    expect(interactive.get_by_role("status")).to_contain_text("Rows dealt in whole blocks")
    screenshot(interactive)


def test_a_choice_is_answered_by_keyboard(lecture, course, screenshot):
    options = first_asked(course, "choice")["options"]
    wrong = next(number for number, option in enumerate(options) if not option.get("right"))
    question = outputs(lecture, "input[type=radio]").first
    question.get_by_role("radio").first.focus()
    for _ in range(wrong):
        lecture.keyboard.press("Tab")
    lecture.keyboard.press("Space")
    expect(question.get_by_role("radio").nth(wrong)).to_be_checked()

    while lecture.evaluate("document.activeElement.tagName") != "BUTTON":
        lecture.keyboard.press("Tab")
    lecture.keyboard.press("Space")

    expect(question.get_by_role("status")).to_contain_text("✗ Not yet.")
    screenshot(question)


def test_a_number_is_judged_as_it_was_typed(lecture, course, screenshot):
    question = outputs(lecture, "input[type=text]").first
    question.get_by_role("textbox", name="Your answer").focus()

    lecture.keyboard.type(str(first_asked(course, "number")["answer"]))
    lecture.keyboard.press("Tab")
    lecture.keyboard.press("Space")

    expect(question.get_by_role("status")).to_contain_text("✓ Right.")
    screenshot(question)


def test_long_options_do_not_cover_each_other_in_a_narrow_window(lecture, screenshot):
    lecture.set_viewport_size({"width": 700, "height": 900})
    question = outputs(lecture, "input[type=radio]").last
    question.scroll_into_view_if_needed()

    boxes = [label.bounding_box() for label in question.locator("label:has(input)").all()]

    assert all(above["y"] + above["height"] <= below["y"] for above, below in zip(boxes, boxes[1:], strict=False))
    screenshot(question)
    lecture.set_viewport_size(lab.WINDOW)
