"""The note of a handover, as far as the catalog can fill it: who is on call, whom to ask, what ends, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from monitoring import wording
from monitoring.docs.markdown import code, document, inert, plain, table
from monitoring.model.catalog import Catalog
from monitoring.model.oncall import Role, Schedule
from monitoring.oncall.calendar import OpenShift, shifts_from
from monitoring.oncall.clock import DAY, WEEK, instant, midnight, utc
from monitoring.reach.formatting import clock, length, local_and_utc, wall_clock
from monitoring.reach.zones import first_zone

SHOWN_SHIFTS = 3  # the one that runs, and two more
RECENT = WEEK
_TO_FILL = "…"


@dataclass(frozen=True, slots=True)
class MergedChange:
    """A change of the catalog: the first characters of its commit, when it was merged, and its subject."""

    commit: str
    at: int
    subject: str


@dataclass(frozen=True, slots=True)
class MergedChanges:
    """The changes of the last days, the newest first, or why they are not known."""

    changes: tuple[MergedChange, ...] = ()
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """Something of the catalog that is temporary: its kind, what it is, and when it ends."""

    kind: str
    text: str
    end: int


def handover_note(catalog: Catalog, at: int, ahead: int, merged: MergedChanges, questions: Sequence[str]) -> str:
    """The whole note at an instant, as Markdown; `ahead` is how many seconds ahead it looks for what ends."""
    soon = length(ahead)
    return document(
        f"# Handover, {local_and_utc(at, first_zone(catalog))}",
        "## Only you know" if questions else "",
        "\n".join(f"{number}. {inert(question)} {_TO_FILL}" for number, question in enumerate(questions, start=1)),
        "## On call now and next",
        _shifts(catalog, at),
        "## Who can be asked now",
        _roles(catalog, at),
        f"## Ends within {soon}",
        _endings(catalog, at, ahead),
        f"## Merged in the {length(RECENT)} before",
        _merged(merged),
    )


# --- people ----------------------------------------------------------------------------------------------------


def _shifts(catalog: Catalog, at: int) -> str:
    rows = (
        [plain(wording.ask_title(catalog, name)), *_cells(_from_now(schedule, at), schedule.time_zone)]
        for name, schedule in catalog.oncall.schedules.items()
    )
    headings = ["schedule", "now", "next", "then"]
    return table(headings, rows) if catalog.oncall.schedules else "The catalog has no schedules."


def _from_now(schedule: Schedule, at: int) -> list[OpenShift]:
    """The shift that runs at an instant, and the next ones."""
    return list(islice(shifts_from(schedule, at), SHOWN_SHIFTS))


def _cells(shifts: Sequence[OpenShift], zone_name: str) -> list[str]:
    cells = [f"{plain(shift.person or 'nobody')}{_until(shift, zone_name)}" for shift in shifts]
    return [*cells, *["–"] * (SHOWN_SHIFTS - len(cells))]


def _until(shift: OpenShift, zone_name: str) -> str:
    return "" if shift.end is None else f" until {wall_clock(shift.end, zone_name)}"


def _roles(catalog: Catalog, at: int) -> str:
    declared = catalog.oncall.roles.values()
    rows = ([f"**{plain(role.title)}**", _asked_now(catalog, role, at)] for role in declared)
    return table(["role", "can be asked now"], rows) if declared else "The catalog declares no role."


def _asked_now(catalog: Catalog, role: Role, at: int) -> str:
    """Everybody who can take a role at an instant, in the order in which they are asked."""
    return ", then ".join(_who(catalog, ask, at) for ask in role.ask)


def _who(catalog: Catalog, ask: str, at: int) -> str:
    title, schedule = plain(wording.ask_title(catalog, ask)), catalog.oncall.schedules.get(ask)
    if schedule is None:
        return title
    (shift, *_) = _from_now(schedule, at)
    return f"{plain(shift.person or 'nobody')} ({title}{_until(shift, schedule.time_zone)})"


# --- what ends -------------------------------------------------------------------------------------------------


def _endings(catalog: Catalog, at: int, ahead: int) -> str:
    soon = sorted((ending for ending in endings(catalog, at, ahead)), key=lambda ending: (ending.end, ending.text))
    rows = ([ending.kind, ending.text, clock(ending.end)] for ending in soon)
    return table(["what", "which", "ends"], rows) if soon else "Nothing: no trial, no waiver and no maintenance window."


def endings(catalog: Catalog, at: int, ahead: int) -> Iterator[Ending]:
    """Trials and waivers that end in a span from an instant on, and maintenance windows that run or begin in it.

    Of a window that recurs the first opening in the span stands for all of them.
    """
    for ending in (*_trials(catalog), *_waivers(catalog)):
        if at < ending.end <= at + ahead:
            yield ending
    for window in catalog.maintenance.values():
        for opening in islice(window.times.openings(utc(at), utc(at + ahead)), 1):
            begin, what = clock(instant(opening.start)), plain(wording.window_scope(window))
            again = f"; it opens {plain(wording.window_times(window))}" if window.every else ""
            text = f"{plain(window.title)}: mutes {what} from {begin}{again}"
            yield Ending("maintenance", text, instant(opening.latest))


def _trials(catalog: Catalog) -> Iterator[Ending]:
    for name, (_, rule) in catalog.rules.items():
        if rule.trial_until:
            yield Ending("trial", f"{code(name)} acts as {rule.severity} from then on", midnight(rule.trial_until))


def _waivers(catalog: Catalog) -> Iterator[Ending]:
    for waiver in catalog.accepted.waivers:
        text = f"{plain(waiver.check)}: {plain(waiver.finding)} ({plain(waiver.reason)})"
        yield Ending("waiver", text, midnight(waiver.expires) + DAY)


# --- what changed ----------------------------------------------------------------------------------------------


def _merged(merged: MergedChanges) -> str:
    if merged.unknown:
        return f"Not known: {plain(merged.unknown)}."
    return "\n".join(_lines(merged.changes)) or "The catalog did not change."


def _lines(changes: Iterable[MergedChange]) -> Iterator[str]:
    return (f"- {clock(change.at)} {inert(change.subject)} ({code(change.commit)})" for change in changes)
