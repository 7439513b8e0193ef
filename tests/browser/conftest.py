"""A browser, a copy of the course, and JupyterLab on it: one of each for a module."""

import os
import re

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser import lab

ARTEFACTS = lab.REPOSITORY / "tests" / "artefacts"


@pytest.fixture(scope="module")
def browser():
    """A headless browser; closed with its module, because asyncio cannot be used beside Playwright's own loop."""
    path = lab.find_browser()
    if path is None:
        sentence = f"no browser: install one of {', '.join(lab.BROWSERS)}, for instance by tests/system_packages.sh"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    expect.set_options(timeout=lab.PATIENCE * 1000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=lab.FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course folder, in which anything may be changed."""
    return lab.copy_of_the_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def server(browser, course, tmp_path_factory):
    """The JupyterLab that `mlipkit lab` starts there."""
    with lab.mlipkit_lab(course, tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def visitor(browser, server):
    """A visitor for one test."""
    with lab.Visitor(browser) as visitor:
        yield visitor


@pytest.fixture
def screenshot(request):
    """Keep a picture of a page, or of one part of it, for people to look at."""

    def keep(part, name="page"):
        test = re.sub(r"\W+", "-", request.node.name.removeprefix("test_"))
        ARTEFACTS.mkdir(exist_ok=True)
        part.screenshot(path=ARTEFACTS / f"{test}-{name}.png")

    return keep
