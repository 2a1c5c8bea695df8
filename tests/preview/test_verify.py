"""Every kind of mistake that a vendor would refuse is found before one is asked, and nothing else is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from monitoring.model.catalog import Catalog
from monitoring.plan import Plan
from monitoring.preview.verify import verify
from tests.preview.changes import ABSENT, changed, resource, with_resource, without
from tests.resources.every_signal import every_signal

REINDEX = 'Datadog DowntimeSchedule "reindex-shop-empty-ef144a", recurringSchedule.recurrences'
SERVICE = "Service shop-critical-high"
NO_ROUTE = {"ref": "pagerduty:index/service:Service::nowhere", "output": "id"}
NO_OUTPUT = {"ref": "pagerduty:index/service:Service::shop-critical-high", "output": "colour"}
MONITOR_ID = {"ref": "datadog:index/monitor:Monitor::shop-slow", "output": "id"}


def said(plan: Plan) -> list[str]:
    return [str(problem) for problem in verify(plan)]


def test_a_plan_with_every_signal_offends_nobody(every: Plan):
    assert said(every) == []


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_what_ships_offends_nobody(plans: Mapping[str, Plan], environment: str):
    assert said(plans[environment]) == []


CASES = [
    pytest.param(
        "Monitor shop-slow", "colour", "red",
        'Datadog Monitor "shop-slow", colour: is no property that the vendor\'s package knows; look at its spelling',
        id="a property that no such resource has",
    ),
    pytest.param(
        SERVICE, "incidentUrgencyRule.colour", "red",
        'PagerDuty Service "shop-critical-high", incidentUrgencyRule.colour: is no property that the vendor\'s package'
        " knows; look at its spelling",
        id="a property that the inner part does not have",
    ),
    pytest.param(
        "MetricMonitor shop-failing", "owner.colour", "red",
        'Sentry MetricMonitor "shop-failing", owner.colour: is no property that the vendor\'s package knows;'
        " look at its spelling",
        id="a property that sentry's schema does not have",
    ),
    pytest.param(
        "Monitor shop-slow", "query", ABSENT,
        'Datadog Monitor "shop-slow", query: is missing; it must be written',
        id="a required property",
    ),
    pytest.param(
        "EscalationPolicy critical", "rules.0.escalationDelayInMinutes", ABSENT,
        'PagerDuty EscalationPolicy "critical", rules[0].escalationDelayInMinutes: is missing; it must be written',
        id="a required property of an inner part",
    ),
    pytest.param(
        "Alert shop-failing", "monitorIds", ABSENT,
        'Sentry Alert "shop-failing", monitorIds: is missing; it must be written',
        id="a property that sentry's schema requires",
    ),
    pytest.param(
        SERVICE, "name", ABSENT,
        'PagerDuty Service "shop-critical-high", name: is missing; write it, or the engine makes one up that nobody'
        " finds again",
        id="a name that is left to the engine",
    ),
    pytest.param(
        "Monitor shop-slow", "requireFullWindow", "no",
        'Datadog Monitor "shop-slow", requireFullWindow: "no" is a text; a true or false is wanted',
        id="a text where true or false is wanted",
    ),
    pytest.param(
        "Schedule primary", "layers.0.rotationTurnLengthSeconds", "604800",
        'PagerDuty Schedule "primary", layers[0].rotationTurnLengthSeconds: "604800" is a text; a number is wanted',
        id="a text where a number is wanted",
    ),
    pytest.param(
        "MetricMonitor shop-failing", "timeWindowSeconds", True,
        [
            '"true" is a true or false; a number is wanted',
            '"true" is not at least 60',
        ],
        id="true is no number",
    ),
    pytest.param(
        "Monitor shop-slow", "tags", "env:prod",
        'Datadog Monitor "shop-slow", tags: "env:prod" is a text; a list is wanted',
        id="one where several are wanted",
    ),
    pytest.param(
        "SyntheticsTest shop-up", "optionsList.tickEvery", MONITOR_ID,
        'Datadog SyntheticsTest "shop-up", optionsList.tickEvery: a reference is a text; a number is wanted',
        id="a reference of another kind",
    ),
    pytest.param(
        "ServiceIntegration shop-critical-high-sentry", "service", NO_ROUTE,
        'PagerDuty ServiceIntegration "shop-critical-high-sentry": refers to'
        ' "pagerduty:index/service:Service::nowhere", which is not declared; declare it, or refer to something else',
        id="a reference to what is not declared",
    ),
    pytest.param(
        "ServiceIntegration shop-critical-high-sentry", "service", NO_OUTPUT,
        'PagerDuty ServiceIntegration "shop-critical-high-sentry": refers to "colour" of'
        ' "pagerduty:index/service:Service::shop-critical-high", which has no such output; refer to another output',
        id="a reference to an output that there is not",
    ),
    pytest.param(
        "Monitor shop-slow", "onMissingData", "panic",
        'Datadog Monitor "shop-slow", onMissingData: "panic" is not one of default, show_no_data,'
        " show_and_notify_no_data, resolve",
        id="a word that the vendor does not know",
    ),
    pytest.param(
        "Monitor shop-slow", "notifyNoData", False,
        'Datadog Monitor "shop-slow", onMissingData: does not go together with notifyNoData, noDataTimeframe;'
        " leave the other two out, even notifyNoData=false",
        id="two properties that exclude each other",
    ),
    pytest.param(
        "Monitor shop-gone", "onMissingData", "resolve",
        'Datadog Monitor "shop-gone", onMissingData: is not taken here; not for service checks, composites and SLO'
        " monitors",
        id="a property that this type of monitor does not take",
    ),
    pytest.param(
        "Monitor shop-lost-orders", "onMissingData", "show_no_data",
        'Datadog Monitor "shop-lost-orders", onMissingData: "show_no_data" is not taken beside default_zero, after'
        ' which no data are missing; write "default", or leave it out',
        id="a word for data that are never missing",
    ),
    pytest.param(
        "Monitor shop-slow", "priority", "6",
        'Datadog Monitor "shop-slow", priority: "6" does not match ^[1-5]$; a whole number from 1 to 5 as text',
        id="a text of another form",
    ),
    pytest.param(
        "Schedule primary", "timeZone", "UTC",
        'PagerDuty Schedule "primary", timeZone: "UTC" is not one of Africa/Algiers, Africa/Cairo, Africa/Casablanca,'
        " Africa/Harare, Africa/Johannesburg, Africa/Monrovia, Africa/Nairobi, America/Argentina/Buenos_Aires,"
        " America/Bogota, America/Caracas, America/Chicago, America/Chihuahua and 123 more",
        id="a time zone that pagerduty does not list",
    ),
    pytest.param(
        "Schedule primary", "layers.0.rotationTurnLengthSeconds", 60,
        'PagerDuty Schedule "primary", layers[0].rotationTurnLengthSeconds: "60" is not at least 3600;'
        " one hour to 365 days",
        id="a turn that is too short",
    ),
    pytest.param(
        "Schedule primary", "layers.0.rotationVirtualStart", "2026-01-05T09:00:30+01:00",
        'PagerDuty Schedule "primary", layers[0].rotationVirtualStart: "2026-01-05T09:00:30+01:00" is not on a full'
        " minute; RFC 3339 instant on a full minute",
        id="an anchor between minutes",
    ),
    pytest.param(
        "Schedule primary", "layers.0.end", "2026-01-04T09:00:00+01:00",
        'PagerDuty Schedule "primary", layers[0].end: "2026-01-04T09:00:00+01:00" is not after'
        ' "2026-01-05T09:00:00+01:00"; after its start',
        id="a layer that ends before it begins",
    ),
    pytest.param(
        "Schedule primary", "layers.0.users", [],
        'PagerDuty Schedule "primary", layers[0].users: has 0 elements, and at least 1 are taken; at least one user',
        id="a layer of nobody",
    ),
    pytest.param(
        "Schedule primary", "layers.0.restrictions",
        [{"type": "weekly_restriction", "startTimeOfDay": "09:00:00", "durationSeconds": 3600}],
        'PagerDuty Schedule "primary", layers[0].restrictions[0].startDayOfWeek: is missing; 1 (Monday) to 7, required',
        id="a weekly restriction without its day",
    ),
    pytest.param(
        "Schedule primary", "layers.0.restrictions",
        [{"type": "daily_restriction", "startTimeOfDay": "09:00:00", "durationSeconds": 86_400}],
        'PagerDuty Schedule "primary", layers[0].restrictions[0].durationSeconds: "86400" is not at most 86399;'
        " less than a day",
        id="a daily restriction of a whole day",
    ),
    pytest.param(
        "EscalationPolicy critical", "rules.1.targets.0.type", ABSENT,
        'PagerDuty EscalationPolicy "critical", rules[1].targets[0].type: is missing; left out it means a user, and a'
        " schedule's id then answers 404",
        id="a target that does not say what it is",
    ),
    pytest.param(
        "EscalationPolicy critical", "name", "Critical & worse",
        'PagerDuty EscalationPolicy "critical", name: "Critical & worse" does not match ^[^\\\\/&<>]*[^\\\\/&<> ]$;'
        " not blank, no trailing blank, printable characters only, none of backslash, slash, ampersand, less-than,"
        " greater-than",
        id="a name with a character that the vendor refuses",
    ),
    pytest.param(
        SERVICE, "name", "x" * 256,
        'PagerDuty Service "shop-critical-high", name: has 256 characters, and at most 255 are taken',
        id="a name that is too long",
    ),
    pytest.param(
        "ServiceIntegration shop-critical-high-sentry", "vendor", "PDATADOG",
        [
            'type: does not go together with vendor',
            'vendor: does not go together with type',
        ],
        id="a kind and a vendor at once",
    ),
    pytest.param(
        "MonitorNotificationRule shop-p1", "recipients", ["oncall@youragency.com"],
        'Datadog MonitorNotificationRule "shop-p1", recipients: needs exactly one of recipients, conditionalRecipients;'
        " exactly one of recipients and conditionalRecipients",
        id="recipients with and without conditions",
    ),
    pytest.param(
        "MonitorNotificationRule shop-p1", "filter.scope", "env:prod",
        'Datadog MonitorNotificationRule "shop-p1", filter: needs exactly one of tags, scope; exactly one of tags and'
        " scope",
        id="a filter of two kinds",
    ),
    pytest.param(
        "MonitorNotificationRule shop-p1", "conditionalRecipients.fallbackRecipients", ["@slack-youragency-alerts"],
        'Datadog MonitorNotificationRule "shop-p1", conditionalRecipients.fallbackRecipients[0]:'
        ' "@slack-youragency-alerts" does not match ^[^@\\s]\\S*$; a handle without the leading @',
        id="a handle with its at sign",
    ),
    pytest.param(
        "MonitorNotificationRule shop-p1", "conditionalRecipients.fallbackRecipients", ["pagerduty-shop"],
        'Datadog MonitorNotificationRule "shop-p1": the handle "pagerduty-shop" belongs to nobody; it would be taken,'
        " and notify nobody",
        id="a pager that datadog does not know",
    ),
    pytest.param(
        "MonitorNotificationRule shop-p1", "conditionalRecipients.fallbackRecipients", ["slack-youragency-alert"],
        'Datadog MonitorNotificationRule "shop-p1": the handle "slack-youragency-alert" belongs to nobody; it would be'
        " taken, and notify nobody",
        id="a channel that datadog does not know",
    ),
    pytest.param(
        "MonitorNotificationRule shop-p1", "conditionalRecipients.fallbackRecipients",
        ["pagerduty-shop-critical-high", "pagerduty-shop-critical-high"],
        'Datadog MonitorNotificationRule "shop-p1", conditionalRecipients.fallbackRecipients: holds'
        ' "pagerduty-shop-critical-high" twice; at least one when given, at most 20, none of them twice',
        id="a receiver twice",
    ),
    pytest.param(
        "MonitorNotificationRule shop-p1", "conditionalRecipients.conditions.0.recipients",
        [f"person-{number}@youragency.com" for number in range(21)],
        'Datadog MonitorNotificationRule "shop-p1", conditionalRecipients.conditions[0].recipients: has 21 elements,'
        " and at most 20 are taken; at least one, at most 20, none of them twice",
        id="more receivers than a notification rule takes",
    ),
    pytest.param(
        "SyntheticsTest shop-up", "optionsList.minLocationFailed", 3,
        'Datadog SyntheticsTest "shop-up", optionsList.minLocationFailed: 3 is more than the 2 that there are; not'
        " above the number of locations",
        id="more failing places than places",
    ),
    pytest.param(
        "SyntheticsTest shop-up", "assertions.0.target", "two seconds",
        [
            "a whole number for this type",
            'a number for this operator',
        ],
        id="a limit that is no number",
    ),
    pytest.param(
        "SyntheticsTest shop-line", "assertions.0.target", "20",
        'Datadog SyntheticsTest "shop-line", assertions[0].target: "20" does not match ^(0(\\.[0-9]+)?|1)$; a share'
        " from 0 to 1, so 0.2 for 20%",
        id="a loss in percent",
    ),
    pytest.param(
        "ServiceLevelObjective shop-orders", "targetThreshold", 99.0,
        'Datadog ServiceLevelObjective "shop-orders", targetThreshold: "99.0" is not one of 99.9; the target of the'
        " primary timeframe's threshold",
        id="an objective that says two things",
    ),
    pytest.param(
        "ServiceLevelObjective shop-orders", "thresholds.0.target", 100,
        [
            'thresholds[0].target: "100" is not below 100',
            'targetThreshold: "99.9" is not one of 100',
            '"shop-orders-1h", query: a burn rate of 14.4 is never reached with an objective of 100%',
            '"shop-orders-6h", query: a burn rate of 6 is never reached with an objective of 100%',
        ],
        id="an objective without a budget",
    ),
    pytest.param(
        "DowntimeSchedule upgrade-shop", "oneTimeSchedule.end", "2026-12-06T02:00:00Z",
        'Datadog DowntimeSchedule "upgrade-shop", oneTimeSchedule.end: "2026-12-06T02:00:00Z" is not after'
        ' "2026-12-06T03:00:00Z"; after its start',
        id="a mute that ends before it begins",
    ),
    pytest.param(
        "DowntimeSchedule upgrade-shop", "oneTimeSchedule", ABSENT,
        'Datadog DowntimeSchedule "upgrade-shop", oneTimeSchedule: needs exactly one of oneTimeSchedule,'
        " recurringSchedule; one of the two schedules is needed: with neither the preview passes and the update fails",
        id="a mute without a time",
    ),
    pytest.param(
        "DowntimeSchedule reindex-shop-empty-ef144a", "recurringSchedule.recurrences.0.start", "2026-12-07T04:00",
        f'{REINDEX}[0].start: "2026-12-07T04:00" does not match '
        r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$;"
        " local time without offset, with seconds as Datadog returns it",
        id="a mute that recurs from a time without seconds",
    ),
    pytest.param(
        "DowntimeSchedule reindex-shop-empty-ef144a", "recurringSchedule.recurrences.0.duration", "30min",
        f'{REINDEX}[0].duration: "30min" does not match ^[1-9][0-9]*[mhdw]$; a whole number and one of m, h, d, w',
        id="a mute that recurs for a length in other words",
    ),
    pytest.param(
        "DowntimeSchedule reindex-shop-empty-ef144a", "recurringSchedule.recurrences", [],
        f"{REINDEX}: has 0 elements, and at least 1 are taken; one to five recurrences",
        id="a mute that recurs never",
    ),
    pytest.param(
        "DashboardJson agency", "dashboard", "{",
        'Datadog DashboardJson "agency", dashboard: is not JSON; an object as JSON, with a title, widgets and a layout',
        id="a dashboard that is not JSON",
    ),
    pytest.param(
        "DashboardJson agency", "dashboard", '{"title": "Shop"}',
        'Datadog DashboardJson "agency", dashboard: has no widgets, layout_type; an object as JSON, with a title,'
        " widgets and a layout",
        id="a dashboard without widgets",
    ),
    pytest.param(
        "ServiceObject shop-critical-high", "serviceName", "the shop",
        [
            'serviceName: "the shop" does not match',
            '"shop-p0": the handle "pagerduty-shop-critical-high" belongs to nobody',
            '"shop-p1": the handle "pagerduty-shop-critical-high" belongs to nobody',
        ],
        id="a pager's handle with a blank",
    ),
    pytest.param(
        "Alert shop-failing", "frequencyMinutes", 15,
        'Sentry Alert "shop-failing", frequencyMinutes: "15" is not one of 0, 5, 10, 30, 60, 180, 720, 1440',
        id="a throttle that sentry does not list",
    ),
    pytest.param(
        "Alert shop-failing", "frequencyMinutes", 5.5,
        [
            '"5.5" is not one of',
            '"5.5" is not a whole number',
        ],
        id="half a minute",
    ),
    pytest.param(
        "Alert shop-failing", "monitorIds", [],
        'Sentry Alert "shop-failing", monitorIds: has 0 elements, and at least 1 are taken; nothing stops an empty'
        " list, and such an alert never fires",
        id="an alert on nothing",
    ),
    pytest.param(
        "Alert shop-failing", "actionFilters.0.actions.0", {},
        'Sentry Alert "shop-failing", actionFilters[0].actions[0]: has 0 members, and exactly 1 are taken; write one'
        " kind an element",
        id="an action that does nothing",
    ),
    pytest.param(
        "Alert shop-failing", "actionFilters.0.actions.0.pagerduty.severity", "P0",
        'Sentry Alert "shop-failing", actionFilters[0].actions[0].pagerduty.severity: "P0" is not one of default,'
        " critical, warning, error, info",
        id="our severity where pagerduty's is wanted",
    ),
    pytest.param(
        "Alert shop-failing", "actionFilters.0.actions.1", {"email": {"targetType": "team"}},
        'Sentry Alert "shop-failing", actionFilters[0].actions[1].email.targetId: is missing; where targetType is team'
        " or user",
        id="an e-mail to a team that is not named",
    ),
    pytest.param(
        "Alert shop-failing", "actionFilters.0.actions.1", {"email": {"targetType": "issue_owners", "targetId": "1"}},
        [
            'fallthroughType: is missing; where targetType is issue_owners',
            'targetId: is not taken here; where targetType is issue_owners',
        ],
        id="an e-mail to owners who are named",
    ),
    pytest.param(
        "Alert shop-noisy", "actionFilters.0.conditions.0.eventFrequencyCount.interval", "2m",
        'Sentry Alert "shop-noisy", actionFilters[0].conditions[0].eventFrequencyCount.interval: "2m" is not one of'
        " 1m, 5m, 15m, 1h, 1d, 1w, 30d",
        id="an interval that sentry does not count in",
    ),
    pytest.param(
        "MetricMonitor shop-failing", "owner", {"teamId": "1", "userId": "2"},
        [
            'owner: needs exactly one of teamId, userId',
            'owner.teamId: does not go together with userId',
            'owner.userId: does not go together with teamId',
        ],
        id="an owner of two kinds",
    ),
    pytest.param(
        "MetricMonitor shop-failing", "dataset", "metrics",
        'Sentry MetricMonitor "shop-failing", dataset: "metrics" is not one of events',
        id="a dataset that does not go with errors",
    ),
    pytest.param(
        "MetricMonitor shop-failing", "conditionGroup.conditions.0.comparison", ABSENT,
        'Sentry MetricMonitor "shop-failing", conditionGroup.conditions[0].comparison: is missing; where type is eq or'
        " gte or gt or lte or lt or ne",
        id="a comparison with nothing",
    ),
    pytest.param(
        "MetricMonitor shop-failing", "name", "x" * 201,
        'Sentry MetricMonitor "shop-failing", name: has 201 characters, and at most 200 are taken',
        id="a monitor's name that is too long",
    ),
    pytest.param(
        "CronMonitor shop-nightly", "schedule", {"crontab": "@daily"},
        'Sentry CronMonitor "shop-nightly", schedule.crontab: "@daily" does not match ^\\S+ \\S+ \\S+ \\S+ \\S+$; five'
        " fields with one blank between them; anything else is rewritten, which is a change for ever",
        id="a crontab that sentry rewrites",
    ),
    pytest.param(
        "CronMonitor shop-nightly", "schedule", {},
        'Sentry CronMonitor "shop-nightly", schedule: needs exactly one of crontab, intervalValue',
        id="a job without a schedule",
    ),
    pytest.param(
        "CronMonitor shop-nightly", "schedule", {"intervalValue": 1},
        'Sentry CronMonitor "shop-nightly", schedule.intervalValue: needs intervalUnit beside it',
        id="an interval without its unit",
    ),
    pytest.param(
        "CronMonitor shop-nightly", "name", "Nightly job",
        'Sentry CronMonitor "shop-nightly", name: "Nightly job" does not match ^(?![0-9]+$)[a-z0-9_-]{1,50}$; the'
        " check-ins' slug is made of it: at most 50 of a-z, 0-9, - and _, and not digits alone",
        id="a job's name that is no slug",
    ),
    pytest.param(
        "CronMonitor shop-nightly", "maxRuntimeMinutes", 40_321,
        'Sentry CronMonitor "shop-nightly", maxRuntimeMinutes: "40321" is not at most 40320',
        id="a job that may run too long",
    ),
    pytest.param(
        "CronMonitor shop-nightly", "timezone", "Europe/Nowhere",
        [
            'timezone: "Europe/Nowhere" is not one of Africa/Abidjan',
        ],
        id="a time zone that sentry does not list",
    ),
    pytest.param(
        "IntegrationPagerduty shop-critical-high", "integrationKey", ABSENT,
        'Sentry IntegrationPagerduty "shop-critical-high", integrationKey: is missing; it must be written',
        id="a row without its key",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "value", "message"), CASES)
def test_a_mistake_is_found_and_nothing_else(every: Plan, name: str, path: str, value: Any, message: str | list[str]):
    found = said(changed(every, name, path, value))
    if isinstance(message, str):
        assert found == [f"plan: {message} (plan)"]
    else:
        assert len(found) == len(message)
        assert all(any(part in one for one in found) for part in message), found


def test_a_type_that_no_package_has_is_refused(every: Plan):
    strange = replace(resource(every, "Schedule primary"), name="spare", type="pagerduty:index/sauce:Sauce")
    assert said(with_resource(every, strange)) == [
        'plan: PagerDuty Sauce "spare": "pagerduty:index/sauce:Sauce" is not a type that PagerDuty has; look at its'
        " spelling (plan)"
    ]


def test_a_resource_that_others_need_is_missed_by_each(every: Plan):
    found = said(without(every, "EscalationPolicy critical"))
    assert [one.partition(": refers")[0] for one in found] == [
        'plan: PagerDuty Service "shop-backup"',
        'plan: PagerDuty Service "shop-critical-high"',
        'plan: PagerDuty Service "shop-critical-low"',
        'plan: PagerDuty Service "shop-dead-letters"',
        'plan: PagerDuty Service "shop-depth"',
    ]


def test_a_resource_that_waits_for_nothing_is_refused(every: Plan):
    waiting = replace(resource(every, SERVICE), depends_on=("pagerduty:index/team:Team::nobody",))
    assert said(with_resource(every, waiting)) == [
        'plan: PagerDuty Service "shop-critical-high": waits for "pagerduty:index/team:Team::nobody", which is not'
        " declared; declare it, or do not wait (plan)"
    ]


UNIQUE = [
    ("Service shop-critical-high", "name", '"shop-critical-high"'),
    ("Schedule primary", "name", '"Agency platform: primary"'),
    ("EscalationPolicy critical", "name", '"Agency platform: critical"'),
    ("ServiceObject shop-critical-high", "serviceName", '"shop-critical-high"'),
    ("Channel alerts", "accountName, channelName", '"youragency", "#alerts"'),
    ("CronMonitor shop-nightly", "organization, name", '"youragency", "shop-nightly"'),
]


@pytest.mark.parametrize(("name", "properties", "values"), UNIQUE, ids=[case[0] for case in UNIQUE])
def test_what_a_vendor_takes_once_is_declared_once(every: Plan, name: str, properties: str, values: str):
    first = resource(every, name)
    found = said(with_resource(every, replace(first, name="second")))
    assert found == [
        f'plan: {first.vendor_title} {first.kind} "second", {properties}: {values} is already that of "{first.name}"; '
        "the vendor takes it once in an account (plan)"
    ]


def test_long_names_that_differ_at_their_end_are_two(every: Plan):
    policy = resource(every, "EscalationPolicy critical")
    long = [replace(policy, name=end, inputs={**policy.inputs, "name": f"{'a' * 90} {end}"}) for end in ("1d", "4d")]
    assert said(with_resource(with_resource(every, long[0]), long[1])) == []


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return every_signal()


PLACES = [
    ("Monitor shop-slow", "name", "services/shop.yaml:12", "a rule"),
    ("MetricMonitor shop-customer-acme", "name", "services/shop.yaml:27", "a rule for a customer"),
    ("SyntheticsTest shop-up-head", "status", "services/shop.yaml:64", "a test of a second method"),
    ("Schedule primary", "timeZone", "oncall.yaml:10", "a schedule"),
    ("EscalationPolicy critical", "rules", "oncall.yaml:15", "a policy"),
    ("DowntimeSchedule upgrade-shop", "scope", "maintenance.yaml:2", "a window"),
    ("DowntimeSchedule reindex-shop-empty-ef144a", "scope", "maintenance.yaml:10", "a window that recurs"),
    (SERVICE, "name", "services/shop.yaml:2", "what several rules share belongs to their service"),
]


@pytest.mark.parametrize(("name", "path", "place", "_"), PLACES, ids=[case[3] for case in PLACES])
def test_a_mistake_says_where_the_catalog_speaks_of_it(every: Plan, catalog: Catalog, name, path, place, _):
    (problem,) = verify(changed(every, name, path, ABSENT), catalog)
    assert str(problem.source) == place
