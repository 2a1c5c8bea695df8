"""When planned windows mute a rule, and whether that is longer than its severity allows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from monitoring.oncall.clock import WEEK
from monitoring.reach.formatting import either, exact_length, quoted
from monitoring.reach.mutes import MutedWindow, PlannedMute, muted_windows
from monitoring.reach.paths import AlertPath
from monitoring.reach.witness import MUTED_THROUGHOUT, Failure, Stretch

MUTED = "muted too long"


class SilentStretch(NamedTuple):
    """From `start` to just before `end`, windows that touch or overlap mute a rule without a break."""

    start: int
    end: int
    windows: tuple[str, ...]

    @property
    def seconds(self) -> int:
        """How long it is silent."""
        return self.end - self.start


def silent_stretches(mutes: Iterable[MutedWindow]) -> tuple[SilentStretch, ...]:
    """All windows together, in order; those that touch are one stretch, named after those that make it longer."""
    stretches: list[SilentStretch] = []
    for mute in sorted(set(mutes), key=lambda mute: (mute.start, -mute.end, mute.name)):
        last = stretches[-1] if stretches else None
        if last is not None and mute.start <= last.end:
            if mute.end > last.end:
                names = tuple(dict.fromkeys((*last.windows, mute.name)))
                stretches[-1] = SilentStretch(last.start, mute.end, names)
        elif mute.start < mute.end:
            stretches.append(SilentStretch(mute.start, mute.end, (mute.name,)))
    return tuple(stretches)


@lru_cache(maxsize=1024)
def silence_of(mutes: tuple[PlannedMute, ...], start: int, end: int) -> tuple[SilentStretch, ...]:
    """The stretches in which these windows mute a rule, by the longest reading of each; those that touch a span."""
    return silent_stretches(muted_windows(mutes, start, end))


@lru_cache(maxsize=1024)
def sure_silence(mutes: tuple[PlannedMute, ...], start: int, end: int) -> tuple[SilentStretch, ...]:
    """The stretches in which the rule cannot fire, by whatever reading, and none of its groups can."""
    return silent_stretches(replace(each, end=each.sure_end) for each in muted_windows(mutes, start, end))


@lru_cache(maxsize=1024)
def within(stretches: tuple[SilentStretch, ...], start: int | None, end: int | None) -> tuple[SilentStretch, ...]:
    """The stretches cut to a span, which may have no beginning or no end."""
    cut = (_cut(each, each.start if start is None else start, each.end if end is None else end) for each in stretches)
    return tuple(each for each in cut if each.start < each.end)


def _cut(stretch: SilentStretch, start: int, end: int) -> SilentStretch:
    return stretch._replace(start=max(stretch.start, start), end=min(stretch.end, end))


class SilentWeek(NamedTuple):
    """The seven days with the most silence: the first instant, the silent seconds, and the stretches in it."""

    start: int
    seconds: int
    stretches: tuple[SilentStretch, ...]


@lru_cache(maxsize=1024)
def most_silent_week(stretches: tuple[SilentStretch, ...]) -> SilentWeek | None:
    """The earliest seven days in which most is silent, None where nothing is.

    Such a week can be moved until it begins where a stretch begins or ends where one ends, so only those are tried.
    """
    starts = sorted({each.start for each in stretches} | {each.end - WEEK for each in stretches})
    silence = _Silence(stretches)
    best = max(starts, key=lambda start: (silence.before(start + WEEK) - silence.before(start), -start), default=None)
    if best is None:
        return None
    inside = within(stretches, best, best + WEEK)
    return SilentWeek(best, sum(each.seconds for each in inside), inside)


class _Silence:
    """How many silent seconds lie before an instant."""

    def __init__(self, stretches: Sequence[SilentStretch]) -> None:
        self.stretches = stretches
        self.starts = [each.start for each in stretches]
        self.sums = [0, *accumulate(each.seconds for each in stretches)]

    def before(self, moment: int) -> int:
        index = bisect_right(self.starts, moment)
        if index == 0:
            return 0
        last = self.stretches[index - 1]
        return self.sums[index] - max(0, last.end - moment)


# --- against what a severity allows ----------------------------------------------------------------------------


def maintenance_failures(
    path: AlertPath, stretches: tuple[SilentStretch, ...], start: int, end: int, zone: str
) -> Iterator[Failure]:
    """What planned windows break: a rule that is muted for the whole span, or for longer than its severity allows.

    Of a rule on trial each part counts what lies in its own time, since it has another severity in the other.
    `zone` is the time zone in which people read when.
    """
    own = within(stretches, path.since, path.until)
    if not own:
        return
    inside = within(own, start, end)
    if sum(each.seconds for each in inside) == end - start:
        if path.until is None:
            yield replace(_muted_throughout(path, own, inside), zone=zone)
        return
    if path.maintenance_limit is not None and path.waking is not None and not path.limited_by_environment:
        failures = _too_silent(path, own, path.maintenance_limit)
        yield from (replace(failure, zone=zone) for failure in failures)


def _muted_throughout(path: AlertPath, stretches: Sequence[SilentStretch], inside: Sequence[SilentStretch]) -> Failure:
    names, whole = _names(stretches), "of the horizon" if path.since is None else "after its trial"
    why = f"{quoted(names)} {_mute(names)} it at every instant {whole}, so it can never fire"
    spans = tuple(Stretch(each.start, each.end) for each in inside)
    fix = f"end {either(names)} sooner, or take the rule out"
    return Failure(_subject(names), MUTED_THROUGHOUT, "maintenance", why, fix, stretches=spans, always=True)


def _too_silent(path: AlertPath, stretches: tuple[SilentStretch, ...], limit: int) -> Iterator[Failure]:
    longest = max(stretches, key=lambda each: each.seconds, default=None)
    week = most_silent_week(stretches)
    if longest is None or week is None:
        return
    if longest.seconds > limit:
        yield _silence(
            path, limit, (longest,), longest.seconds, f"without a break{_at_other_times(longest, stretches)}"
        )
    elif week.seconds > limit:
        yield _silence(path, limit, week.stretches, week.seconds, "in seven days")


def _at_other_times(longest: SilentStretch, stretches: Sequence[SilentStretch]) -> str:
    """How long the same windows mute it otherwise, where that is shorter: a clock that changes makes the difference."""
    usual = min(each.seconds for each in stretches if each.windows == longest.windows)
    return f" ({exact_length(usual)} at other times)" if usual < longest.seconds else ""


def _silence(path: AlertPath, limit: int, stretches: Sequence[SilentStretch], seconds: int, how: str) -> Failure:
    names = _names(stretches)
    allowed = f"{path.severity} allows {exact_length(limit)} in any seven days"
    return Failure(
        subject=_subject(names),
        cause=MUTED,
        hop="maintenance",
        why=f"{quoted(names)} {_mute(names)} it for {exact_length(seconds)} {how}, and {allowed}",
        fix=f"{_shorter(stretches, seconds - limit)}, or write a longer maintenance-at-most for {path.severity}",
        stretches=tuple(Stretch(each.start, each.end) for each in stretches),
        promised=limit,
    )


def _mute(names: Sequence[str]) -> str:
    return "mutes" if len(names) == 1 else "mute"


def _shorter(stretches: Sequence[SilentStretch], seconds: int) -> str:
    if len(stretches) == 1:
        return f"shorten it by {exact_length(seconds)}"
    return f"shorten the {len(stretches)} of a week by {exact_length(seconds)} in all, or open it less often"


def _subject(names: Iterable[str]) -> str:
    return f"maintenance {' and '.join(names)}"


def _names(stretches: Iterable[SilentStretch]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in stretches for name in each.windows))
