"""Drills as a person would tell them: what happens after how many minutes."""

from __future__ import annotations

from typing import Any

import pytest

from monitoring.reach.drill import Ack, Event, drill, drill_duration
from monitoring.reach.outage import failing_with, outage
from monitoring.reach.paths import alert_paths, oncall_data
from tests.factories import SHOP, a_catalog
from tests.reach.ask import TODAY, at

MONDAY = at("2026-01-13 03:00")  # ben's week
P2 = SHOP.replace("severity: P0", "severity: P2")
ONCE = ("oncall.yaml", "extra-rounds: 1", "extra-rounds: 0")
WINDOW = """
upgrade: {title: Upgrade, time-zone: Europe/Berlin, from: "2026-01-13 03:00", to: "2026-01-13 05:00",
          services: [shop], environments: [prod], reason: everything moves}
"""


def events(
    catalog, *acks: Ack, name: str = "shop-failing", when: int = MONDAY, environment: str = "prod"
) -> tuple[Event, ...]:
    (path,) = (one for one in alert_paths(catalog, environment, TODAY) if one.rule == name)
    policies = [page.policy for page in path.pages]
    near = oncall_data(catalog, when, when + 1, policies)
    reach = oncall_data(catalog, when, when + drill_duration(near.policies.values(), acks), policies)
    return drill(path, reach, when, acks).events


def drill_lines(catalog, *acks: Ack, **where: Any) -> list[str]:
    """The events by their exact minutes: a second too late is a fraction."""
    return [
        f"{event.after / 60:g} {event.what} {', '.join(event.people)} {event.channel}".strip()
        for event in events(catalog, *acks, **where)
    ]


FIRST_ROUND = [
    "0 fires",
    "0 posts",
    "0 incident",
    "0 asks ben",
    "0 notifies ben push",
    "2 notifies ben phone",
    "5 escalates",
    "5 asks kit",
    "5 notifies kit push",
    "5 repeats",
    "6 notifies kit phone",
]

CASES = [
    pytest.param(
        [ONCE], {}, (), [*FIRST_ROUND, "15 gives up"], id="nobody acknowledges, and after the last step it gives up"
    ),
    pytest.param(
        [],
        {},
        (),
        [
            *FIRST_ROUND,
            "15 escalates",
            "15 asks ben",
            "15 notifies ben push",
            "17 notifies ben phone",
            "20 escalates",
            "20 asks kit",
            "20 notifies kit push",
            "21 notifies kit phone",
            "30 gives up",
        ],
        id="an extra round asks everybody once more",
    ),
    pytest.param(
        [("oncall.yaml", "    extra-rounds: 1", "    extra-rounds: 0\n    acknowledgement-expires: never")],
        {},
        (Ack(60, "ben"),),
        [*FIRST_ROUND[:5], "1 acknowledges ben", "1 rests", "5 repeats"],
        id="an acknowledgement in time leaves the phone silent",
    ),
    pytest.param(
        [ONCE],
        {},
        (Ack(180, "ben"),),
        [
            *FIRST_ROUND[:6],
            "3 acknowledges ben",
            "5 repeats",
            "33 expires ben",
            "33 notifies ben push",
            "35 notifies ben phone",
            "38 escalates",
            "38 asks kit",
            "38 notifies kit push",
            "39 notifies kit phone",
            "48 gives up",
        ],
        id="an acknowledgement that expires asks the same person again, and goes on from there",
    ),
    pytest.param(
        [("oncall.yaml", "    extra-rounds: 1", "    resolves-after: 36m")],
        {},
        (Ack(180, "ben"),),
        [
            *FIRST_ROUND[:6],
            "3 acknowledges ben",
            "5 repeats",
            "33 expires ben",
            "33 notifies ben push",
            "35 notifies ben phone",
            "36 closes",
        ],
        id="an incident that is still open closes by itself, and nobody is asked again",
    ),
    pytest.param(
        [ONCE],
        {},
        (Ack(180, "ben"), Ack(34 * 60, "kit"), Ack(34 * 60 + 30, "ana")),
        [
            *FIRST_ROUND[:6],
            "3 acknowledges ben",
            "5 repeats",
            "33 expires ben",
            "33 notifies ben push",
            "34 acknowledges kit",
            "64 expires kit",
            "64 notifies kit push",
            "65 notifies kit phone",
            "69 escalates",
            "69 asks kit",
            "69 notifies kit push",
            "70 notifies kit phone",
            "79 gives up",
        ],
        id="somebody else acknowledges the second time; an acknowledgement of what is acknowledged changes nothing",
    ),
    pytest.param(
        [ONCE],
        {},
        (Ack(120, "ben"),),
        [
            *FIRST_ROUND[:6],
            "2 acknowledges ben",
            "5 repeats",
            "32 expires ben",
            "32 notifies ben push",
            "34 notifies ben phone",
            "37 escalates",
            "37 asks kit",
            "37 notifies kit push",
            "38 notifies kit phone",
            "47 gives up",
        ],
        id="a phone that rings in the very second of the acknowledgement has rung",
    ),
    pytest.param(
        [("oncall.yaml", "    extra-rounds: 1", "    extra-rounds: 0\n    acknowledgement-expires: never")],
        {},
        (Ack(300, "ben"),),
        [*FIRST_ROUND[:9], "5 acknowledges ben", "5 rests", "5 repeats"],
        id="an acknowledgement in the second of the escalation comes too late to stop it",
    ),
    pytest.param(
        [ONCE, ("oncall.yaml", "phone: 1m}", "phone: 10m}")],
        {},
        (),
        [*FIRST_ROUND[:10], "15 gives up"],
        id="a phone due when the step escalates does not ring",
    ),
    pytest.param(
        [],
        {"services_shop": P2},
        (),
        ["0 fires", "0 posts", "0 incident", "0 asks ben", "0 notifies ben email", "0 rests", "60 repeats"],
        id="low urgency sends what does not wake, and nobody is notified next",
    ),
    pytest.param(
        [("oncall.yaml", "people: [ana, ben]}", "people: [ana, ben], only: {days: sat-sun}}"), ONCE],
        {},
        (),
        [
            "0 fires",
            "0 posts",
            "0 incident",
            "0 passes",
            "0 asks kit",
            "0 notifies kit push",
            "1 notifies kit phone",
            "5 repeats",
            "10 gives up",
        ],
        id="a step on which nobody is on call is passed at once",
    ),
    pytest.param(
        [
            ("oncall.yaml", "people: [ana, ben]}", "people: [ana, ben], only: {days: sat-sun}}"),
            ("oncall.yaml", "ask: [kit]", "ask: [primary]"),
        ],
        {},
        (),
        ["0 fires", "0 posts", "0 no incident", "5 repeats"],
        id="nobody on call anywhere: no incident at all",
    ),
    pytest.param(
        [("teams.yaml", "P0: {page: critical, slack: [alerts]}", "P0: {email: [oncall@youragency.com]}")],
        {},
        (),
        ["0 fires", "0 posts", "0 rests", "5 repeats"],
        id="a route without a pager only writes",
    ),
]


