"""What the pages say: roads to a person, vendors that are down, waivers, and the worst instant of a rule."""

from __future__ import annotations

from datetime import date

import pytest

from monitoring.model.platform import Waiver
from monitoring.reach.vendor_outage import OutageVendor, lost_parts
from monitoring.site import SiteData, site_files
from monitoring.site.blocks import ThresholdBlock, phrases
from monitoring.site.names import shared_receivers, without_addresses
from monitoring.site.roads import waking_roads
from monitoring.site.state import waiver_table
from monitoring.site.vendors import vendors_in_use
from tests.factories import a_catalog
from tests.site.building import agency, agency_pages, data_of, parsed

SMALL = data_of(a_catalog())
SLOW_KIT = ("oncall.yaml", "contact: {high: {push: 0m, phone: 1m}", "contact: {high: {push: 0m, phone: 10m}")
BY_NAME = ("oncall.yaml", "{ask: [primary], escalate-after: 5m}", "{ask: [primary, kit], escalate-after: 5m}")
OWN_ADDRESS = ("teams.yaml", "P3: {slack: [alerts]}", "P3: {email: [ana@youragency.com]}")


@pytest.mark.parametrize(
    ("data", "person", "roads"),
    [
        pytest.param(SMALL, "ana", [("critical", 1, "primary", 120)], id="by a schedule, at once"),
        pytest.param(SMALL, "kit", [("critical", 2, "kit", 360)], id="by name, after the first step"),
        pytest.param(data_of(a_catalog(SLOW_KIT)), "kit", [("critical", 2, "kit", None)], id="too slow for its step"),
        pytest.param(
            data_of(a_catalog(BY_NAME)),
            "kit",
            [("critical", 1, "kit", 60), ("critical", 2, "kit", 360)],
            id="by two steps, the sooner first",
        ),
        pytest.param(
            agency(),
            "eve",
            [("security", 1, "security", 120)],
            id="of one policy among several",
        ),
    ],
)
def test_roads(data: SiteData, person: str, roads: list[tuple[str, int, str, int | None]]) -> None:
    assert [(road.policy, road.step, road.duty, road.earliest) for road in waking_roads(data, person)] == roads


@pytest.mark.parametrize("person", agency().catalog.oncall.people)
def test_a_road_leads_to_everybody_whom_the_proof_knows_in_a_policy(person: str) -> None:
    """Counted from the timelines, apart from the steps' words."""
    data = agency()
    waking = {
        page.policy
        for proved in data.proof.rules
        if proved.promised == "wakes"
        for page in proved.path.pages
        if page.urgency == "high"
    }
    policies = data.catalog.oncall.policies
    by_calendar = {
        name
        for name in waking
        for step in policies[name].steps
        for duty in step.ask
        if duty == person or (duty in data.timelines and person in data.timelines[duty].people)
    }
    assert {road.policy for road in waking_roads(data, person)} == by_calendar


@pytest.mark.parametrize(
    ("vendor", "rules"),
    [
        pytest.param("sentry", {"shop-failing"}, id="what it watches"),
        pytest.param("datadog", {"shop-slow"}, id="what the other one watches"),
        pytest.param("pagerduty", {"shop-failing", "shop-slow"}, id="what pages"),
        pytest.param("slack", {"shop-failing", "shop-slow"}, id="what posts"),
    ],
)
def test_what_stops_with_a_vendor(vendor: str, rules: set[str]) -> None:
    assert {path.rule for path in SMALL.paths if lost_parts({OutageVendor(vendor)}, path)} == rules
    assert vendor in vendors_in_use(SMALL)


def test_a_page_of_a_vendor_says_what_is_left() -> None:
    assert "no phone rings" in agency_pages()["vendor-pagerduty.html"].text
    assert "#alerts-critical" in agency_pages()["vendor-pagerduty.html"].text
    assert "nothing fires" in agency_pages()["vendor-sentry.html"].text
    assert "third-party-outage (the same symptom)" in agency_pages()["vendor-sentry.html"].text


