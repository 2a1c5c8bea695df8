"""Datadog's Args of a test in a browser: where it starts, what it does, and what its failure does."""

from __future__ import annotations

from typing import Any

import pytest

from monitoring.model.catalog import Catalog
from monitoring.model.layers import spelled
from monitoring.model.signals import Uptime
from monitoring.resources import synthetic_tests
from tests.resources.every_signal import every_signal
from tests.resources.spoken import spoken, the_rule

VARIABLES = {"probe-token": "id of probe-token"}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return every_signal()


def declared(catalog: Catalog, environment: str = "prod") -> dict[str, Any]:
    rule = the_rule(catalog, "shop-order", environment)
    assert isinstance(rule.rule.signal, Uptime)
    return dict(spoken(synthetic_tests.test_args(catalog, rule, rule.rule.signal, "GET", VARIABLES)))


def the_step(catalog: Catalog, name: str, environment: str = "prod") -> dict[str, Any]:
    (step,) = (step for step in declared(catalog, environment)["browserSteps"] if step["name"] == name)
    return dict(step)


def test_a_browser_starts_at_the_environment_and_has_nothing_of_a_request(catalog: Catalog):
    test = declared(catalog, "staging")
    assert test["type"] == "browser"
    assert test["requestDefinition"] == {"method": "GET", "url": "https://staging.youragency.com/lamps"}
    assert test["deviceIds"] == ["chrome.laptop_large", "firefox.mobile_small"]
    assert test["optionsList"]["initialNavigationTimeout"] == 60
    assert not {"subtype", "assertions", "apiSteps", "configVariables", "requestHeaders"} & set(test)
    assert "followRedirects" not in test["optionsList"]


LOCATED = {"failTestOnCannotLocate": True, "value": {"type": "css", "value": "a.lamp"}}
RECORDED = '{"multiLocator":{"ab":"/html/body/a[1]"},"targetOuterHTML":"\\u003ca class=\'lamp\'\\u003e"}'
PARAMS: list[Any] = [
    pytest.param(
        "Open a lamp", {"clickType": "primary", "clickWithJavascript": False, "elementUserLocator": LOCATED},
        id="an element that somebody wrote down",
    ),
    pytest.param("Look at it", {"element": RECORDED}, id="an element that was recorded, as the provider reads it back"),
    pytest.param("Go to the sign-in", {"value": "https://app.youragency.com/login"}, id="a path of the environment"),
    pytest.param("Type the name", {"delay": 25, "elementUserLocator": LOCATED, "value": "probe"}, id="a text"),
    pytest.param(
        "Type the password", {"element": RECORDED, "value": "{{ AGENCY__PROD__PROBE_TOKEN }}"}, id="a secret's name",
    ),
    pytest.param("Confirm", {"value": "Enter", "modifiers": ["Shift"]}, id="a key"),
    pytest.param("Wait for the mail", {"value": "5"}, id="seconds, as text"),
    pytest.param("Go on", {}, id="nothing at all"),
    pytest.param("Go down", {"x": 0, "y": 400}, id="pixels"),
    pytest.param("The bill is there", {"file": '{"name":"bill.pdf"}'}, id="JSON without a blank"),
    pytest.param("One order was sent", {"requests": '[{"count":1,"url":"/orders"}]'}, id="a list of JSON"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "params"), PARAMS)
def test_a_step_carries(catalog: Catalog, name: str, params: dict[str, Any]):
    assert the_step(catalog, name)["params"] == params


def test_a_path_is_opened_in_its_environment(catalog: Catalog):
    assert (
        the_step(catalog, "Go to the sign-in", "staging")["params"]["value"] == "https://staging.youragency.com/login"
    )


TRIES = [("Go on", 60), ("The cart is open", 20), ("Wait for the mail", 30)]


@pytest.mark.parametrize(("name", "seconds"), TRIES)
def test_a_step_tries_for_the_time_that_is_counted(catalog: Catalog, name: str, seconds: int):
    assert the_step(catalog, name)["timeout"] == seconds


FATES = [
    pytest.param("Go on", (False, True), id="a failure ends the test"),
    pytest.param("The price is shown", (True, True), id="a failure fails the test after the other steps"),
    pytest.param("No error is shown", (True, False), id="a failure is allowed"),
]


@pytest.mark.parametrize(("name", "fate"), FATES)
def test_what_a_failure_does(catalog: Catalog, name: str, fate: tuple[bool, bool]):
    step = the_step(catalog, name)
    assert (step["allowFailure"], step["isCritical"]) == fate


def test_an_element_that_was_recorded_is_sent_whenever_it_changes(catalog: Catalog):
    forced = {step["name"] for step in declared(catalog)["browserSteps"] if step.get("forceElementUpdate")}
    assert forced == {"Look at it", "Type the password"}


def test_each_step_has_a_key_of_its_own(catalog: Catalog):
    steps = declared(catalog)["browserSteps"]
    assert [step["localKey"] for step in steps] == [step["name"] for step in steps]


def test_a_rule_is_shown_with_the_name_of_its_recording(catalog: Catalog):
    uptime = catalog.rules["shop-order"][1].uptime
    assert uptime is not None
    devices = "chrome.laptop_large, firefox.mobile_small"
    assert spelled(uptime.asks) == f"browser: recording: order, path: /lamps, devices: {devices}"


def test_a_step_is_shown_without_the_parameters_that_it_does_not_have(catalog: Catalog):
    (step,) = (step for step in catalog.recordings["order"].steps if step.name == "Go on")
    assert spelled(step) == "name: Go on, type: refresh, allowFailure: false, timeout: 0, noScreenshot: false"


def test_a_secret_is_a_variable_of_the_browser(catalog: Catalog):
    name = "AGENCY__PROD__PROBE_TOKEN"
    assert declared(catalog)["browserVariables"] == [{"name": name, "type": "global", "id": "id of probe-token"}]
