"""What the documents tell of a rule and of a severity: sentences that more than one page needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from monitoring import wording
from monitoring.docs.markdown import plain
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.model.receivers import ReceiverKind
from monitoring.model.severity import ContactKind, Promise, Severity, urgency
from monitoring.reach.formatting import listed


def rules_by_severity(catalog: Catalog, environment: str) -> Mapping[Severity, tuple[EffectiveRule, ...]]:
    """The rules of an environment, the most severe first; a rule on trial stands where it will act afterwards.

    They are taken as they act once every trial is over, so that a page does not change from one day to the next.
    """
    rules = sorted(effective_rules(catalog, environment, date.max), key=lambda rule: rule.severity.rank)
    return {severity: tuple(matching) for severity, matching in groupby(rules, key=lambda rule: rule.severity)}


def by_rule(rules: tuple[EffectiveRule, ...]) -> tuple[tuple[EffectiveRule, ...], ...]:
    """The rules of a severity with those that differ only in the customer together."""
    groups: dict[str, list[EffectiveRule]] = {}
    for rule in rules:
        groups.setdefault(rule.rule.id, []).append(rule)
    return tuple(tuple(group) for group in groups.values())


def within(promise: Promise) -> str:
    """Within what time whom a severity promises to reach."""
    waking = promise.wakes
    if waking is None:
        return "nobody is woken"
    first, second = waking.first_human_within, waking.second_human_within
    return f"a first person is woken within {first}, a second within {second}, by {' or '.join(waking.by)}"


def public_promise(promise: Promise) -> str:
    """When a severity promises that the public hears something."""
    public = promise.public_updates
    if public is None:
        return "no public notice is promised"
    pauses = ", ".join(f"every {pause} while {stage}" for stage, pause in public.every.items())
    return f"a first public notice within {public.first_within}, then an update {pauses}"


def channel_name(channel: str) -> str:
    """A contact's channel as a sentence has it."""
    return "e-mail" if channel == ContactKind.EMAIL else channel


def titles(catalog: Catalog, asks: Iterable[str]) -> str:
    """What people call these schedules and people."""
    return listed([plain(wording.ask_title(catalog, ask)) for ask in asks])


def receivers(catalog: Catalog, rule: EffectiveRule) -> str:
    """Where a rule arrives, for somebody who does not know the catalog's words."""
    page = [_page(catalog, rule, rule.route.page)] if rule.route.page else []
    others = [f"Slack {each}" if each.kind is ReceiverKind.SLACK else str(each) for each in rule.route.receivers]
    return plain(", ".join([*page, *others]) or "nobody")


def _page(catalog: Catalog, rule: EffectiveRule, policy: str) -> str:
    words = catalog.oncall.policies[policy]
    kind = "a page" if urgency(rule.severity) == "high" else "an incident that wakes nobody"
    if words.support_hours:
        kind = f"a page in support hours ({words.support_hours}), else an incident that wakes nobody"
    return f"{kind} (policy {words.title or policy})"
