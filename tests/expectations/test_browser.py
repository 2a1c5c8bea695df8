"""A test in a browser, read as Datadog runs it."""

from __future__ import annotations

import pytest

from monitoring.model.expectation import ExpectedTest
from tests.expectations.written import rows
from tests.resources.every_signal import declared, every_signal


@pytest.fixture(scope="module")
def browser_test() -> dict[str, object]:
    (test,) = rows(declared(every_signal()))["shop-order"]["datadog"]["tests"]
    return dict(test)


def test_a_browser_is_expected_from_where_it_starts_and_in_what_it_runs(browser_test: dict[str, object]):
    assert browser_test["request"] == "a browser from https://app.youragency.com/lamps"
    assert browser_test["devices"] == ["chrome.laptop_large", "firefox.mobile_small"]
    assert browser_test["assertions"] == browser_test["steps"] == []


DOES = {
    "Open a lamp": ("click clickType primary in css a.lamp alone", 60, "stop"),
    "Look at it": ("hover in what was recorded", 60, "stop"),
    "Go to the sign-in": ("goToUrl value https://app.youragency.com/login", 60, "stop"),
    "Type the name": ("typeText value probe delay 25 in css a.lamp alone", 60, "stop"),
    "Type the password": ("typeText value {{ AGENCY__PROD__PROBE_TOKEN }} in what was recorded", 60, "stop"),
    "Confirm": ("pressKey value Enter modifiers Shift", 60, "stop"),
    "Wait for the mail": ("wait value 5", 30, "stop"),
    "The cart is open": ("assertCurrentUrl check contains value /cart", 20, "stop"),
    "The price is shown": ("assertPageContains value €", 60, "continue"),
    "No error is shown": ("assertPageLacks value Error", 60, "ignore"),
}


@pytest.mark.parametrize("name", DOES)
def test_a_step_is_expected_by_what_it_does(browser_test: dict[str, list[dict[str, object]]], name: str):
    (step,) = (step for step in browser_test["browser-steps"] if step["name"] == name)
    assert (step["does"], step["seconds"], step["on-failure"]) == DOES[name]


def test_what_is_read_can_be_typed_by_hand(browser_test: dict[str, object]):
    typed = {key: tuple(value) if isinstance(value, list) else value for key, value in browser_test.items()}
    assert ExpectedTest.model_validate(typed)
