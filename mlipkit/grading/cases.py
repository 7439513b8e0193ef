"""Answers whose marks are known beforehand, for `mlipkit verify`: what a grader must let pass, and what it must not.

A case replaces the sources of answer cells in the reference and says which questions must come out how. Where they
come from: the source notebook, `tests/answers/ID/{right,wrong}/`, and the generic wrong answers below.
"""

import ast
import re
from dataclasses import dataclass, field

from mlipkit.errors import KitError
from mlipkit.grading.notebook import grade_id, questions, role

# what each generic wrong answer does, and its body; `right` is the reference, `args` and `kwargs` its arguments
GENERIC = {
    "returns None": "return None",
    "returns a constant of the right type": "return _kit_constant(right(*args, **kwargs))",
    "returns its first argument": "return next(iter([*args, *kwargs.values()]), None)",
    "returns an object equal to everything": "return _KitEqual()",
    "raises": "raise ValueError('a generic wrong answer')",
}

_HELPERS = '''
def _kit_constant(value):
    """Something empty of the type of the value: 0, "", an empty table, an empty plot."""
    if hasattr(value, "get_figure") and hasattr(value, "plot"):
        from matplotlib.figure import Figure
        return Figure().add_subplot()
    for make in (lambda: type(value)(), lambda: value * 0):
        try:
            return make()
        except Exception:
            pass
    return None

class _KitEqual:
    """Equal to everything, true in every comparison, itself after every operation."""
    def _yes(self, *args, **kwargs):
        return True
    def _self(self, *args, **kwargs):
        return self
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __bool__ = _yes
    __ne__ = lambda self, other: False
    __hash__ = lambda self: 0
    __len__ = __int__ = __index__ = lambda self: 1
    __float__ = lambda self: 1.0
    __iter__ = lambda self: iter([self])
    __call__ = __getitem__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = _self
    __rtruediv__ = __abs__ = __neg__ = __round__ = _self
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self
'''


@dataclass
class Case:
    """One answer to be graded: the sources of answer cells that differ from the reference, and what must come out.

    expected  points by question; waiting  the questions that must wait for a person, None where that does not matter
    """

    kind: str
    name: str
    expected: dict
    sources: dict = field(default_factory=dict)
    about: str = ""
    waiting: list | None = None


def cases(folder, assignment, source):
    """All cases of an assignment. Mutants of the reference belong here as one more list.

    source  the instructor's notebook. Raises KitError when a file of answers cannot be read as one.
    """
    asked = questions(source)
    full = {name: question.tested_points for name, question in asked.items() if question.tests}
    written = [name for name, question in asked.items() if question.written]
    return [
        Case("reference", "reference", full, waiting=written),
        Case("untouched", "untouched", dict.fromkeys(full, 0.0), waiting=[]),
        *_from_files(folder, assignment, source, full),
        *_generic(source, full),
    ]


def _from_files(folder, assignment, source, full):
    found = []
    for kind in ("right", "wrong"):
        for path in sorted((folder / "tests" / "answers" / assignment / kind).glob("*.py")):
            sources, losses, about = read_answers(path, source)
            if kind == "wrong" and not losses:
                raise KitError(f"{path} does not say what it loses: add a line such as `# loses: q3 6`.")
            unknown = sorted(set(losses) - set(full))
            if unknown:
                raise KitError(
                    f"{path} says it loses {unknown[0]}, a question without tests; there are {', '.join(full)}."
                )
            expected = {name: points - losses.get(name, 0.0) for name, points in full.items()}
            found.append(Case(kind, path.stem, expected, sources, about=about))
    return found


def read_answers(path, source):
    """A file of answers: sources by answer cell, points lost by question, and what it is about in one line.

    Raises KitError when it is not Python, names a question that has no answer cell, or holds none at all.
    """
    text = path.read_text(encoding="utf-8")
    try:
        about = ast.get_docstring(ast.parse(text)) or ""
    except SyntaxError as error:
        raise KitError(f"{path}, line {error.lineno}: this is not Python ({error.msg}).") from None
    _, *parts = re.split(r"^# %% *(\w+).*\n", text, flags=re.MULTILINE)
    sources = {f"{name}_answer": code.strip() for name, code in zip(parts[::2], parts[1::2], strict=True)}
    cells = {grade_id(cell) for cell in source.cells if role(cell, "solution")}
    for name in sources.keys() - cells:
        raise KitError(f"{path} answers {name.removesuffix('_answer')}, but the source has no cell {name}.")
    if not sources:
        raise KitError(f"{path} holds no answer: begin one with a line such as `# %% q1`.")
    losses = {}
    for line in re.findall(r"^# loses:(.*)$", text, flags=re.MULTILINE):
        for question, points in re.findall(r"(\w+) +([\d.]+)", line):
            losses[question] = float(points)
    return sources, losses, about.split("\n\n")[0].replace("\n", " ")


def _generic(source, full):
    """One case for each kind, with every solution function of the notebook replaced."""
    functions = {grade_id(cell): solution_functions(cell.source) for cell in source.cells if _is_answer(cell)}
    asked = {name.removesuffix("_answer") for name, names in functions.items() if names} & full.keys()
    return [
        Case(
            "generic",
            kind,
            dict.fromkeys(asked, 0.0),
            {
                grade_id(cell): cell.source + _overriding(functions[grade_id(cell)], body)
                for cell in source.cells
                if functions.get(grade_id(cell)) and _is_answer(cell)
            },
        )
        for kind, body in GENERIC.items()
    ]


def _is_answer(cell):
    return role(cell, "solution") and not role(cell, "grade") and cell.cell_type == "code"


def solution_functions(code):
    """Names of the functions and methods (`Class.method`) of a cell that hold a solution."""
    try:
        body = ast.parse(code).body
    except SyntaxError as error:
        raise KitError(
            f'An answer cell of the source is not plain Python ("{(error.text or "").strip()}", {error.msg}), so no '
            "wrong answers can be made from it; move magics into a cell of their own."
        ) from None
    begins = [number for number, line in enumerate(code.split("\n"), 1) if "BEGIN SOLUTION" in line]
    names = []
    for node in body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        for function in inside:
            if isinstance(function, ast.FunctionDef) and (
                not begins or any(function.lineno < line <= function.end_lineno for line in begins)
            ):
                names.append(prefix + function.name)
    return names


def _overriding(names, body):
    """Code that makes each of the functions do something else; a method keeps its object out of the arguments."""
    lines = ["\n", _HELPERS]
    for name in names:
        itself = "self, " if "." in name else ""
        right = f"(lambda *args, **kwargs: reference({itself}*args, **kwargs))"
        lines.append(
            f"def _kit_wrong(reference):\n"
            f"    def answer({itself}*args, **kwargs):\n"
            f"        right = {right}\n"
            f"        {body}\n"
            f"    return answer\n"
            f"{name} = _kit_wrong({name})\n"
        )
    return "\n".join(lines)
