"""CONTRIBUTING's tables lack no file: each module that tells signals or vendors apart stands in one of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import typer.main

from monitoring.cli import application
from monitoring.model.signals import Signal
from monitoring.model.signals.query_monitor import QueryMonitor

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MODULES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "monitoring").rglob("*.py"))
}
KINDS = {kind.__name__ for kind in get_args(Signal)}
VENDORS = ("sentry", "datadog", "pagerduty")


def table(heading: str) -> str:
    """The table below a heading, with a vendor's own files in place of VENDOR."""
    text = PAGE.partition(f"### {heading}\n")[2].partition("\n## ")[0].partition("\n### ")[0]
    rows = "".join(line for line in text.splitlines(keepends=True) if line.startswith("| "))
    return "".join(rows.replace("VENDOR", vendor) for vendor in VENDORS)


def names_several_signals(module: ast.Module, kinds: Collection[str] = KINDS) -> bool:
    """Whether a module imports two kinds of signal, and so tells them apart."""
    imports = [node for node in ast.walk(module) if isinstance(node, ast.ImportFrom)]
    return len({alias.name for node in imports for alias in node.names} & set(kinds)) > 1


def names_every_vendor(module: ast.Module) -> bool:
    """Whether a module has a name or a text of each vendor's, and so tells them apart."""
    words = [word.lower() for word in _words(module)]
    return all(any(map(re.compile(rf"_?{vendor}([_:].*)?|\w+_{vendor}(_\w+)?").fullmatch, words)) for vendor in VENDORS)


def _words(module: ast.Module) -> Iterator[str]:
    """Every name and every text of a module."""
    for node in ast.walk(module):
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.keyword(arg=str(name)):
                yield name
            case _:
                pass


@pytest.mark.parametrize(
    ("heading", "belongs"),
    [
        pytest.param("A new kind of signal", names_several_signals, id="signals"),
        pytest.param("Another vendor", names_every_vendor, id="vendors"),
    ],
)
def test_a_table_lacks_no_module(heading: str, belongs: Callable[[ast.Module], bool]) -> None:
    named = re.findall(r"`(monitoring/[\w/.]+)`", table(heading))
    found = [name for name, module in MODULES.items() if belongs(module)]
    folders = tuple(row for row in named if row.endswith("/"))
    assert len(found) > 15
    assert [name for name in found if name not in named and not name.startswith(folders)] == []


def test_nobody_tells_apart_the_signals_over_one_query():
    kinds = {kind.__name__ for kind in get_args(Signal) if issubclass(kind, QueryMonitor)}
    telling = {name for name, module in MODULES.items() if names_several_signals(module, kinds)}
    assert telling == {"monitoring/model/signals/__init__.py", "monitoring/model/service.py"}


@pytest.mark.parametrize("file", sorted(set(re.findall(r"`((?:monitoring|tests|tools|manual)/[\w/.-]+)`", PAGE))))
def test_a_file_that_is_named_exists(file: str) -> None:
    if not re.search(r"NAME|VENDOR", file):
        assert (ROOT / file).exists()


# --- a new command ---------------------------------------------------------------------------------------------


def every_command(command: Any, *words: str) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", {})
    if not inner:
        yield " ".join(words), command
    for name, inside in inner.items():
        yield from every_command(inside, *words, name)


COMMANDS = dict(every_command(typer.main.get_command(application())))
WITH_JSON = [
    name
    for name, command in COMMANDS.items()
    for parameter in command.params
    if "--format" in parameter.opts and "json" in [str(each) for each in parameter.type_descriptor.annotation]
]
ASKS_AN_ACCOUNT = {"adopt"}
"""Has no answer without an engine and an account; tests/engine/test_adopting.py has them."""
MANUAL = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "manual").glob("*.md")))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_is_in_the_manual(name: str) -> None:
    assert re.search(rf"\bmonitoring {name}\b", MANUAL)


@pytest.mark.parametrize("name", WITH_JSON)
def test_an_answer_as_json_has_its_fields_in_the_manual(name: str) -> None:
    page = (ROOT / "manual" / "json.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {name}$", page, re.MULTILINE)


@pytest.mark.parametrize("name", sorted({*WITH_JSON} - ASKS_AN_ACCOUNT))
def test_an_answer_as_json_has_a_story(name: str) -> None:
    stories = (path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "cli" / "stories").glob("*.txt"))
    assert any(re.search(rf"^\$ monitoring {name} .*--format json", story, re.MULTILINE) for story in stories)


def test_the_manuals_index_names_every_page() -> None:
    index = (ROOT / "manual" / "README.md").read_text(encoding="utf-8")
    pages = {path.name for path in (ROOT / "manual").glob("*.md")} - {"README.md"}
    below = {"adopting.md", "interrupted.md", "pulumi.md", "drift.md"}
    assert {page for page in pages if f"({page}" not in index} <= below, "what deploying.md links stands there"
