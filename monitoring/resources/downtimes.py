"""Datadog's mutes of planned work: what is muted, and when, in its recurrence rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from monitoring import wording
from monitoring.model.maintenance import Maintenance
from monitoring.model.window_times import EVERY_DAY, OneTime, Recurring, instant_of
from monitoring.oncall.clock import RFC_WEEKDAYS
from monitoring.queries.writing import datadog_scope
from monitoring.resources.sdks import datadog


def downtime_args(window: Maintenance, monitor_tags: Sequence[str], after: datetime) -> datadog.DowntimeScheduleArgs:
    """A mute of the monitors with these tags for one window; one that recurs begins with its first opening `after`."""
    args = partial(
        datadog.DowntimeScheduleArgs,
        scope=datadog_scope(window.where),
        message=wording.window_message(window),
        display_timezone=window.time_zone,
        mute_first_recovery_notification=False,
        notify_end_states=["alert"],
        notify_end_types=["canceled", "expired"],
        monitor_identifier=datadog.DowntimeScheduleMonitorIdentifierArgs(monitor_tags=monitor_tags),
    )
    match window.times:
        case OneTime() as times:
            return args(one_time_schedule=_once(times))
        case Recurring() as times:
            return args(recurring_schedule=_again_and_again(times, after))


def _once(times: OneTime) -> datadog.DowntimeScheduleOneTimeScheduleArgs:
    start, end = (f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for moment in (times.start, times.end))
    return datadog.DowntimeScheduleOneTimeScheduleArgs(start=start, end=end)


def _again_and_again(times: Recurring, after: datetime) -> datadog.DowntimeScheduleRecurringScheduleArgs:
    """The schedule from the first opening after an instant on, since Datadog takes no start in the past.

    Where it opens no more, its last opening runs, and the start is that one's. Datadog's API description: the start
    has no offset, the zone is the schedule's.
    """
    start = times.next_local(after) or times.last_local or times.first
    recurrence = datadog.DowntimeScheduleRecurringScheduleRecurrenceArgs(
        start=f"{start:%Y-%m-%dT%H:%M:%S}", duration=duration(times.length), rrule=rrule(times)
    )
    return datadog.DowntimeScheduleRecurringScheduleArgs(recurrences=[recurrence], timezone=times.zone_name)


def duration(length: timedelta) -> str:
    """A length as Datadog spells it, in the largest unit of which it is a whole number: 90m, 2h, 1d."""
    minutes = length // timedelta(minutes=1)
    unit, size = next((unit, size) for unit, size in (("d", 1440), ("h", 60), ("m", 1)) if minutes % size == 0)
    return f"{minutes // size}{unit}"


def rrule(times: Recurring) -> str:
    """How a window recurs, as RFC 5545 writes it; the time of day is the start's."""
    parts = ["FREQ=DAILY", f"INTERVAL={times.every}"]
    if times.every % 7 == 0:
        parts = ["FREQ=WEEKLY", f"INTERVAL={times.every // 7}", f"BYDAY={RFC_WEEKDAYS[times.first.weekday()]}"]
    elif times.weekdays != EVERY_DAY:
        parts.append(f"BYDAY={','.join(RFC_WEEKDAYS[number - 1] for number in sorted(times.weekdays))}")
    if (last := times.last_local) is not None:
        parts.append(f"UNTIL={_until(last, times)}")
    return ";".join(parts)


def _until(last: datetime, times: Recurring) -> str:
    """An instant after the last opening and before the next one would be, in UTC and on the zone's wall alike.

    RFC 5545 wants UTC beside a time zone, and a reader that takes it for local time leaves the same openings: no zone
    is a day from UTC, and a window opens once a day at most.
    """
    in_utc = instant_of(last, times.zone_name).replace(tzinfo=None)
    return f"{max(last, in_utc):%Y%m%dT%H%M%SZ}"
