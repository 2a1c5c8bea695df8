"""Somebody adds a kind of signal by CONTRIBUTING's table, in a copy of the tree: what is missing is named to the end.

The signal is a count in Datadog's audit trail. First it has words alone, and mypy says which answers it lacks; once
mypy is silent, the suite says what else there is to do. No more than eight files are written by hand.
"""

# ruff: noqa: E501  an edit stands in one piece

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tree_copy import ROOT, TreeCopy, tree_copy

pytestmark = pytest.mark.full

MAX_FILES = 8
"""How many files a kind of signal may take that becomes one monitor over one query, its tests and its page included."""
Edit = tuple[str, str, str]
"""A file, a text that stands in it once, and what stands there instead; a file that is new replaces nothing."""

AUDIT = "monitoring/model/signals/audit.py"
REGISTRY = "monitoring/model/signals/__init__.py"
SERVICE = "monitoring/model/service.py"
ROWS = "tests/signals/audit.py"
GUIDE = "manual/add-an-alert.md"
WORDS = '''"""Entries of Datadog's audit trail."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import final

from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import Duration, Quantity, Query
from monitoring.model.signals.base import DataRead, MeasuredValue, Metrics
from monitoring.model.signals.number_threshold import NumberThreshold
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.queries import QueryForm, forms
from monitoring.queries.writing import datadog_window


@final
class AuditCount(NumberThreshold, QueryMonitor):
    """Entries of the audit trail that match a search, counted."""

    search: Query
    """What an entry must match to count."""
    over: Duration
    """The time in which entries are counted."""
'''
ANSWERS = '''
    @property
    def form(self) -> QueryForm:
        """A search in the audit trail."""
        return forms()["audits"]

    def query_text(self, environment: str, metrics: Metrics) -> str:
        """The count in one environment."""
        return f'audits("env:{environment} {self.search}").rollup("count").last("{datadog_window(self.over.seconds)}")'

    @property
    def in_words(self) -> str:
        """The search."""
        return f"audit entries of {self.search}"

    @property
    def seconds(self) -> int:
        """Its window."""
        return self.over.seconds

    @property
    def groups(self) -> tuple[str, ...]:
        """None: entries are counted together."""
        return ()

    def group_values(self, key: str, metrics: Metrics) -> Collection[str] | None:
        """None."""
        return None

    @property
    def recovery(self) -> None:
        """None: Datadog takes a recovery on metrics alone."""

    @property
    def watches(self) -> object:
        """The search and its window."""
        return self.search, str(self.over)

    @property
    def window_aggregation(self) -> str:
        """A count."""
        return "sum"

    def condition(self, limit: str | None) -> str:
        """A count beyond its limit."""
        side = f"{self.threshold_word.in_words} {limit or self.threshold}"
        return f"{self.in_words} within {self.over} are {side}{self.waiting}"

    @property
    def reads(self) -> Iterable[DataRead]:
        """Nothing that is declared."""
        return ()

    def measured(self, metrics: Metrics) -> MeasuredValue:
        """A count, which lies at 0 or above."""
        word = self.threshold_word
        return MeasuredValue(word, Quantity(self.threshold), word, self.over, lowest=0, is_count=True)

    @property
    def symptom(self) -> str:
        """Nothing that is known: a search is no filter by tags."""
        return ""

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """Words that a search does not take."""
        yield from super().entry_problems(names)
        yield from self.unlike_form()
'''
TESTED = '''"""Entries of Datadog's audit trail."""

from __future__ import annotations

from tests.signals.case import BrokenSignal, SignalCase, SuspectSignal

COUNT = 'audits("env:prod deleted").rollup("count").last("5m")'

CASE = SignalCase(
    word="audit",
    rules="""
  - id: shop-deleted
    title: Too much is deleted
    severity: P2
    means: Somebody deletes monitors.
    audit: {search: "deleted", over: 5m, above: 3, when-silent: resolve}
""",
    declares={"shop-deleted": (["Monitor"], "a count in the audit trail")},
    queries={"shop-deleted": f"{COUNT} > 3"},
    sentences={"shop-deleted": "audit entries of deleted within 5m are above 3.0"},
    detected={"a count in the audit trail": ({"search": "x", "over": "5m", "above": 5}, 360)},
    broken=(
        BrokenSignal(
            "a count in the audit trail with no threshold",
            'audit: {search: "deleted", over: 5m}',
            "audit: has no threshold; write one of above, at-least, below, at-most (shape)",
        ),
    ),
    suspect=(
        SuspectSignal(
            "a count in the audit trail that always fires",
            'audit: {search: "deleted", over: 5m, at-least: 0, when-silent: resolve}',
            "can-fire",
            'fires always at or above "0", since the value lies at 0 or above; write a value inside that',
        ),
    ),
)
'''
WALK: list[list[Edit]] = [
    [
        (AUDIT, "", WORDS),
        (
            REGISTRY,
            "from monitoring.model.signals.composite",
            "from monitoring.model.signals.audit import AuditCount\nfrom monitoring.model.signals.composite",
        ),
        (REGISTRY, "    | RawQuery\n", "    | AuditCount\n    | RawQuery\n"),
        (REGISTRY, "__all__ = [\n", '__all__ = [\n    "AuditCount",\n'),
        (SERVICE, "import (\n    Composite,", "import (\n    AuditCount,\n    Composite,"),
        (
            SERVICE,
            "    composite: Deferred[Composite] = None\n",
            "    audit: Deferred[AuditCount] = None\n    composite: Deferred[Composite] = None\n",
        ),
    ],
    [(AUDIT, WORDS, WORDS + ANSWERS)],
    [(ROWS, "", TESTED)],
    [
        (
            GUIDE,
            "| a Datadog query that",
            '| entries of the audit trail | `audit: {search: "deleted", over: 5m, above: 3, when-silent: resolve}` | Datadog |\n| a Datadog query that',
        ),
        ("catalog/schema/service.json", "", ""),
    ],
]
ROOMS = (
    "monitoring/model",
    "monitoring/naming",
    "monitoring/wording.py",
    "monitoring/reach",
    "monitoring/checks",
    "monitoring/resources",
    "monitoring/expectations",
)
SUITE = (
    "tests/signals",
    "tests/loader/test_broken.py",
    "tests/reach/test_detection.py",
    "tests/resources/test_declare.py",
    "tests/test_docs.py::test_every_signal_has_an_example",
)
SCHEMA_CHECK = "monitoring schema --check"


