"""Each type token stands once in the tool, and they are the ones that the program uses."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from monitoring.naming import type_tokens
from monitoring.naming.owners import KINDS
from tests.resources.every_signal import declared, every_signal

PACKAGE = Path(type_tokens.__file__).parents[1]
TOKEN = re.compile(r"(datadog|pagerduty|sentry|pulumi):\w+(/\w+)?:\w+")
NAMED = {name: value for name, value in vars(type_tokens).items() if name.isupper() and isinstance(value, str)}


def typed(source: str) -> Iterator[str]:
    """Every type token in a module's texts, alone or inside of another text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (match[0] for match in TOKEN.finditer(node.value))


def test_no_type_token_is_typed_twice():
    places = Counter(
        (token, path.relative_to(PACKAGE).as_posix())
        for path in sorted(PACKAGE.rglob("*.py"))
        for token in typed(path.read_text(encoding="utf-8"))
    )
    assert places == {(token, "naming/type_tokens.py"): 1 for token in NAMED.values()}


def test_a_token_inside_of_a_text_is_seen():
    assert list(typed('f(f"{place}::datadog:index/monitor:Monitor::slow", "a: b")')) == [
        "datadog:index/monitor:Monitor"
    ]


def test_what_the_program_declares_and_looks_up_has_a_name_here():
    plan = declared(every_signal())
    used = {resource.type for resource in plan.resources} | {lookup.token for lookup in plan.lookups}
    assert used <= set(NAMED.values())


def test_a_type_that_belongs_to_no_rule_is_a_type():
    assert set(KINDS) <= set(NAMED.values())
