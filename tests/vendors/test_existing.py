"""What stands in the accounts is asked page by page, over real HTTP, and only of the vendors that matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from monitoring.errors import VendorError
from monitoring.naming.type_tokens import CRON_MONITOR, METRIC_MONITOR, SCHEDULE, SHIFT_BASED_SCHEDULE
from monitoring.plan import Plan, Resource
from monitoring.vendors.existing import LISTED, ExistingObject, existing_objects
from tests.factories import a_catalog
from tests.resources.every_signal import declared as declared_by
from tests.resources.receivers import on_each_route
from tests.vendors.loopback import Answer, Loopback, loopback, says, text

pytestmark = pytest.mark.anyio
MONITOR = "datadog:index/monitor:Monitor"
POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy"
ALERT = "sentry:index/alert:Alert"
ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"
MUTE = "datadog:index/downtimeSchedule:DowntimeSchedule"
LISTS = {
    "datadog:index/syntheticsTest:SyntheticsTest": ("tests", "public_id"),
    "datadog:index/syntheticsGlobalVariable:SyntheticsGlobalVariable": ("variables", "id"),
    "datadog:index/serviceLevelObjective:ServiceLevelObjective": ("data", "id"),
    "datadog:index/dashboardJson:DashboardJson": ("dashboards", "id"),
    "datadog:index/monitorNotificationRule:MonitorNotificationRule": ("data", "id"),
    MUTE: ("data", "id"),
}
"""The key under which each of Datadog's lists lies, and what its rows call their id."""


async def stands(*types: str, answer: Answer, held: list[Loopback] | None = None) -> list[ExistingObject]:
    wanted = [Resource(type=type_, name="one", inputs={"organization": "youragency"}) for type_ in types]
    async with loopback(answer) as (client, vendor):
        if held is not None:
            held.append(vendor)
        return [each async for each in existing_objects(client, vendor.access, wanted)]


def rows(begin: int, end: int) -> list[dict[str, Any]]:
    return [{"id": str(number), "name": f"n{number}", "type": "query alert"} for number in range(begin, end)]


async def test_nobody_is_asked_for_nothing():
    held: list[Loopback] = []
    assert await stands(answer=says({}, 500), held=held) == []
    assert held[0].asked == []


def test_every_type_that_is_declared_has_a_list(plans: Mapping[str, Plan], every: Plan):
    receivers = declared_by(a_catalog(*on_each_route("P0", "P1")))
    declared = {resource.type for plan in (*plans.values(), every, receivers) for resource in plan.resources}
    assert declared | {SHIFT_BASED_SCHEDULE} == LISTED


async def test_a_type_without_a_list_is_never_said_to_be_absent():
    with pytest.raises(VendorError, match="nobody knows which objects of datadog:index/role:Role exist"):
        await stands("datadog:index/role:Role", answer=says([]))


async def test_every_page_of_datadog_is_read():
    def answer(request: Request) -> Response:
        page = int(request.query_params["page"])
        return says(rows(page * 100, min(page * 100 + 100, 230)))(request)

    assert len(await stands(MONITOR, answer=answer)) == 230


async def test_a_monitor_that_is_made_meanwhile_hides_none_of_the_next_page():
    """What was the last row of a page is the first one of the next."""

    def answer(request: Request) -> Response:
        page, moved = int(request.query_params["page"]), min(int(request.query_params["page"]), 1)
        return says(rows(page * 100 - moved, min(page * 100 + 100 - moved, 230)))(request)

    assert len(await stands(MONITOR, answer=answer)) == 230


async def test_a_vendor_that_gives_fewer_rows_than_asked_for_is_asked_for_the_rest():
    board = "datadog:index/dashboardJson:DashboardJson"

    def answer(request: Request) -> Response:
        begin = int(request.query_params["start"])
        titled = [{"id": row["id"], "title": row["name"]} for row in rows(begin, min(begin + 30, 75))]
        return says({"dashboards": titled})(request)

    assert len(await stands(board, answer=answer)) == 75


async def test_a_list_without_pages_ends():
    assert len(await stands(MONITOR, answer=says(rows(0, 150)))) == 150


async def test_the_monitor_of_a_synthetic_test_is_not_one_of_ours():
    hidden = {"id": 1, "name": "api-uptime", "type": "synthetics alert"}
    assert await stands(MONITOR, answer=says([hidden])) == []


async def test_every_page_of_pagerduty_is_read():
    def answer(request: Request) -> Response:
        begin, path = int(request.query_params["offset"]), request.url.path.strip("/")
        return says({path: rows(begin, begin + 100), "more": begin < 200})(request)

    assert len(await stands(POLICY, answer=answer)) == 300


def schedules(shifts: Answer) -> Answer:
    """An account with a layered schedule, and a list of shift-based ones."""
    layered = [{"id": "P1", "type": "schedule", "name": "Primary"}, {"id": "P2", "type": "schedule", "name": "Both"}]
    lists = {"/schedules": says({"schedules": layered, "more": False}), "/v3/schedules": shifts}
    return lambda request: lists[request.url.path](request)


async def test_schedules_stand_in_both_forms_and_each_in_one():
    rows_ = [
        {"id": id_, "type": "schedule_v3_reference", "summary": name} for id_, name in (("P2", "Both"), ("P3", "New"))
    ]
    held: list[Loopback] = []
    answer = schedules(says({"schedules": rows_, "more": False}))
    assert await stands(SCHEDULE, answer=answer, held=held) == [
        ExistingObject(SCHEDULE, "Primary", "P1"),
        ExistingObject(SHIFT_BASED_SCHEDULE, "Both", "P2"),
        ExistingObject(SHIFT_BASED_SCHEDULE, "New", "P3"),
    ]
    (shifts,) = (request for request in held[0].asked if request.url.path == "/v3/schedules")
    assert shifts.headers["x-early-access"] == "flexible-schedules-early-access"