def test_a_vendor_that_nothing_needs_has_no_page() -> None:
    silent = ("teams.yaml", "P0: {page: critical, slack: [alerts]}", "P0: {page: critical}")
    quiet = ("teams.yaml", "P1: {page: critical, slack: [alerts]}", "P1: {page: critical}")
    assert "slack" not in vendors_in_use(data_of(a_catalog(silent, quiet)))


def test_no_page_shows_a_persons_address() -> None:
    addresses = [person.email for person in agency().catalog.oncall.people.values()]
    assert [name for name, page in agency_pages().items() if any(each in page.text for each in addresses)] == []


def test_a_persons_address_in_a_route_is_not_named() -> None:
    data = data_of(a_catalog(OWN_ADDRESS, ("services/shop.yaml", "severity: P1", "severity: P3")))
    path = next(path for path in data.paths if path.rule == "shop-slow")
    assert list(map(str, shared_receivers(data.catalog, path))) == ["a person by e-mail"]
    assert [name for name, text in site_files(data).items() if "ana@youragency.com" in text] == []


def test_a_witness_names_no_address_of_a_person() -> None:
    own = ("teams.yaml", "P0: {page: critical, slack: [alerts]}", "P0: {email: [ana@youragency.com]}")
    data = data_of(a_catalog(own))
    assert "ana@youragency.com" in data.proof.witnesses[0].why
    assert [name for name, text in site_files(data).items() if "ana@youragency.com" in text] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("to ana@youragency.com.", "to a person by e-mail.", id="an address at the end of a sentence"),
        pytest.param("team-ana@youragency.com", "team-ana@youragency.com", id="an address that ends like it"),
        pytest.param("nobody", "nobody", id="a text without any"),
    ],
)
def test_addresses_are_taken_out_of_a_text(text: str, shown: str) -> None:
    assert without_addresses(SMALL.catalog, text) == shown


def waiver(expires: str) -> Waiver:
    return Waiver.model_validate(
        {"check": "reach", "finding": "a: b", "reason": "in work", "owner": "platform", "expires": expires}
    )


@pytest.mark.parametrize(
    ("expires", "left", "tone"),
    [
        pytest.param("2026-12-31", "38", "", id="long"),
        pytest.param("2026-12-07", "14", "warn", id="two weeks"),
        pytest.param("2026-11-23", "0", "warn", id="its last day"),
        pytest.param("2026-11-22", "expired", "bad", id="over"),
    ],
)
def test_days_left_of_a_waiver(expires: str, left: str, tone: str) -> None:
    (row,) = waiver_table([waiver(expires)], date(2026, 11, 23)).rows
    assert not isinstance(row[1], ThresholdBlock)
    (phrase,) = phrases(row[1])
    assert (phrase.text, phrase.tone) == (left, tone)


def test_waivers_come_in_the_order_in_which_they_end() -> None:
    table = waiver_table([waiver("2027-01-01"), waiver("2026-12-01")], date(2026, 11, 23))
    assert table.columns[2] == "Ends"
    assert [row[2] for row in table.rows] == ["2026-12-01", "2027-01-01"]


def test_the_first_page_says_that_a_proof_does_not_hold() -> None:
    data = data_of(a_catalog(("oncall.yaml", "      - {ask: [kit], escalate-after: 10m}\n", "")))
    assert not data.proof.holds
    text = parsed(site_files(data)["index.html"]).text
    assert "does not hold" in text
    assert data.proof.witnesses[0].why in text


def test_a_rule_on_trial_has_both_of_its_paths() -> None:
    trial = ("services/shop.yaml", "    severity: P0\n", "    severity: P0\n    trial-until: 2026-12-24\n")
    text = parsed(site_files(data_of(a_catalog(trial)))["rule-shop-failing.html"]).text
    assert "Path until 2026-12-24" in text
    assert "Path from 2026-12-24 on" in text
