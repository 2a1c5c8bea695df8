"""Somebody adds a kind of signal by CONTRIBUTING's table, in a copy of the tree: what is missing is named to the end.

The signal is a count of logs at Datadog. Each row of the table is walked in its order; after each, mypy says which
files do not answer for the signal yet, and once mypy is silent the suite does.
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

Edit = tuple[str, str, str]
"""A file, a text that stands in it once, and what stands there instead."""

SIGNALS = "monitoring/model/signals.py"
SERVICE = "monitoring/model/service.py"
RULE_RESOURCES = "monitoring/naming/rule_resources.py"
WORDING = "monitoring/wording.py"
DETECTION = "monitoring/reach/detection.py"
DATADOG = "monitoring/resources/datadog.py"
DECLARE = "monitoring/resources/declare.py"
CAN_FIRE, PERSONAL_DATA, SAME_SYMPTOM, THRESHOLD_ORDER = (
    f"monitoring/checks/{name}.py" for name in ("can_fire", "personal_data", "same_symptom", "threshold_order")
)
IMPORTED = "    Errors,\n    MetricSignal,\n"
NOT_HERE = "case Cron() | Uptime() | RawQuery() | Composite() | Slo() | Elsewhere():"
MODEL = '''class LogCount(MonitorOptions):
    """Log lines that match a search, counted by Datadog."""

    search: Query
    over: Duration
    above: int

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """A count that no line at all is above."""
        yield from super().entry_problems(names)
        if self.above < 0:
            yield EntryProblem(f'"{self.above}" is too few to count', "write 0 or more", ("above",))


class Composite(Entry):
'''
BUILDER = '''def log_monitor_args(catalog: Catalog, rule: EffectiveRule, signal: LogCount) -> datadog.MonitorArgs:
    """A monitor on the log lines of one environment that match a search."""
    counted = f'logs("env:{rule.environment} {signal.search}").rollup("count")'
    return _monitor_args(
        catalog,
        rule,
        type_="log alert",
        query=f'{counted}.last("{_window(signal.over.seconds)}") > {signal.above}',
        thresholds=datadog.MonitorMonitorThresholdsArgs(critical=str(signal.above)),
        options=signal,
    )


def composite_args(
'''
RULE = """  - id: shop-logs
    title: Too many errors are logged
    severity: P2
    means: Somebody sees them.
    logs: {search: "status:error", over: 5m, above: 100, when-silent: resolve}
  - id: shop-up
