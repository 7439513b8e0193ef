"""The one base of every interactive: controls → compute → plot → describe.

A subclass gives the parts, the base joins them:

    class Doubling(Interactive):
        def controls(self):
            return {"x": slider("Number x", 3, minimum=0, maximum=9, step=1)}

        def compute(self, x):              # numbers from parameters: no widget, no picture
            return 2 * x

        def draw(self, result):            # once: figure, axes, artists that are kept
            figure, axes = theme.figure()
            self.bar = axes["a"].barh([""], [result])[0]
            return figure

        def move(self, result):            # at every change: artists are moved, never drawn anew
            self.bar.set_width(result)

        def describe(self, result):        # one sentence with the numbers
            return f"Twice the number is {result}."

In a running notebook that is a live widget. What a notebook stores is the picture of the first state and its sentence,
so a reader without a kernel sees both.
"""

import html

import ipywidgets as widgets

from mlipkit import theme

_LABEL = {"description_width": "15em"}
_WIDE = {"width": "38em", "max_width": "100%"}


def slider(label, value, minimum, maximum, step):
    """A labelled slider, for whole numbers when `step` is whole, moved by mouse or arrow keys."""
    whole = isinstance(step, int)
    decimals = len(str(step).partition(".")[2])
    kind, form = (widgets.IntSlider, "d") if whole else (widgets.FloatSlider, f".{decimals}f")
    return kind(
        value=value,
        min=minimum,
        max=maximum,
        step=step,
        readout_format=form,
        description=label,
        tooltip=label,  # without one the page shows the word "null"
        style=_LABEL,
        layout=_WIDE,
    )


def choice(label, options, value=None):
    """Labelled buttons to choose one of a few options; `options` are strings or (string, value) pairs.

    Not a drop-down list: JupyterLab takes its arrow keys for moving between cells.
    """
    chosen = {} if value is None else {"value": value}
    return widgets.RadioButtons(options=options, **chosen, description=label, tooltip=label, style=_LABEL, layout=_WIDE)


class Interactive(widgets.VBox):
    """Controls, a picture that follows them, and the picture in words."""

    def __init__(self):
        self._controls = self.controls()
        self._picture = widgets.HTML()
        self._words = widgets.HTML()
        result = self.compute(**self.values())
        self.figure = self.draw(result)
        self.figure.tight_layout()  # once: moving artists needs no layout, and it would cost 100 ms
        self.move(result)
        self._show(self.describe(result))
        # a stored notebook shows how the interactive opens, whatever was moved before it was saved
        self._static = theme.static_bundle(self.figure, self.sentence)
        super().__init__([*self._controls.values(), self._picture, self._words])
        for control in self._controls.values():
            control.observe(self._follow, names="value")

    def controls(self):
        """The controls in reading order, as {parameter of `compute`: labelled widget}."""
        raise NotImplementedError

    def compute(self, **values):
        """The numbers for one setting of the controls; a ValueError's message is shown to the reader."""
        raise NotImplementedError

    def draw(self, result):
        """Draw the first state and keep the artists that move; returns the matplotlib figure."""
        raise NotImplementedError

    def move(self, result):
        """Move the kept artists to a new result."""
        raise NotImplementedError

    def describe(self, result):
        """The picture in one sentence, with its numbers."""
        raise NotImplementedError

    def values(self):
        """The controls' present values, as {parameter: value}."""
        return {name: control.value for name, control in self._controls.items()}

    def at(self, **values):
        """The sentence for another setting of some controls, with nothing moved."""
        return self.describe(self.compute(**{**self.values(), **values}))

    def set(self, **values):
        """Move controls from code, as a reader would by hand, and return the sentence that results."""
        for name, value in values.items():
            self._controls[name].value = value
        return self.sentence

    def _follow(self, _change):
        try:
            result = self.compute(**self.values())
            self.move(result)
            self._show(self.describe(result))
        except Exception as error:  # whatever a subclass raises, the reader gets a sentence and may move on
            meaning = str(error).strip().split("\n")[0].rstrip(".") or type(error).__name__
            still = "Choose another one; the picture still shows the one before."
            self._say(f"This setting cannot be shown: {meaning}. {still}", role="alert")

    def _show(self, sentence):
        self.sentence = sentence
        self._picture.value = theme.svg(self.figure, sentence)
        self._say(sentence, role="status")

    def _say(self, sentence, role):
        self._words.value = f'<p role="{role}" aria-live="polite">{html.escape(sentence)}</p>'

    def _repr_mimebundle_(self, **kwargs):
        live = super()._repr_mimebundle_(**kwargs)
        data, metadata = self._static
        return {**live, **data}, metadata
