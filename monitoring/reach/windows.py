"""What each planned window does to the rules of a proof: when it is open, which it mutes, and which still wake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitoring.oncall.clock import utc
from monitoring.reach.formatting import clock, length
from monitoring.reach.mutes import MutedWindow, PlannedMute, muted_windows
from monitoring.reach.paths import AlertPath
from monitoring.reach.proof import Proof


@dataclass(frozen=True, slots=True)
class WindowReport:
    """A window in the span of a proof: its openings, the rules that it mutes, and those that still wake somebody."""

    name: str
    openings: tuple[MutedWindow, ...]
    muted: tuple[str, ...]
    still_waking: tuple[str, ...]
    goes_on: bool
    """Whether it opens after the span, too."""


def planned_windows(proof: Proof) -> Mapping[str, PlannedMute]:
    """The windows that are about some rule of a proof, by their names; of one that mutes, what it mutes."""
    paths = (rule_proof.path for rule_proof in proof.rules)
    return {mute.name: mute for path in paths for mute in (*path.spared, *path.mutes)}


def window_reports(proof: Proof) -> tuple[WindowReport, ...]:
    """Every window that is open in the span of a proof, the one that opens first first."""
    paths = tuple(rule_proof.path for rule_proof in proof.rules)
    opened = ((mute, muted_windows((mute,), proof.start, proof.end)) for mute in planned_windows(proof).values())
    reports = (_report(mute, openings, paths, proof.end) for mute, openings in opened if openings)
    return tuple(sorted(reports, key=lambda report: (report.openings[0].start, report.name)))


def _report(
    window: PlannedMute, openings: tuple[MutedWindow, ...], paths: tuple[AlertPath, ...], end: int
) -> WindowReport:
    name = window.name
    muted = dict.fromkeys(path.rule for path in paths if any(mute.name == name for mute in path.mutes))
    waking = dict.fromkeys(path.rule for path in paths if path.wakes and any(m.name == name for m in path.spared))
    over_at = window.times.over_at
    return WindowReport(name, openings, tuple(muted), tuple(waking), goes_on=over_at is None or over_at > utc(end))


def report_lines(report: WindowReport, rules_shown: int) -> Iterator[str]:
    """What a window does, in words."""
    first, *more = report.openings
    groups = f" (of those split by it, {first.only} alone)" if first.only else ""
    span = f"for {length(first.end - first.start)} from {clock(first.start)}"
    again = f", and {len(more)} more time{'s' * (len(more) > 1)} until {clock(more[-1].end)}" if more else ""
    rules = f"{len(report.muted)} rule{'s' * (len(report.muted) != 1)}"
    beyond = "; it goes on after the span of this proof" if report.goes_on else ""
    yield f'Maintenance "{report.name}" mutes {rules}{groups} {span}{again}{beyond}.'
    if report.still_waking:
        wake = "wakes" if len(report.still_waking) == 1 else "wake"
        shown = ", ".join(report.still_waking[:rules_shown])
        left = len(report.still_waking) - rules_shown
        yield f"  It does not mute {shown}{f' and {left} more' * (left > 0)}, which still {wake} somebody."
