"""Severity: the one dial of a rule, what it promises to a human, and its word at every vendor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from monitoring.model.entry import Entry
from monitoring.model.words import Duration, Sentence, Spelled, mistake, shown


class Severity(StrEnum):
    """P0 is the worst; a lower number is more severe."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"

    @property
    def rank(self) -> int:
        """0 for the most severe."""
        return int(self.value[1])


def parse_severity(value: Any) -> Severity:
    """One of P0 to P3, spelled exactly so."""
    if isinstance(value, str) and value in Severity.__members__:
        return Severity(value)
    raise mistake(f"{shown(value)} is not a severity", "it is one of P0, P1, P2, P3")


SeverityWord = Annotated[Severity, Spelled(parse_severity, {"enum": [str(severity) for severity in Severity]})]


class ContactKind(StrEnum):
    """How PagerDuty reaches a person; which of them wake is said in severities.yaml."""

    PUSH = "push"
    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"


def parse_contact_kind(value: Any) -> ContactKind:
    """One of push, phone, sms, email."""
    try:
        return ContactKind(value)
    except ValueError:
        raise mistake(
            f"{shown(value)} is not a way to reach a person", "it is one of push, phone, sms, email"
        ) from None


ContactWord = Annotated[ContactKind, Spelled(parse_contact_kind, {"enum": [str(kind) for kind in ContactKind]})]


class Waking(Entry):
    """Whom a severity wakes, by what, and within what time after the rule has fired."""

    by: tuple[ContactWord, ...]
    first_human_within: Duration
    second_human_within: Duration


class Promise(Entry):
    """What a severity promises to a human."""

    title: Sentence
    wakes: Waking | None = None
    detects_within: Duration
    reminds_every: Duration


@dataclass(frozen=True, slots=True)
class VendorWords:
    """One severity in the vendors' vocabularies.

    Sources: PagerDuty Events v2 severities and service urgencies; Datadog monitor priority 1 to 5; Sentry's
    detector priority levels 75 high, 50 medium, 25 low.
    """

    pagerduty_urgency: str | None
    pagerduty_severity: str
    datadog_priority: int
    sentry_priority: int


VENDOR_WORDS: dict[Severity, VendorWords] = {
    Severity.P0: VendorWords("high", "critical", 1, 75),
    Severity.P1: VendorWords("high", "error", 2, 75),
    Severity.P2: VendorWords("low", "warning", 3, 50),
    Severity.P3: VendorWords(None, "info", 4, 25),
}
