"""Receivers beside the page: which vendor writes to which, what is declared for them, and what is no secret."""

from __future__ import annotations

import pytest

from monitoring.errors import UsageError
from monitoring.model.effective import effective_rules
from monitoring.model.receivers import Receiver, ReceiverKind, unreached
from monitoring.naming import type_tokens
from monitoring.plan import HIDDEN
from monitoring.preview.verify import verify
from monitoring.resources.webhooks import addresses_of, read_addresses
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
    pytest.param("shop-dead-letters", TEAMS, "another system sends to PagerDuty alone", id="another system"),
    pytest.param("shop-dead-letters", SLACK, "pagerduty.slack is not written", id="another system and slack"),
    pytest.param("shop-slow", Receiver(ReceiverKind.WEBHOOK, "other"), '"other" is not written in datadog.webhooks',
                 id="a webhook that is not written"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "receiver", "reason"), REACHED)
def test_a_vendor_writes_to_a_receiver_or_says_why_not(rule: str, receiver: Receiver, reason: str):
    catalog = every_signal(*ACCOUNTS)
    assert unreached(catalog.platform, catalog.rules[rule][1].signal, receiver) == reason


# --- addresses -------------------------------------------------------------------------------------------------

REFUSED = [
    pytest.param("https://hooks.youragency.com", "holds no addresses by name", id="an address without a name"),
    pytest.param({"board": "http://hooks.youragency.com"}, '"board" is no address', id="an address without tls"),
    pytest.param({"board": "hooks"}, '"board" is no address', id="no address"),
    pytest.param({"board": "https://[::1"}, '"board" is no address', id="a broken address"),
    pytest.param({"board": "https://hooks.youragency.com/a b"}, '"board" is no address', id="a blank inside"),
    pytest.param({"board": ""}, '"board" is no address', id="nothing"),
]


@pytest.mark.parametrize(("value", "reason"), REFUSED)
def test_an_address_that_is_none_is_refused_and_not_shown(value: object, reason: str):
    with pytest.raises(UsageError, match=reason) as refused:
        read_addresses(value)
    assert "hooks.youragency.com" not in str(refused.value)


def test_a_webhook_without_an_address_is_named_with_the_command():
    with pytest.raises(UsageError) as refused:
        addresses_of(["board", "pager"], {"board": "https://hooks.youragency.com/7"}, offline=False)
    assert str(refused.value) == (
        'monitoring:webhooks has no address of "pager"; write pulumi config set --secret --path '
        "'monitoring:webhooks.pager' https://HOST/PATH"
    )


def test_nobody_is_asked_for_an_address_offline():
    assert addresses_of(["board"], {}, offline=True) == {"board": "https://board.invalid"}
