"""One look for every picture: readable colours, one size of text, and a text alternative that travels with it.

Colours are told apart by people with any of the usual colour-vision deficiencies and have a contrast of at least
4.5:1 on white; `tests/test_theme.py` holds them to it. A picture still never says a thing by colour alone: lines also
differ in dash, points in marker, areas in hatch or label.
"""

import base64
import html
import io
import re

BLUE, ORANGE = "#0b4f9e", "#b04a00"
GREY, INK, PAPER = "#5c5c5c", "#1f1f1f", "#ffffff"

_STYLE = {
    "font.family": "DejaVu Sans",  # ships with matplotlib, so a picture is the same on every machine
    "font.size": 10,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "text.color": INK,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "lines.linewidth": 1.8,
    "figure.facecolor": PAPER,
    # the same picture gives the same bytes: no random ids, and text stays text
    "svg.hashsalt": "mlipkit",
    "svg.fonttype": "none",
}
_INCHES_WIDE = 8.0
_PNG_DPI = 100
_PNG_COLOURS = 64


def figure(mosaic="a", height=3.0):
    """A new figure, 8 inches wide and `height` inches high, with axes laid out as the mosaic says ("aab;ccb").

    Returns (figure, {letter: axes}). From the first call on, matplotlib draws everything in this look.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams.update(_STYLE)
    drawn = Figure(figsize=(_INCHES_WIDE, height))
    return drawn, drawn.subplot_mosaic(mosaic)


def svg(drawn, alternative):
    """The figure as an accessible SVG element (a string): deterministic, with `alternative` as its name."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    buffer = io.StringIO()
    # the same bytes as `drawn.savefig`, which draws twice: half the time between a reader's key and the picture
    FigureCanvasSVG(drawn).print_svg(buffer, metadata={"Date": None, "Creator": None})
    markup = buffer.getvalue()
    markup = markup[markup.index("<svg") :]
    markup = re.sub(r'width="[\d.]+pt" height="[\d.]+pt"', 'style="max-width: 100%; height: auto"', markup, count=1)
    name = html.escape(alternative, quote=True)
    return f'<div role="img" aria-label="{name}">{markup}</div>'


def png(drawn):
    """The figure as PNG bytes: deterministic and small, for stored notebooks."""
    from PIL import Image

    buffer = io.BytesIO()
    drawn.savefig(buffer, format="png", dpi=_PNG_DPI, metadata={"Software": None})
    small = io.BytesIO()
    Image.open(buffer).convert("RGB").quantize(_PNG_COLOURS).save(small, format="PNG", optimize=True)
    return small.getvalue()


def static_bundle(drawn, alternative):
    """What a notebook stores of a picture, as (data, metadata): the PNG, and its alternative as name and as text."""
    data = {"image/png": base64.b64encode(png(drawn)).decode("ascii"), "text/plain": alternative}
    return data, {"image/png": {"alt": alternative}}


class Picture:
    """A still picture with its text alternative, shown by naming it last in a cell."""

    def __init__(self, drawn, alternative):
        drawn.tight_layout()
        self.figure = drawn
        self.alternative = alternative

    def _repr_mimebundle_(self, **_):
        return static_bundle(self.figure, self.alternative)
