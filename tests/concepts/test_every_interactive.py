"""What holds for each interactive, whatever it shows."""

import itertools

import pytest

import mlipkit.concepts
from mlipkit.interactive import Interactive
from tests.concepts.examples import EXAMPLES


def known_interactives():
    import importlib
    import pkgutil

    for module in pkgutil.iter_modules(mlipkit.concepts.__path__, "mlipkit.concepts."):
        importlib.import_module(module.name)
    return {kind.__name__ for kind in Interactive.__subclasses__() if kind.__module__.startswith("mlipkit.")}


@pytest.fixture(scope="module", params=EXAMPLES)
def explorer(request):
    return EXAMPLES[request.param]()


def ends(control):
    if hasattr(control, "options"):
        return [value for _, value in control._options_full]
    return [control.min, control.max]


def test_every_interactive_has_an_example():
    assert known_interactives() == set(EXAMPLES)


def test_every_combination_of_ends_is_shown_with_its_numbers(explorer):
    for values in itertools.product(*(ends(control) for control in explorer._controls.values())):
        sentence = explorer.set(**dict(zip(explorer._controls, values, strict=True)))
        assert 'role="status"' in explorer.children[-1].value, explorer.children[-1].value
        assert "nan" not in sentence
        assert "inf" not in sentence
        assert any(letter.isdigit() for letter in sentence)


def test_every_control_is_labelled(explorer):
    assert all(control.description for control in explorer._controls.values())


def test_every_axis_says_what_it_shows(explorer):
    for axes in explorer.figure.axes:
        assert axes.get_title(loc="left") or axes.get_xlabel()
