"""PagerDuty's Args: schedules layer by layer, policies step by step, and the service between a rule and its policy."""

from __future__ import annotations

from typing import Any

import pytest

from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules
from monitoring.model.oncall import Policy
from monitoring.naming.pager_service import pager_service
from monitoring.naming.type_tokens import ESCALATION_POLICY, SCHEDULES
from monitoring.oncall.recurring import Recurrence, RecurringShift
from monitoring.preview.verify import verify
from monitoring.resources import pagerduty as pd
from monitoring.wording import pager_text
from tests.factories import a_catalog, a_layer, a_schedule
from tests.resources.every_signal import TODAY, declared
from tests.resources.spoken import spoken, the_rule

USERS = {"ana": "user-ana", "ben": "user-ben", "kit": "user-kit"}


def restricted(only: Any) -> list[dict[str, Any]]:
    """What PagerDuty hears of `only:`."""
    return [spoken(restriction) for restriction in pd.restrictions([hours.window for hours in a_layer(only=only).only])]


def weekly(day: int, start: str, seconds: int) -> dict[str, Any]:
    return {
        "type": "weekly_restriction",
        "startDayOfWeek": day,
        "startTimeOfDay": start,
        "durationSeconds": seconds,
    }


HOURS: list[Any] = [
    pytest.param(
        {"from": "09:00", "to": "18:00"},
        [{"type": "daily_restriction", "startTimeOfDay": "09:00:00", "durationSeconds": 32_400}],
        id="some hours of every day",
    ),
    pytest.param(
        {"from": "18:00", "to": "09:00"},
        [{"type": "daily_restriction", "startTimeOfDay": "18:00:00", "durationSeconds": 54_000}],
        id="hours over midnight",
    ),
    pytest.param(
        {"days": "sat-sun", "from": "09:00", "to": "21:00"},
        [weekly(6, "09:00:00", 43_200), weekly(7, "09:00:00", 43_200)],
        id="some hours of some days",
    ),
    pytest.param({"days": "sat-sun"}, [weekly(6, "00:00:00", 172_800)], id="whole days in a row are one window"),
    pytest.param({"days": "sun-mon"}, [weekly(7, "00:00:00", 172_800)], id="days over the end of the week"),
    pytest.param(
        {"days": "mon,wed-thu"},
        [weekly(1, "00:00:00", 86_400), weekly(3, "00:00:00", 172_800)],
        id="days apart are windows of their own",
    ),
    pytest.param({"days": "mon-sun"}, [], id="every day is no restriction"),
    pytest.param(
        {"from": "fri 17:00", "to": "mon 09:00"},
        [weekly(5, "17:00:00", 64 * 3_600)],
        id="from a day to a day is one window",
    ),
    pytest.param(
        {"from": "mon 09:00", "to": "mon 08:59"},
        [weekly(1, "09:00:00", 604_740)],
        id="all of the week but a minute, the longest there is",
    ),
    pytest.param(
        {"from": "sun 23:30", "to": "mon 00:15"},
        [weekly(7, "23:30:00", 2_700)],
        id="from the last day of the week to the first",
    ),
    pytest.param(
        ({"days": "mon-thu", "from": "18:00", "to": "09:00"}, {"from": "fri 18:00", "to": "mon 09:00"}),
        [*(weekly(day, "18:00:00", 54_000) for day in (1, 2, 3, 4)), weekly(5, "18:00:00", 63 * 3_600)],
        id="several windows in one layer",
    ),
    pytest.param(
        ({"from": "12:00", "to": "13:00"}, {"days": "sat", "from": "18:00", "to": "20:00"}),
        [*(weekly(day, "12:00:00", 3_600) for day in range(1, 8)), weekly(6, "18:00:00", 7_200)],
        id="beside another window, a daily one is written day by day",
    ),
]


@pytest.mark.parametrize(("only", "expected"), HOURS)
def test_hours_become_restrictions(only: Any, expected: list[Any]):
    assert restricted(only) == expected


ANCHORS = [
    ("Europe/Berlin", "2026-01-05 09:00", "2026-01-05T09:00:00+01:00", "winter"),
    ("Europe/Berlin", "2026-07-06 09:00", "2026-07-06T09:00:00+02:00", "summer"),
    ("Asia/Kolkata", "2026-01-05 09:00", "2026-01-05T09:00:00+05:30", "half an hour"),
    ("Etc/UTC", "2026-01-05 09:00", "2026-01-05T09:00:00+00:00", "none"),
]


@pytest.mark.parametrize(("zone", "anchor", "instant", "_"), ANCHORS, ids=[case[-1] for case in ANCHORS])
def test_an_anchor_is_an_instant_with_its_offset(zone: str, anchor: str, instant: str, _: str):
    schedule = a_schedule(a_layer(anchor=anchor), zone=zone)
    said = spoken(pd.layer_args(1, schedule.active_layers[0], schedule.time_zone, USERS))
    assert (said["start"], said["rotationVirtualStart"]) == (instant, instant)


