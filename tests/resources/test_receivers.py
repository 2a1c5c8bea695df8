"""Receivers beside the page: which vendor writes to which, what is declared for them, and what is no secret."""

from __future__ import annotations

import pytest

from monitoring.model.effective import effective_rules
from monitoring.model.receivers import Receiver, ReceiverKind, unreached
from monitoring.naming import type_tokens
from monitoring.plan import HIDDEN, Plan
from monitoring.preview.verify import verify
from tests.conftest import TODAY
from tests.factories import a_catalog
from tests.preview.changes import resource
from tests.resources.every_signal import declared, every_signal
from tests.resources.receivers import ACCOUNTS, on_each_route

ROUTED = on_each_route("P0", "P1")
BESIDE = ["slack-youragency-alerts", "teams-web", "webhook-status-board", "opsgenie-Platform_1"]


def test_datadog_writes_to_every_kind_and_tells_each_of_the_end():
    said = resource(declared(a_catalog(*ROUTED)), "MonitorNotificationRule shop-p1").inputs["conditionalRecipients"]
    assert said["conditions"][0]["recipients"] == ["pagerduty-shop-critical-high", *BESIDE]
    assert said["fallbackRecipients"] == ["pagerduty-shop-critical-high", *BESIDE]


def test_sentry_calls_the_internal_integration_of_a_webhook():
    said = resource(declared(a_catalog(*ROUTED)), "Alert shop-failing").inputs["actionFilters"][0]["actions"]
    assert [list(action) for action in said] == [["pagerduty"], ["slack"], ["webhook"]]
    assert said[2] == {"webhook": {"service": "status-board-1a2b3c"}}


def test_a_channel_of_microsoft_teams_is_declared_by_its_names():
    plan = declared(a_catalog(*ROUTED))
    handle = {"name": "web", "tenantName": "Your Agency", "teamName": "Platform", "channelName": "Web alerts"}
    assert [channel.inputs for channel in plan.of_type(type_tokens.TEAMS_CHANNEL)] == [handle]


def test_a_webhook_is_declared_with_an_address_that_nobody_reads():
    webhook = declared(a_catalog(*ROUTED)).by_key[f"{type_tokens.WEBHOOK}::status-board"]
    assert webhook.inputs == {"name": "status-board", "encodeAs": "json", "url": {"secret": HIDDEN}}
    assert webhook.secret_outputs == ("url",)


def test_what_one_stack_owns_is_declared_there_alone():
    plan = declared(a_catalog(*ROUTED), "staging")
    assert not [*plan.of_type(type_tokens.TEAMS_CHANNEL), *plan.of_type(type_tokens.WEBHOOK)]


def test_the_plan_of_every_kind_is_one_that_the_vendors_take():
    assert list(verify(declared(a_catalog(*ROUTED)))) == []


def test_a_quiet_environment_has_its_own_channel_and_neither_opsgenie_nor_a_webhook():
    rules = {rule.id: rule.route for rule in effective_rules(a_catalog(*ROUTED), "staging", TODAY)}
    assert rules["shop-slow"].receivers == (Receiver(ReceiverKind.SLACK, "alerts-staging"),)
    assert rules["shop-slow"].page is None


def test_a_quiet_environment_can_have_a_channel_of_microsoft_teams():
    own = ("platform.yaml", "slack: alerts-staging", "microsoft-teams: web")
    rules = {rule.id: rule.route for rule in effective_rules(a_catalog(own, *ROUTED), "staging", TODAY)}
    assert rules["shop-slow"].receivers == (Receiver(ReceiverKind.TEAMS, "web"),)


