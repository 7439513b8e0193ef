"""Questions a reader answers on the spot: choice, number, short code, each with a reply that explains.

    from mlipkit import selfcheck
    selfcheck.ask("05.silent-model")

The questions of lecture 05 are in `mlipkit/selfchecks/05_modelaccuracy.toml`, so the cell that asks does not hold the
answer. They are for learning, not for marks: who opens that file finds everything.
"""

import math
import re
import tomllib
from pathlib import Path

import ipywidgets as widgets

from mlipkit.errors import KitError

FOLDER = Path(__file__).parent / "selfchecks"
_WIDE = {"width": "auto", "max_width": "46em"}
# an answer travels as a whole, when its field is left: sent key by key, the browser holds most keys back while the
# kernel is busy, and the click on the button overtakes them
_TYPED = {"style": {"description_width": "7em"}, "continuous_update": False}
# ipywidgets gives an option the height of one line, so the second line of a long one would cover the next option
_OPTIONS_STYLE = """<style>
.mlipkit-options label { height: auto !important; padding-left: 22px; position: relative; }
.mlipkit-options input { left: 0; position: absolute; top: 0; }
</style>"""


def ask(name):
    """The question of that name ("05.silent-model": lecture, then question) as a widget.

    Raises KitError when there is no such question.
    """
    lecture, _, short = name.partition(".")
    known = questions(lecture)
    if short not in known:
        raise KitError(f'There is no question "{name}"; those of lecture {lecture} are {", ".join(known) or "none"}.')
    return KINDS[known[short]["kind"]](known[short])


def questions(lecture):
    """All questions of a lecture ("05") as {name: description}; empty when it has none."""
    return {
        name: entry
        for path in sorted(FOLDER.glob(f"{lecture}_*.toml"))
        for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


class Question(widgets.VBox):
    """A question, a place for the answer, a button, and the reply; subclasses give the place and the judgement."""

    def __init__(self, entry):
        self.entry = entry
        self.answer = self.field()
        self.button = widgets.Button(description="Check my answer", layout={"width": "12em"})
        self.reply = widgets.HTML()
        self.button.on_click(lambda _: self.check())
        question = widgets.HTML(_OPTIONS_STYLE + _rendered(entry["question"]))
        super().__init__([question, self.answer, self.button, self.reply])

    def field(self):
        """The widget that takes the answer."""
        raise NotImplementedError

    def judge(self, answer):
        """(right, reply) for an answer; the reply says why."""
        raise NotImplementedError

    def check(self):
        """Judge what stands in the field and show the reply; returns whether it was right."""
        right, reply = self.judge(self.answer.value)
        mark = "✓ Right." if right else "✗ Not yet."
        self.reply.value = f'<div role="status" aria-live="polite"><b>{mark}</b> {_rendered(reply)}</div>'
        return right

    def as_text(self):
        """The question for readers without a kernel, without its answer."""
        return self.entry["question"].strip()

    def _repr_mimebundle_(self, **kwargs):
        return {**super()._repr_mimebundle_(**kwargs), "text/plain": self.as_text()}


class Choice(Question):
    """One of several options; every wrong one is a mistake people make, with its own reply."""

    def field(self):
        options = [(option["text"], number) for number, option in enumerate(self.entry["options"])]
        return widgets.RadioButtons(options=options, value=None, layout={"width": "auto"}).add_class("mlipkit-options")

    def judge(self, answer):
        if answer is None:
            return False, "Choose one of the options first."
        option = self.entry["options"][answer]
        return option.get("right", False), option["reply"]

    def as_text(self):
        options = [f"- {option['text']}" for option in self.entry["options"]]
        return "\n".join([super().as_text(), *options])


class Number(Question):
    """A number within a tolerance; numbers that betray a known mistake get their own reply."""

    def field(self):
        return widgets.Text(placeholder="a number, such as 0.25", description="Your answer:", **_TYPED)

    def judge(self, answer):
        value = _number(str(answer).strip())
        if value is None:
            return False, f"“{answer}” is not a number: write it in digits, such as 0.25."
        for known in self.entry.get("mistakes", []):
            if _near(value, known["value"], self.entry["tolerance"]):
                return False, known["reply"]
        if _near(value, self.entry["answer"], self.entry["tolerance"]):
            return True, self.entry["reply"]
        return False, self.entry["otherwise"]


class Code(Question):
    """A few lines that define one function; it is called with the given cases and its results are compared."""

    def field(self):
        return widgets.Textarea(
            value=self.entry["stub"], rows=self.entry["stub"].count("\n") + 3, description="Your code:", layout=_WIDE,
            **_TYPED,
        )  # fmt: skip

    def judge(self, answer):
        written = {}
        try:
            exec(compile(answer, "your answer", "exec"), written)  # the reader's own code in the reader's own kernel
            function = written[self.entry["function"]]
        except KeyError:
            return False, f"Define a function named `{self.entry['function']}`; the stub shows its first line."
        except Exception as error:
            return False, f"Your code does not run: {type(error).__name__}: {error}."
        for case in self.entry["cases"]:
            call = f"{self.entry['function']}({', '.join(map(repr, case['arguments']))})"
            try:
                result = function(*case["arguments"])
            except Exception as error:
                return False, f"`{call}` raises {type(error).__name__}: {error}."
            if not _same(result, case["result"]):
                return False, f"`{call}` gives {result!r}. {case['reply']}"
        return True, self.entry["reply"]

    def as_text(self):
        return f"{super().as_text()}\n\n{self.entry['stub'].strip()}"


KINDS = {"choice": Choice, "number": Number, "code": Code}


def _number(text):
    """The number that somebody typed (0.25, 0,25, 25 %, 1,068), or None."""
    digits = text.removesuffix("%").strip()
    thousands = re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", digits)
    try:
        return float(digits.replace(",", "" if thousands else ".")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return None


def _near(value, target, tolerance):
    return math.isclose(value, target, rel_tol=0, abs_tol=tolerance)


def _same(result, expected):
    """Equal values of equal kind; a tuple is as good as a list, and numbers may differ by rounding."""
    if isinstance(expected, list):
        if not isinstance(result, (list, tuple)) or len(result) != len(expected):
            return False
        return all(map(_same, result, expected))
    if isinstance(expected, bool) or not isinstance(expected, (int, float)):
        return type(result) is type(expected) and result == expected
    return isinstance(result, (int, float)) and not isinstance(result, bool) and _near(result, expected, 1e-9)


def _rendered(text):
    """Markdown as HTML; tags in the text are shown, not obeyed."""
    import mistune

    return mistune.create_markdown(escape=True)(text)