async def test_an_account_without_shift_based_schedules_has_none():
    found = await stands(SCHEDULE, answer=schedules(says({}, 404)))
    assert [each.id for each in found] == ["P1", "P2"]


async def test_a_schedule_that_is_not_of_the_form_of_its_list_is_one_sentence():
    wrong = says({"schedules": [{"id": "P3", "type": "schedule", "summary": "New"}]})
    with pytest.raises(VendorError, match=r'/v3/schedules answers with no readable "type"'):
        await stands(SCHEDULE, answer=schedules(wrong))


async def test_sentrys_next_page_is_the_one_that_it_links_to():
    def answer(request: Request) -> Response:
        if not request.url.path.endswith("/workflows/"):
            return says([])(request)
        more = "cursor" not in request.query_params
        link = f'<{request.url}?cursor=1>; rel="next"; results="{str(more).lower()}"'
        return says(rows(0, 1) if more else rows(1, 3), link=link)(request)

    assert [each.id for each in await stands(ALERT, answer=answer)] == ["0", "1", "2"]


def a_mute(id_: str, tag: str, status: str = "scheduled") -> dict[str, Any]:
    """A downtime of one service, as Datadog shows it."""
    tags = {"monitor_tags": ["env:prod", tag]}
    attributes = {"scope": "*", "message": "Upgrade", "status": status, "monitor_identifier": tags}
    return {"id": id_, "type": "downtime", "attributes": attributes}


async def test_the_mutes_of_one_window_are_told_apart_and_those_that_are_over_do_not_count():
    mutes = [a_mute("1", "service:api"), a_mute("2", "service:website", "active")]
    over = [a_mute("3", "service:api", "ended"), a_mute("4", "service:api", "canceled")]
    standing_ = await stands(MUTE, answer=says({"data": [*mutes, *over]}))
    names = {"1": "*: Upgrade [env:prod, service:api]", "2": "*: Upgrade [env:prod, service:website]"}
    assert {mute.id: mute.name for mute in standing_} == names


def sentry(*rows: Any, key: str = "pagerduty", table: str = "service_table") -> Answer:
    """A Sentry organisation with one installation and its rows."""
    row = {"id": "9", "name": "youragency", "status": "active", "provider": {"key": key}, "configData": {table: rows}}
    return lambda request: says([row] if request.url.path.endswith("/integrations/") else [])(request)


async def test_sentrys_rows_of_pagerduty_are_called_as_their_service():
    answer = sentry({"id": 7, "service": "shop-critical-high", "integration_key": "key"})
    assert await stands(ROW, answer=answer) == [ExistingObject(ROW, "shop-critical-high", "9/7")]


async def test_a_monitor_of_sentry_stands_in_its_project():
    monitors = [
        {"id": "1", "name": "nightly", "type": "monitor_check_in_failure", "projectId": "40"},
        {"id": "2", "name": "slow", "type": "metric_issue", "projectId": None},
        {"id": "3", "name": "slow", "type": "metric_issue", "projectId": "41"},
    ]
    lists = {"detectors": monitors, "projects": [{"id": "40", "slug": "web"}]}
    found = await stands(
        CRON_MONITOR, answer=lambda request: says(lists.get(request.url.path.split("/")[-2], []))(request)
    )
    assert found == [
        ExistingObject(CRON_MONITOR, "nightly", "1", "web"),
        ExistingObject(METRIC_MONITOR, "slow", "2"),
        ExistingObject(METRIC_MONITOR, "slow", "3"),
    ]


async def test_other_products_in_sentry_have_no_rows():
    assert await stands(ROW, answer=sentry(key="slack", table="teams")) == []


MISSING = [
    pytest.param(ROW, sentry({"id": 7, "service_name": "a"}), '"service_table.0.service"', id="a row of another name"),
    pytest.param(ROW, sentry(table="rows"), '"service_table"', id="an installation without its table"),
    *(
        pytest.param(
            type_,
            says({under: [{id_: "1"}]}),
            "no readable",
            id=f"{type_.rpartition(':')[2]} without a name",
        )
        for type_, (under, id_) in LISTS.items()
    ),
    pytest.param(MONITOR, says([{"name": "a"}]), '"id"', id="a monitor without an id"),
    pytest.param(MONITOR, says({}), "no list", id="no list of monitors"),
    pytest.param(MUTE, says([]), 'no list under "data"', id="a bare list"),
    pytest.param(POLICY, says({"escalation_policies": [{}]}), '"id"', id="an empty policy"),
    pytest.param(ALERT, says([[]]), "nothing readable", id="an alert that is a list"),
    pytest.param(ALERT, says({}, 404), "there is no /api/0/organizations/", id="no organisation"),
    pytest.param(POLICY, says({}, 404), "there is no /escalation_policies (404)", id="no list at all"),
]


@pytest.mark.parametrize(("type_", "answer", "sentence"), MISSING)
async def test_an_answer_without_what_its_description_promises_is_one_sentence(type_, answer, sentence):
    with pytest.raises(VendorError) as refused:
        await stands(type_, answer=answer)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        pytest.param(says({}, 403), "Datadog: the key is refused (403)", id="a key that may not read"),
        pytest.param(says({}, 503), "Datadog: answered 503, 4 times", id="an outage"),
        pytest.param(text(b"<html>"), "Datadog: the answer is not JSON", id="a page of a proxy"),
    ],
)
async def test_a_vendor_that_does_not_answer_is_one_sentence(answer, sentence):
    with pytest.raises(VendorError) as refused:
        await stands(MONITOR, answer=answer)
    assert str(refused.value).startswith(sentence)
