"""The base of every interactive: what it shows, stores and survives."""

import base64

import ipywidgets
import pytest

from mlipkit import theme
from mlipkit.interactive import Interactive, choice, slider


class Doubling(Interactive):
    """Twice a number; 7 is refused, and 8 breaks in an unforeseen way."""

    def controls(self):
        return {"x": slider("Number x", 3, 0, 9, 1), "sign": choice("Sign", [("plus", 1), ("minus", -1)])}

    def compute(self, x, sign):
        if x == 7:
            raise ValueError("seven is taken.\nsecond line")
        return sign * 2 * x if x != 8 else [][1]

    def draw(self, result):
        figure, axes = theme.figure()
        self.bar = axes["a"].barh([""], [result])[0]
        axes["a"].set_xlim(-20, 20)
        return figure

    def move(self, result):
        self.bar.set_width(result)

    def describe(self, result):
        return f"Twice the number is {result} <& more>."


@pytest.fixture
def doubling():
    return Doubling()


def picture(interactive):
    return interactive.children[-2].value


def words(interactive):
    return interactive.children[-1].value


def test_a_move_changes_picture_and_sentence(doubling):
    before = picture(doubling)
    assert doubling.set(x=4) == "Twice the number is 8 <& more>."
    assert picture(doubling) != before
    assert "Twice the number is 8 &lt;&amp; more&gt;." in words(doubling)
    assert 'aria-label="Twice the number is 8 &lt;&amp; more&gt;."' in picture(doubling)


def test_moving_back_gives_the_first_picture(doubling):
    before = picture(doubling)
    doubling.set(x=4)
    doubling.set(x=3)
    assert picture(doubling) == before


def test_several_controls_are_read_together(doubling):
    doubling.set(x=5, sign=-1)
    assert doubling.values() == {"x": 5, "sign": -1}
    assert doubling.sentence.startswith("Twice the number is -10")


def test_another_setting_is_told_with_nothing_moved(doubling):
    before = picture(doubling), words(doubling), doubling.values()
    assert doubling.at(x=9).startswith("Twice the number is 18")
    assert doubling.at(sign=-1).startswith("Twice the number is -6")
    assert (picture(doubling), words(doubling), doubling.values()) == before


def test_the_sentence_is_announced_to_screen_readers(doubling):
    assert 'role="status"' in words(doubling)
    assert 'aria-live="polite"' in words(doubling)


@pytest.mark.parametrize(
    ("value", "said"),
    [(7, "shown: seven is taken. Choose another"), (8, "shown: list index out of range. Choose another")],
)
def test_a_callback_that_raises_says_so_in_place_and_leaves_the_controls_alive(doubling, value, said):
    before = picture(doubling)
    doubling.set(x=value)
    assert 'role="alert"' in words(doubling)
    assert said in words(doubling)
    assert "second line" not in words(doubling)
    assert picture(doubling) == before
    assert doubling.set(x=1).startswith("Twice the number is 2")
    assert 'role="status"' in words(doubling)


def test_every_control_has_a_label(doubling):
    controls = doubling.children[:-2]
    assert [control.description for control in controls] == ["Number x", "Sign"]


def test_what_is_stored_is_the_first_state_beside_the_live_view(doubling):
    doubling.set(x=9)
    data, metadata = doubling._repr_mimebundle_()
    assert data["text/plain"] == metadata["image/png"]["alt"] == "Twice the number is 6 <& more>."
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert "application/vnd.jupyter.widget-view+json" in data


def test_a_slider_counts_whole_numbers_when_its_step_is_whole():
    assert isinstance(slider("a", 1, 0, 5, 1), ipywidgets.IntSlider)
    assert isinstance(slider("a", 1, 0, 5, 0.5), ipywidgets.FloatSlider)


def test_a_choice_opens_with_the_option_that_is_named():
    assert choice("a", ["x", "y"]).value == "x"
    assert choice("a", ["x", "y"], "y").value == "y"
