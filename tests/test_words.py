"""One vocabulary: no class name means two things, each is made of glossary words, and filler names stay few."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.naming import type_tokens
from tests.cli.story import STORIES
from tests.cli.test_help import every_command
from tests.site.building import agency_pages
from tools.figures import CODE, figures

GLOSSARY = Path(__file__).parents[1] / "manual" / "glossary.md"
FILLER_AT_FIRST = 1_330
"""How often `tools/figures.py` counts a filler name in the commit 5afd306."""
FORMS = frozenset({
    "answer", "cache", "count", "data", "date", "day", "entry", "error", "field", "file", "form", "format", "key",
    "kind", "length", "limit", "line", "list", "minute", "mode", "name", "number", "object", "outcome", "output",
    "part", "place", "quantity", "ref", "report", "request", "response", "result", "row", "run", "setting", "span",
    "state", "status", "table", "text", "time", "type", "value", "week", "word",
})  # fmt: skip
"""What sort of thing a class is, whatever it is about."""
QUALIFIERS = frozenset({
    "active", "base", "bounded", "broken", "compared", "covered", "current", "declared", "elsewhere", "empty", "ended",
    "examined", "expected", "first", "generated", "installed", "judged", "large", "literal", "local", "longest",
    "lost", "made", "measured", "named", "one", "open", "own", "paged", "planned", "promised", "ranked", "raw", "read",
    "refreshed", "refused", "reported", "reviewed", "sent", "slow", "stopped", "taken", "too", "uncompared",
    "uncovered", "unreadable", "waking", "watched", "whole", "written",
})  # fmt: skip
"""Plain words that say which of its kind a thing is."""
JOINERS = frozenset({"at", "by", "each", "for", "no", "on", "call", "with"})
KNOWN = frozenset({"alert", "path", "escalation", "policy", "pagerduty", "account", "oncall"})
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+")


def terms() -> frozenset[str]:
    """Every word of the first column of the glossary's tables."""
    rows = re.findall(r"^\| ([^|]+) \|", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE)
    return frozenset(word for row in rows for word in re.findall(r"[a-z]+", row.lower()))


def classes(folder: Path = CODE) -> Iterator[str]:
    """The public classes of the tool."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name


def stems(word: str) -> set[str]:
    """A word, and what it is the plural of."""
    return {word, word.removesuffix("s"), re.sub("ies$", "y", word)}


def unknown(name: str, known: frozenset[str]) -> list[str]:
    """The words of a class's name that nobody explains."""
    words = WORD.findall(name.replace("PagerDuty", "Pagerduty").replace("OnCall", "Oncall"))
    return [word for word in map(str.lower, words) if not stems(word) & (known | FORMS | QUALIFIERS | JOINERS)]


def test_each_class_is_made_of_words_that_the_glossary_explains() -> None:
    known = terms()
    riddles = {name: words for name in classes() if (words := unknown(name, known))}
    assert riddles == {}


def test_names_are_plain() -> None:
    known = figures()
    assert dict(known.classes_twice) == {}, "no class name is in two modules"
    assert sum(known.filler.values()) < FILLER_AT_FIRST / 10, "few names say nothing"
    assert known.old_bounds == (), "a bound is called MAX_"


COMPOUND = re.compile(r"\b(?:[A-Z][a-z]+){2,}\b")
VENDORS_OWN = frozenset(token.rpartition(":")[2] for token in vars(type_tokens).values() if isinstance(token, str))
"""The types of the vendors' resources, which people meet in a Plan."""


OWN = frozenset(classes()) - VENDORS_OWN


def names_of_code(text: str) -> set[str]:
    """The classes of the tool that a text names, those left out that are called as a vendor's type is."""
    return set(COMPOUND.findall(text)) & OWN


def texts_for_people() -> Iterator[tuple[str, str]]:
    """What commands and pages show, by where: recorded answers, each command's help, each page of a site."""
    yield from ((path.name, path.read_text(encoding="utf-8")) for path in STORIES.glob("*.txt"))
    for words in every_command(typer.main.get_command(application())):
        yield " ".join(words), CliRunner().invoke(application(words), [*words, "--help"]).output
    yield from ((name, page.text) for name, page in agency_pages().items())


def test_no_text_for_people_names_a_class() -> None:
    assert names_of_code("ValueBounds within 14d, of a MetricMonitor at PagerDuty") == {"ValueBounds"}
    assert {where: names for where, text in texts_for_people() if (names := names_of_code(text))} == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("AlertPath", [], id="both words are in the glossary"),
        pytest.param("UsageError", ["usage"], id="a form alone explains nothing"),
        pytest.param("EscalationPolicies", [], id="a plural is its word"),
        pytest.param("PagerDutyAccount", [], id="a vendor's name is one word"),
        pytest.param("OnCallRoster", ["roster"], id="a word that is avoided"),
    ],
)
def test_words_of_a_name(name: str, expected: list[str]) -> None:
    assert (
        unknown(name, frozenset(["alert", "path", "escalation", "policy", "pagerduty", "account", "oncall"]))
        == expected
    )
