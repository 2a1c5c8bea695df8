"""PagerDuty's time: tables that can be read aloud, and an independent walk through thousands of policies."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.oncall.timeline import Shift, Timeline, timeline_of
from monitoring.reach.escalation import (
    EmptyStep,
    EscalationPolicy,
    Notification,
    NotificationRule,
    NotificationRules,
    Reachability,
    Target,
    groups,
    outcomes,
    step,
)
from tests.reach.oracle import Rung, calls, first_and_second

END = 100_000
PHONE = frozenset({"phone"})
PEOPLE = {
    "ana": NotificationRules(
        (NotificationRule("push", 0), NotificationRule("phone", 120)), (NotificationRule("email", 0),)
    ),
    "ben": NotificationRules((NotificationRule("phone", 60),)),
    "kit": NotificationRules((NotificationRule("phone", 0), NotificationRule("phone", 240))),
    "mute": NotificationRules((NotificationRule("push", 0),)),
    "slow": NotificationRules((NotificationRule("phone", 600),)),
}


def line(*shifts: tuple[int, int, str]) -> Timeline:
    return timeline_of([Shift(*each) for each in shifts], 0, END)


def always(name: str) -> Timeline:
    return line((0, END, name))


def policy(*steps: tuple[int, tuple[Timeline, ...]], rounds: int = 1) -> EscalationPolicy:
    made = tuple(step(tuple(Target(f"s{n}", one) for n, one in enumerate(lines)), delay) for delay, lines in steps)
    return EscalationPolicy("p", made, rounds)


def told(after: int, person: str, number: int) -> Notification:
    return Notification(after, person, "phone", number)


ANA, BEN, KIT, MUTE, SLOW, NOBODY = always("ana"), always("ben"), always("kit"), always("mute"), always("slow"), line()

CONSTANT = [
    pytest.param(policy((300, (ANA, BEN))), told(60, "ben", 0), told(120, "ana", 0), id="everybody of a step at once"),
    pytest.param(policy((300, (ANA,)), (300, (BEN,))), told(120, "ana", 0), told(360, "ben", 1), id="step after step"),
    pytest.param(
        policy((300, (NOBODY,)), (300, (ANA,)), (300, (BEN,))),
        told(120, "ana", 1),
        told(360, "ben", 2),
        id="an empty step is passed at once",
    ),
    pytest.param(
        policy((300, (MUTE,)), (300, (ANA,))),
        told(420, "ana", 1),
        None,
        id="a step whose person sleeps on is waited out",
    ),
    pytest.param(
        policy((300, (SLOW,)), (900, (SLOW, ANA))),
        told(420, "ana", 1),
        told(900, "slow", 1),
        id="a contact later than the escalation never happens, and asked again it may",
    ),
    pytest.param(
        policy((600, (SLOW,))), None, None, id="a contact at the very instant of the escalation does not count"
    ),
    pytest.param(policy((300, (KIT,)), rounds=3), told(0, "kit", 0), None, id="more rounds bring no other human"),
    pytest.param(
        policy((300, (MUTE,)), (60, (BEN,)), rounds=2), None, None, id="a step of a minute leaves no time for a minute"
    ),
]


@pytest.mark.parametrize(("given_policy", "first", "second"), CONSTANT)
def test_whom_an_incident_reaches_when_nobody_changes(given_policy, first, second):
    assert outcomes(given_policy, PEOPLE, PHONE, 0, 1_000) == (Reachability(0, 1_000, first, second),)


def test_the_person_on_call_at_that_instant_is_asked():
    handoff = line((0, 5_000, "ana"), (5_000, END, "ben"))
    found = outcomes(policy((300, (handoff,)), (300, (handoff,))), PEOPLE, PHONE, 4_000, 6_000)
    assert found == (
        Reachability(4_000, 4_700, told(120, "ana", 0), None),
        Reachability(4_700, 5_000, told(120, "ana", 0), told(360, "ben", 1)),
        Reachability(5_000, 6_000, told(60, "ben", 0), None),
    )


def test_nobody_in_the_whole_policy_is_no_incident_even_if_somebody_comes_a_minute_later():
    late = line((5_000, END, "ana"))
    found = outcomes(policy((300, (late,)), (300, (late,))), PEOPLE, PHONE, 4_900, 5_100)
    assert found == (
        Reachability(4_900, 5_000, None, None, incident=False),
        Reachability(5_000, 5_100, told(120, "ana", 0), None),
    )


def test_groups_join_what_is_the_same():
    joined = groups([line((0, 10, "ana"), (10, 20, "ben")), line((5, 20, "ben"))])
    assert [tuple(group) for group in joined.between(0, 25)] == [
        (0, 5, ("ana",)),
        (5, 10, ("ana", "ben")),
        (10, 20, ("ben",)),
        (20, 25, ()),
    ]


# --- against an independent walk -------------------------------------------------------------------------------

NAMES = ("ana", "ben", "kit", "mute", "slow")


@st.composite
def lines(draw: st.DrawFn) -> list[tuple[int, int, str | None]]:
    """A timeline of an hour and more after the span, with handoffs on odd seconds."""
    cuts = sorted({0, END, *draw(st.lists(st.integers(1, 7_000), max_size=6))})
    people = draw(
        st.lists(st.one_of(st.none(), st.sampled_from(NAMES)), min_size=len(cuts) - 1, max_size=len(cuts) - 1)
    )
    return [(start, end, person) for start, end, person in zip(cuts, cuts[1:], people, strict=False)]


rungs = st.builds(Rung, st.lists(lines(), min_size=1, max_size=3), st.sampled_from((60, 120, 180, 300, 600, 900)))


def agree(made: list[Rung], rounds: int, instants: list[int]) -> None:
    ours = EscalationPolicy(
        "p",
        tuple(
            step(
                tuple(
                    Target(str(n), timeline_of([Shift(*one) for one in each if one[2]], 0, END))
                    for n, each in enumerate(rung.asks)
                ),
                rung.delay,
            )
            for rung in made
        ),
        rounds,
    )
    for empty_step in EmptyStep:
        agree_under(ours, made, rounds, instants, empty_step)


def agree_under(
    ours: EscalationPolicy, made: list[Rung], rounds: int, instants: list[int], empty_step: EmptyStep
) -> None:
    swept = outcomes(ours, PEOPLE, PHONE, 0, 8_000, empty_step)
    if empty_step not in ours.readings:
        assert swept == outcomes(ours, PEOPLE, PHONE, 0, 8_000)
    assert [one.start for one in swept[1:]] == [one.end for one in swept[:-1]]
    assert (swept[0].start, swept[-1].end) == (0, 8_000)
    contacts = {name: [(c.channel, c.after) for c in person.high] for name, person in PEOPLE.items()}
    edges = {moment for one in swept for moment in (one.start, one.end - 1)}
    for moment in sorted(edges | set(instants)):
        (one,) = (each for each in swept if each.start <= moment < each.end)
        waited_out = empty_step is EmptyStep.WAITED_OUT
        expected = calls(made, rounds, contacts, {"phone"}, moment, waited_out=waited_out)
        assert one.incident == (expected is not None)
        found = tuple(None if each is None else each.after for each in (one.first, one.second))
        assert found == first_and_second(expected or [])


@settings(max_examples=150)
@given(
    made=st.lists(rungs, min_size=1, max_size=3),
    rounds=st.integers(1, 3),
    instants=st.lists(st.integers(0, 7_999), max_size=20),
)
def test_a_naive_walk_agrees_at_every_edge_and_at_random_instants(made, rounds, instants):
    agree(made, rounds, instants)


@pytest.mark.full
@settings(max_examples=5_000)
@given(
    made=st.lists(rungs, min_size=1, max_size=4),
    rounds=st.integers(1, 5),
    instants=st.lists(st.integers(0, 7_999), max_size=60),
)
def test_a_naive_walk_agrees_for_thousands_of_policies(made, rounds, instants):
    agree(made, rounds, instants)