@pytest.mark.parametrize(("changes", "files", "acks", "expected"), CASES)
def test_what_happens_when(changes, files, acks, expected):
    assert drill_lines(a_catalog(*changes, **files), *acks) == expected


def test_a_handoff_in_the_middle_changes_who_is_asked():
    before = drill_lines(a_catalog(), when=at("2026-01-19 07:50"))
    assert [line for line in before if "asks" in line] == ["0 asks ben", "5 asks kit", "15 asks ana", "20 asks kit"]


def test_maintenance_silences_datadog_and_not_sentry():
    catalog = a_catalog(maintenance=WINDOW)
    assert drill_lines(catalog, name="shop-slow") == ["0 is silent"]
    assert drill_lines(catalog, name="shop-failing")[:4] == ["0 fires", "0 posts", "0 is not muted", "0 incident"]
    assert drill_lines(catalog, name="shop-slow", when=at("2026-01-13 04:00"))[:1] == ["0 fires"]


def test_an_environment_that_pages_nobody_only_writes():
    assert drill_lines(a_catalog(), environment="staging") == ["0 fires", "0 posts", "0 rests", "5 repeats"]


def test_an_issue_that_is_new_once_is_not_told_again_while_it_lasts():
    counted = "errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}"
    catalog = a_catalog(("services/shop.yaml", counted, "issues: {project: web, when: [new]}"))
    assert not texts_of("repeats", events(catalog))
    assert texts_of("repeats", events(a_catalog()))


# --- outages ---------------------------------------------------------------------------------------------------

API = """
service: api
title: API
team: platform
tier: critical
depends-on: [shop]
rules:
  - id: api-failing
    title: The API is failing
    severity: P0
    means: Nothing works.
    same-symptom-as: [shop-failing]
    errors: {project: web, where: {feature: search}, more-than: 10, within: 5m}
  - id: all-down
    title: All is down
    severity: P0
    means: Nothing works at all.
    composite: {all-of: [shop-slow]}
"""
FAR = "service: far\ntitle: Far\nteam: platform\ntier: standard\n"


def failed(*changes, service: str = "shop", **files):
    catalog = a_catalog(*changes, services_api=API, services_far=FAR, **files)
    found = alert_paths(catalog, "prod", TODAY)
    return outage(catalog, found, oncall_data(catalog, MONDAY, MONDAY + 1), service, MONDAY)