def test_a_layer_says_who_takes_turns_and_how_long():
    schedule = a_schedule(a_layer(people=("ben", "ana"), turn="2w", until="2026-12-31 09:00"))
    said = spoken(pd.layer_args(3, schedule.active_layers[0], schedule.time_zone, USERS))
    assert said == {
        "name": "Layer 3",
        "start": "2026-01-05T09:00:00+01:00",
        "rotationVirtualStart": "2026-01-05T09:00:00+01:00",
        "rotationTurnLengthSeconds": 1_209_600,
        "users": ["user-ben", "user-ana"],
        "end": "2026-12-31T09:00:00+01:00",
    }


def test_layers_stay_in_their_order():
    schedule = a_schedule(a_layer(people=("ana",)), a_layer(people=("ben",)))
    said = spoken(pd.schedule_args(a_catalog(), "primary", schedule, USERS))
    assert [layer["users"] for layer in said["layers"]] == [["user-ana"], ["user-ben"]]
    assert said["timeZone"] == "Europe/Berlin"
    assert said["name"] == "Agency platform: primary"


def test_a_policy_says_of_each_target_what_it_is():
    policy = Policy.model_validate(
        {"steps": ({"ask": ("primary", "kit"), "escalate-after": "5m"}, {"ask": ("kit",), "escalate-after": "1h"})}
    )
    args = pd.policy_args(
        a_catalog(), "critical", policy, schedules={"primary": "schedule-1"}, users=USERS, team="team-1"
    )
    said = spoken(args)
    assert said["rules"] == [
        {
            "escalationDelayInMinutes": 5,
            "targets": [
                {"type": "schedule_reference", "id": "schedule-1"},
                {"type": "user_reference", "id": "user-kit"},
            ],
        },
        {"escalationDelayInMinutes": 60, "targets": [{"type": "user_reference", "id": "user-kit"}]},
    ]
    assert said["teams"] == "team-1"


SERVICES = [
    ("", "1800", "high", "P0", "an acknowledgement runs out where the policy says nothing"),
    ("    acknowledgement-expires: 1h\n", "3600", "high", "P0", "an acknowledgement that runs out"),
    ("    acknowledgement-expires: never\n", "null", "high", "P0", "an acknowledgement that never runs out"),
    ("", "1800", "low", "P2", "a severity that wakes nobody is of low urgency"),
]


@pytest.mark.parametrize(
    ("line", "closes"),
    [
        pytest.param("", "null", id="never where the policy says nothing"),
        pytest.param("    resolves-after: never\n", "null", id="never"),
        pytest.param("    resolves-after: 4h\n", "14400", id="after four hours"),
    ],
)
def test_an_incident_closes_by_itself_as_its_policy_says(line, closes):
    catalog = a_catalog(("oncall.yaml", "    extra-rounds: 1\n", f"    extra-rounds: 1\n{line}"))
    assert service(catalog)["autoResolveTimeout"] == closes


def service(catalog: Catalog) -> Any:
    """The PagerDuty service of the rule shop-failing."""
    rule = the_rule(catalog, "shop-failing")
    pager = pager_service(catalog, rule)
    assert pager
    return spoken(pd.service_args(catalog, rule, pager, "policy-1"))


@pytest.mark.parametrize(("line", "expires", "urgency", "severity", "_"), SERVICES, ids=[case[-1] for case in SERVICES])
def test_a_service_decides_what_pagerduty_would_default(line, expires, urgency, severity, _):
    catalog = a_catalog(
        ("oncall.yaml", "    extra-rounds: 1\n", f"    extra-rounds: 1\n{line}"),
        ("services/shop.yaml", "severity: P0", f"severity: {severity}"),
    )
    said = service(catalog)
    assert said["acknowledgementTimeout"] == expires
    assert said["autoResolveTimeout"] == "null"
    assert said["incidentUrgencyRule"] == {"type": "constant", "urgency": urgency}
    assert said["name"] == f"shop-critical-{urgency}"
    assert said["escalationPolicy"] == "policy-1"
    assert said["alertCreation"] == "create_alerts_and_incidents"
    assert not {"alertGrouping", "alertGroupingParameters", "alertGroupingTimeout"} & said.keys()


TEXTS = [
    ("P0", "high", "first Primary line, after 5m a person named in PagerDuty; 1 more round"),
    ("P2", "low", "Primary line, at low urgency: nobody is woken, nobody is notified next"),
]


@pytest.mark.parametrize(("severity", "urgency", "asked"), TEXTS)
def test_a_service_says_whom_it_asks_and_where_runbooks_are_read(severity: str, urgency: str, asked: str):
    catalog = a_catalog(
        ("services/shop.yaml", "severity: P0", f"severity: {severity}"),
        ("oncall.yaml", "  primary:\n", "  primary:\n    title: Primary line\n"),
    )
    said = service(catalog)
    assert said["description"] == (
        f"Shop, {urgency} urgency. Who is notified: {asked}. "
        "What to do: https://docs.youragency.com/runbooks/RULE, where RULE stands in brackets in the incident's title, "
        "less a customer's name. Dashboard: https://app.datadoghq.eu/dashboard/lists?q=Agency%20platform%20%28prod%29%3A%20shop"
    )


