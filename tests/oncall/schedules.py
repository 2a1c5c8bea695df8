"""Schedules as hypothesis makes them, and the zones and weeks in which time is least simple."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from monitoring.model.oncall import Layer, Schedule
from tests.factories import a_layer, a_schedule

# Ordinary changes on both hemispheres, half an hour, two hours, at midnight, around Ramadan, and none at all.
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Santiago",
    "Africa/Casablanca",
    "Antarctica/Troll",
    "America/Havana",
    "Asia/Beirut",
    "Asia/Kolkata",
    "Etc/UTC",
)
CHANGES = {
    "Europe/Berlin": ("2026-03-29", "2026-10-25"),
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "Australia/Sydney": ("2026-04-05", "2026-10-04"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),
    "Africa/Cairo": ("2026-04-24", "2026-10-29"),
    "America/Santiago": ("2026-04-04", "2026-09-05"),
    "Africa/Casablanca": ("2026-02-15", "2026-03-22"),
    "Antarctica/Troll": ("2026-03-29", "2026-10-25"),
    "America/Havana": ("2026-03-08", "2026-11-01"),
    "Asia/Beirut": ("2026-03-29", "2026-10-25"),
    "Asia/Kolkata": ("2026-03-29", "2026-10-25"),
    "Etc/UTC": ("2026-03-29", "2026-10-25"),
}
TURNS = ("1h", "2h", "5h", "8h", "12h", "24h", "1d", "36h", "2d", "1w", "2w")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PEOPLE = ("ana", "ben", "chi", "dee")


def apart(windows: list[dict[str, str]]) -> tuple[dict[str, str], ...]:
    """The windows without those that share an hour of the week with an earlier one, minute by minute."""
    taken, kept = set[int](), list[dict[str, str]]()
    for window in windows:
        minutes = minutes_of(window)
        if not taken & minutes:
            taken |= minutes
            kept.append(window)
    return tuple(kept)


def minutes_of(window: dict[str, str]) -> set[int]:
    """The minutes of a week, from Monday 00:00, that a window covers."""
    first, _, last = window.get("days", "mon-sun").partition("-")
    length = (DAYS.index(last) - DAYS.index(first)) % 7 + 1
    edges = [window.get("from", "00:00").split(), window.get("to", "00:00").split()]
    opens, closes = (60 * int(edge[-1][:2]) + int(edge[-1][3:]) for edge in edges)
    if len(edges[0]) == 2:
        first, length = edges[0][0], 1
        closes += 1_440 * ((DAYS.index(edges[1][0]) - DAYS.index(first)) % 7)
        span = (closes - opens) % 10_080
    else:
        span = (closes - opens) % 1_440 or 1_440
    starts = (1_440 * (DAYS.index(first) + number) + opens for number in range(length))
    return {(start + minute) % 10_080 for start in starts for minute in range(span)}


clocks = st.builds(lambda hour, minute: f"{hour:02}:{minute:02}", st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
weekdays = st.builds(lambda first, last: f"{first}-{last}", st.sampled_from(DAYS), st.sampled_from(DAYS))
hours = st.tuples(clocks, clocks).filter(lambda pair: pair[0] != pair[1]).map(lambda p: {"from": p[0], "to": p[1]})
stretches = st.tuples(st.sampled_from(DAYS), clocks, st.sampled_from(DAYS), clocks).map(
    lambda edges: {"from": f"{edges[0]} {edges[1]}", "to": f"{edges[2]} {edges[3]}"}
)
windows = st.one_of(
    weekdays.map(lambda days: {"days": days}),
    hours,
    stretches.filter(lambda hours: hours["from"] != hours["to"]),
    st.builds(lambda d, h: {"days": d} | h, weekdays, hours),
)
only = st.lists(windows, max_size=4).map(apart)


def spelled(draw: st.DrawFn, local: datetime, zone: str) -> str:
    """A time as the catalog takes it: one that exists, and with its offset where it comes twice, or for no reason."""
    rules = ZoneInfo(zone)
    there = local.replace(tzinfo=rules, fold=draw(st.integers(0, 1))).astimezone(UTC).astimezone(rules)
    twice = there.utcoffset() != there.replace(fold=1 - there.fold).utcoffset()
    text = f"{there:%Y-%m-%d %H:%M %z}"
    return f"{text[:-2]}:{text[-2:]}" if twice or draw(st.booleans()) else text[:16]


@st.composite
def layers(draw: st.DrawFn, near: datetime, zone: str) -> Layer:
    anchor = near + timedelta(minutes=15 * draw(st.integers(-400, 200)))
    words: dict[str, Any] = {
        "anchor": spelled(draw, anchor, zone),
        "turn": draw(st.sampled_from(TURNS)),
        "people": tuple(draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4))),
    }
    if hours := draw(only):
        words["only"] = hours if len(hours) > 1 or draw(st.booleans()) else hours[0]
    if draw(st.integers(0, 4)) == 0:
        words["until"] = spelled(draw, anchor + timedelta(hours=draw(st.integers(4, 300))), zone)
    return a_layer(**words)


@st.composite
def cover(draw: st.DrawFn, near: datetime, zone: str, person: str) -> dict[str, str]:
    """Somebody else in a person's place, from some days before a change of the clock to some days after it."""
    begins = near + timedelta(minutes=15 * draw(st.integers(-200, 60)))
    return {
        "who": draw(st.sampled_from([name for name in (*PEOPLE, "kit") if name != person])),
        "instead-of": person,
        "from": spelled(draw, begins, zone),
        "to": spelled(draw, begins + timedelta(hours=draw(st.integers(4, 120))), zone),
    }


@st.composite
def schedules_near_a_change(draw: st.DrawFn) -> tuple[Schedule, datetime]:
    """A schedule, and a local midnight a day or two before its zone's clock changes, one way or the other."""
    zone = draw(st.sampled_from(ZONES))
    change = datetime.fromisoformat(draw(st.sampled_from(CHANGES[zone])))
    made = draw(st.lists(layers(change, zone), min_size=1, max_size=3))
    names = sorted({name for layer in made for name in layer.people})
    covers = [draw(cover(change, zone, name)) for name in names if draw(st.integers(0, 2)) == 0]
    return a_schedule(*made, zone=zone, cover=covers), change - timedelta(days=draw(st.integers(0, 1)))
