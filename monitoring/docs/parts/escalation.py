"""When who is asked, and by what they are woken: the times of each policy."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from monitoring import wording
from monitoring.docs.markdown import plain, table
from monitoring.docs.rule_facts import channel_name, titles
from monitoring.model.catalog import Catalog
from monitoring.model.oncall import Policy, SupportHours
from monitoring.model.severity import Severity, urgency
from monitoring.reach.escalation import EscalationPolicy, soonest
from monitoring.reach.formatting import length, listed
from monitoring.reach.paths import OnCallData, oncall_without_calendar
from monitoring.reach.proof import waking_channels


def escalation(catalog: Catalog, _: str) -> str:
    """Each policy with its real times."""
    duties = oncall_without_calendar(catalog)
    return "\n\n".join(_policy(catalog, duties, name, words) for name, words in catalog.oncall.policies.items())


def _policy(catalog: Catalog, duties: OnCallData, name: str, words: Policy) -> str:
    policy = duties.policies[name]
    headings = ["after", "who is notified", "woken", "escalates after"]
    blocks = [
        f"### {plain(words.title or name)}",
        _used_by(catalog, name),
        table(headings, _steps(catalog, duties, policy)),
        f"{_again(policy)}\n{_expiry(policy)}{_closing(policy)}",
    ]
    return "\n\n".join(block for block in blocks if block)


def _used_by(catalog: Catalog, policy: str) -> str:
    """Which severities of which teams page it, and which of them wake nobody."""
    routes = [
        (severity, urgency(severity), plain(team.title))
        for severity in sorted(catalog.severities)
        for team in catalog.teams.values()
        if severity in team.routes and team.routes[severity].page == policy
    ]
    by_severity = groupby(routes, key=lambda route: route[:2])
    hours = catalog.oncall.policies[policy].support_hours
    lines = [_use(severity, urgency, [team for *_, team in group], hours) for (severity, urgency), group in by_severity]
    return "\n".join(lines) or "No route pages it."


def _use(severity: Severity, urgency: str, teams: list[str], hours: SupportHours | None) -> str:
    low = "at low urgency: the first step is notified, nobody is woken, nobody is notified next"
    quiet = f", outside of {plain(str(hours))} {low}" if hours else "" if urgency == "high" else f" {low}"
    return f"It is paged by {severity} of {listed(teams)}{quiet}."


def _steps(catalog: Catalog, duties: OnCallData, policy: EscalationPolicy) -> Iterator[list[str]]:
    after, by = 0, waking_channels(promise.wakes for promise in catalog.severities.values())
    for step in policy.steps:
        woken = [_woken(catalog, duties, ask.name, by, step.delay) for ask in step.targets]
        yield [length(after), titles(catalog, (ask.name for ask in step.targets)), "; ".join(woken), length(step.delay)]
        after += step.delay


def _woken(catalog: Catalog, duties: OnCallData, ask: str, by: frozenset[str], delay: int) -> str:
    contact = soonest(duties.people[ask], by, delay)
    title = plain(wording.ask_title(catalog, ask))
    return (
        f"{title} by {channel_name(contact.channel)}, at most {length(contact.after)} later"
        if contact
        else f"{title} not"
    )


def _again(policy: EscalationPolicy) -> str:
    more = policy.rounds - 1
    rounds = f"it begins again, {more} more time{'s' * (more > 1)}, and" if more else "it"
    return f"After the last step {rounds} gives up {length(policy.longest)} after it began."


def _expiry(policy: EscalationPolicy) -> str:
    expires = policy.acknowledgement_expires
    if expires is None:
        return "An acknowledgement does not expire."
    return f"An acknowledgement expires after {length(expires)}: then whoever acknowledged is asked again."


def _closing(policy: EscalationPolicy) -> str:
    closes = policy.resolves_after
    return "" if closes is None else f"\nAn incident that is still open closes by itself after {length(closes)}."
