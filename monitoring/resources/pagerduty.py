"""PagerDuty: schedules, escalation policies, services and their integrations, from our words to its Args."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from monitoring import wording
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.oncall import ActiveLayer, Policy, Schedule, SupportHours
from monitoring.model.scalars import Length
from monitoring.model.service import Team
from monitoring.model.signals import Elsewhere
from monitoring.model.week import DAY, Window, runs
from monitoring.naming import names
from monitoring.naming.pager_service import PagerService
from monitoring.oncall.clock import RFC_WEEKDAYS, in_zone, iso, utc
from monitoring.oncall.recurring import RecurringShift, recurring_shifts
from monitoring.resources.sdks import pagerduty, pulumi

# The word that switches a timeout off; "0" would come back as this word and differ for ever.
OFF = "null"
EVENTS_API_V2 = "events_api_v2_inbound_integration"
MAILBOX = "generic_email_inbound_integration"


def team_args(catalog: Catalog, team: Team) -> pagerduty.TeamArgs:
    """A team, so that policies have an owner."""
    return pagerduty.TeamArgs(name=team.title, description=wording.team_description(catalog, team))


def schedule_args(
    catalog: Catalog, name: str, schedule: Schedule, users: Mapping[str, pulumi.Input[str]]
) -> pagerduty.ScheduleArgs:
    """A schedule; its layers stay in order, since a later one wins there as here."""
    return pagerduty.ScheduleArgs(
        name=names.layered_title(catalog, name),
        description=wording.schedule_description(name),
        time_zone=schedule.time_zone,
        layers=[
            layer_args(number, layer, schedule.time_zone, users)
            for number, layer in enumerate(schedule.active_layers, start=1)
        ],
    )


def layer_args(
    number: int, active: ActiveLayer, time_zone: str, users: Mapping[str, pulumi.Input[str]]
) -> pagerduty.ScheduleLayerArgs:
    """A layer; turns are counted from the anchor, so neither a change of its people nor a cover moves them.

    `rotation_virtual_start` may lie before `start` (PagerDuty's API description, ScheduleLayer).
    """
    layer = active.layer
    return pagerduty.ScheduleLayerArgs(
        name=names.layer_title(number),
        start=active.start.isoformat(),
        rotation_virtual_start=layer.anchor.instant(time_zone).isoformat(),
        rotation_turn_length_seconds=layer.turn.seconds,
        users=[users[person] for person in active.people],
        restrictions=list(restrictions([hours.window for hours in layer.only])) if layer.only else None,
        end=active.end.isoformat() if active.end else None,
    )


def restrictions(windows: Sequence[Window]) -> Iterator[pagerduty.ScheduleLayerRestrictionArgs]:
    """The hours of a layer: one daily restriction, or one weekly restriction for each run of days or window.

    Bounds of the provider (pagerduty/pagerduty 3.32.4, resource_pagerduty_schedule.go): 1 to 604,799 seconds, below
    86,400 for a daily restriction, and a weekday for a weekly one alone; what the model reads lies within them.
    """
    if len(windows) == 1 and len(windows[0].weekdays) == 7 and not windows[0].is_whole_days:
        yield pagerduty.ScheduleLayerRestrictionArgs(
            type="daily_restriction",
            start_time_of_day=_time_of_day(windows[0].start),
            duration_seconds=windows[0].length,
        )
        return
    for window in windows:
        if window.is_whole_days:
            yield from (_weekly(first, 0, days * DAY) for first, days in runs(window.weekdays))
        else:
            yield from (_weekly(weekday, window.start, window.length) for weekday in sorted(window.weekdays))


def _weekly(weekday: int, start: int, seconds: int) -> pagerduty.ScheduleLayerRestrictionArgs:
    return pagerduty.ScheduleLayerRestrictionArgs(
        type="weekly_restriction",
        start_day_of_week=weekday,
        start_time_of_day=_time_of_day(start),
        duration_seconds=seconds,
    )


def _time_of_day(seconds: int) -> str:
    return f"{seconds // 3_600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def shift_based_args(
    catalog: Catalog, name: str, schedule: Schedule, users: Mapping[str, pulumi.Input[str]]
) -> pagerduty.Schedulev2Args:
    """A shift-based schedule: for each recurring shift a rotation with one event.

    Events of one rotation may not overlap (PagerDuty's API description of 2026-08-14, createEvent), and what is
    compared are the times in which they take effect, whatever their hours are (reported by a user in public).
    """
    return pagerduty.Schedulev2Args(
        name=names.schedule_title(catalog, name),
        description=wording.schedule_description(name),
        time_zone=schedule.time_zone,
        rotations=[
            pagerduty.Schedulev2RotationArgs(events=[event_args(shift, schedule.time_zone, users)])
            for shift in recurring_shifts(schedule)
        ],
    )


def event_args(
    shift: RecurringShift, time_zone: str, users: Mapping[str, pulumi.Input[str]]
) -> pagerduty.Schedulev2RotationEventArgs:
    """A recurring shift of one member, so that no count of members has to be kept when the event is made anew.

    PagerDuty takes an `effective_since` that is over for the present (API description, createEvent); that changes
    nothing, since the recurrence is counted from `start_time`. `effective_until` is not used: an event that is over by
    it can be neither changed nor deleted, and the provider would try to (resource_pagerduty_schedulev2.go).
    """
    return pagerduty.Schedulev2RotationEventArgs(
        name=names.shift_title(shift.layer, once=shift.recurrence is None),
        start_time=in_zone(shift.start, time_zone).isoformat(),
        end_time=in_zone(shift.end, time_zone).isoformat(),
        effective_since=iso(shift.start),
        recurrences=list(recurrence_rules(shift)),
        assignment_strategies=[
            pagerduty.Schedulev2RotationEventAssignmentStrategyArgs(
                type="every_member_assignment_strategy",
                members=[
                    pagerduty.Schedulev2RotationEventAssignmentStrategyMemberArgs(
                        type="user_member", user_id=users[shift.person]
                    )
                ],
            )
        ],
    )


def recurrence_rules(shift: RecurringShift) -> Iterator[str]:
    """One RRULE and an EXDATE for each exception, as RFC 5545 writes them, with instants in UTC."""
    recurrence = shift.recurrence
    if recurrence is None:
        yield "RRULE:FREQ=DAILY;COUNT=1"
        return
    days = ",".join(RFC_WEEKDAYS[day - 1] for day in recurrence.weekdays)
    parts = [
        "FREQ=WEEKLY" if days else "FREQ=DAILY",
        *([f"INTERVAL={recurrence.interval}"] if recurrence.interval > 1 else []),
        *([f"BYDAY={days}"] if days else []),
        *([f"UNTIL={_basic(shift.last)}"] if shift.last is not None else []),
    ]
    yield f"RRULE:{';'.join(parts)}"
    yield from (f"EXDATE:{_basic(moment)}" for moment in shift.exceptions)


def _basic(moment: int) -> str:
    return f"{utc(moment):%Y%m%dT%H%M%SZ}"


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

    Nothing resolves by itself but the signal that fired, unless its policy says so; no grouping may put a new page
    into an acknowledged incident. An acknowledgement that runs out asks again after the policy's own time.
    """
    policy = catalog.oncall.policies[pager.policy]
    return pagerduty.ServiceArgs(
        name=pager.name,
        description=wording.pager_text(catalog, rule),
        escalation_policy=policy_id,
        alert_creation="create_alerts_and_incidents",
        auto_resolve_timeout=_timeout(policy.resolves_after),
        acknowledgement_timeout=_timeout(policy.acknowledgement_expires),
        incident_urgency_rule=urgency_args(pager),
        support_hours=support_hours_args(pager.hours) if pager.hours else None,
        scheduled_actions=[_high_when_hours_begin()] if pager.hours else None,
    )


def urgency_args(pager: PagerService) -> pagerduty.ServiceIncidentUrgencyRuleArgs:
    """One urgency for all incidents of a service, or high in its support hours and low outside of them."""
    if pager.hours is None:
        return pagerduty.ServiceIncidentUrgencyRuleArgs(type="constant", urgency=pager.urgency)
    return pagerduty.ServiceIncidentUrgencyRuleArgs(
        type="use_support_hours",
        during_support_hours=pagerduty.ServiceIncidentUrgencyRuleDuringSupportHoursArgs(
            type="constant", urgency="high"
        ),
        outside_support_hours=pagerduty.ServiceIncidentUrgencyRuleOutsideSupportHoursArgs(
            type="constant", urgency="low"
        ),
    )


def support_hours_args(hours: SupportHours) -> pagerduty.ServiceSupportHoursArgs:
    """The hours as PagerDuty takes them: one window for each of some weekdays."""
    return pagerduty.ServiceSupportHoursArgs(
        type="fixed_time_per_day",
        time_zone=hours.time_zone,
        days_of_weeks=sorted(hours.days.numbers),
        start_time=_time_of_day(hours.from_.second),
        end_time=_time_of_day(hours.to.second),
    )


def _high_when_hours_begin() -> pagerduty.ServiceScheduledActionArgs:
    """What is still open then asks again at high urgency; PagerDuty refuses support hours without it."""
    begins = pagerduty.ServiceScheduledActionAtArgs(type="named_time", name="support_hours_start")
    return pagerduty.ServiceScheduledActionArgs(type="urgency_change", to_urgency="high", ats=[begins])


def _timeout(length: Length | Literal["never"]) -> str:
    return str(length.seconds) if isinstance(length, Length) else OFF


SLACK_EVENTS = (
    "incident.triggered",
    "incident.acknowledged",
    "incident.escalated",
    "incident.resolved",
    "incident.reassigned",
    "incident.annotated",
    "incident.unacknowledged",
    "incident.delegated",
    "incident.priority_updated",
    "incident.responder.added",
    "incident.responder.replied",
    "incident.status_update_published",
    "incident.reopened",
)
"""What a channel hears of an incident: everything, as real services have it, by the names of the provider's example."""


def slack_connection_args(
    service_id: pulumi.Input[str], workspace_id: str, channel_id: str
) -> pagerduty.SlackConnectionArgs:
    """A Slack channel that hears of a service's incidents, and in which somebody may acknowledge them.

    Without `priorities` PagerDuty posts only incidents that have none (docs of the provider's slack_connection).
    """
    return pagerduty.SlackConnectionArgs(
        source_id=service_id,
        source_type="service_reference",
        workspace_id=workspace_id,
        channel_id=channel_id,
        notification_type="responder",
        configs=[pagerduty.SlackConnectionConfigArgs(events=list(SLACK_EVENTS), priorities=["*"])],
    )


def sentry_integration_args(service_id: pulumi.Input[str]) -> pagerduty.ServiceIntegrationArgs:
    """The key that Sentry sends with; Sentry speaks PagerDuty's Events API v2."""
    return pagerduty.ServiceIntegrationArgs(name="Sentry", service=service_id, type=EVENTS_API_V2)


def datadog_integration_args(
    service_id: pulumi.Input[str], vendor_id: pulumi.Input[str]
) -> pagerduty.ServiceIntegrationArgs:
    """The key that Datadog sends with; PagerDuty lists Datadog as a vendor of its own."""
    return pagerduty.ServiceIntegrationArgs(name="Datadog", service=service_id, vendor=vendor_id)


def elsewhere_integration_args(
    signal: Elsewhere, service_id: pulumi.Input[str], vendors: Mapping[str, pulumi.Input[str]]
) -> pagerduty.ServiceIntegrationArgs:
    """The way in for another system: by the Events API v2, by its vendor's own integration, or by mail.

    Each mail opens an incident, whatever is open already: nothing may put a new page into an acknowledged incident.
    """
    if signal.vendor:
        return pagerduty.ServiceIntegrationArgs(name=signal.sender, service=service_id, vendor=vendors[signal.vendor])
    if signal.email:
        return pagerduty.ServiceIntegrationArgs(
            name=signal.sender,
            service=service_id,
            type=MAILBOX,
            integration_email=signal.email,
            email_incident_creation="on_new_email",
            email_filter_mode="all-email",
        )
    return pagerduty.ServiceIntegrationArgs(name=signal.sender, service=service_id, type=EVENTS_API_V2)
