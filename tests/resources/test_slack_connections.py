"""Slack by PagerDuty: which rules are posted, what is declared for them, and what the configuration has to hold."""

from __future__ import annotations

import pytest

from monitoring.errors import UsageError
from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules
from monitoring.naming.owners import owners
from monitoring.naming.type_tokens import SLACK_CONNECTION
from monitoring.preview.verify import verify
from monitoring.reach.plan.walk import prove_plan
from monitoring.resources.slack_ids import SlackAccount, ids_of, read_slack_ids
from tests.conftest import TODAY
from tests.resources.every_signal import declared, every_signal

SLACK = ("platform.yaml", "pagerduty: {subdomain: youragency}", "pagerduty: {subdomain: youragency, slack: true}")
ELSEWHERE = ("shop-backup", "shop-dead-letters", "shop-depth")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """A catalog in which PagerDuty posts to Slack what lives elsewhere."""
    return every_signal(SLACK)


def test_each_rule_elsewhere_is_posted_to_the_channels_of_its_route(catalog: Catalog):
    plan = declared(catalog)
    assert sorted(each.name for each in plan.of_type(SLACK_CONNECTION)) == [f"{name}.alerts" for name in ELSEWHERE]
    (connection,) = (each for each in plan.of_type(SLACK_CONNECTION) if each.name == "shop-depth.alerts")
    assert connection.inputs == {
        "channelId": "C0000-alerts",
        "workspaceId": "T0000",
        "sourceId": {"ref": "pagerduty:index/service:Service::shop-depth", "output": "id"},
        "sourceType": "service_reference",
        "notificationType": "responder",
        "configs": [
            {
                "events": [
                    *("incident.triggered", "incident.acknowledged", "incident.escalated", "incident.resolved"),
                    *("incident.reassigned", "incident.annotated", "incident.unacknowledged", "incident.delegated"),
                    *("incident.priority_updated", "incident.responder.added", "incident.responder.replied"),
                    *("incident.status_update_published", "incident.reopened"),
                ],
                "priorities": ["*"],
            }
        ],
    }
    assert connection.replace_on_changes == ("workspaceId",)


def test_stakeholders_read_along_and_cannot_act():
    depth = "detects-within: 11m}"
    plan = declared(every_signal(SLACK, ("services/shop.yaml", depth, f"{depth[:-1]}, posted-for: stakeholders}}")))
    types = {each.name: each.inputs["notificationType"] for each in plan.of_type(SLACK_CONNECTION)}
    assert types == {"shop-depth.alerts": "stakeholder", **{f"{name}.alerts": "responder" for name in ELSEWHERE[:2]}}


def test_without_the_word_nothing_is_posted_and_the_route_says_so():
    plain = every_signal()
    assert list(declared(plain).of_type(SLACK_CONNECTION)) == []
    routes = {rule.id: rule.route.slack for rule in effective_rules(plain, "prod", TODAY)}
    assert [routes[name] for name in ELSEWHERE] == [(), (), ()]


def test_the_plan_is_one_that_pagerduty_takes_and_the_proof_is_the_same(catalog: Catalog):
    plan = declared(catalog)
    assert list(verify(plan)) == []
    for name in ELSEWHERE:
        (proved,) = (
            each for each in prove_plan(plan, catalog, environment="prod", today=TODAY).rules if each.path.rule == name
        )
        assert [hop.why for hop in proved.path.breaks] == []


def test_a_connection_keeps_its_place_when_its_rule_gets_another_id():
    plan = declared(
        every_signal(SLACK, ("services/shop.yaml", "- id: shop-depth\n", "- id: shop-depth\n    formerly: [depth]\n"))
    )
    aliases = {each.name: each.aliases for each in plan.of_type(SLACK_CONNECTION)}
    assert aliases == {"shop-backup.alerts": (), "shop-dead-letters.alerts": (), "shop-depth.alerts": ("depth.alerts",)}


def test_a_connection_belongs_to_its_rule(catalog: Catalog):
    owner = owners(catalog).owner_of(SLACK_CONNECTION, "shop-depth.alerts")
    assert (owner.kind, owner.entry) == ("rule", "shop-depth")


COMMAND = "pulumi config set --path 'monitoring:slack"
UNREAD = [
    pytest.param("C024", f"monitoring:slack holds no ids by name; write {COMMAND}.workspace' T024BE7LD", id="a text"),
    pytest.param(
        {"workspace": "Your Agency"},
        f'monitoring:slack: "Your Agency" is no id of a workspace; write {COMMAND}.workspace\' T024BE7LD',
        id="the name of a workspace",
    ),
    pytest.param(
        {"channels": {"alerts": "#alerts"}},
        f'monitoring:slack: "#alerts" is no id of the channel "alerts"; write {COMMAND}.channels.alerts\' C024BE91L',
        id="the name of a channel",
    ),
    pytest.param(
        {"channels": "C024BE91L"},
        f"monitoring:slack holds no ids by name; write {COMMAND}.workspace' T024BE7LD",
        id="channels without names",
    ),
]


@pytest.mark.parametrize(("value", "says"), UNREAD)
def test_what_is_no_id_is_refused_with_the_command_that_sets_one(value: object, says: str):
    with pytest.raises(UsageError) as refused:
        read_slack_ids(value)
    assert str(refused.value) == says


def test_everything_that_has_no_id_is_named_at_once():
    with pytest.raises(UsageError) as refused:
        ids_of(["alerts", "deploys"], SlackAccount(), offline=False)
    assert str(refused.value) == (
        "monitoring:slack has no id of workspace, channels.alerts, channels.deploys; "
        f"write {COMMAND}.workspace' T024BE7LD"
    )


def test_ids_are_those_of_the_configuration():
    configured = read_slack_ids({"workspace": "T024BE7LD", "channels": {"alerts": "C024BE91L", "other": "C1234"}})
    assert ids_of(["alerts"], configured, offline=False) == SlackAccount("T024BE7LD", {"alerts": "C024BE91L"})
    assert ids_of([], SlackAccount(), offline=False) == SlackAccount()
