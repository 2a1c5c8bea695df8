"""What the checks take of a raw query, the preview and the emulated account take as well: all read one table."""

from __future__ import annotations

from datetime import date

import pytest

from monitoring.checks import Context, all_checks
from monitoring.model.signals import RawQuery
from monitoring.naming.type_tokens import MONITOR
from monitoring.plan import Plan, Resource
from monitoring.preview.queries import query_problems
from monitoring.resources import datadog as dd
from tests.engine.accounts.datadog import is_query_of
from tests.queries.test_reading import Shape, shapes
from tests.resources.every_signal import every_signal
from tests.resources.spoken import spoken, the_rule

QUERY = (
    """query: {query: "logs(\\"env:prod\\").rollup(\\"count\\").last(\\"5m\\")", above: 100, when-silent: resolve}"""
)
UNKNOWN_NAMES = ("metric ", "tag ")
(CHECK,) = (check for check in all_checks() if check.name == "raw-query")


@pytest.mark.parametrize("shape", [pytest.param(shape, id=shape.query[:90]) for shape in shapes()])
def test_what_a_check_takes_the_preview_and_the_account_take(shape: Shape):
    quoted = shape.query.replace("'", "''")
    catalog = every_signal(("services/shop.yaml", QUERY, f"query: {{query: '{quoted}', above: 1, when-silent: show}}"))
    keys = [finding.key for finding in CHECK.look(Context(catalog, date(2026, 11, 23))) if not isinstance(finding, str)]
    is_taken = not [key for key in keys if not key.partition(": ")[2].startswith(UNKNOWN_NAMES)]
    rule = the_rule(catalog, "shop-queue")
    assert isinstance(rule.rule.signal, RawQuery)
    monitor = Resource(MONITOR, "queue", spoken(dd.query_monitor_args(catalog, rule, rule.rule.signal)))
    broken = list(query_problems(monitor, Plan("monitoring", "prod", (monitor,))))
    if is_taken:
        assert broken == []
        assert is_query_of(monitor.inputs["type"], monitor.inputs["query"])
