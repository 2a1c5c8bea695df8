"""How lengths and instants are written for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from monitoring.model.local_time import LocalDateTime, instants
from monitoring.model.scalars import Length, zone
from monitoring.oncall.clock import DAY, HOUR, MINUTE, in_zone, utc


def length(seconds: int) -> str:
    """A length of time in at most two units: 45s, 5m, 1h 30m, 2d 3h."""
    for size, unit, lower, below in ((DAY, "d", HOUR, "h"), (HOUR, "h", MINUTE, "m"), (MINUTE, "m", 1, "s")):
        if seconds >= size:
            rest = seconds % size // lower
            return f"{seconds // size}{unit}" + (f" {rest}{below}" if rest else "")
    return f"{seconds}s" if seconds else "0m"


def exact_length(seconds: int) -> str:
    """A length of time in all of its units, so that two lengths that differ never read alike: 1d 1m, 2h 3m 4s."""
    return Length(seconds).in_all_units


def clock(moment: int) -> str:
    """An instant in UTC: Mon 2026-03-30 05:00 UTC."""
    return f"{_stamp(utc(moment))} UTC"


def local_and_utc(moment: int, zone_name: str) -> str:
    """An instant on the wall of a zone and in UTC: Mon 2026-03-30 07:00 Europe/Berlin (2026-03-30 05:00 UTC)."""
    if zone_name == "Etc/UTC":
        return clock(moment)
    there = in_zone(moment, zone_name)
    return f"{_stamp(there)} {zone_name} ({_stamp(utc(moment))[4:]} UTC)"


@lru_cache(maxsize=16_384)
def wall_clock(moment: int, zone_name: str) -> str:
    """An instant on the wall of a zone, with the clock's own name: Mon 2026-03-30 07:00 CEST."""
    there = in_zone(moment, zone_name)
    return f"{_stamp(there)} {there:%Z}"


def which_of_two(moment: int, zone_name: str) -> Iterator[str]:
    """Which of the two an instant is, where the zone's clock shows its time twice; nothing where it does not."""
    rules = zone(zone_name)
    shown_at = instants(utc(moment).astimezone(rules).replace(tzinfo=None, fold=0), zone_name)
    if len(shown_at) == 2:
        number = shown_at.index(utc(moment))
        other = shown_at[1 - number].astimezone(rules)
        spelled = LocalDateTime(other.replace(tzinfo=None), other.utcoffset())
        names = ("the first", "the second")
        yield f'{other:%H:%M} comes twice on that day: this is {names[number]}; "{spelled}" is {names[1 - number]}.'


def _stamp(moment: datetime) -> str:
    return moment.strftime("%a %Y-%m-%d %H:%M:%S" if moment.second else "%a %Y-%m-%d %H:%M")


def day_of(moment: int, zone_name: str) -> str:
    """The day of an instant on the wall of a zone: Sun 6 Dec."""
    there = in_zone(moment, zone_name)
    return f"{there:%a} {there.day} {there:%b}"


def quoted(names: tuple[str, ...] | list[str]) -> str:
    """Names in quotes, with commas and a last "and"."""
    return listed([f'"{name}"' for name in names])


def listed(names: Sequence[str]) -> str:
    """Names with commas and a last "and"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def either(names: Sequence[str], *, marks: bool = True) -> str:
    """Names with commas and a last "or", in quotes unless `marks` is false."""
    words = [f'"{name}"' for name in names] if marks else list(names)
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