SLACK, TEAMS = Receiver(ReceiverKind.SLACK, "alerts"), Receiver(ReceiverKind.TEAMS, "web")
WEBHOOK, OPSGENIE = Receiver(ReceiverKind.WEBHOOK, "status-board"), Receiver(ReceiverKind.OPSGENIE, "Platform_1")
MAIL = Receiver(ReceiverKind.EMAIL, "oncall@youragency.com")
OWNERS = Receiver(ReceiverKind.ISSUE_OWNERS, "active-members")
NO_OWNERS = "Sentry knows owners for issues of errors alone, not for a monitor's"
ID = "takes an id that nothing can look up"
REACHED = [
    pytest.param("shop-slow", SLACK, "", id="datadog writes to slack"),
    pytest.param("shop-slow", TEAMS, "", id="datadog writes to microsoft teams"),
    pytest.param("shop-slow", WEBHOOK, "", id="datadog calls webhooks"),
    pytest.param("shop-slow", OPSGENIE, "", id="datadog sends to opsgenie"),
    pytest.param("shop-slow", MAIL, "", id="datadog mails"),
    pytest.param("shop-failing", SLACK, "", id="sentry writes to slack"),
    pytest.param("shop-failing", MAIL, "", id="sentry mails"),
    pytest.param("shop-failing", WEBHOOK, "", id="sentry calls a webhook for a monitor"),
    pytest.param("shop-nightly", WEBHOOK, "", id="sentry calls a webhook for a job"),
    pytest.param("shop-noisy", WEBHOOK, "Sentry would send the whole event to it, with its user and all of its tags",
                 id="sentry calls no webhook for an issue, since the event would go along"),
    pytest.param("shop-failing", TEAMS, f"Sentry's action for Microsoft Teams {ID}", id="sentry and microsoft teams"),
    pytest.param("shop-failing", OPSGENIE, f"Sentry's action for Opsgenie {ID}", id="sentry and opsgenie"),
    pytest.param("shop-noisy", OWNERS, "", id="sentry tells the owners of an issue"),
    pytest.param("shop-new", OWNERS, "", id="sentry tells the owners of a new issue"),
    pytest.param("shop-failing", OWNERS, NO_OWNERS, id="the issue of a monitor that counts has no owners"),
    pytest.param("shop-nightly", OWNERS, NO_OWNERS, id="the issue of a job has no owners"),
    pytest.param("shop-slow", OWNERS, "Datadog knows no owners of issues", id="datadog and owners"),
    pytest.param("shop-dead-letters", OWNERS, "another system sends to PagerDuty alone", id="elsewhere, and owners"),
    pytest.param("shop-dead-letters", SLACK, "pagerduty.slack is not written", id="another system and slack"),
    pytest.param("shop-slow", Receiver(ReceiverKind.WEBHOOK, "other"), '"other" is not written in datadog.webhooks',
                 id="a webhook that is not written"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "receiver", "reason"), REACHED)
def test_a_vendor_writes_to_a_receiver_or_says_why_not(rule: str, receiver: Receiver, reason: str):
    catalog = every_signal(*ACCOUNTS)
    assert unreached(catalog.platform, catalog.rules[rule][1].signal, receiver) == reason


# --- the owners of an issue ------------------------------------------------------------------------------------

FALLBACKS = [
    pytest.param("active-members", "ActiveMembers", id="an issue without an owner is told to who was active last"),
    pytest.param("all-members", "AllMembers", id="an issue without an owner is told to everybody"),
    pytest.param("nobody", "NoOne", id="an issue without an owner is told to nobody"),
]


@pytest.mark.parametrize(("word", "sent"), FALLBACKS)
def test_sentry_is_asked_to_tell_the_owners(word: str, sent: str):
    plan = declared(every_signal(owners(word)))
    assert _actions(plan, "shop-new")[-1] == {"email": {"targetType": "issue_owners", "fallthroughType": sent}}
    assert list(verify(plan)) == []


def test_a_monitor_of_the_same_route_tells_no_owners():
    plan = declared(every_signal(owners("active-members")))
    assert not [action for action in _actions(plan, "shop-wait") if "email" in action]


def test_a_quiet_environment_without_mail_tells_no_owners():
    rules = {rule.id: rule.route for rule in effective_rules(every_signal(owners("nobody")), "staging", TODAY)}
    assert rules["shop-new"].receivers == (Receiver(ReceiverKind.SLACK, "alerts-staging"),)


def test_an_environment_with_mail_tells_owners_though_it_has_a_channel_of_its_own():
    mails = ("platform.yaml", "slack: alerts-staging, email: false", "slack: alerts-staging")
    rules = {rule.id: rule.route for rule in effective_rules(every_signal(owners("nobody"), mails), "staging", TODAY)}
    own = Receiver(ReceiverKind.SLACK, "alerts-staging")
    assert rules["shop-new"].receivers == (own, Receiver(ReceiverKind.ISSUE_OWNERS, "nobody"))


def owners(fallback: str) -> tuple[str, str, str]:
    """The change that tells the owners of each issue of a P3 rule."""
    return ("teams.yaml", "    P3: {slack: [alerts]}", f"    P3: {{slack: [alerts], issue-owners: {fallback}}}")


def _actions(plan: Plan, alert: str) -> list[dict[str, object]]:
    actions: list[dict[str, object]] = resource(plan, f"Alert {alert}").inputs["actionFilters"][0]["actions"]
    return actions
