"""Receivers beside a page: of which kinds they are, what each does with a message, and which vendor can write to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from monitoring.model.platform import Environment, Platform
from monitoring.model.signals import Signal

OPSGENIE_ENDS = date(2027, 4, 5)
"""From this day on Opsgenie takes nothing (support.atlassian.com/opsgenie: what happens when it is turned off)."""


class ReceiverKind(StrEnum):
    """A route's word for receivers beside the page; messages are sent in this order."""

    SLACK = "slack"
    TEAMS = "microsoft-teams"
    WEBHOOK = "webhook"
    OPSGENIE = "opsgenie"
    EMAIL = "email"
    ISSUE_OWNERS = "issue-owners"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]

    @property
    def hears_recovery(self) -> bool:
        """Whether it is told of recoveries and of missing data too; a mailbox hears of what fires, and of no more."""
        return self not in (ReceiverKind.EMAIL, ReceiverKind.ISSUE_OWNERS)

    @property
    def is_conversation(self) -> bool:
        """Whether many read it or act on it by themselves, so that a quiet environment has one of its own instead."""
        return self in (ReceiverKind.SLACK, ReceiverKind.TEAMS, ReceiverKind.WEBHOOK)

    @property
    def caveat(self) -> str:
        """Why no promise counts on it, where somebody could think so; empty where nobody would."""
        return _CAVEATS.get(self, "")


FIELDS = {kind: kind.value.replace("-", "_") for kind in ReceiverKind if kind is not ReceiverKind.ISSUE_OWNERS}
"""The field of a route that lists the receivers of each kind; owners are no list."""
_LABELS = {
    ReceiverKind.SLACK: "Slack",
    ReceiverKind.TEAMS: "Microsoft Teams",
    ReceiverKind.WEBHOOK: "webhook",
    ReceiverKind.OPSGENIE: "Opsgenie",
    ReceiverKind.EMAIL: "e-mail",
    ReceiverKind.ISSUE_OWNERS: "issue owners",
}
_CAVEATS = {
    ReceiverKind.OPSGENIE: "whom Opsgenie asks is not proved",
    ReceiverKind.ISSUE_OWNERS: "Sentry writes to each owner as that person has set it, which wakes nobody",
}

IssueFallback = Literal["all-members", "active-members", "nobody"]
"""Whom Sentry tells of an issue that nobody owns: all members of the project, those of them who were active last (at
most 20: getsentry/sentry, src/sentry/notifications/utils/participants.py), or nobody."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """One receiver beside the page, by its kind and by the name that the catalog gives it.

    None of them wakes anybody as far as this is known: whom Opsgenie asks stands in Opsgenie, and is not proved.
    """

    kind: ReceiverKind
    name: str

    def __str__(self) -> str:
        match self.kind:
            case ReceiverKind.SLACK:
                return f"#{self.name}"
            case ReceiverKind.EMAIL:
                return self.name
            case ReceiverKind.ISSUE_OWNERS:
                return f"{self.kind.label} (else {self.name.replace('-', ' ')})"
            case _:
                return f"{self.kind.label} {self.name}"


def names_of_kind(kind: ReceiverKind, receivers: Iterable[Receiver]) -> tuple[str, ...]:
    """The names of the receivers of a kind, in their order."""
    return tuple(receiver.name for receiver in receivers if receiver.kind is kind)


def environment_channels(environment: Environment) -> tuple[Receiver, ...]:
    """The channels that an environment has of its own, instead of those of the routes."""
    own = ((ReceiverKind.SLACK, environment.slack), (ReceiverKind.TEAMS, environment.microsoft_teams))
    return tuple(Receiver(kind, name) for kind, name in own if name)


def unreached(platform: Platform, signal: Signal, receiver: Receiver) -> str:
    """Why the vendor that watches a signal cannot write to a receiver; empty where it can."""
    match signal.watcher:
        case "sentry":
            return _unreached_by_sentry(platform, signal, receiver)
        case "datadog":
            return _unreached_by_datadog(platform, receiver)
        case "pagerduty":
            return _unreached_by_pagerduty(platform, receiver)


def _unreached_by_pagerduty(platform: Platform, receiver: Receiver) -> str:
    """Why PagerDuty does not write to it for what another system sends: it has a connection to Slack, and no other."""
    if receiver.kind is not ReceiverKind.SLACK:
        return "another system sends to PagerDuty alone"
    return "" if platform.pagerduty.slack else "pagerduty.slack is not written"


def _unreached_by_sentry(platform: Platform, signal: Signal, receiver: Receiver) -> str:
    """Why Sentry cannot write to it, by the actions of its alerts (its Terraform provider 0.15.4).

    `msteams` and `opsgenie` take ids that nothing looks up. A webhook gets the whole event of an issue, with its user
    and all of its tags (docs.sentry.io, integration platform, webhooks, issue alerts), of a monitor its values alone.
    Ownership rules are matched with errors, and no other issue has owners (docs.sentry.io, ownership rules).
    """
    account = platform.at_sentry
    match receiver.kind:
        case ReceiverKind.EMAIL:
            return ""
        case ReceiverKind.SLACK:
            return "" if account.slack_workspace else "sentry.slack-workspace is not written"
        case ReceiverKind.WEBHOOK if signal.sends_events:
            return "Sentry would send the whole event to it, with its user and all of its tags"
        case ReceiverKind.WEBHOOK:
            return "" if receiver.name in account.webhooks else f'"{receiver.name}" is not written in sentry.webhooks'
        case ReceiverKind.TEAMS | ReceiverKind.OPSGENIE:
            return f"Sentry's action for {receiver.kind.label} takes an id that nothing can look up"
        case ReceiverKind.ISSUE_OWNERS:
            return "" if signal.sends_events else "Sentry knows owners for issues of errors alone, not for a monitor's"


def _unreached_by_datadog(platform: Platform, receiver: Receiver) -> str:
    """Why Datadog cannot write to it: it has a handle for each kind (docs.datadoghq.com/monitors/notify)."""
    account = platform.at_datadog
    match receiver.kind:
        case ReceiverKind.EMAIL:
            return ""
        case ReceiverKind.SLACK:
            return "" if account.slack_account else "datadog.slack-account is not written"
        case ReceiverKind.TEAMS:
            written, word = receiver.name in account.microsoft_teams, "microsoft-teams"
        case ReceiverKind.WEBHOOK:
            written, word = receiver.name in account.webhooks, "webhooks"
        case ReceiverKind.OPSGENIE:
            written, word = receiver.name in account.opsgenie, "opsgenie"
        case ReceiverKind.ISSUE_OWNERS:
            return "Datadog knows no owners of issues"
    return "" if written else f'"{receiver.name}" is not written in datadog.{word}'
