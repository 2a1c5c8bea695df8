"""What mutes a monitor as a Plan declares it, against the planned windows of the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from monitoring.naming.owners import Owners
from monitoring.naming.type_tokens import DOWNTIME
from monitoring.oncall.clock import instant
from monitoring.plan import Plan, Resource
from monitoring.reach.paths import AlertPath, MutedWindow, OnCallData
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


def mute_of(downtime: Resource, owners: Owners, span: OnCallData) -> MutedWindow:
    """The window of a downtime; where it has no end, recurs or cannot be read, it is taken to mute everything."""
    name = owners.owner_of(downtime.type, downtime.name).entry or downtime.name
    window = mapped(downtime.inputs.get("oneTimeSchedule"))
    try:
        start, end = (instant(datetime.fromisoformat(window[edge])) for edge in ("start", "end"))
    except (KeyError, TypeError, ValueError, OverflowError):
        return MutedWindow(name, span.start, span.end)
    return MutedWindow(name, start, end)


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
    if settings.get("scope") != EVERYTHING:
        why = f'{name} mutes only the scope "{settings.get("scope")}", which this cannot follow'
        yield Unresolved("maintenance", why, f'declare the scope "{EVERYTHING}", and choose monitors by their tags')


def mutes_unlike(span: OnCallData, path: AlertPath, mutes: Iterable[MutedWindow]) -> Iterator[Unresolved]:
    """A window that the catalog does not know, and a planned one that mutes nothing."""
    promised = {(mute.start, mute.end) for mute in path.mutes if mute.start < span.end and mute.end > span.start}
    declared = {(mute.start, mute.end): mute.name for mute in mutes if mute.start < span.end and mute.end > span.start}
    for window in sorted(set(declared) - promised):
        why = f'the downtime "{declared[window]}" mutes it, and the catalog knows no such maintenance'
        yield Unresolved("maintenance", why, "take the downtime away, or declare it in maintenance.yaml")
    if promised - set(declared):
        yield Unresolved("maintenance", "a planned window does not mute it", "declare the downtime")