def test_rules_that_page_through_one_service_say_the_same_of_it(shipped: Catalog):
    texts: dict[str, set[str]] = {}
    for rule in effective_rules(shipped, "prod", TODAY):
        if pager := pager_service(shipped, rule):
            texts.setdefault(pager.name, set()).add(pager_text(shipped, rule))
    assert len(texts) > 1
    assert {name: said for name, said in texts.items() if len(said) > 1} == {}


def test_each_vendor_has_its_own_way_in():
    assert spoken(pd.sentry_integration_args("service-1")) == {
        "name": "Sentry",
        "service": "service-1",
        "type": "events_api_v2_inbound_integration",
    }
    assert spoken(pd.datadog_integration_args("service-1", "vendor-1")) == {
        "name": "Datadog",
        "service": "service-1",
        "vendor": "vendor-1",
    }


def test_a_shift_based_schedule_has_a_rotation_for_each_person():
    catalog = a_catalog(("platform.yaml", "{subdomain: youragency}", "{subdomain: youragency, schedules: shifts}"))
    first, second = spoken(pd.shift_based_args(catalog, "primary", a_schedule(), USERS))["rotations"]
    assert first == {
        "events": [
            {
                "name": "Layer 1",
                "startTime": "2026-01-05T09:00:00+01:00",
                "endTime": "2026-01-12T09:00:00+01:00",
                "effectiveSince": "2026-01-05T08:00:00Z",
                "recurrences": ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"],
                "assignmentStrategies": [
                    {
                        "type": "every_member_assignment_strategy",
                        "members": [{"type": "user_member", "userId": "user-ana"}],
                    }
                ],
            }
        ]
    }
    assert second["events"][0]["assignmentStrategies"][0]["members"] == [{"type": "user_member", "userId": "user-ben"}]


RECURRENCES: list[Any] = [
    pytest.param(RecurringShift(1, "ana", 0, 60), ["RRULE:FREQ=DAILY;COUNT=1"], id="a shift that comes once"),
    pytest.param(RecurringShift(1, "ana", 0, 60, Recurrence(1)), ["RRULE:FREQ=DAILY"], id="every day"),
    pytest.param(RecurringShift(1, "ana", 0, 60, Recurrence(3)), ["RRULE:FREQ=DAILY;INTERVAL=3"], id="every third day"),
    pytest.param(
        RecurringShift(1, "ana", 0, 60, Recurrence(2, (1, 7)), last=90_000),
        ["RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;UNTIL=19700102T010000Z"],
        id="some days of every second week, until one of them",
    ),
    pytest.param(
        RecurringShift(1, "ana", 0, 60, Recurrence(1, (4,)), exceptions=(604_800, 1_209_600)),
        ["RRULE:FREQ=WEEKLY;BYDAY=TH", "EXDATE:19700108T000000Z", "EXDATE:19700115T000000Z"],
        id="every Thursday but two",
    ),
]


@pytest.mark.parametrize(("shift", "lines"), RECURRENCES)
def test_a_recurrence_is_written_as_calendars_read_it(shift: RecurringShift, lines: list[str]):
    assert list(pd.recurrence_rules(shift)) == lines


KINDS: list[Any] = [
    pytest.param("layers", {"Schedule": "Agency platform: primary"}, "Schedule", id="layers alone"),
    pytest.param(
        "both",
        {"Schedule": "Agency platform: primary, layers", "Schedulev2": "Agency platform: primary"},
        "Schedulev2",
        id="both, of which policies ask the shifts",
    ),
    pytest.param("shifts", {"Schedulev2": "Agency platform: primary"}, "Schedulev2", id="shifts alone"),
]


@pytest.mark.parametrize(("word", "titles", "policies_ask"), KINDS)
def test_one_word_says_which_kind_is_declared(word: str, titles: dict[str, str], policies_ask: str):
    change = ("platform.yaml", "{subdomain: youragency}", f"{{subdomain: youragency, schedules: {word}}}")
    plan = declared(a_catalog(change))
    schedules = {resource.kind: resource for resource in plan.resources if resource.type in SCHEDULES}
    assert {kind: resource.inputs["name"] for kind, resource in schedules.items()} == titles
    assert all(resource.protect for resource in schedules.values())
    (policy,) = plan.of_type(ESCALATION_POLICY)
    assert policy.inputs["rules"][0]["targets"][0]["id"]["ref"] == schedules[policies_ask].key
    if word == "both":
        assert schedules["Schedulev2"].depends_on == (schedules["Schedule"].key,), "the name is free before it is taken"
    assert verify(plan) == []
