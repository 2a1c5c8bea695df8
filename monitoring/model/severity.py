"""Severity: the one dial of a rule, what it promises to a human, and its word at every vendor."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import Duration, Length, ScalarType, Sentence, invalid_value, shown


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
    raise invalid_value(f"{shown(value)} is not a severity", "it is one of P0, P1, P2, P3")


SeverityWord = Annotated[Severity, ScalarType(parse_severity, {"enum": [str(severity) for severity in Severity]})]


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
        raise invalid_value(
            f"{shown(value)} is not a way to reach a person", "it is one of push, phone, sms, email"
        ) from None


ContactWord = Annotated[ContactKind, ScalarType(parse_contact_kind, {"enum": [str(kind) for kind in ContactKind]})]


class Waking(Entry):
    """Whom a severity wakes, by what, and within what time after the rule has fired."""

    by: tuple[ContactWord, ...]
    """The kinds of notification that count as waking somebody."""
    first_human_within: Duration
    """How soon after the rule fires the first person is reached."""
    second_human_within: Duration
    """How soon after the rule fires a second person is reached, if the first one does not answer."""


class Stage(StrEnum):
    """How far an incident has come, as a status page says it."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"


class PublicUpdates(Entry):
    """The clock of public notices: the first one after the rule has fired, then how often in each stage."""

    first_within: Duration
    """How soon after the rule fires the first public notice is due."""
    investigating: Duration
    """How often a notice is due while the cause is not known."""
    identified: Duration
    """How often a notice is due while the cause is being repaired."""
    monitoring: Duration
    """How often a notice is due while the repair is being watched."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Updates without a pause between them."""
        for stage, pause in self.every.items():
            if not pause.seconds:
                yield EntryProblem(f'"{pause}" is no time between two updates', "write at least 1m", (stage.value,))

    @property
    def every(self) -> dict[Stage, Length]:
        """The longest pause before the next update, in each stage that has one."""
        return {
            Stage.INVESTIGATING: self.investigating,
            Stage.IDENTIFIED: self.identified,
            Stage.MONITORING: self.monitoring,
        }


MAINTENANCE_OF_WAKING = Length(4 * 3_600)
"""How long planned windows may silence a rule that wakes somebody, where its severity says nothing else."""


class Promise(Entry):
    """What a severity promises to a human, and to the public."""

    title: Sentence
    """The name of the severity that people read."""
    wakes: Waking | None = None
    """Who is woken and how soon; left out, people may sleep."""
    detects_within: Duration
    """How soon a rule of this severity fires after the problem begins."""
    reminds_every: Duration
    """How often an open problem notifies again."""
    maintenance_at_most: Duration | None = None
    """How long planned windows may mute a rule in any seven days; left out, 4h where it wakes, else without a limit."""
    public_updates: PublicUpdates | None = None
    """When public notices are due; left out, none are promised."""

    @property
    def maintenance_limit(self) -> Length | None:
        """How long planned windows may mute a rule in any seven days, or None for no limit."""
        return self.maintenance_at_most or (MAINTENANCE_OF_WAKING if self.wakes else None)

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A public notice before anybody is awake who could write it."""
        public, at = self.public_updates, ("public-updates", "first-within")
        if public is None:
            return
        if self.wakes is None:
            remedy = "write wakes, or take public-updates out"
            yield EntryProblem("promises a public notice and wakes nobody who could write it", remedy, at[:1])
        elif public.first_within < self.wakes.first_human_within:
            what = f'promises a public notice within "{public.first_within}", before a human is promised'
            yield EntryProblem(what, f"write at least {self.wakes.first_human_within}", at)


PROMISES: dict[Severity, str] = {
    Severity.P0: "{title: the platform is down, wakes: {by: [phone], first-human-within: 5m, "
    "second-human-within: 15m}, detects-within: 10m, reminds-every: 5m}",
    Severity.P1: "{title: a key flow is degraded, wakes: {by: [phone], first-human-within: 15m, "
    "second-human-within: 30m}, detects-within: 15m, reminds-every: 10m}",
    Severity.P2: "{title: can wait for daylight, detects-within: 30m, reminds-every: 1h}",
    Severity.P3: "{title: for the record, detects-within: 1d, reminds-every: 1d}",
}
"""What each severity may promise, as it is written: the example in messages."""


class VendorWords(NamedTuple):
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


def urgency(severity: Severity) -> str:
    """PagerDuty's urgency of a severity; what has none of its own is low."""
    return VENDOR_WORDS[severity].pagerduty_urgency or "low"
