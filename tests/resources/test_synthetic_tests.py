"""Datadog's Args of synthetic tests: what is asked, sent and kept, what must hold, and how a test runs."""

from __future__ import annotations

from typing import Any

import pytest

from monitoring.model.catalog import Catalog
from monitoring.model.signals import Uptime
from monitoring.model.signals.uptime_pages import Method
from monitoring.resources import synthetic_tests as st
from tests.resources.every_signal import every_signal
from tests.resources.spoken import spoken, the_rule


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return every_signal()


def synthetic_test(catalog: Catalog, id_: str, method: Method = "GET", environment: str = "prod") -> dict[str, Any]:
    rule = the_rule(catalog, id_, environment)
    assert isinstance(rule.rule.signal, Uptime)
    return dict(spoken(st.test_args(catalog, rule, rule.rule.signal, method, {"probe-token": "id of probe-token"})))


REQUESTS: list[Any] = [
    pytest.param("shop-up", "GET", "prod", {"method": "GET", "url": "https://app.youragency.com/cart"}, id="a path"),
    pytest.param(
        "shop-up", "HEAD", "staging", {"method": "HEAD", "url": "https://staging.youragency.com/cart"},
        id="a path, elsewhere and by its head",
    ),
    pytest.param(
        "shop-elsewhere", "GET", "staging", {"method": "GET", "url": "https://pay.youragency.com/"},
        id="an address of its own is the same everywhere",
    ),
    pytest.param("shop-certificate", "GET", "prod", {"host": "pay.youragency.com", "port": "443"}, id="a certificate"),
    pytest.param("shop-mail", "GET", "prod", {"host": "mail.youragency.com", "port": "465"}, id="a connection"),
    pytest.param(
        "shop-buy", "POST", "prod",
        {
            "method": "POST", "url": "https://app.youragency.com/orders?trial=1",
            "body": '{"id": 1}', "bodyType": "application/json",
        },
        id="a body",
    ),
    pytest.param(
        "shop-name", "GET", "prod",
        {"host": "shop.youragency.com", "dnsServer": "ns1.youragency.com", "dnsServerPort": "53"}, id="a name",
    ),
    pytest.param(
        "shop-line", "GET", "staging",
        {"host": "staging.youragency.com", "numberOfPackets": 5, "shouldTrackHops": False}, id="echoes",
    ),
    pytest.param(
        "shop-notes", "GET", "prod",
        {"host": "notes.youragency.com", "port": "443", "callType": "healthcheck", "service": "notes.v1.Notes"},
        id="the health check of gRPC",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("id_", "method", "environment", "request_"), REQUESTS)
def test_a_test_asks(catalog: Catalog, id_: str, method: Method, environment: str, request_: dict[str, str]):
    assert synthetic_test(catalog, id_, method, environment)["requestDefinition"] == request_ | {"timeout": 10}


def of_page(*more: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"type": "responseTime", "operator": "lessThan", "target": "2000"},
        {"type": "statusCode", "operator": "is", "target": "202"},
        {"type": "header", "operator": "contains", "target": "text", "property": "content-type"},
        {"type": "header", "operator": "contains", "target": "yes", "property": "x-shop"},
        *more,
    ]


def at_path(path: str, operator: str, value: str) -> dict[str, Any]:
    """An assertion about a value of an answer's JSON."""
    compared = {"jsonpath": path, "operator": operator, "targetvalue": value}
    block = compared | {"elementsoperator": "firstElementMatches"}
    return {"type": "body", "operator": "validatesJSONPath", "targetjsonpath": block}


