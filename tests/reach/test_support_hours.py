"""Urgency by support hours: what the proof, the drill and the walk over a Plan make of it, at every instant."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from monitoring.model.catalog import Catalog
from monitoring.model.week import Window
from monitoring.oncall.urgency import UrgencyHours
from monitoring.plan import dumps, loads
from monitoring.reach.drill import drill as drilled
from monitoring.reach.drill import oncall_around
from monitoring.reach.paths import alert_paths
from monitoring.reach.plan.walk import prove_plan
from monitoring.reach.proof import Proof, ProofVerdict
from tests.factories import Change, a_catalog
from tests.reach.ask import TODAY, proof
from tests.resources.every_signal import declared

OFFICE = '{time-zone: Europe/Berlin, days: mon-fri, from: "09:00", to: "17:00"}'
HOURS: Change = ("oncall.yaml", "    extra-rounds: 1\n", f"    extra-rounds: 1\n    support-hours: {OFFICE}\n")
QUIET: Change = ("services/shop.yaml", "severity: P1", "severity: P2")
WEEK_IN_BERLIN = 5 * 8 * 3_600


def verdicts(found: Proof) -> dict[str, ProofVerdict]:
    return {each.path.rule: each.verdict for each in found.rules}


def zoned(text: str) -> int:
    """An instant on the wall in Berlin."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin")).timestamp())


def test_a_rule_that_must_wake_fails_at_every_instant_outside_of_the_hours():
    found = proof(a_catalog(HOURS, QUIET), horizon=7 * 86_400)
    (witness,) = found.witnesses
    assert witness.rules == ("shop-failing",)
    assert witness.key == "critical: low urgency outside of support hours for P0"
    assert witness.why == (
        'outside of the support hours of policy "critical" the page has low urgency, which wakes nobody and never '
        "escalates"
    )
    assert witness.fix == "page P0 by a policy without support-hours"
    assert witness.seconds == 7 * 86_400 - WEEK_IN_BERLIN
    assert not witness.always
    assert verdicts(found) == {"shop-failing": ProofVerdict.FAILS, "shop-slow": ProofVerdict.HOLDS}


def test_the_hours_follow_the_clock_of_their_zone_across_its_changes():
    hours = UrgencyHours("Europe/Berlin", Window(frozenset(range(1, 8)), 9 * 3_600, 8 * 3_600))
    for day in ("2027-03-27", "2027-03-28", "2027-03-29", "2027-10-30", "2027-10-31", "2027-11-01"):
        answers = [hours.urgency_at(zoned(f"{day} {time}")) for time in ("08:59", "09:00", "16:59", "17:00")]
        assert answers == ["low", "high", "high", "low"], day


def test_a_rule_that_wakes_nobody_may_ring_in_the_hours_and_not_outside():
    assert proof(a_catalog(HOURS, QUIET), horizon=86_400).rules[1].holds
    by_phone = ("oncall.yaml", "low: {email: 0m}}}\n  ben", "low: {phone: 0m}}}\n  ben")
    loud = proof(a_catalog(HOURS, QUIET, by_phone), horizon=86_400)
    assert 'P2 wakes nobody, and "ana" is reached by phone at low urgency' in [each.why for each in loud.witnesses]


DRILLS = [
    pytest.param("2026-11-24 10:00", "high", ["phone", "push"], id="in the hours"),
    pytest.param("2026-11-24 03:00", "low", ["email"], id="at night"),
    pytest.param("2026-11-28 10:00", "low", ["email"], id="at the weekend"),
]


@pytest.mark.parametrize(("when", "urgency", "channels"), DRILLS)
def test_a_drill_says_the_urgency_of_its_instant(when: str, urgency: str, channels: list[str]):
    catalog, moment = a_catalog(HOURS, QUIET), zoned(when)
    (path,) = (each for each in alert_paths(catalog, "prod", TODAY) if each.rule == "shop-slow")
    events = drilled(path, oncall_around(catalog, [path], moment), moment).events
    assert f'PagerDuty opens an incident on "shop-critical-low" at {urgency} urgency' in [each.text for each in events]
    assert sorted({each.channel for each in events if each.channel}) == channels


# --- the walk over a Plan --------------------------------------------------------------------------------------


def walked(catalog: Catalog, **inputs: object) -> Proof:
    """The proof over the Plan of a catalog with hours, with other inputs of the service that wakes."""
    content = json.loads(dumps(declared(a_catalog(HOURS, QUIET))))
    for resource in content["resources"]:
        if resource["type"].endswith("/service:Service") and resource["name"] == "shop-critical-high":
            resource["inputs"] |= inputs
    return prove_plan(loads(json.dumps(content)), catalog, environment="prod", today=TODAY)


def test_the_plan_gives_the_same_answer_as_the_catalog():
    catalog = a_catalog(HOURS, QUIET)
    promised, found = proof(catalog), walked(catalog)
    assert [(each.rules, each.seconds) for each in found.witnesses] == [
        (each.rules, each.seconds) for each in promised.witnesses
    ]
    assert verdicts(found) == verdicts(promised)


NIGHT = {"type": "fixed_time_per_day", "timeZone": "Europe/Berlin", "daysOfWeeks": [1, 2, 3, 4, 5]}
DAMAGED = [
    pytest.param({"supportHours": {**NIGHT, "startTime": "10:00:00", "endTime": "17:00:00"}}, id="other hours"),
    pytest.param({"supportHours": {**NIGHT, "startTime": "17:00:00", "endTime": "09:00:00"}}, id="hours that run back"),
    pytest.param({"supportHours": {**NIGHT, "timeZone": "Europe/Atlantis", "startTime": "09:00:00",
                                   "endTime": "17:00:00"}}, id="a zone that is none"),
    pytest.param({"supportHours": None}, id="no hours"),
    pytest.param({"incidentUrgencyRule": {"type": "constant", "urgency": "high"}}, id="no hours decide"),
    pytest.param({"incidentUrgencyRule": {"type": "use_support_hours",
                                          "duringSupportHours": {"type": "constant", "urgency": "low"},
                                          "outsideSupportHours": {"type": "constant", "urgency": "high"}}},
                 id="the wrong way round"),
]  # fmt: skip


@pytest.mark.parametrize("inputs", DAMAGED)
def test_hours_that_are_not_the_catalogs_are_found(inputs: dict[str, object]):
    found = walked(a_catalog(HOURS, QUIET), **inputs)
    assert "urgency" in {each.hop for each in found.witnesses if "support hours for P0" not in each.key}


def test_a_maintenance_window_silences_the_witness_of_its_time():
    muted = a_catalog(
        HOURS,
        ("services/shop.yaml", "severity: P0", "severity: P2"),
        maintenance='upgrade: {title: Upgrade, time-zone: Europe/Berlin, from: "2026-01-12 20:00", '
        'to: "2026-01-12 22:00", services: [shop], environments: [prod], reason: a new database}\n',
    )
    (witness,) = (each for each in proof(muted, horizon=7 * 86_400).witnesses if each.hop == "urgency")
    window = (zoned("2026-01-12 20:00"), zoned("2026-01-12 22:00"))
    assert window[0] in {part.end for part in witness.stretches}
    assert all(part.end <= window[0] or part.start >= window[1] for part in witness.stretches)
