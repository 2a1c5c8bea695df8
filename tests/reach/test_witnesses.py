"""Witnesses for somebody who is tired: one for each policy and cause, waivers for them, and what stands beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from benchmarks.reach import many
from monitoring.model.catalog import Catalog
from monitoring.model.oncall import Person
from monitoring.oncall.clock import DAY
from monitoring.reach.problems import proof_problems
from monitoring.reach.proof import ProofVerdict, prove_catalog
from tests.factories import SEVERITIES, SHOP, a_catalog
from tests.reach.ask import proof, rule
from tests.reach.test_holes import ANA, ATLANTIC, CALL, FIRST, MIDDAY, THEN, TURNS, oncall

TODAY = date(2026, 11, 23)
WEEKDAYS = (CALL, TURNS, "people: [ana, ben], only: {days: mon-fri}}")
LEAD = (
    CALL,
    "policies:",
    "  lead:\n    time-zone: Europe/Berlin\n    layers:\n"
    '      - {anchor: "2026-01-05 09:00", turn: 1w, people: [kit], only: {days: mon-fri}}\npolicies:',
)
KEY = "critical: nobody on call in primary"


def waivers(*findings: str, expires: str = "2026-12-31") -> str:
    lines = "".join(
        f'  - {{check: reach, finding: "{finding}", reason: in work, owner: platform, expires: {expires}}}\n'
        for finding in findings
    )
    return f"waivers:\n{lines}retired: {{}}\n"


def test_two_causes_on_fifty_policies_are_at_most_a_hundred_witnesses_of_a_thousand_rules():
    catalog = many(1_000, 50)
    proved = prove_catalog(catalog, environment="prod", today=TODAY)
    assert proved.holds
    people = {**catalog.oncall.people, "ben": _silent(catalog)}
    weak = replace(catalog, oncall=catalog.oncall.model_copy(update={"people": people}))
    broken = prove_catalog(weak, environment="prod", today=TODAY)
    assert 0 < len(broken.witnesses) <= 100
    assert {name for witness in broken.witnesses for name in witness.rules} == {
        each.path.rule for each in broken.rules if each.verdict is ProofVerdict.FAILS
    }


def _silent(catalog: Catalog) -> Person:
    ben = catalog.oncall.people["ben"]
    return ben.model_copy(update={"contact": ben.contact.model_copy(update={"high": {}})})


ACCEPTED = [
    pytest.param(waivers(KEY), {"shop-failing": True, "shop-slow": True}, 0, id="a policy and a cause, for every rule"),
    pytest.param(waivers(f"{KEY}: shop-slow"), {"shop-failing": False, "shop-slow": True}, 0, id="for one rule only"),
    pytest.param(
        waivers(KEY, expires="2026-11-22"), {"shop-failing": False, "shop-slow": False}, 0, id="not after its end"
    ),
    pytest.param(
        waivers("critical: nobody on call in lead"),
        {"shop-failing": False, "shop-slow": False},
        1,
        id="not for another cause, and the waiver is named",
    ),
]


@pytest.mark.parametrize(("text", "holds", "unused"), ACCEPTED)
def test_a_waiver_accepts_a_witness(text, holds, unused):
    proved = proof(a_catalog(WEEKDAYS, waivers=text), today=TODAY)
    assert {each.path.rule: each.holds for each in proved.rules} == holds
    assert proved.holds is all(holds.values())
    assert len(proved.unused_waivers) == unused
    assert {name for each in proved.accepted for name in each.witness.rules} == {name for name in holds if holds[name]}


def test_a_cause_that_a_waiver_does_not_name_fails_beside_an_accepted_one():
    catalog = a_catalog(WEEKDAYS, (CALL, FIRST, FIRST.replace("5m", "15m")), waivers=waivers(KEY))
    proved = proof(catalog, today=TODAY)
    assert len(rule(proved, "shop-failing").accepted) == 1
    assert [witness.hop for witness in proved.witnesses] == ["delay"]


NOTES = [
    pytest.param(
        a_catalog(WEEKDAYS),
        'in "primary": ana until Sat 2026-11-28 00:00 CET, then ana from Mon 2026-11-30 00:00 CET on',
        id="who was on call before, and who comes next",
    ),
    pytest.param(
        a_catalog(WEEKDAYS), "it repeats every week, for 1d 22h to 2d each time, until", id="that it is every weekend"
    ),
    pytest.param(a_catalog(oncall=oncall(MIDDAY)), "it repeats every day, for 1h each time, until", id="every noon"),
    pytest.param(
        a_catalog(oncall=oncall(ATLANTIC, "[eu, us]")),
        "only while America/New_York and Europe/Berlin are 5h apart, and not 6h",
        id="that the clocks of two zones disagree",
    ),
]


@pytest.mark.parametrize(("catalog", "note"), NOTES)
def test_a_witness_says_why_just_then(catalog, note):
    (witness,) = proof(catalog, today=TODAY).witnesses
    assert any(note in each for each in witness.notes), witness.notes


FIXES = [
    pytest.param(
        a_catalog((CALL, FIRST, FIRST.replace("5m", "15m"))),
        'shorten escalate-after of step 1 of "critical" to 14m',
        id="a step that is shorter by what is missing",
    ),
    pytest.param(
        a_catalog(
            (CALL, FIRST, FIRST.replace("5m", "4m")),
            (CALL, "2m}, low: {email: 0m}}}\n  ben", "4m}, low: {email: 0m}}}\n  ben"),
        ),
        'let phone reach "ana" within 3m; write phone: 3m in contact: high',
        id="a contact before the step escalates",
    ),
    pytest.param(
        a_catalog(WEEKDAYS),
        'put somebody on call in "primary" at that time, whom phone reaches within 4m',
        id="somebody where nobody is on call",
    ),
    pytest.param(
        a_catalog(WEEKDAYS, LEAD, (CALL, "ask: [kit]", "ask: [lead]")),
        'put somebody on call in "primary", and somebody else in "lead", at that time, whom phone reaches within 4m',
        id="two people where nobody is on call in the whole policy, and two are promised",
    ),
    pytest.param(
        a_catalog(WEEKDAYS, LEAD, (CALL, "ask: [primary]", "ask: [primary, lead]")),
        'put somebody on call in "primary" at that time, whom phone reaches within 4m',
        id="one of two empty schedules of a step is enough",
    ),
    pytest.param(
        a_catalog((CALL, "ask: [kit]", "ask: [ana]")),
        'let step 2 of "critical" ask somebody whom step 1 does not ask, and whom phone reaches within 9m',
        id="another person on a step that asks the same one again",
    ),
    pytest.param(
        a_catalog((CALL, f"\n      - {THEN}", "")),
        'add a step to "critical" that asks another person, whom phone reaches within 10m',
        id="one more step where nobody else is asked",
    ),
    pytest.param(
        a_catalog(WEEKDAYS, (CALL, f"\n      - {THEN}", "")),
        'put somebody on call in "primary" at that time, whom phone reaches within 4m; that alone is not enough',
        id="one person where two are promised is not enough, and it says so",
    ),
    pytest.param(
        a_catalog((CALL, ANA, ANA.replace("2m", "6m")), (CALL, "phone: 1m", "sms: 1m")),
        "that alone is not enough",
        id="a change that would not be enough says so",
    ),
]


@pytest.mark.parametrize(("catalog", "fix"), FIXES)
def test_a_fix_is_tried_before_it_is_printed(catalog, fix):
    proved = proof(catalog, today=TODAY, horizon=60 * DAY)
    assert any(witness.fix.endswith(fix) for witness in proved.witnesses), [each.fix for each in proved.witnesses]


BACK_AT_NINE = """people: [ben], only: {from: "18:00", to: "08:55"}}
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [kit], only: {from: "09:00", to: "18:00"}}"""
AGAIN = [
    pytest.param([(CALL, "ask: [kit]", "ask: [ana]")], 1, 2, "ana", "9m", id="the first and the second step"),
    pytest.param(
        [WEEKDAYS, (CALL, THEN, f"{THEN}\n      - {{ask: [kit], escalate-after: 5m}}")],
        2,
        3,
        "kit",
        "4m",
        id="the second and the third step",
    ),
    pytest.param(
        [(CALL, FIRST, FIRST.replace("5m", "15m")), (CALL, "ask: [kit]", "ask: [ana]")],
        1,
        2,
        "ana",
        "0m",
        id="the second step at the very end of the promise",
    ),
    pytest.param(
        [(CALL, TURNS, BACK_AT_NINE), (CALL, THEN, THEN.replace("10m", "5m"))],
        2,
        1,
        "kit",
        "4m",
        id="the second step, and the first one in the round after it, which was empty before",
    ),
]


@pytest.mark.parametrize(("changes", "first", "second", "person", "within"), AGAIN)
def test_a_person_who_is_asked_again_is_named_with_both_steps(changes, first, second, person, within):
    key = f"critical: the same person in steps {first} and {second}"
    proved = rule(proof(a_catalog(*changes), today=TODAY, horizon=60 * DAY), "shop-failing")
    (witness,) = (witness for witness in proved.witnesses if witness.key == key)
    assert witness.why.startswith(
        f'step {second} asks "{person}" again, who was already asked by step {first}; no second person is reached'
    )
    assert (
        f'let step {second} of "critical" ask somebody whom step {first} does not ask, '
        f"and whom phone reaches within {within}"
    ) in witness.fix


def test_a_step_that_escalates_before_it_reaches_a_person_does_not_ask_again():
    """Step 1 asks "kit" too, and goes on before kit's phone rings, so step 2 reaches kit first."""
    steps = (CALL, FIRST, "{ask: [kit], escalate-after: 1m}")
    (witness,) = proof(a_catalog(steps, (CALL, "extra-rounds: 1", "extra-rounds: 0")), today=TODAY).witnesses
    assert witness.key == "critical: nobody else is asked"


