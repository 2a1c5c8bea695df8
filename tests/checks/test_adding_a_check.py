"""Somebody adds a check by CONTRIBUTING's table, in a copy of the tree: what is missing is named, until it is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tree_copy import ROOT, TreeCopy, tree_copy

NAME = "title-ends"
CHECK = '''"""A title has no full stop: it is shown as a heading, never as a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import RULES
from monitoring.model.signals import Signal


@rule_check("title-ends", about=RULES)
def title_ends(context: Context, watched: WatchedRule[Signal]) -> Iterator[Finding]:
    """Looks at each rule; finds titles that end in a full stop."""
    rule = watched.rule
    if rule.title.endswith("."):
        what, remedy = "its title ends in a full stop", "take it out"
        yield context.finding("rule", rule.id, "title", key="full stop", what=what, remedy=remedy)
'''
TABLE = '''"""What the check title-ends finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

CASES = [
    case(
        "a full stop is refused",
        shop("title: The shop is slow", "title: The shop is slow."),
        says=['services/shop.yaml: rule "shop-slow": its title ends in a full stop; take it out (title-ends)'],
    ),
    case("a full stop inside a title is right", shop("title: The shop is slow", "title: Version 2.0 is slow")),
]


@pytest.mark.parametrize("example", CASES)
def test_title_ends(example: Case) -> None:
    assert example.found("title-ends") == example.says
'''
PAGE = """# title-ends

## What it finds

A title with a full stop.

```text
services/shop.yaml:15: rule "shop-slow": its title ends in a full stop; take it out (title-ends)
```

## Why

A title is a heading.

## How to mend it

Take the full stop out.

## How to accept it

Name the finding in `waivers.yaml`.
"""
CONTENTS = {
    "monitoring/checks/title_ends.py": CHECK,
    "tests/checks/test_title_ends.py": TABLE,
    "manual/checks/title-ends.md": PAGE,
}
DOCS = "tests/test_docs.py"
EVERY = "tests/checks/test_every_check.py"
OF_THE_TABLE = "test_a_check_has_a_table_and_a_page_of_its_name"
OF_THE_MESSAGE = "test_a_page_has_its_headings_and_a_message_that_the_check_really_says"
LEFT_OVER = "test_no_page_and_no_table_is_left_over"
OF_THE_PAGE = "test_a_check_has_its_page"
NAMING = (EVERY, f"{DOCS}::{OF_THE_PAGE}")
"""The tests that name what is missing."""


def files_of_the_table() -> list[str]:
    """The files that CONTRIBUTING's row names, in its order, for the check of this test."""
    [row] = re.findall(r"^\| a new check \| (.+) \|$", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    names = re.findall(r"`(\S*NAME\S*)`", row)
    return [path.replace("NAME", NAME if path.endswith(".md") else NAME.replace("-", "_")) for path in names]


@pytest.fixture
def copy(tmp_path: Path) -> TreeCopy:
    """The tree, without the check."""
    return tree_copy(tmp_path / "tree")


def test_the_table_names_each_file_of_a_check():
    assert files_of_the_table() == list(CONTENTS)


def test_what_is_missing_of_a_check_is_named_until_it_is_whole(copy: TreeCopy):
    *first, (last, page) = CONTENTS.items()
    for path, text in first:
        copy.write(path, text)
        assert copy.failures(NAMING) == {EVERY: {OF_THE_TABLE, OF_THE_MESSAGE, LEFT_OVER}, DOCS: {OF_THE_PAGE}}
    copy.write(last, page)
    assert copy.failures((*NAMING, "tests/checks/test_counting.py", "tests/checks/test_title_ends.py")) == {}


def test_a_module_without_its_check_stops_the_suite(copy: TreeCopy):
    copy.write("monitoring/checks/title_ends.py", CHECK.replace('@rule_check("title-ends", about=RULES)\n', ""))
    assert copy.failures([EVERY]) == {EVERY: set()}


MISTAKES = {
    "a function for any signal is registered for one": ("about=RULES)", "about=RULES, signal=Cron)"),
    "a function for one signal is registered for every rule": ("WatchedRule[Signal]", "WatchedRule[Cron]"),
    "a function over the catalog is registered for a rule": (", watched: WatchedRule[Signal]", ""),
    "a function yields something else": ("Iterator[Finding]", "Iterator[str]"),
    "a word stands where the count belongs": ("about=RULES)", 'about="rules")'),
}


@pytest.mark.full
def test_mypy_names_a_check_of_another_type(copy: TreeCopy):
    """All in one run of mypy, since each takes seconds to begin."""
    paths = {words: f"monitoring/checks/title_ends_{at}.py" for at, words in enumerate(MISTAKES)}
    for words, (right, mistaken) in MISTAKES.items():
        copy.write(paths[words], CHECK.replace("import Signal", "import Cron, Signal").replace(right, mistaken))
    copy.write("monitoring/checks/title_ends.py", CHECK)
    named = {file for file, _ in copy.type_errors("monitoring/checks/title_ends.py", *paths.values())}
    assert named == set(paths.values())
