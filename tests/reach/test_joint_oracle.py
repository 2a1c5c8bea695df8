"""The whole proof against two naive walks at once: minute stepping for who is on call, and one incident at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitoring.oncall.clock import DAY, midnight, utc
from monitoring.reach.proof import prove_catalog
from tests.factories import ONCALL, a_catalog
from tests.oncall import oracle
from tests.reach.oracle import first_and_second, walked

PEOPLE = ONCALL.split("schedules:")[0]
CONTACTS = {
    "ana": [("push", 0), ("phone", 120)],
    "ben": [("push", 0), ("phone", 120)],
    "kit": [("push", 0), ("phone", 60)],
}
ANCHOR = "2026-01-05 09:45"
QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large)

zones = st.sampled_from(("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Etc/UTC"))
turns = st.sampled_from(("5h", "12h", "1d", "1w"))
people = st.lists(st.sampled_from(("ana", "ben", "kit")), min_size=1, max_size=3)
only = st.sampled_from(
    ("", ", only: {days: sat-mon}", ', only: {from: "01:30", to: "03:10"}', ', only: {from: "22:00", to: "02:30"}')
)
starts = st.sampled_from(("2026-03-06", "2026-03-28", "2026-10-03", "2026-10-24", "2026-10-31"))


@st.composite
def schedules(draw: st.DrawFn, name: str) -> str:
    layers = "".join(
        f'      - {{anchor: "{ANCHOR}", turn: {draw(turns)}, people: [{", ".join(draw(people))}]{draw(only)}}}\n'
        for _ in range(draw(st.integers(1, 2)))
    )
    return f"  {name}:\n    time-zone: {draw(zones)}\n    layers:\n{layers}"


@st.composite
def oncalls(draw: st.DrawFn) -> str:
    asks = st.lists(st.sampled_from(("one", "two", "ana", "kit")), min_size=1, max_size=2, unique=True)
    steps = "".join(
        f"      - {{ask: [{', '.join(draw(asks))}], escalate-after: {draw(st.sampled_from((1, 2, 3, 7, 20)))}m}}\n"
        for _ in range(draw(st.integers(1, 3)))
    )
    rounds = draw(st.integers(0, 2))
    shifts = draw(schedules("one")) + draw(schedules("two"))
    return f"{PEOPLE}schedules:\n{shifts}policies:\n  critical:\n    extra-rounds: {rounds}\n    steps:\n{steps}"


def naive(catalog, moment: int) -> tuple[int | None, int | None] | None:
    """When an incident of that instant reaches people, under the worse reading, by nothing but the catalog's words."""
    readings = [read(catalog, moment, waited_out=waited_out) for waited_out in (False, True)]
    if None in readings:
        return None
    firsts, seconds = zip(*(each for each in readings if each), strict=True)
    return max(firsts, key=_late), max(seconds, key=_late)


def read(catalog, moment: int, *, waited_out: bool) -> tuple[int | None, int | None] | None:
    """The same under one reading of what becomes of a later step without anybody."""
    oncall = catalog.oncall

    def person(name: str, at: int) -> str | None:
        return oracle.on_call(oncall.schedules[name], utc(at)) if name in oncall.schedules else name

    policy = oncall.policies["critical"]
    steps = [(each.ask, each.escalate_after.seconds) for each in policy.steps]
    made = walked(steps, 1 + policy.extra_rounds, CONTACTS, {"phone"}, moment, person, waited_out=waited_out)
    return None if made is None else first_and_second(made)


def agree(oncall: str, start: str, every: int) -> None:
    catalog = a_catalog(oncall=oncall)
    day = datetime.fromisoformat(start).replace(tzinfo=UTC)
    begin, end = midnight(day.date()), midnight((day + timedelta(days=2)).date())
    proof = prove_catalog(catalog, environment="prod", today=day.date(), horizon=end - begin)
    (proved,) = (one for one in proof.rules if one.path.rule == "shop-failing")
    found = {moment: naive(catalog, moment) for moment in range(begin, end, every)}
    for number, worst in enumerate((proved.first, proved.second)):
        assert worst is not None
        said = naive(catalog, worst.at)
        assert worst.after == (None if said is None else said[number])
        assert max(_late(one[number] if one else None) for one in found.values()) <= _late(worst.after)
    kept = all(one and _within(one[0], 300) and _within(one[1], 900) for one in found.values())
    assert kept or not proved.holds


def _late(after: int | None) -> float:
    return float("inf") if after is None else after


def _within(after: int | None, limit: int) -> bool:
    return after is not None and after <= limit


@settings(max_examples=12, suppress_health_check=QUIET)
@given(oncall=oncalls(), start=starts)
def test_the_proofs_worst_case_is_true_and_nothing_is_worse(oncall, start):
    agree(oncall, start, every=40 * 60)


@pytest.mark.full
@settings(max_examples=400, suppress_health_check=QUIET)
@given(oncall=oncalls(), start=starts)
def test_the_proofs_worst_case_is_true_for_hundreds_of_catalogs(oncall, start):
    agree(oncall, start, every=10 * 60)


def test_a_horizon_of_days_is_what_it_says():
    proof = prove_catalog(a_catalog(), environment="prod", today=datetime(2026, 3, 6, tzinfo=UTC).date(), horizon=DAY)
    assert proof.end - proof.start == DAY
