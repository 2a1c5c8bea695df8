"""PagerDuty: schedules, escalation policies, services and their integrations, from our words to its Args."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time, timedelta

from monitoring import wording
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.oncall import Layer, Policy, Restriction, Schedule
from monitoring.model.scalars import Length
from monitoring.model.service import Team
from monitoring.naming import names
from monitoring.naming.pager_service import PagerService
from monitoring.resources.sdks import pagerduty, pulumi

DAY = timedelta(days=1)
# The word that switches a timeout off; "0" would come back as this word and differ for ever.
OFF = "null"
EVENTS_API_V2 = "events_api_v2_inbound_integration"


def team_args(catalog: Catalog, team: Team) -> pagerduty.TeamArgs:
    """A team, so that policies have an owner."""
    return pagerduty.TeamArgs(name=team.title, description=wording.team_description(catalog, team))


def schedule_args(
    catalog: Catalog, name: str, schedule: Schedule, users: Mapping[str, pulumi.Input[str]]
) -> pagerduty.ScheduleArgs:
    """A schedule; its layers stay in order, since a later one wins there as here."""
    return pagerduty.ScheduleArgs(
        name=names.schedule_title(catalog, name),
        description=wording.schedule_description(name),
        time_zone=schedule.time_zone,
        layers=[layer_args(number, layer, schedule, users) for number, layer in enumerate(schedule.layers, start=1)],
    )


def layer_args(
    number: int, layer: Layer, schedule: Schedule, users: Mapping[str, pulumi.Input[str]]
) -> pagerduty.ScheduleLayerArgs:
    """A layer; turns are counted from the anchor, so a change of its people never moves it."""
    anchor = layer.anchor.instant(schedule.time_zone).isoformat()
    return pagerduty.ScheduleLayerArgs(
        name=names.layer_title(number),
        start=anchor,
        rotation_virtual_start=anchor,
        rotation_turn_length_seconds=layer.turn.seconds,
        users=[users[person] for person in layer.people],
        restrictions=list(restrictions(layer.only)) if layer.only else None,
        end=layer.until.instant(schedule.time_zone).isoformat() if layer.until else None,
    )


def restrictions(only: Restriction) -> Iterator[pagerduty.ScheduleLayerRestrictionArgs]:
    """The hours of a layer: one daily restriction, or one weekly restriction for each run of days or window."""
    days = sorted(only.weekdays.numbers)
    if only.window and len(days) == 7:
        yield pagerduty.ScheduleLayerRestrictionArgs(
            type="daily_restriction",
            start_time_of_day=f"{only.window[0]:%H:%M:%S}",
            duration_seconds=_seconds(*only.window),
        )
    elif only.window:
        for day in days:
            yield _weekly(day, only.window[0], _seconds(*only.window))
    elif len(days) < 7:
        for first, length in _runs(days):
            yield _weekly(first, time(), length * 86_400)


def _weekly(day: int, start: time, seconds: int) -> pagerduty.ScheduleLayerRestrictionArgs:
    return pagerduty.ScheduleLayerRestrictionArgs(
        type="weekly_restriction",
        start_day_of_week=day,
        start_time_of_day=f"{start:%H:%M:%S}",
        duration_seconds=seconds,
    )


def _seconds(start: time, end: time) -> int:
    begin = timedelta(hours=start.hour, minutes=start.minute)
    length = (timedelta(hours=end.hour, minutes=end.minute) - begin) % DAY
    return int(length.total_seconds())


def _runs(days: list[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring weekdays as (first day, number of days); a run may go over the end of the week."""
    for day in days:
        if (day - 2) % 7 + 1 not in days:
            length = 1
            while (day - 1 + length) % 7 + 1 in days:
                length += 1
            yield day, length


def policy_args(
    catalog: Catalog,
    name: str,
    policy: Policy,
    *,
    schedules: Mapping[str, pulumi.Input[str]],
    users: Mapping[str, pulumi.Input[str]],
    team: pulumi.Input[str] | None,
) -> pagerduty.EscalationPolicyArgs:
    """An escalation policy; every target says its type, because PagerDuty takes a bare id for a user's."""
    return pagerduty.EscalationPolicyArgs(
        name=names.policy_title(catalog, name),
        description=wording.policy_description(catalog, name),
        num_loops=policy.extra_rounds,
        teams=team,
        rules=[
            pagerduty.EscalationPolicyRuleArgs(
                escalation_delay_in_minutes=step.escalate_after.seconds // 60,
                targets=[_target(ask, schedules, users) for ask in step.ask],
            )
            for step in policy.steps
        ],
    )


def _target(
    ask: str, schedules: Mapping[str, pulumi.Input[str]], users: Mapping[str, pulumi.Input[str]]
) -> pagerduty.EscalationPolicyRuleTargetArgs:
    if ask in schedules:
        return pagerduty.EscalationPolicyRuleTargetArgs(type="schedule_reference", id=schedules[ask])
    return pagerduty.EscalationPolicyRuleTargetArgs(type="user_reference", id=users[ask])


def service_args(
    catalog: Catalog, rule: EffectiveRule, pager: PagerService, policy_id: pulumi.Input[str]
) -> pagerduty.ServiceArgs:
    """The service between a rule and its policy.

    Nothing resolves by itself but the signal that fired, and no grouping may put a new page into an acknowledged
    incident, so neither is set. An acknowledgement that runs out asks again after the policy's own time.
    """
    policy = catalog.oncall.policies[pager.policy]
    expires = policy.acknowledgement_expires
    return pagerduty.ServiceArgs(
        name=pager.name,
        description=wording.pager_text(catalog, rule),
        escalation_policy=policy_id,
        alert_creation="create_alerts_and_incidents",
        auto_resolve_timeout=OFF,
        acknowledgement_timeout=str(expires.seconds) if isinstance(expires, Length) else OFF,
        incident_urgency_rule=pagerduty.ServiceIncidentUrgencyRuleArgs(type="constant", urgency=pager.urgency),
    )


def sentry_integration_args(service_id: pulumi.Input[str]) -> pagerduty.ServiceIntegrationArgs:
    """The key that Sentry sends with; Sentry speaks PagerDuty's Events API v2."""
    return pagerduty.ServiceIntegrationArgs(name="Sentry", service=service_id, type=EVENTS_API_V2)


def datadog_integration_args(
    service_id: pulumi.Input[str], vendor_id: pulumi.Input[str]
) -> pagerduty.ServiceIntegrationArgs:
    """The key that Datadog sends with; PagerDuty lists Datadog as a vendor of its own."""
    return pagerduty.ServiceIntegrationArgs(name="Datadog", service=service_id, vendor=vendor_id)
