"""The look: readable for everyone, the same bytes every time."""

import numpy as np
import pytest

from mlipkit import theme

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB
DEFICIENCIES = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(colour):
    """A colour "#rrggbb" as linear RGB, shape (3,), by the sRGB transfer function."""
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(first, second):
    """Contrast ratio as WCAG 2 defines it."""
    light, dark = sorted((linear(c) @ [0.2126, 0.7152, 0.0722] + 0.05 for c in (first, second)), reverse=True)
    return light / dark


def lab(rgb):
    """CIE L*a*b* (D65) of a linear RGB colour, shape (3,)."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ rgb.clip(0, 1)
    scaled = xyz / [0.9505, 1.0, 1.089]
    root = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def test_the_contrast_formula_knows_its_extremes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("colour", [theme.BLUE, theme.ORANGE, theme.GREY, theme.INK])
def test_every_colour_can_be_read_on_white(colour):
    assert contrast(colour, theme.PAPER) >= 4.5


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_the_two_main_colours_stay_apart_for_everyone(deficiency):
    seen = [lab(np.array(DEFICIENCIES[deficiency]) @ linear(colour)) for colour in (theme.BLUE, theme.ORANGE)]
    assert np.linalg.norm(seen[0] - seen[1]) > 20


def drawing():
    drawn, axes = theme.figure("ab")
    (line,) = axes["a"].plot([0, 1], [0, 1], label="straight")
    axes["a"].legend()
    drawn.tight_layout()
    return drawn, line


def test_a_picture_has_the_same_bytes_every_time():
    first, second = drawing()[0], drawing()[0]
    assert theme.svg(first, "a line") == theme.svg(second, "a line")
    assert theme.png(first) == theme.png(second)


def test_moving_an_artist_there_and_back_gives_the_first_bytes():
    drawn, line = drawing()
    before = theme.svg(drawn, "a line")
    line.set_ydata([1, 0])
    assert theme.svg(drawn, "a line") != before
    line.set_ydata([0, 1])
    assert theme.svg(drawn, "a line") == before


def test_the_svg_is_named_and_its_name_cannot_break_out():
    markup = theme.svg(drawing()[0], 'a "line" <b>')
    assert markup.startswith('<div role="img" aria-label="a &quot;line&quot; &lt;b&gt;"><svg')
    assert "straight" in markup  # text stays text, for search and for screen readers


def test_what_is_stored_is_a_png_with_its_alternative():
    picture = theme.Picture(drawing()[0], "A straight line.")
    data, metadata = picture._repr_mimebundle_()
    assert data["text/plain"] == metadata["image/png"]["alt"] == "A straight line."
    assert set(data) == {"image/png", "text/plain"}
