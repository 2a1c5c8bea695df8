"""Each signal in the manual's table is taken as it stands there, and refused with its reason when one value is off."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from monitoring.errors import CatalogError
from tests.findings.changes import Change
from tests.findings.test_checks import METRICS, a_rule, report

PAGE = Path(__file__).parents[2] / "manual" / "add-an-alert.md"
_EXAMPLE = re.compile(r"^\| [^|]+ \| `([a-z-]+: \{.*\})` \| (?:Sentry|Datadog) \|$", re.MULTILINE)
_TAGS = "tags: {env: {values: [prod, staging]}}"
SENT = Change(
    "platform.yaml",
    METRICS,
    METRICS
    + f"    queue.length: {{unit: '', kind: gauge, interval: 60s, sent-by: the queue, {_TAGS}}}\n"
    + f"    shop.orders: {{unit: '', kind: count, interval: 10s, sent-by: the shop, {_TAGS}}}\n"
    + f"    shop.orders.ok: {{unit: '', kind: count, interval: 10s, sent-by: the shop, {_TAGS}}}\n",
)


class Slip(NamedTuple):
    """One value of an example that is off, and a word of the sentence that says so."""

    old: str
    new: str
    says: str


def examples() -> list[str]:
    return _EXAMPLE.findall(PAGE.read_text("utf-8"))


SLIPS = {
    "errors: {project: web, where: {feature: payments}": Slip("within: 5m", "within: 7m", "not a window"),
    "errors: {project: web, where: {security": Slip("isolation", "isolatoin", "isolation"),
    "errors: {project: web, more-than: 50": Slip("more-than: 50", "more-than: 0", "too few"),
    "errors: {project: web, more-than: 50, within: 1h, per-issue: true, counting": Slip(
        "per-issue: true, ", "", "people of all issues together"
    ),
    "issues": Slip("new, regressed", "new, assigned", "no trigger for an assignment"),
    "sentry-metric": Slip("above: 5%", "above: 500%", "can never fire"),
    "cron": Slip("30 2 * * *", "30 2 30 2 *", "crontab"),
    "metric": Slip("over: 10m", "over: 1s", "window"),
    "ratio": Slip("above: 20", "above: 20s", "the ratio is a share"),
    "total": Slip("above: 20", "above: 20s", "the total is a count"),
    "trace": Slip("above: 2s", "above: 2", "p95 is a time"),
    "change": Slip("above: 50%", "above: 50s", "a relative change is a share"),
    "anomaly": Slip("algorithm: agile", "algorithm: basic", "knows no seasons"),
    "forecast": Slip("within: 1w", "within: 1h", "looks ahead"),
    "outlier": Slip("tolerance: 3", "tolerance: 0", "every group an outlier"),
    "logs": Slip("over: 10m", "over: 90s", "window"),
    "service-check": Slip("failures: 3", "failures: 0", "number of runs"),
    "events": Slip("over: 15m", "over: 90s", "window"),
    "query": Slip("last_5m", "last_5y", "begins like none"),
    "uptime": Slip("failing-in: 2", "failing-in: 3", "can never fail"),
    "sentry-uptime": Slip("every: 1m", "every: 2m", "not a pace"),
    "composite": Slip("website-uptime", "website-uptiem", "did you mean"),
    "slo": Slip("99.9%", "100%", "error budget"),
}


def sentences(example: str) -> list[str]:
    """What the checks, or the loader, say of a rule with this signal."""
    severity = "P3" if "per-issue" in example or example.startswith("issues") else "P2"
    try:
        return [str(problem) for problem in report(SENT, a_rule(example, severity=severity, file="website")).problems]
    except CatalogError as refused:
        return [str(problem) for problem in refused.problems]


def test_the_table_shows_every_signal():
    assert [example.startswith(start) for example, start in zip(examples(), SLIPS, strict=True)] == [True] * len(SLIPS)


@pytest.mark.parametrize("example", [pytest.param(example, id=example[:50]) for example in examples()])
def test_an_example_of_the_manual_is_taken(example: str):
    assert [text for text in sentences(example) if "unused" not in text] == []


@pytest.mark.parametrize(("example", "slip"), list(zip(examples(), SLIPS.values(), strict=True)), ids=[*SLIPS])
def test_an_example_with_one_value_off_is_refused(example: str, slip: Slip):
    assert slip.old in example
    assert any(slip.says in text for text in sentences(example.replace(slip.old, slip.new)))