BODY = {"type": "body", "operator": "contains", "target": "cart"}
MUST: list[Any] = [
    pytest.param("shop-up", "GET", of_page(BODY), id="time, status, headers and body"),
    pytest.param("shop-up", "HEAD", of_page(), id="a head has no body"),
    pytest.param(
        "shop-certificate", "GET", [{"type": "certificate", "operator": "isInMoreThan", "target": "14"}],
        id="a certificate's days",
    ),
    pytest.param(
        "shop-mail", "GET", [
            {"type": "connection", "operator": "is", "target": "established"},
            {"type": "responseTime", "operator": "lessThan", "target": "2000"},
        ],
        id="a connection in time",
    ),
    pytest.param(
        "shop-buy", "POST", [
            {"type": "responseTime", "operator": "lessThan", "target": "3000"},
            {"type": "statusCode", "operator": "is", "target": "201"},
            {
                "type": "header", "operator": "is", "target": "https://app.youragency.com/orders/1",
                "property": "location",
            },
            at_path("$.id", "isNot", ""),
            at_path("$.lines", "moreThan", "0"),
            at_path("$.state", "is", "accepted"),
            {
                "type": "body", "operator": "validatesJSONSchema",
                "targetjsonschema": {"jsonschema": '{"type": "object"}', "metaschema": "draft-07"},
            },
        ],
        id="values of its JSON, and its schema",
    ),
    pytest.param(
        "shop-name", "GET", [
            {"type": "responseTime", "operator": "lessThan", "target": "500"},
            {"type": "recordSome", "operator": "is", "target": "203.0.113.10", "property": "A"},
        ],
        id="a record of a name",
    ),
    pytest.param(
        "shop-line", "GET", [
            {"type": "packetLossPercentage", "operator": "lessThan", "target": "0.2"},
            {"type": "latency", "operator": "lessThan", "target": "200", "property": "avg"},
        ],
        id="most echoes, and soon",
    ),
    pytest.param(
        "shop-notes", "GET", [
            {"type": "responseTime", "operator": "lessThan", "target": "1000"},
            {"type": "grpcHealthcheckStatus", "operator": "is", "target": "1"},
        ],
        id="that it serves",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("id_", "method", "assertions"), MUST)
def test_an_answer_must(catalog: Catalog, id_: str, method: Method, assertions: list[dict[str, Any]]):
    assert synthetic_test(catalog, id_, method)["assertions"] == assertions


LOSSES = [
    pytest.param("{}", "1", id="left out, it fails where no echo comes back"),
    pytest.param("{loses-below: 7%}", "0.07", id="some percent"),
    pytest.param("{loses-below: 0.001%}", "0.00001", id="a share so small that it would be spelled with an exponent"),
]


@pytest.mark.parametrize(("ping", "target"), LOSSES)
def test_a_loss_is_a_share_of_one(ping: str, target: str):
    asked = "ping: {packets: 5, loses-below: 20%, within: 200ms}"
    catalog = every_signal(("services/shop.yaml", asked, f"ping: {ping}"))
    lost, _ = synthetic_test(catalog, "shop-line")["assertions"]
    assert lost == {"type": "packetLossPercentage", "operator": "lessThan", "target": target}


@pytest.mark.parametrize(("number", "sent"), [("0.00001", "0.00001"), ("1.50", "1.5"), ("-0.0000002", "-0.0000002")])
def test_a_number_to_compare_with_is_spelled_as_the_provider_reads_it_back(number: str, sent: str):
    catalog = every_signal(("services/shop.yaml", "{more-than: 0}", f"{{more-than: {number}}}"))
    assert at_path("$.lines", "moreThan", sent) in synthetic_test(catalog, "shop-buy", "POST")["assertions"]


def test_a_test_fails_in_as_many_places_and_tries_again_as_the_rule_says(catalog: Catalog):
    test = synthetic_test(catalog, "shop-up")
    assert test["locations"] == ["aws:eu-central-1", "aws:us-east-1"]
    assert test["optionsList"] == {
        "tickEvery": 60,
        "minLocationFailed": 2,
        "followRedirects": False,
        "monitorPriority": 2,
        "retry": {"count": 1, "interval": 5000},
        "monitorOptions": {"renotifyInterval": 10},
    }
    assert "retry" not in synthetic_test(catalog, "shop-certificate")["optionsList"]


FOLLOWED = [
    pytest.param("shop-up", False, id="a page answers by itself"),
    pytest.param("shop-certificate", None, id="a certificate redirects nobody"),
    pytest.param("shop-mail", None, id="a connection redirects nobody"),
    pytest.param("shop-buy", True, id="a page whose rule says so follows"),
]


@pytest.mark.parametrize(("id_", "followed"), FOLLOWED)
def test_whether_a_redirect_is_followed_is_decided_in_the_plan(catalog: Catalog, id_: str, followed: bool | None):
    assert synthetic_test(catalog, id_)["optionsList"].get("followRedirects") is followed


def test_a_test_sends_headers_and_fails_for_a_while(catalog: Catalog):
    test = synthetic_test(catalog, "shop-buy", "POST")
    variable = "{{ AGENCY__PROD__PROBE_TOKEN }}"
    assert test["requestHeaders"] == {"accept": "application/json", "authorization": variable}
    assert test["optionsList"]["minFailureDuration"] == 600
    assert test["optionsList"]["httpVersion"] == "http2"
    assert "requestHeaders" not in synthetic_test(catalog, "shop-up")
    assert "minFailureDuration" not in synthetic_test(catalog, "shop-up")["optionsList"]


def test_a_page_says_that_no_redirect_is_followed(catalog: Catalog):
    assert (
        "does not answer 202 within 2s, no redirect followed, seen from 2"
        in synthetic_test(catalog, "shop-up")["message"]
    )


def test_tests_of_one_rule_are_told_apart(catalog: Catalog):
    assert [synthetic_test(catalog, "shop-up", method)["name"] for method in ("GET", "HEAD")] == [
        "[P1] The shop does not answer (shop-up) GET",
        "[P1] The shop does not answer (shop-up) HEAD",
    ]


TEST_REMINDERS = [("0m", 0), ("5m", 10), ("10m", 10), ("61m", 90), ("1d", 1440), ("3d", 1440)]


@pytest.mark.parametrize(("wish", "minutes"), TEST_REMINDERS)
def test_a_test_reminds_at_the_next_interval_that_it_takes(wish: str, minutes: int):
    catalog = every_signal(("severities.yaml", "  reminds-every: 10m", f"  reminds-every: {wish}"))
    assert synthetic_test(catalog, "shop-up")["optionsList"]["monitorOptions"] == {"renotifyInterval": minutes}


# --- steps -----------------------------------------------------------------------------------------------------


def test_a_test_of_several_requests_has_nothing_but_its_steps(catalog: Catalog):
    test = synthetic_test(catalog, "shop-basket")
    assert test["subtype"] == "multi"
    assert "requestDefinition" not in test
    assert "assertions" not in test
    assert [step["name"] for step in test["apiSteps"]] == ["Fill a basket", "See it", "Throw it away"]
    assert [variable["name"] for variable in test["configVariables"]] == ["AGENCY__PROD__PROBE_TOKEN"]


def test_a_step_asks_sends_and_keeps(catalog: Catalog):
    step = synthetic_test(catalog, "shop-basket")["apiSteps"][0]
    assert step["requestDefinition"] == {
        "method": "POST",
        "url": "https://app.youragency.com/baskets",
        "body": "{}",
        "bodyType": "application/json",
        "followRedirects": False,
        "timeout": 10,
    }
    assert step["requestHeaders"] == {"x-probe": "{{ AGENCY__PROD__PROBE_TOKEN }}"}
    assert step["assertions"][0] == {"type": "responseTime", "operator": "lessThan", "target": "1500"}
    kept = {"type": "http_body", "secure": True}
    assert step["extractedValues"] == [
        kept | {"name": "BASKET", "parser": {"type": "json_path", "value": "$.id"}},
        kept | {"name": "FIRST_LINE", "parser": {"type": "json_path", "value": "$.lines[0].id"}},
    ]


def test_a_later_step_uses_what_was_kept(catalog: Catalog):
    step = synthetic_test(catalog, "shop-basket")["apiSteps"][1]
    where = "https://pay.youragency.com/baskets/{{ BASKET }}?line={{ FIRST_LINE }}"
    assert (step["requestDefinition"]["url"], step["requestDefinition"]["followRedirects"]) == (where, True)
    assert step["requestHeaders"] == {"x-basket": "of {{ BASKET }}"}
    assert step["assertions"][-1]["targetjsonpath"]["targetvalue"] == "{{ BASKET }}"


def test_what_a_failure_of_a_step_does(catalog: Catalog):
    steps = synthetic_test(catalog, "shop-basket")["apiSteps"]
    fates = [(step["allowFailure"], step["isCritical"]) for step in steps]
    assert fates == [(False, True), (True, True), (True, False)]
