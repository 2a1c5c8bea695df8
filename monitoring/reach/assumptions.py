"""What a proof takes for granted, numbered: each either modelled, or verified elsewhere, or plainly assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Assumption:
    """One sentence, and on what it rests."""

    text: str
    rests: Literal["modelled", "verified elsewhere", "assumed"]
    on: str


ASSUMPTIONS: tuple[Assumption, ...] = (
    Assumption("Sentry, Datadog and PagerDuty deliver, and at once", "assumed", "their word"),
    Assumption(
        "events reach Sentry: no quota, spike protection or sampling takes those that count",
        "assumed",
        "watch Sentry's own usage page",
    ),
    Assumption(
        "nobody muted, paused or disabled a monitor by hand since the last deployment",
        "verified elsewhere",
        "the drift report, on the day that it ran",
    ),
    Assumption(
        "the integration keys between the vendors are alive",
        "verified elsewhere",
        "a test event, on the day that it was sent",
    ),
    Assumption(
        "people's own contact rules are as oncall.yaml declares them, and their phones are on and not silenced",
        "assumed",
        "each person",
    ),
    Assumption("an override only puts one person in another's place", "assumed", "whoever makes it"),
    Assumption(
        "the incident is fresh: no open incident swallows it",
        "modelled",
        "one incident a firing, and no alert grouping between rules",
    ),
    Assumption(
        "handoffs keep their local time; a skipped local time moves to the clock change, and a repeated one means its "
        "first occurrence",
        "modelled",
        "monitoring/oncall/rotation.py",
    ),
    Assumption(
        "a step escalates after its delay, a first step without anybody on call is passed at once, and nobody on call "
        "in the whole policy means no incident",
        "modelled",
        "PagerDuty's documentation, in monitoring/reach/escalation.py",
    ),
    Assumption(
        "a later step without anybody on call is passed at once, or waits for its delay: both are proved, and the "
        "worse one counts",
        "modelled",
        "inferred; PagerDuty's documentation speaks of the first step only",
    ),
    Assumption(
        "a contact due at the very minute of the escalation, or later, does not happen",
        "modelled",
        "inferred; if PagerDuty does send it, people are reached sooner than proved",
    ),
    Assumption("low urgency neither wakes nor escalates", "modelled", "PagerDuty's documentation, service settings"),
    Assumption(
        "with support hours an incident has the urgency of the instant at which it begins; it goes to high urgency "
        "when the hours begin, and never back",
        "modelled",
        "PagerDuty's API description, Service.scheduled_actions",
    ),
    Assumption("nobody acknowledges until a second person is reached", "modelled", "the worst case for both promises"),
    Assumption(
        "maintenance mutes Datadog's signals only, and what still fails when it is over fires then; a mute of some "
        "groups leaves the others of a rule as they are",
        "modelled",
        "Sentry has no such mute",
    ),
    Assumption(
        "a certificate expires on its day: detects-within counts from the expiry; one that is replaced by an expired "
        "one in between is noticed at the next request",
        "modelled",
        "any uptime rule on the same host fails at once",
    ),
    Assumption(
        "metrics and logs arrive as soon as they are measured, or as late as arrives-after says, and without a gap "
        "where full-window waits for them: what comes later makes a rule on it later by as much",
        "assumed",
        "whoever sends them",
    ),
    Assumption(
        "a failing cron job is mended before Sentry mutes its environment by itself, after 28 days of failures: 14 "
        "until it counts as broken, and 14 more",
        "assumed",
        "docs.sentry.io, crons, troubleshooting",
    ),
    Assumption(
        "Sentry tells of one issue once in its alert's interval: what happens to it in between waits for the next time",
        "modelled",
        "the check reminder-throttle, which holds the interval within the promise of a severity that wakes",
    ),
    Assumption(
        "nobody archives the issue of a failure that lasts: Sentry tells nobody of it until it reappears",
        "assumed",
        "whoever archives issues",
    ),
    Assumption(
        "Sentry's plan has a seat for each cron and uptime monitor: one without a seat is switched off",
        "verified elsewhere",
        "the drift report, on the day that it ran",
    ),
    Assumption(
        "mail, Slack and the owners of an issue wake nobody, however late or hidden their messages are: Sentry gathers "
        "mail into digests, and answers in a Slack thread what it says of an issue again",
        "modelled",
        "no promise counts on a receiver beside the page",
    ),
    Assumption(
        "everybody in oncall.yaml is an active user of PagerDuty: who is deactivated there is asked by no schedule",
        "assumed",
        "whoever removes users from PagerDuty",
    ),
    Assumption(
        "the accounts' plans allow what is declared, such as the targets of a step (five in some plans of PagerDuty)",
        "verified elsewhere",
        "pulumi up, which ends with the vendor's refusal",
    ),
    Assumption(
        "the hours of only: end at their local time also where the clock changes inside them, an hour sooner or later "
        "than their usual length",
        "modelled",
        "inferred; PagerDuty is sent that length in seconds, and documents neither reading",
    ),
    Assumption(
        "a planned window that recurs keeps its local time; where the clock changes inside it, its length is time that "
        "passes or time on the wall: both are counted, the longer one for how long it mutes",
        "modelled",
        "inferred; Datadog is sent a length, and documents neither reading",
    ),
    Assumption(
        "a shift-based schedule counts its shifts from their first time, whenever it is deployed, and they keep their "
        "local times",
        "modelled",
        "inferred; users of PagerDuty report the first, and its API description says neither",
    ),
)
