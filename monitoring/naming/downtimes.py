"""What a planned window becomes at Datadog: its mutes, the rules that they silence, and those that still wake."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.maintenance import Maintenance
from monitoring.model.signals import Signal
from monitoring.model.signals.base import Watcher
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.naming import tags
from monitoring.naming.names import downtime_name


class WindowMute(NamedTuple):
    """One mute of a window in one environment: its resource's name, and the tags of the monitors that it takes."""

    name: str
    monitor_tags: tuple[str, ...]


def is_meant(window: Maintenance, rule: EffectiveRule) -> bool:
    """Whether a window is about a rule: names it or its service, in its environment."""
    if rule.environment not in window.environments:
        return False
    if window.rules:
        return rule.rule.id in window.rules
    return window.services == "all" or rule.service.service in window.services


def is_muted(window: Maintenance, rule: EffectiveRule) -> bool:
    """Whether a window mutes a rule, or some groups of it: Datadog watches it, and it is split by the window's tags.

    Datadog matches a scope with the groups of a monitor; what it does with one that has none its documentation leaves
    open (docs.datadoghq.com/monitors/downtimes, group scope), so such a rule counts as not muted and is left alone.
    """
    return is_meant(window, rule) and rule.watcher == "datadog" and window.where.keys() <= split_by(rule.rule.signal)


def split_by(signal: Signal) -> frozenset[str]:
    """The tags that split a signal's notifications into groups; none where nobody knows them."""
    return frozenset((signal.notifies_by or signal.groups or ()) if isinstance(signal, QueryMonitor) else ())


def muted_rules(window: Maintenance, rules: Iterable[EffectiveRule]) -> frozenset[str]:
    """The catalog's ids of the rules that a window mutes, or of which it mutes some groups."""
    return frozenset(rule.rule.id for rule in rules if is_muted(window, rule))


def why_spared(window: Maintenance, rule: EffectiveRule, muted: frozenset[str]) -> str:
    """Why a rule fires though a window is about it, or about what it combines; empty where that is not so.

    A mute holds back what its own monitor sends. The monitor changes its state as ever (docs.datadoghq.com/monitors/
    downtimes), so a composite of it that the window does not name fires all the same.
    """
    if rule.rule.id in muted or rule.environment not in window.environments:
        return ""
    if is_meant(window, rule):
        return _WHY_SPARED.get(rule.watcher, f"it is not split by {', '.join(sorted(window.where))}")
    combines = not muted.isdisjoint(rule.rule.signal.parts)
    return "it combines rules that are muted, and is not muted itself" if combines else ""


_WHY_SPARED: Mapping[Watcher, str] = {
    "sentry": "Sentry has no such mute",
    "pagerduty": "nothing here mutes what another system sends",
}


def still_waking(window: Maintenance, rules: Iterable[EffectiveRule]) -> tuple[str, ...]:
    """The catalog's ids of the rules that wake somebody though the window is about them, or about what they combine."""
    known = list(rules)
    muted = muted_rules(window, known)
    waking = (rule for rule in known if rule.wakes and why_spared(window, rule, muted))
    return tuple(dict.fromkeys(rule.rule.id for rule in waking))


def window_mutes(catalog: Catalog, name: str, environment: str, rules: Iterable[EffectiveRule]) -> Iterator[WindowMute]:
    """The mutes of a window in an environment with these rules: one for each service or rule, or one for everything."""
    window = catalog.maintenance[name]
    for target, monitor_tags in _targets(catalog, window, environment, rules):
        mark = "" if window.every is None else f"-{_mark(window, monitor_tags)}"
        yield WindowMute(f"{downtime_name(name, target)}{mark}", monitor_tags)


def _targets(
    catalog: Catalog, window: Maintenance, environment: str, rules: Iterable[EffectiveRule]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    everything = tags.environment_tags(catalog, environment)
    if window.rules or window.where:
        for rule_id in dict.fromkeys(rule.rule.id for rule in rules if is_muted(window, rule)):
            yield rule_id, tuple(sorted([*everything, f"rule:{rule_id}"]))
    elif window.services == "all":
        yield "all", tuple(everything)
    else:
        for service in window.services:
            yield service, tuple(tags.muting_tags(catalog, environment, service))


def _mark(window: Maintenance, monitor_tags: tuple[str, ...]) -> str:
    """What names a recurring mute by all that it says but its start: another window is another resource.

    Datadog refuses an update of a mute whose start has passed, and Pulumi sends the start with every update
    (DataDog/datadog-sync-cli pull request 664, DataDog/terraform-provider-datadog issues 2060 and 2798). So a recurring
    mute is made and taken away, and never changed.
    """
    times = [window.time_zone, window.from_, window.to, window.every, window.days, window.until]
    words = [*map(str, times), window.title, window.reason, sorted(window.where.items()), monitor_tags]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:6]
