"""What stands in the accounts is asked page by page, and only of the vendors that matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from monitoring.adoption.accounts import Vendor, Vendors, standing
from monitoring.adoption.twins import Standing
from monitoring.errors import UsageError
from monitoring.plan import Resource

MONITOR = "datadog:index/monitor:Monitor"
SCHEDULE = "pagerduty:index/schedule:Schedule"
ALERT = "sentry:index/alert:Alert"
ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"
MUTE = "datadog:index/downtimeSchedule:DowntimeSchedule"
Answer = Callable[[httpx.Request], httpx.Response]
LISTS = {
    "datadog:index/syntheticsTest:SyntheticsTest": ("tests", "public_id"),
    "datadog:index/serviceLevelObjective:ServiceLevelObjective": ("data", "id"),
    "datadog:index/dashboardJson:DashboardJson": ("dashboards", "id"),
    "datadog:index/monitorNotificationRule:MonitorNotificationRule": ("data", "id"),
    MUTE: ("data", "id"),
}
"""The key under which each of Datadog's lists lies, and what its rows call their id."""
VENDORS = Vendors(*(Vendor(name, f"https://{name}.youragency.com", {}) for name in ("datadog", "pagerduty", "sentry")))


def asked(*types: str, answer: Answer) -> list[Standing]:
    wanted = [Resource(type=type_, name="one", inputs={"organization": "youragency"}) for type_ in types]
    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        return list(standing(client, VENDORS, wanted))


def rows(begin: int, end: int) -> list[dict[str, Any]]:
    return [{"id": str(number), "name": f"n{number}", "type": "query alert"} for number in range(begin, end)]


def test_nobody_is_asked_for_nothing():
    assert asked(answer=lambda _: httpx.Response(500)) == []


def test_every_page_of_datadog_is_read():
    def answer(request: httpx.Request) -> httpx.Response:
        page = int(request.url.params["page"])
        return httpx.Response(200, json=rows(page * 100, min(page * 100 + 100, 230)))

    assert len(asked(MONITOR, answer=answer)) == 230


def test_a_list_without_pages_ends():
    assert len(asked(MONITOR, answer=lambda _: httpx.Response(200, json=rows(0, 150)))) == 150


def test_the_monitor_of_a_synthetic_test_is_not_one_of_ours():
    hidden = {"id": 1, "name": "api-uptime", "type": "synthetics alert"}
    assert asked(MONITOR, answer=lambda _: httpx.Response(200, json=[hidden])) == []


def test_every_page_of_pagerduty_is_read():
    def answer(request: httpx.Request) -> httpx.Response:
        begin, path = int(request.url.params["offset"]), request.url.path.strip("/")
        return httpx.Response(200, json={path: rows(begin, begin + 100), "more": begin < 200})

    assert len(asked(SCHEDULE, answer=answer)) == 300


def test_sentrys_next_page_is_the_one_that_it_links_to():
    def answer(request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/workflows/"):
            return httpx.Response(200, json=[])
        more = "cursor" not in request.url.params
        link = f'<{request.url}?cursor=1>; rel="next"; results="{str(more).lower()}"'
        return httpx.Response(200, json=rows(0, 1) if more else rows(1, 3), headers={"link": link})

    assert [one.id for one in asked(ALERT, answer=answer)] == ["0", "1", "2"]


def a_mute(id_: str, tag: str, status: str = "scheduled") -> dict[str, Any]:
    """A downtime of one service, as Datadog shows it."""
    tags = {"monitor_tags": ["env:prod", tag]}
    attributes = {"scope": "*", "message": "Upgrade", "status": status, "monitor_identifier": tags}
    return {"id": id_, "type": "downtime", "attributes": attributes}


def test_the_mutes_of_one_window_are_told_apart_and_those_that_are_over_do_not_count():
    mutes = [a_mute("1", "service:api"), a_mute("2", "service:website", "active")]
    over = [a_mute("3", "service:api", "ended"), a_mute("4", "service:api", "canceled")]
    standing_ = asked(MUTE, answer=lambda _: httpx.Response(200, json={"data": [*mutes, *over]}))
    names = {"1": "*: Upgrade [env:prod, service:api]", "2": "*: Upgrade [env:prod, service:website]"}
    assert {mute.id: mute.name for mute in standing_} == names


def sentry(
    *rows: Any, key: str = "pagerduty", table: str = "service_table"
) -> Callable[[httpx.Request], httpx.Response]:
    """A Sentry organisation with one installation and its rows."""
    row = {"id": "9", "name": "youragency", "status": "active", "provider": {"key": key}, "configData": {table: rows}}
    return lambda request: httpx.Response(200, json=[row] if request.url.path.endswith("/integrations/") else [])


def test_sentrys_rows_of_pagerduty_are_called_as_their_service():
    answer = sentry({"id": 7, "service": "shop-critical-high", "integration_key": "key"})
    assert asked(ROW, answer=answer) == [Standing(ROW, "shop-critical-high", "9/7")]


def test_other_products_in_sentry_have_no_rows():
    assert asked(ROW, answer=sentry(key="slack", table="teams")) == []


MISSING = [
    pytest.param(ROW, sentry({"id": 7, "service_name": "a"}), '"service_table.0.service"', id="a row of another name"),
    pytest.param(ROW, sentry(table="rows"), '"service_table"', id="an installation without its table"),
    *(
        pytest.param(
            type_,
            lambda _, under=under, id_=id_: httpx.Response(200, json={under: [{id_: "1"}]}),
            "no readable",
            id=f"{type_.rpartition(':')[2]} without a name",
        )
        for type_, (under, id_) in LISTS.items()
    ),
    pytest.param(MONITOR, lambda _: httpx.Response(200, json=[{"name": "a"}]), '"id"', id="a monitor without an id"),
    pytest.param(MONITOR, lambda _: httpx.Response(200, json={}), "no list", id="no list of monitors"),
    pytest.param(MUTE, lambda _: httpx.Response(200, json=[]), 'no list under "data"', id="a bare list"),
    pytest.param(SCHEDULE, lambda _: httpx.Response(200, json={"schedules": [{}]}), '"id"', id="an empty schedule"),
    pytest.param(ALERT, lambda _: httpx.Response(200, json=[[]]), "nothing readable", id="an alert that is a list"),
    pytest.param(ALERT, lambda _: httpx.Response(404), "there is no /api/0/organizations/", id="no organisation"),
    pytest.param(SCHEDULE, lambda _: httpx.Response(404), "there is no /schedules (404)", id="no list at all"),
]


@pytest.mark.parametrize(("type_", "answer", "sentence"), MISSING)
def test_an_answer_without_what_its_description_promises_is_one_sentence(type_, answer, sentence):
    with pytest.raises(UsageError) as refused:
        asked(type_, answer=answer)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        pytest.param(lambda _: httpx.Response(403), "the key is refused (403)", id="a key that may not read"),
        pytest.param(lambda _: httpx.Response(503), "answered 503", id="an outage"),
        pytest.param(lambda _: httpx.Response(200, text="<html>"), "is not JSON", id="a page of a proxy"),
    ],
)
def test_a_vendor_that_does_not_answer_is_one_sentence(answer, sentence):
    with pytest.raises(UsageError, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        asked(MONITOR, answer=answer)


def test_no_answer_at_all_is_one_sentence():
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("too long", request=request)

    with pytest.raises(UsageError, match=r"datadog: no answer \(ConnectTimeout\)"):
        asked(MONITOR, answer=answer)
