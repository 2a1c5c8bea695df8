"""What mutes a monitor as a Plan declares it, against the planned windows of the catalog."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta

from monitoring.model.scalars import SECONDS_IN, zone
from monitoring.model.window_times import EVERY_DAY, OneTime, Recurring, WindowTimes
from monitoring.naming.owners import Owners
from monitoring.naming.type_tokens import DOWNTIME
from monitoring.oncall.clock import RFC_WEEKDAYS, utc
from monitoring.plan import Plan, Resource, Value
from monitoring.reach.mutes import PlannedMute
from monitoring.reach.paths import AlertPath, OnCallData
from monitoring.reach.plan.followed import unfollowed
from monitoring.reach.plan.oncall import mapped, referred, texts
from monitoring.reach.plan.routing import tags
from monitoring.reach.plan.unresolved import Unresolved

EVERYTHING = "*"


def downtimes(plan: Plan, resource: Resource) -> Iterator[Resource]:
    """The downtimes that take a monitor or test, by its tags or by its id."""
    for downtime in plan.of_type(DOWNTIME) if resource.vendor == "datadog" else ():
        identified = mapped(downtime.inputs.get("monitorIdentifier"))
        wanted = texts(identified.get("monitorTags"))
        monitor = referred(plan, identified.get("monitorId"), resource.type)
        if (wanted and wanted - {EVERYTHING} <= tags(resource)) or (
            monitor is not None and monitor.key == resource.key
        ):
            yield downtime


def mutes_of(downtime: Resource, owners: Owners, span: OnCallData) -> Iterator[PlannedMute]:
    """The windows of a downtime; where it has no end or cannot be read, it is taken to mute everything."""
    name = owners.owner_of(downtime.type, downtime.name).entry or downtime.name
    only = tuple(sorted((read_scope(downtime.inputs.get("scope")) or {}).items()))
    once, again = (mapped(downtime.inputs.get(f"{word}Schedule")) for word in ("oneTime", "recurring"))
    recurrences = again.get("recurrences") or ()
    times: list[WindowTimes]
    try:
        times = [read_recurrence(again["timezone"], each) for each in recurrences] or [_one_time(once)]
    except (KeyError, TypeError, ValueError, OverflowError):
        times = [OneTime(utc(span.start), utc(span.end))]
    return (PlannedMute(name, each, only) for each in times)


def _one_time(window: Mapping[str, Value]) -> WindowTimes:
    start, end = (datetime.fromisoformat(window[edge]) for edge in ("start", "end"))
    return OneTime(start.astimezone(UTC), end.astimezone(UTC))


def unfit_downtime(downtime: Resource) -> Iterator[Unresolved]:
    """What makes a window hold back more than it should: an alert that outlasts it, or a recovery.

    What Datadog does where the two lists are left out its API description does not say (downtimes, version 2); so
    they have to be there.
    """
    yield from unfollowed(downtime)
    name, settings = f'the downtime "{downtime.name}"', downtime.inputs
    lasting = "alert" in texts(settings.get("notifyEndStates"))
    if not lasting or "expired" not in texts(settings.get("notifyEndTypes")):
        why = f"{name} tells nobody of an alert that still lasts when it ends"
        yield Unresolved("maintenance", why, 'declare notifyEndStates "alert" and notifyEndTypes "expired"')
    if settings.get("muteFirstRecoveryNotification"):
        why = f"{name} holds back the first recovery, so an incident stays open"
        yield Unresolved("maintenance", why, "declare muteFirstRecoveryNotification false")
    if read_scope(settings.get("scope")) is None:
        why = f'{name} mutes only the scope "{settings.get("scope")}", which this cannot follow'
        yield Unresolved("maintenance", why, f'declare the scope "{EVERYTHING}", or tags that split the monitor')


_TERM = re.compile(r"(?P<key>[^\s:()]+):(?:(?P<value>[^\s()]+)|\((?P<values>[^()]+)\))")


def read_scope(scope: Value) -> Mapping[str, tuple[str, ...]] | None:
    """The tags in a scope, key:value or key:(one OR another) joined by AND; none for everything, None for what else."""
    if scope == EVERYTHING:
        return {}
    terms = [_TERM.fullmatch(term) for term in str(scope).split(" AND ")]
    read = {term["key"]: tuple((term["value"] or term["values"]).split(" OR ")) for term in terms if term}
    return read if len(read) == len(terms) else None


_RULE = re.compile(
    r"FREQ=(?P<unit>DAILY|WEEKLY);INTERVAL=(?P<number>[1-9]\d{0,3})"
    r"(?:;BYDAY=(?P<days>[A-Z,]+))?(?:;UNTIL=(?P<until>\d{8}T\d{6}Z))?",
    re.ASCII,
)
_LENGTH = re.compile(r"(?P<number>[1-9]\d{0,4})(?P<unit>[mhdw])", re.ASCII)


def read_recurrence(zone_name: str, recurrence: Mapping[str, Value]) -> Recurring:
    """When a recurrence of Datadog's is open; ValueError or KeyError for one in other words than are sent.

    Sources: RFC 5545, the rules; Datadog's API description, DowntimeScheduleRecurrenceCreateUpdateRequest: a start
    without offset in the schedule's zone, a length of minutes, hours, days or weeks.
    """
    rule, length = _RULE.fullmatch(recurrence["rrule"]), _LENGTH.fullmatch(recurrence["duration"])
    first = datetime.fromisoformat(recurrence["start"])
    if rule is None or length is None or first.tzinfo is not None:
        raise ValueError("a recurrence in other words")
    days = frozenset(RFC_WEEKDAYS.index(day) + 1 for day in (rule["days"] or ",".join(RFC_WEEKDAYS)).split(","))
    is_weekly = rule["unit"] == "WEEKLY"
    if first.isoweekday() not in days or (is_weekly and len(days) != 1):
        raise ValueError("it does not begin on a day of its own, or is open on several days of each week")
    return Recurring(
        zone_name=zone_name,
        first=first,
        length=timedelta(seconds=int(length["number"]) * SECONDS_IN[length["unit"]]),
        every=int(rule["number"]) * (7 if is_weekly else 1),
        weekdays=EVERY_DAY if is_weekly else days,
        until=_last_day(rule["until"], first.time(), zone_name),
    )


def _last_day(until: str | None, opens_at: time, zone_name: str) -> date | None:
    """The last day on which it opens no later than an instant."""
    if until is None:
        return None
    local = datetime.fromisoformat(until).astimezone(zone(zone_name))
    return local.date() - timedelta(days=local.time() < opens_at)


def mutes_unlike(span: OnCallData, path: AlertPath, mutes: Iterable[PlannedMute]) -> Iterator[Unresolved]:
    """A window that the catalog does not know, and a planned one that mutes nothing; each at its first opening."""
    promised, declared = _openings(path.mutes, span), _openings(mutes, span)
    strange = dict.fromkeys(declared[opening] for opening in sorted(declared.keys() - promised.keys()))
    for name in strange:
        why = f'the downtime "{name}" mutes it, and the catalog knows no such maintenance'
        yield Unresolved("maintenance", why, "take the downtime away, or declare it in maintenance.yaml")
    if promised.keys() - declared.keys():
        yield Unresolved("maintenance", "a planned window does not mute it", "declare the downtime")


def _openings(mutes: Iterable[PlannedMute], span: OnCallData) -> Mapping[tuple[int, int, str], str]:
    """Each opening in a span, with its window; of what recurs those that begin in it, as the program declares it."""
    return {
        (opening.start, opening.end, opening.only): opening.name
        for mute in mutes
        for opening in mute.openings(span.start, span.end)
        if isinstance(mute.times, OneTime) or opening.start > span.start
    }
