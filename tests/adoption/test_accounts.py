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
VENDORS = Vendors(*(Vendor(name, f"https://{name}.youragency.com", {}) for name in ("datadog", "pagerduty", "sentry")))


def asked(*types: str, answer: Callable[[httpx.Request], httpx.Response]) -> list[Standing]:
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
