"""What has to be said to the engine beside the properties: each option that is gone is a problem of the Plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from monitoring.plan import Plan, Resource
from monitoring.preview.options import unchained
from monitoring.preview.verify import verify

GONE: list[Any] = [
    pytest.param("Schedule", "primary", {"protect": False}, "is not protected", id="a schedule without protection"),
    pytest.param("EscalationPolicy", "critical", {"protect": False}, "is not protected", id="a policy without it"),
    pytest.param("Service", "auth-critical-high", {"protect": False}, "is not protected", id="a service without it"),
    pytest.param(
        "ServiceIntegration",
        "auth-critical-high-sentry",
        {"secret_outputs": ()},
        "as plain text",
        id="an integration whose key is no secret",
    ),
    pytest.param(
        "IntegrationPagerduty",
        "auth-critical-high",
        {"secret_outputs": ()},
        "as plain text",
        id="a row whose key is no secret",
    ),
    pytest.param(
        "ServiceObject",
        "api-standard-high",
        {"delete_before_replace": False},
        "takes its name once",
        id="a service object that is made again before the former one is gone",
    ),
    pytest.param(
        "Channel",
        "alerts-critical",
        {"replace_on_changes": ()},
        "wants a new one",
        id="a channel that is renamed in place",
    ),
]


def changed(plan: Plan, kind: str, name: str, **options: Any) -> Plan:
    """The Plan with other options of one resource."""
    return replace(plan, resources=tuple(_with(resource, kind, name, options) for resource in plan.resources))


def _with(resource: Resource, kind: str, name: str, options: Mapping[str, Any]) -> Resource:
    return replace(resource, **options) if (resource.kind, resource.name) == (kind, name) else resource


@pytest.mark.parametrize(("kind", "name", "options", "what"), GONE)
def test_an_option_that_is_gone_is_one_problem(
    plans: Mapping[str, Plan], kind: str, name: str, options: Mapping[str, Any], what: str
) -> None:
    (problem,) = verify(changed(plans["prod"], kind, name, **options))
    assert what in problem.what
    assert f'"{name}"' in problem.where


def test_rows_of_sentry_wait_for_one_another(plans: Mapping[str, Plan]) -> None:
    plan = plans["prod"]
    assert list(unchained(plan)) == []
    rows = [resource for resource in plan.resources if resource.kind == "IntegrationPagerduty"]
    waiting = [row for row in rows if row.depends_on]
    assert len(waiting) == len(rows) - 1 > 2
    first = next(row for row in rows if not row.depends_on)
    for row in waiting:
        assert list(unchained(changed(plan, row.kind, row.name, depends_on=())))
    last = next(row for row in waiting if row.depends_on != (first.key,))
    assert list(unchained(changed(plan, last.kind, last.name, depends_on=(first.key,))))