def files_of_the_table() -> list[str]:
    """The files of CONTRIBUTING's table, in its order, for a signal whose module is `audit.py`."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.partition("### A new kind of signal")[2].partition("\nA signal of another shape")[0]
    rows = [line.split("|")[2] for line in table.splitlines() if line.startswith("| ")][1:]
    return [file.replace("NAME", "audit") for row in rows for file in re.findall(r"`(\S+/\S+\.\w+)`", row)]


def make(copy: TreeCopy, step: list[Edit]) -> None:
    """Makes the edits of a step; a schema is written by its command."""
    for path, old, new in step:
        if path.endswith(".json"):
            command = [sys.executable, "-m", "monitoring", "schema", "--write", str(Path(path).parent)]
            subprocess.run(command, cwd=copy.root, check=True, capture_output=True)
        elif not old:
            copy.write(path, new)
        else:
            copy.replace(path, old, new)


def stale_schemas(copy: TreeCopy) -> dict[str, set[str]]:
    """The schemas beside the platform's catalog that `monitoring schema --check` names."""
    command = [sys.executable, "-m", *SCHEMA_CHECK.split()]
    answer = subprocess.run(command, cwd=copy.root, capture_output=True, text=True, check=False)
    stale = set(re.findall(r"^(\S+\.json):", answer.stderr, re.MULTILINE))
    return {SCHEMA_CHECK: stale} if stale else {}


@pytest.fixture
def copy(tmp_path: Path) -> TreeCopy:
    """The tree, without the signal."""
    return tree_copy(tmp_path / "tree")


def test_the_walk_edits_the_files_of_the_table():
    walked = dict.fromkeys(path for step in WALK for path, _, _ in step)
    assert list(walked) == files_of_the_table()
    assert len([path for path in walked if not path.endswith(".json")]) <= MAX_FILES


def test_what_is_missing_of_a_signal_is_named_until_it_is_whole(copy: TreeCopy):
    unfollowed = set(copy.type_errors(*ROOMS))
    make(copy, WALK[0])
    ((file, unanswered),) = set(copy.type_errors(*ROOMS)) - unfollowed
    assert file == AUDIT
    assert set(re.findall(r'"(\w+)"', unanswered)) == {*re.findall(r"    def (\w+)", ANSWERS)} - {"entry_problems"}
    make(copy, WALK[1])
    assert set(copy.type_errors(*ROOMS)) == unfollowed
    failing: list[dict[str, set[str]]] = []
    for step in ([], *WALK[2:]):
        make(copy, step)
        failing.append(copy.failures(SUITE) | stale_schemas(copy))
    without_an_example = {
        "tests/test_docs.py": {"test_every_signal_has_an_example"},
        SCHEMA_CHECK: {"catalog/schema/service.json"},
    }
    assert failing == [
        {
            "tests/signals/test_signals.py": {
                "test_a_signal_has_a_rule_among_those_of_every_signal",
                "test_a_signal_is_refused_where_it_is_broken",
                "test_a_signal_over_one_query_has_a_module_of_its_rows",
            },
            "tests/reach/test_detection.py": {"test_each_kind_of_signal_has_its_row"},
            "tests/resources/test_declare.py": {"test_each_kind_of_signal_has_its_row"},
            **without_an_example,
        },
        without_an_example,
        {},
    ]
