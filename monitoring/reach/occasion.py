"""Why a promise fails just then: how the stretches repeat, what the clocks do, who is on call before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from monitoring.oncall.clock import DAY, WEEK, in_zone, wall
from monitoring.oncall.timeline import Timeline
from monitoring.reach.blame import Blame, Case
from monitoring.reach.formatting import exact_length, length, quoted, wall_clock
from monitoring.reach.paths import OnCallData
from monitoring.reach.witness import Stretch

RHYTHMS = ((DAY, "every day"), (WEEK, "every week"), (2 * WEEK, "every second week"), (4 * WEEK, "every four weeks"))


def notes(case: Case, blame: Blame, stretches: Sequence[Stretch]) -> Iterator[str]:
    """Sentences for a lead who has to understand it at night; none where nothing is known."""
    oncall_data, policy = case.oncall_data, case.policy.name
    zone_name = oncall_data.zone(policy)
    if rhythm := _rhythm(stretches, zone_name):
        yield rhythm
    if clocks := _clocks(oncall_data, _zones(case), stretches):
        yield clocks
    for target in blame.absent:
        yield _neighbours(oncall_data, target, blame.moment)


def _zones(case: Case) -> list[str]:
    targets = [target.name for step in case.policy.steps for target in step.targets]
    return sorted({case.oncall_data.zones[name] for name in targets})


def _rhythm(stretches: Sequence[Stretch], zone_name: str) -> str:
    """How far apart the stretches begin, on the wall of a zone, where it is the same for most of them."""
    if len(stretches) < 3:
        return ""
    starts = [wall(in_zone(each.start, zone_name).replace(tzinfo=None)) for each in stretches]
    [(gap, times)] = Counter(later - earlier for earlier, later in pairwise(starts)).most_common(1)
    name = dict(RHYTHMS).get(gap)
    if name is None or times < 0.6 * (len(starts) - 1):
        return ""
    lengths = sorted({each.end - each.start for each in stretches})
    shape = exact_length(lengths[0]) if len(lengths) == 1 else f"{length(lengths[0])} to {length(lengths[-1])}"
    mostly = "" if times == len(starts) - 1 else "mostly "
    return f"it repeats {mostly}{name}, for {shape} each time, until {wall_clock(stretches[-1].end, zone_name)}"


def _clocks(oncall_data: OnCallData, zones: Sequence[str], stretches: Sequence[Stretch]) -> str:
    """Two zones that are an unusual time apart in every stretch, and in no other part of the horizon's days."""
    for first, second in ((a, b) for index, a in enumerate(zones) for b in zones[index + 1 :]):
        apart = {_apart(first, second, each.start) for each in stretches}
        days = range(oncall_data.start, oncall_data.end, DAY)
        usual, _ = Counter(_apart(first, second, day) for day in days).most_common(1)[0]
        if len(apart) == 1 and usual not in apart:
            unusual = exact_length(abs(apart.pop()))
            return f"only while {first} and {second} are {unusual} apart, and not {exact_length(abs(usual))}"
    return ""


def _apart(first: str, second: str, moment: int) -> int:
    """The seconds by which the clocks of two zones differ at an instant."""
    offsets = [in_zone(moment, name).utcoffset() for name in (first, second)]
    return sum(sign * int(offset.total_seconds()) for sign, offset in zip((1, -1), offsets, strict=True) if offset)


def _neighbours(oncall_data: OnCallData, target: str, moment: int) -> str:
    """Who is on call before and after an instant at which nobody is."""
    timeline, zone_name = oncall_data.timelines[target], oncall_data.zones[target]
    shift = timeline.shift(moment)
    before = _person(timeline, shift.start - 1) if shift.start > timeline.start else None
    after = _person(timeline, shift.end) if shift.end < timeline.end else None
    since = f"{before} until {wall_clock(shift.start, zone_name)}" if before else "nobody known before"
    until = f"{after} from {wall_clock(shift.end, zone_name)} on" if after else "nobody known after"
    return f"in {quoted([target])}: {since}, then {until}"


def _person(timeline: Timeline, moment: int) -> str | None:
    return timeline.at(moment)
