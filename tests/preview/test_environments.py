"""Prod and staging side by side: the same rules, nothing that pages in staging, and neither routes the other's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import Any

import pytest

from monitoring.model.catalog import Catalog
from monitoring.naming import type_tokens
from monitoring.plan import Plan, Resource
from tests.expectations.written import rows

ENVIRONMENTS = ("prod", "staging")
DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule"
DASHBOARD = "datadog:index/dashboardJson:DashboardJson"
CHANNEL = "datadog:slack/channel:Channel"


def monitors(plan: Plan) -> Iterator[Resource]:
    yield from plan.of_type(type_tokens.MONITOR)
    yield from plan.of_type(type_tokens.SYNTHETICS_TEST)


def matches(wanted: list[str], monitor: Resource) -> bool:
    """Whether a filter on tags takes a monitor: all of its tags are the monitor's; none takes every monitor."""
    return set(wanted) <= set(monitor.inputs["tags"])


def filters(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    """Every filter on monitors' tags in a plan: of notification rules, mutes and the dashboard's lists."""
    for route in plan.of_type(type_tokens.NOTIFICATION_RULE):
        assert "scope" not in route.inputs["filter"]
        yield f"route {route.name}", route.inputs["filter"]["tags"]
    for mute in plan.of_type(DOWNTIME):
        assert mute.inputs["scope"] == "*"
        yield f"mute {mute.name}", mute.inputs["monitorIdentifier"]["monitorTags"]
    for dashboard in plan.of_type(DASHBOARD):
        for query in searches(json.loads(dashboard.inputs["dashboard"])):
            (inner,) = re.findall(r"^tag:\((.*)\)$", query)
            yield f"dashboard {query}", inner.split(" AND ")


def searches(value: Any) -> Iterator[str]:
    """The searches of a dashboard's lists of monitors."""
    if isinstance(value, dict):
        if value.get("type") == "manage_status":
            yield value["query"]
        for inner in value.values():
            yield from searches(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from searches(inner)


@pytest.mark.parametrize(("filtering", "watching"), [*permutations(ENVIRONMENTS, 2)])
def test_no_filter_takes_a_monitor_of_the_other_environment(plans: Mapping[str, Plan], filtering: str, watching: str):
    found = list(filters(plans[filtering]))
    assert len(found) >= 8
    taken = [(name, one.name) for name, tags in found for one in monitors(plans[watching]) if matches(tags, one)]
    assert taken == []


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_each_filter_takes_a_monitor_of_its_own(plans: Mapping[str, Plan], environment: str):
    own = list(monitors(plans[environment]))
    idle = [name for name, tags in filters(plans[environment]) if not any(matches(tags, one) for one in own)]
    assert idle == []


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_no_filter_takes_somebody_elses_monitor(plans: Mapping[str, Plan], environment: str):
    """Tags that others use too never suffice: each filter wants our own mark, or a rule's id with its environment."""
    for _, tags in filters(plans[environment]):
        assert f"env:{environment}" in tags
        assert {"managed-by:agency-monitoring"} & set(tags) or any(tag.startswith("rule:") for tag in tags)


def test_staging_has_the_same_rules(plans: Mapping[str, Plan]):
    assert rows(plans["staging"]).keys() == rows(plans["prod"]).keys()


def test_staging_watches_with_the_same_limits(plans: Mapping[str, Plan]):
    """Whatever differs between the environments' rules is where they look, never when they fire."""
    prod, staging = (limits(rows(plans[name])) for name in ENVIRONMENTS)
    assert staging == prod


def limits(read: Mapping[str, Any]) -> Mapping[str, Any]:
    said = json.dumps(read, sort_keys=True)
    for own, common in (("staging.youragency.com", "app.youragency.com"), ("env:staging", "env:prod")):
        said = said.replace(own, common)
    own_words = {"environment", "pagerduty-severity"}
    return {
        rule: {word: value for word, value in (row.get("sentry") or row["datadog"]).items() if word not in own_words}
        for rule, row in json.loads(said).items()
    }


def test_nothing_in_staging_pages(plans: Mapping[str, Plan]):
    staging = rows(plans["staging"])
    assert [rule for rule, row in staging.items() if row["page"]] == []
    assert [resource.key for resource in plans["staging"].resources if resource.vendor == "pagerduty"] == []
    assert "pagerduty" not in json.dumps([resource.inputs for resource in plans["staging"].resources])


def test_everything_in_staging_arrives_at_its_own_channel_and_nowhere_else(plans: Mapping[str, Plan]):
    staging = rows(plans["staging"]).values()
    assert {tuple(row["slack"]) for row in staging} == {("alerts-staging",)}
    assert {tuple(row["email"]) for row in staging} == {()}


def test_stagings_channel_is_declared_where_what_is_shared_is(plans: Mapping[str, Plan]):
    """A handle of an unknown channel is taken and notifies nobody."""
    declared = {one.inputs["channelName"].removeprefix("#") for one in plans["prod"].of_type(CHANNEL)}
    arriving = {
        channel
        for plan in plans.values()
        for row in rows(plan).values()
        if "datadog" in row
        for channel in row["slack"]
    }
    assert declared == arriving
    assert list(plans["staging"].of_type(CHANNEL)) == []


def test_staging_reads_the_staging_events_only(plans: Mapping[str, Plan], shipped: Catalog):
    words = {project.environments["staging"] for project in shipped.platform.projects.values()}
    sentry = [one for one in plans["staging"].resources if one.vendor == "sentry"]
    assert {one.inputs["environment"] for one in sentry if one.type == type_tokens.METRIC_MONITOR} == words
    assert {one.inputs.get("environment") for one in sentry if one.type == type_tokens.ALERT} <= {None, *words}


def test_titles_say_where_unless_it_is_production(plans: Mapping[str, Plan]):
    for one in (*monitors(plans["staging"]), *plans["staging"].of_type(type_tokens.ALERT)):
        assert one.inputs["name"].startswith("[staging P")
    for one in (*monitors(plans["prod"]), *plans["prod"].of_type(type_tokens.ALERT)):
        assert one.inputs["name"].startswith("[P")