LOW = [
    pytest.param("{email: 0m}", "", id="by e-mail alone"),
    pytest.param("{phone: 0m}", "phone", id="by phone"),
    pytest.param("{phone: [0m, 5m]}", "phone", id="by phone, twice"),
    pytest.param("{sms: 0m, phone: 5m}", "phone and sms", id="by each channel that wakes"),
]


@pytest.mark.parametrize(("contact", "channels"), LOW)
def test_whom_a_rule_wakes_though_it_promises_not_to_is_named_once_with_every_channel(contact, channels):
    """So that a waiver for one channel never covers another that is added later."""
    catalog = a_catalog(
        (CALL, "phone: 1m}, low: {email: 0m}", f"phone: 1m}}, low: {contact}"),
        services_shop=SHOP.replace("severity: P0", "severity: P2"),
        severities=SEVERITIES.replace(
            "by: [phone], first-human-within: 15m", "by: [phone, sms], first-human-within: 15m"
        ),
    )
    witnesses = [witness for witness in proof(catalog, today=TODAY).witnesses if "shop-failing" in witness.rules]
    assert [(witness.key, witness.why, witness.fix, witness.people) for witness in witnesses] == [
        (
            f"critical: {channels} of kit at low urgency",
            f'P2 wakes nobody, and "kit" is reached by {channels} at low urgency',
            f'take {channels} out of the contact: low of "kit"',
            ("kit",),
        )
    ] * bool(channels)


def test_problems_are_the_witnesses_and_a_proof_of_too_few_rules(monkeypatch):
    proved = proof(a_catalog(WEEKDAYS), today=TODAY)
    (problem,) = proof_problems(proved)
    assert str(problem).startswith('oncall.yaml:15: rule "shop-failing" and 1 other in prod: at the hop schedule: ')
    from monitoring.reach import proof as module

    monkeypatch.setattr(module, "rules_to_prove", lambda *_: 3)
    (problem,) = proof_problems(proof(a_catalog(), today=TODAY))
    assert problem.what == "2 of 3 rules looked at"
