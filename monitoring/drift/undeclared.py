"""What no catalog declares and yet decides whether an alarm reaches somebody: looked for in what the vendors answer.

The engine calls a resource the same where only such a property changed: a provider takes what the vendor holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitoring.drift.answer import Refreshed, type_and_name
from monitoring.drift.differences import ABSENT, Value, at, clean, none_for_absent
from monitoring.naming.type_tokens import ALERT, ESCALATION_POLICY, METRIC_MONITOR, MONITOR, SERVICE

NOTHING: tuple[Value, ...] = (ABSENT, None, "", 0, False, [], {}, "null")
"""Values that say no more than none; `null` is how the PagerDuty provider writes none for a text."""


@dataclass(frozen=True, slots=True)
class Undeclared:
    """A property, what it holds while nobody touches it, what another value means, and how that is known.

    None for `usual`: it is compared with what the vendor held when Pulumi last wrote or read it. `filled_in_later`: a
    vendor may do so after its answer to a creation, so a value where none was says nothing.
    """

    type: str
    path: str
    usual: tuple[Value, ...] | None
    consequence: str
    source: str
    filled_in_later: bool = False


@dataclass(frozen=True, slots=True)
class UndeclaredDifference:
    """One place where a vendor holds such a value, what it held before, and what it holds now."""

    path: str
    before: Value
    held: Value
    consequence: str


UNDECLARED = (
    Undeclared(
        SERVICE,
        "status",
        ("active", "warning", "critical"),
        "no new incident is made while a service is disabled or in maintenance, so nobody is paged",
        "PagerDuty's API description, Service.status",
    ),
    Undeclared(
        SERVICE,
        "autoPauseNotificationsParameters.enabled",
        (),
        "the page waits until the pause is over",
        "PagerDuty's API description, AutoPauseNotificationsParameters",
    ),
    Undeclared(
        SERVICE,
        "alertGrouping",
        (),
        "an alert that joins an incident pages nobody again",
        "PagerDuty's API description, Service.alert_grouping",
    ),
    Undeclared(
        SERVICE,
        "alertGroupingTimeout",
        (),
        "an alert that joins an incident pages nobody again",
        "PagerDuty's API description, Service.alert_grouping_timeout",
    ),
    Undeclared(
        SERVICE,
        "responsePlay",
        (),
        "it adds people and messages that no policy names",
        "terraform-provider-pagerduty, resource_pagerduty_service.go",
    ),
    Undeclared(
        ESCALATION_POLICY,
        "rules[].escalationRuleAssignmentStrategy.type",
        ("assign_to_everyone",),
        "a round robin asks one target of the step and not all",
        "PagerDuty's API description, EscalationRule.escalation_rule_assignment_strategy",
    ),
    Undeclared(
        MONITOR,
        "evaluationDelay",
        None,
        "the alarm comes that many seconds later, or earlier",
        "terraform-provider-datadog, resource_datadog_monitor.go: evaluation_delay",
    ),
    Undeclared(
        ALERT,
        "actionFilters[].actions[].slack.channelId",
        None,
        "the message goes to another channel than its name says",
        "terraform-provider-sentry 0.15.4, resource_alert_gen.go",
        filled_in_later=True,
    ),
    Undeclared(
        ALERT,
        "actionFilters[].conditions[].eventFrequencyCount.filters",
        (),
        "events that the filter leaves out are not counted",
        "terraform-provider-sentry 0.15.4, resource_alert_gen.go",
    ),
    Undeclared(
        ALERT,
        "actionFilters[].conditions[].eventUniqueUserFrequencyCount.filters",
        (),
        "people whose events the filter leaves out are not counted",
        "terraform-provider-sentry 0.15.4, resource_alert_gen.go",
    ),
    Undeclared(
        METRIC_MONITOR,
        "extrapolationMode",
        None,
        "the monitor counts in another way",
        "terraform-provider-sentry 0.15.4, resource_metric_monitor_gen.go",
    ),
)


def undeclared_differences(outcome: Refreshed) -> Iterator[UndeclaredDifference]:
    """Where a resource holds by hand what nobody declares; nothing for a resource that is gone."""
    type_, _ = type_and_name(outcome.urn)
    rows = [row for row in UNDECLARED if row.type == type_]
    if not rows:
        return
    before, held, inputs = (
        clean(part) for part in (outcome.declared["outputs"], outcome.held["outputs"], outcome.declared["inputs"])
    )
    for row in rows:
        for path in concrete(held, row.path):
            was, now = at(before, path), at(held, path)
            if at(inputs, path) is ABSENT and not _is_usual(row, was, now):
                yield UndeclaredDifference(path, none_for_absent(was), none_for_absent(now), row.consequence)


def _is_usual(row: Undeclared, was: Value, now: Value) -> bool:
    if row.usual is None:
        return bool(was == now) or (was in NOTHING and (now in NOTHING or row.filled_in_later))
    return now in NOTHING or now in row.usual


def concrete(value: Value, path: str) -> Iterator[str]:
    """The paths to which one with `[]` leads in a value, an index for each element that stands there."""
    start, mark, rest = path.partition("[]")
    if not mark:
        yield path
        return
    elements = at(value, start)
    for index in range(len(elements) if isinstance(elements, list) else 0):
        yield from concrete(value, f"{start}[{index}]{rest}")
