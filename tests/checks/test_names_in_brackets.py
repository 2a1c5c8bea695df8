"""Every name that a message can end with is explained: the names are read out of the code, not out of a list."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from monitoring.checks import check_names
from monitoring.cli.check import other_names, show_page
from monitoring.model.platform import PROOF

PACKAGE = Path(__file__).parents[2] / "monitoring"
LAST = 4
"""Where `Problem` takes the name."""
HANDED_ON = {"check", "CHECK", "PROOF", "''", "check.name", "problem.check"}
"""What stands at that place where another part of the code has the name; '' is of a problem that is never printed."""
BESIDE_THE_CHANGE = "f'review-{effect.kind}'"
"""GitLab's word for an effect of a change, which no message has in brackets."""
A_COMPARISON = {"params.check"}
"""How a step of a browser compares, which a builder hands on under the same word."""
A_SEVERITY = {"trial"}
"""What else stands in brackets at the end of a text, and is a part of a table."""
_IN_A_SENTENCE = re.compile(r"(?:^ |; [^()]*)\(([a-z]+(?:-[a-z]+)*)\)$")


def names_in(module: ast.Module) -> Iterator[str]:
    """What a module gives to a problem as its name, and what its sentences end with."""
    values = {
        target.id: node.value.value
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Call | ast.arguments):
            yield from (_value(given, values) for given in _given(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _IN_A_SENTENCE.findall(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield from _constant_in_brackets(node, values)


def _given(node: ast.Call | ast.arguments) -> Iterator[ast.expr]:
    if isinstance(node, ast.arguments):
        usual = zip(node.kwonlyargs, node.kw_defaults, strict=True)
        yield from (value for word, value in usual if word.arg == "check" and value)
        return
    if isinstance(node.func, ast.Name) and node.func.id == "Problem":
        yield from node.args[LAST : LAST + 1]
    yield from (word.value for word in node.keywords if word.arg == "check")


def _constant_in_brackets(text: ast.JoinedStr, values: Mapping[str, object]) -> Iterator[str]:
    match text.values:
        case [*_, ast.FormattedValue(value=ast.Name(id=name)), ast.Constant(value=")")] if name in values:
            yield str(values[name])


def _value(given: ast.expr, values: Mapping[str, object]) -> str:
    if isinstance(given, ast.Constant):
        return given.value if isinstance(given.value, str) and given.value else "''"
    return str(values.get(given.id, given.id)) if isinstance(given, ast.Name) else ast.unparse(given)


def printed_names() -> set[str]:
    """Every name that a message of this tool can end with and that is no check."""
    modules = (ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py"))
    names = {name for module in modules for name in names_in(module)}
    return names - HANDED_ON - A_COMPARISON - A_SEVERITY - {BESIDE_THE_CHANGE} - {*check_names()} | {PROOF}


def test_just_the_names_that_can_be_printed_are_explained() -> None:
    assert {*other_names()} == printed_names()


@pytest.mark.parametrize("name", sorted(other_names()))
def test_a_name_is_explained_with_a_message_that_ends_with_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    show_page(name)
    assert name in capsys.readouterr().out
    example = re.search(r"```text\n(.+)\n```", other_names()[name])
    assert example
    assert example[1].endswith(f" ({name})")