"""
BROKEN = """    broken(
        "fewer logs than none",
        errors("logs: {search: error, over: 5m, above: -1}"),
        says='services/shop.yaml:11: rule "shop-failing": logs.above: "-1" is too few to count; write 0 or more (shape)',
    ),
    broken(
        "errors that are not counted",
"""
WALK: list[list[Edit]] = [
    [
        (SIGNALS, "class Composite(Entry):\n", MODEL),
        (SIGNALS, "RawQuery | Composite | Slo\n", "RawQuery | Composite | Slo | LogCount\n"),
    ],
    [
        (SERVICE, "    Errors,\n    MetricSignal,\n", "    Errors,\n    LogCount,\n    MetricSignal,\n"),
        (SERVICE, '    "elsewhere": "elsewhere",\n', '    "elsewhere": "elsewhere",\n    "logs": "logs",\n'),
        (SERVICE, "    slo: Slo | None = None\n", "    slo: Slo | None = None\n    logs: LogCount | None = None\n"),
    ],
    [
        (
            RULE_RESOURCES,
            "    Errors,\n    MetricSignal,\n",
            "    Errors,\n    LogCount,\n    MetricSignal,\n",
        ),
        (RULE_RESOURCES, "case MetricSignal() |", "case LogCount() | MetricSignal() |"),
    ],
    [
        (WORDING, "    Health,\n    Method,\n", "    Health,\n    LogCount,\n    Method,\n"),
        (
            WORDING,
            "case Errors(per_issue=False)",
            "case LogCount():\n            return '{{threshold}}'\n        case Errors(per_issue=False)",
        ),
        (
            WORDING,
            "case MetricSignal() | RawQuery() | SentryMetric()",
            "case LogCount() | MetricSignal() | RawQuery() | SentryMetric()",
        ),
        (
            WORDING,
            '        case Slo():\n            return f"the error',
            "        case LogCount():\n            return f'over {limit or signal.above} logs of {signal.search} within {signal.over}'\n        case Slo():\n            return f\"the error",
        ),
    ],
    [
        (DETECTION, "    Errors,\n", "    Errors,\n    LogCount,\n"),
        (
            DETECTION,
            "case MetricSignal():\n            return _of_window",
            "case MetricSignal() | LogCount():\n            return _of_window",
        ),
        (
            DETECTION,
            "case MetricSignal():\n            return _fitting",
            "case MetricSignal() | LogCount():\n            return _fitting",
        ),
        (
            "tests/reach/test_detection.py",
            '    pytest.param({"query": {"query": "avg(last_10m)',
            '    pytest.param({"logs": {"search": "x", "over": "5m", "above": 5}}, 360, id="a count of logs"),\n'
            '    pytest.param({"query": {"query": "avg(last_10m)',
        ),
    ],
    [
        (DATADOG, "    Health,\n    Method,\n", "    Health,\n    LogCount,\n    Method,\n"),
        (DATADOG, "def composite_args(\n", BUILDER),
        (DECLARE, "    Errors,\n    MetricSignal,\n", "    Errors,\n    LogCount,\n    MetricSignal,\n"),
        (
            DECLARE,
            "        case Slo():\n            _declare_slo",
            "        case LogCount():\n            _declare_monitor(stack, rule, dd.log_monitor_args(stack.catalog, rule, signal))\n"
            "        case Slo():\n            _declare_slo",
        ),
    ],
    [
        *(
            (path, IMPORTED, IMPORTED.replace("Errors,", "Errors,\n    LogCount,"))
            for path in (CAN_FIRE, PERSONAL_DATA, SAME_SYMPTOM, THRESHOLD_ORDER)
        ),
        (CAN_FIRE, "case Uptime() | Cron() |", "case Uptime() | LogCount() | Cron() |"),
        (PERSONAL_DATA, NOT_HERE, NOT_HERE.replace("Slo()", "Slo() | LogCount()")),
        (SAME_SYMPTOM, NOT_HERE, NOT_HERE.replace("Slo()", "Slo() | LogCount()")),
        (THRESHOLD_ORDER, '*("metric", "query",', '*("metric", "logs", "query",'),
        (
            THRESHOLD_ORDER,
            "        case RawQuery():\n",
            "        case LogCount():\n            same = ('logs', signal.search, str(signal.over))\n"
            "            return same, _Limit(rule, signal.above, f'above {signal.above}', ('logs', 'above'))\n"
            "        case RawQuery():\n",
        ),
    ],
    [
        ("tests/resources/every_signal.py", "  - id: shop-up\n", RULE),
        (
            "tests/resources/test_declare.py",
            '    ("shop-queue", ',
            '    ("shop-logs", ["Monitor"], "a count of logs"),\n    ("shop-queue", ',
        ),
        ("tests/loader/broken/wholes.py", "slo, elsewhere (shape)", "slo, elsewhere, logs (shape)"),
        ("tests/loader/broken/wholes.py", '    broken(\n        "errors that are not counted",\n', BROKEN),
        ("tests/loader/broken/absent.py", "slo or elsewhere instead", "slo, elsewhere or logs instead"),
    ],
    [
        (
            "manual/add-an-alert.md",
            "| a Datadog query that",
            '| lines of a log | `logs: {search: "status:error", over: 5m, above: 100}` | Datadog |\n| a Datadog query that',
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
)
SUITE = (
    "tests/test_signals.py",
    "tests/loader/test_broken.py",
    "tests/reach/test_detection.py",
    "tests/resources/test_declare.py",
    "tests/test_docs.py::test_every_signal_has_an_example",
)
SCHEMA_CHECK = "monitoring schema --check"


def rows_of_the_table() -> list[list[str]]:
    """The files of each row of CONTRIBUTING's table, in its order, for a signal of Datadog."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.partition("### A new kind of signal")[2].partition("\n### ")[0]
    rows = [line.split("|")[2] for line in table.splitlines() if line.startswith("| ")][1:]
    return [re.findall(r"`(\S+/\S+)`", row.replace("VENDOR", "datadog")) for row in rows]


def make(copy: TreeCopy, step: list[Edit]) -> None:
    """Makes the edits of a step; a schema is written by its command."""
    for path, old, new in step:
        if path.endswith(".json"):
            command = [sys.executable, "-m", "monitoring", "schema", "--write", str(Path(path).parent)]
            subprocess.run(command, cwd=copy.root, check=True, capture_output=True)
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


def test_the_walk_edits_the_files_of_each_row_in_order():
    walked = [list(dict.fromkeys(path for path, _, _ in step)) for step in WALK]
    assert walked == rows_of_the_table()[: len(WALK)]
    assert len(rows_of_the_table()) == len(WALK) + 14, "what nothing can name stands in the last fourteen rows"


def test_what_is_missing_of_a_signal_is_named_until_it_is_whole(copy: TreeCopy):
    unfollowed = set(copy.type_errors(*ROOMS))
    named: list[set[str]] = []
    failing: list[dict[str, set[str]]] = []
    for step in WALK:
        make(copy, step)
        if not named or named[-1]:
            named.append({file for file, _ in set(copy.type_errors(*ROOMS)) - unfollowed})
        if not named[-1]:
            failing.append(copy.failures(SUITE) | stale_schemas(copy))
    in_the_checks = {CAN_FIRE, PERSONAL_DATA, SAME_SYMPTOM, THRESHOLD_ORDER}
    assert named == [
        {RULE_RESOURCES, WORDING, DETECTION, DECLARE, *in_the_checks},
        {RULE_RESOURCES, WORDING, DETECTION, DECLARE, *in_the_checks},
        {WORDING, DETECTION, DECLARE, *in_the_checks},
        {DETECTION, DECLARE, *in_the_checks},
        {DECLARE, *in_the_checks},
        in_the_checks,
        set(),
    ]
    assert failing == [
        {
            "tests/test_signals.py": {
                "test_a_signal_has_a_rule_among_those_of_every_signal",
                "test_a_signal_is_refused_where_it_is_broken",
            },
            "tests/test_docs.py": {"test_every_signal_has_an_example"},
            "tests/loader/test_broken.py": {"test_a_catalog_with_one_mistake_says_this_and_no_more"},
            "tests/resources/test_declare.py": {"test_each_kind_of_signal_has_its_row"},
            SCHEMA_CHECK: {"catalog/schema/service.json"},
        },
        {
            "tests/test_docs.py": {"test_every_signal_has_an_example"},
            SCHEMA_CHECK: {"catalog/schema/service.json"},
        },
        {},
    ]
    assert set(copy.type_errors(*ROOMS)) == unfollowed