def test_what_depends_on_a_service_fails_with_it():
    catalog = a_catalog(services_api=API, services_far=FAR.replace("standard\n", "standard\ndepends-on: [api]\n"))
    assert failing_with(catalog, "shop") == ("shop", "api", "far")
    assert failing_with(catalog, "api") == ("api", "far")


def test_pages_a_person_in_the_first_ten_minutes():
    found = failed()
    assert sorted(one.path.rule for one in found.drills) == ["all-down", "api-failing", "shop-failing", "shop-slow"]
    assert [(one.person, one.incidents, one.notifications, one.overloaded) for one in found.workloads] == [
        ("ben", 4, (("phone", 4), ("push", 4)), False),
        ("kit", 4, (("phone", 4), ("push", 4)), False),
    ]


def test_what_is_redundant_is_named_with_its_reason():
    assert {(one.rule, one.why) for one in failed().redundant} == {
        ("shop-slow", '"all-down" pages as well, and is made of it'),
        ("api-failing", 'it is marked same-symptom-as "shop-failing"'),
    }


def test_a_service_on_which_nothing_depends_fails_alone_and_wakes_nobody():
    found = failed(service="far")
    assert (found.failing, found.drills, found.workloads, found.redundant) == (("far",), (), (), ())


def test_five_at_once_are_just_few_enough():
    one = SHOP[SHOP.index("  - id: shop-failing") : SHOP.index("  - id: shop-slow")]
    burdens = failed(services_shop=SHOP + one.replace("shop-failing", "shop-failing-1")).workloads
    assert {(burden.person, burden.incidents, burden.overloaded) for burden in burdens} == {
        ("ben", 5, False),
        ("kit", 5, False),
    }


def test_a_rule_on_trial_does_not_page_in_an_outage_yet():
    trial = SHOP.replace("severity: P0", "severity: P0\n    trial-until: 2026-03-01")
    fired = [one.path for one in failed(services_shop=trial).drills if one.path.rule == "shop-failing"]
    assert [(one.severity.value, one.pages) for one in fired] == [("P3", ())]


def test_somebody_who_gets_too_many_is_overloaded():
    one = SHOP[SHOP.index("  - id: shop-failing") : SHOP.index("  - id: shop-slow")]
    many = SHOP + "".join(one.replace("shop-failing", f"shop-failing-{number}") for number in range(4))
    assert {burden.person: burden.overloaded for burden in failed(services_shop=many).workloads} == {
        "ben": True,
        "kit": True,
    }


def test_an_acknowledgement_that_expires_after_a_handoff_asks_whoever_has_the_turn_too():
    minutes = drill_lines(a_catalog(ONCE), Ack(180, "ben"), when=at("2026-01-19 07:50"))
    assert [line for line in minutes if line.startswith(("33 ", "35 ", "38 "))] == [
        "33 expires ben, ana",
        "33 notifies ben push",
        "33 notifies ana push",
        "35 notifies ben phone",
        "35 notifies ana phone",
        "38 escalates",
        "38 asks kit",
        "38 notifies kit push",
    ]


ACKNOWLEDGED = [
    pytest.param(Ack(299, "ben"), "ben acknowledges", id="in the last second in which he is asked"),
    pytest.param(Ack(300, "ben"), "ben acknowledges, though no longer notified", id="exactly when the step escalates"),
    pytest.param(Ack(301, "kit"), "kit acknowledges", id="asked by the second step"),
    pytest.param(Ack(60, "kit"), "kit acknowledges, though not notified", id="before the second step asks"),
    pytest.param(Ack(900, "ben"), "ben acknowledges", id="asked again by the second round"),
]


@pytest.mark.parametrize(("ack", "text"), ACKNOWLEDGED)
def test_an_acknowledgement_says_whether_its_person_is_asked(ack, text):
    assert texts_of("acknowledges", events(a_catalog(), ack)) == [text]


def texts_of(what: str, drilled: tuple[Event, ...]) -> list[str]:
    return [event.text for event in drilled if event.what == what]


