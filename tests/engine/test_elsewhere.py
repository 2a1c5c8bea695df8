"""Rules whose signals live in other systems, in a company with neither Sentry nor Datadog, on the real engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.engine.conftest import copied
from tests.engine.ours import rewrite
from tests.engine.small import small_workspace
from tests.engine.workspace import Workspace

INTEGRATION = "pagerduty:index/serviceIntegration:ServiceIntegration"
SERVICE = "pagerduty:index/service:Service"
PLATFORM = """format: 1
name: agency
title: Agency platform
environments:
  prod: {title: Production, url: "https://app.youragency.com"}
links: {runbooks: "https://docs.youragency.com/runbooks", dashboard: "https://status.youragency.com"}
pagerduty: {subdomain: youragency}
"""
TEAMS = """
platform:
  title: Platform
  email: oncall@youragency.com
  routes:
    P0: {page: critical}
    P1: {page: standard}
    P2: {page: standard}
    P3: {email: [oncall@youragency.com]}
"""
SHOP = """
service: shop
title: Shop
team: platform
tier: internal
rules:
  - id: shop-deploy
    title: The shop was not deployed
    severity: P0
    means: Customers see the old shop.
    elsewhere: {events-api: GitHub Actions, fires-when: the deployment fails, detects-within: 5m}
  - id: shop-queue
    title: The queue is deep
    severity: P1
    means: Orders wait.
    elsewhere: {vendor: Amazon CloudWatch, fires-when: the alarm orders-depth is on, detects-within: 10m}
  - id: shop-backup
    title: There is no backup
    severity: P0
    means: A loss of today's orders cannot be mended.
    elsewhere: {email: backup@youragency.pagerduty.com, fires-when: the backup mails an error, detects-within: 5m}
"""


@pytest.fixture(scope="module")
def workspace(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Three rules, each with a way in of its own, brought up."""
    room = tmp_path_factory.mktemp("elsewhere")
    made = small_workspace(room, engine=engine, platform=PLATFORM, teams=TEAMS, services_shop=SHOP)
    made.up()
    return made


def keys_of(workspace: Workspace) -> dict[str, str]:
    """The account's keys, by the title of the service to which each belongs."""
    services = workspace.account.objects(SERVICE)
    ways_in = workspace.account.objects(INTEGRATION).values()
    return {services[body["service"]]["name"]: body["integrationKey"] for body in ways_in}


def test_nothing_differs_after_the_first_update(workspace):
    assert workspace.preview("--expect-no-changes").changes == {}
    drift = workspace.drift()
    assert drift.code == 0, drift.said


def test_each_rule_has_a_service_of_its_own_and_nothing_else_is_made(workspace):
    assert keys_of(workspace).keys() == {"shop-deploy", "shop-queue", "shop-backup"}
    assert {type_.partition(":")[0] for type_ in workspace.account.everything()} == {"pagerduty"}


def test_the_keys_are_one_secret_output_by_the_rule(workspace):
    hidden = workspace.must("stack", "output", "--json").out
    assert "integration-keys" in json.loads(hidden)
    assert [key for key in keys_of(workspace).values() if key in hidden] == []
    shown = json.loads(workspace.must("stack", "output", "integration-keys", "--show-secrets", "--json").out)
    assert shown == {rule: key for rule, key in keys_of(workspace).items() if rule != "shop-backup"}


def test_a_mailbox_that_somebody_makes_swallow_mail_is_seen(workspace, tmp_path):
    copy = copied(workspace, tmp_path / "room")
    (id_,) = (id_ for id_, body in copy.account.objects(INTEGRATION).items() if "integrationEmail" in body)
    body = dict(copy.account.objects(INTEGRATION)[id_])
    copy.account.store.put(INTEGRATION, id_, body | {"emailIncidentCreation": "only_if_no_open_incidents"})
    drift = copy.drift()
    assert drift.code != 0
    assert "emailIncidentCreation" in drift.said


def test_another_severity_and_another_policy_keep_the_key(workspace):
    before = keys_of(workspace)
    rewrite(workspace.program, "services/shop.yaml", "severity: P1", "severity: P0")
    assert workspace.preview().changes == {"shop-queue": "update"}
    workspace.up()
    assert keys_of(workspace) == before
