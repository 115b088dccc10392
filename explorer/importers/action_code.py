"""Actions written as code, such as pyautogui.click(x=0.5, y=0.2): parsed with `ast`, never executed.

A statement is either a call with literal arguments, or unparsed. Size, statements and nesting are bounded.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LONGEST_CODE = 100_000
MOST_STATEMENTS = 1_000
DEEPEST = 100
_WORDS = {"DONE": ("terminate", "success"), "FAIL": ("terminate", "failure"), "WAIT": ("wait", None)}
_LITERALS = (str, int, float, bool, type(None))


@dataclass(frozen=True, slots=True)
class Call:
    """One statement: `name` is the function without its module, None when the statement is no known kind of call."""

    name: str | None
    source: str
    args: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)

    def argument(self, place: int, *names: str) -> Any:
        """The argument of one of these names, or at this place (from 0); None when it is not given."""
        for name in names:
            if name in self.named:
                return self.named[name]
        return self.args[place] if 0 <= place < len(self.args) else None


UNPARSED = Call(None, "unparsed")


def parsed(code: str) -> list[Call]:
    """The statements of `code` in their order; one unparsed statement when it is no code at all, none when empty."""
    if not code.strip():
        return []
    if len(code) > LONGEST_CODE or _nesting(code) > DEEPEST:
        return [UNPARSED]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about escapes in the recorded text
            statements = ast.parse(_without_fence(code)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [UNPARSED]
    calls = [call for statement in statements[:MOST_STATEMENTS] for call in _calls(statement)]
    return calls + [UNPARSED] * (len(statements) > MOST_STATEMENTS)


def _without_fence(code: str) -> str:
    lines = code.strip().splitlines()
    if len(lines) > 2 and lines[0].startswith("```") and lines[-1].strip() == "```":
        return "\n".join(lines[1:-1])
    return code.strip()


def _nesting(code: str) -> int:
    """Brackets open at once, those in texts included; the parser's own stack is not to be relied on."""
    depth = deepest = 0
    for letter in code:
        if letter in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in ")]}":
            depth = max(0, depth - 1)
    return deepest


def _calls(statement: ast.stmt) -> Iterator[Call]:
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.Pass)):
        return
    expression = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(expression, ast.Constant):
        return  # a text standing alone is a comment
    if isinstance(expression, ast.Name) and expression.id in _WORDS:
        name, status = _WORDS[expression.id]
        yield Call(name, expression.id, (), {"status": status} if status else {})
        return
    yield _call(expression) if isinstance(expression, ast.Call) else UNPARSED


def _call(expression: ast.Call) -> Call:
    source = _dotted(expression.func)
    if source is None or any(keyword.arg is None for keyword in expression.keywords):
        return UNPARSED
    try:
        args = tuple(_literal(value) for value in expression.args)
        named = {str(keyword.arg): _literal(keyword.value) for keyword in expression.keywords}
    except ValueError:
        return Call(None, source)
    name = source.rpartition(".")[2]
    return Call("wait" if source == "time.sleep" else name, source, args, named)


def _dotted(function: ast.expr) -> str | None:
    """'pyautogui.click' or 'click'; None for anything deeper."""
    if isinstance(function, ast.Name):
        return function.id
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return f"{function.value.id}.{function.attr}"
    return None


def _literal(node: ast.expr) -> Any:
    """A text, number, truth value, None, or a flat list of these; ValueError for everything else."""
    if isinstance(node, (ast.List, ast.Tuple)):
        return [_plain(element) for element in node.elts]
    return _plain(node)


def _plain(node: ast.expr) -> Any:
    sign = 1
    is_signed = False
    while isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        sign, is_signed = (-sign if isinstance(node.op, ast.USub) else sign), True
        node = node.operand
    value = node.value if isinstance(node, ast.Constant) else ...
    if not isinstance(value, _LITERALS):
        raise ValueError("not a literal")
    if not is_signed:
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("not a number")
    return sign * value