WEEKENDS = ("oncall.yaml", "people: [ana, ben]}", "people: [ana, ben], only: {days: sat-sun}}")
MORNING = '- {anchor: "2026-01-05 09:00", turn: 1w, people: [kit], only: {from: "09:00", to: "18:00"}}'
DAYTIME = (
    "oncall.yaml",
    "policies:\n",
    f"  day:\n    time-zone: Europe/Berlin\n    layers:\n      {MORNING}\npolicies:\n",
)
NEVER = ("oncall.yaml", "    extra-rounds: 1", "    extra-rounds: 0\n    acknowledgement-expires: never")
ALL_ROUNDS = 'policy "critical" ran {}; nobody else is notified'
HANDOFF = at("2026-01-19 07:50")
SENTENCES = [
    pytest.param("fires", [], (), ["shop-failing fires as P0, up to 6m after its condition held"], id="it fires"),
    pytest.param("posts", [], (), ["#alerts is notified"], id="a channel is notified"),
    pytest.param(
        "incident", [], (), ['PagerDuty opens an incident on "shop-critical-high" at high urgency'], id="an incident"
    ),
    pytest.param(
        "asks",
        [ONCE],
        (),
        ['step 1 notifies "primary": ben', 'step 2 notifies "kit": kit'],
        id="whom each step notifies",
    ),
    pytest.param(
        "passes",
        [ONCE, WEEKENDS],
        (),
        ['step 1 notifies "primary", where nobody is on call, so the next step begins at once'],
        id="an empty step",
    ),
    pytest.param("escalates", [], (), [f"unacknowledged for {wait}" for wait in ("5m", "10m", "5m")], id="escalations"),
    pytest.param("gives up", [ONCE], (), [ALL_ROUNDS.format("once")], id="the end of one round"),
    pytest.param("gives up", [], (), [ALL_ROUNDS.format("2 times")], id="the end of two rounds"),
    pytest.param(
        "no incident",
        [WEEKENDS, ("oncall.yaml", "ask: [kit]", "ask: [primary]")],
        (),
        ['nobody is on call in the whole policy "critical": PagerDuty opens no incident'],
        id="nobody on call anywhere",
    ),
    pytest.param("repeats", [], (), ["#alerts is notified again every 5m until it resolves"], id="reminders"),
    pytest.param(
        "repeats",
        [("teams.yaml", "P0: {page: critical, slack: [alerts]}", "P0: {page: critical, slack: [alerts, shop]}")],
        (),
        ["#alerts, #shop are notified again every 5m until it resolves"],
        id="reminders in two places",
    ),
    pytest.param(
        "rests",
        [NEVER],
        (Ack(60, "ben"),),
        ["acknowledgements do not expire: nothing more is sent"],
        id="an acknowledgement for ever",
    ),
    pytest.param(
        "rests",
        [("services/shop.yaml", "severity: P0", "severity: P2")],
        (),
        ["low urgency: nobody else is notified"],
        id="low urgency",
    ),
    pytest.param(
        "rests",
        [("teams.yaml", "P0: {page: critical, slack: [alerts]}", "P0: {slack: [alerts]}")],
        (),
        ["nobody is paged"],
        id="no pager",
    ),
]


@pytest.mark.parametrize(("what", "changes", "acks", "sentences"), SENTENCES)
def test_what_happens_is_said_in_a_sentence(what, changes, acks, sentences):
    assert texts_of(what, events(a_catalog(*changes), *acks)) == sentences


TURNS = [
    pytest.param([], MONDAY, "", id="nobody"),
    pytest.param([], HANDOFF, ", and ana, whose turn it is now", id="one more after a handoff"),
    pytest.param(
        [DAYTIME, ("oncall.yaml", "ask: [primary]", "ask: [primary, day]")],
        HANDOFF,
        ", and ana and kit, whose turn it is now",
        id="two more after two handoffs",
    ),
]


@pytest.mark.parametrize(("changes", "when", "others"), TURNS)
def test_an_expired_acknowledgement_says_who_else_is_notified(changes, when, others):
    expired = texts_of("expires", events(a_catalog(ONCE, *changes), Ack(180, "ben"), when=when))
    assert expired == [f"the acknowledgement has expired after 30m: ben is notified again{others}"]


def test_a_muted_rule_says_by_what_and_for_how_long():
    muted = events(a_catalog(maintenance=WINDOW), name="shop-slow", when=MONDAY + 1_800)
    assert texts_of("is silent", muted) == ['maintenance "upgrade" mutes it for 30m more']


CALLED_TWICE = ("oncall.yaml", "high: {push: 0m, phone: 1m}", "high: {push: 0m, phone: [7m, 1m]}")


def test_a_contact_is_used_as_often_as_it_is_declared():
    assert drill_lines(a_catalog(ONCE, CALLED_TWICE)) == [*FIRST_ROUND, "12 notifies kit phone", "15 gives up"]


def test_an_outage_counts_each_call():
    late = ("oncall.yaml", "- {ask: [primary], escalate-after: 5m}", "- {ask: [primary], escalate-after: 15m}")
    calls = ("oncall.yaml", "phone: 2m}, low: {email: 0m}}}\n  kit", "phone: [2m, 7m]}, low: {email: 0m}}}\n  kit")
    catalog = a_catalog(late, calls)
    failed = outage(
        catalog, alert_paths(catalog, "prod", TODAY), oncall_data(catalog, MONDAY, MONDAY + 90_000), "shop", MONDAY
    )
    (ben,) = (each for each in failed.workloads if each.person == "ben")
    assert dict(ben.notifications) == {"push": 2, "phone": 4}
