"""Every page in Chromium, opened from a file: no error, no question outside of the folder, no complaint of axe-core."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, ConsoleMessage, Page

from monitoring.oncall.calendar import current_shift
from monitoring.reach.formatting import wall_clock
from monitoring.site import SiteData, site_files
from monitoring.site.overview import map_columns
from tests.factories import a_catalog
from tests.site.building import agency, agency_files, data_of, put
from tests.site.pictures import PICTURED, WIDTHS, pictures

PAGES = sorted(name for name in agency_files() if name.endswith(".html"))
KINDS = [
    *("index.html", "map.html", "calendar.html", "drill.html", "rules.html"),
    *("rule-database-failure.html", "rule-high-memory.html", "person-eve.html", "schedule-primary.html"),
    *("policy-critical.html", "vendor-sentry.html", "vendor-pagerduty.html", "links.html"),
    *("map.html#person:ana", "drill.html#service=database&at=2026-12-24T03:00"),
]
"""A page of each kind, with every block that there is and what can be chosen."""
AXE = {"preload": False, "resultTypes": ["violations"]}
"""axe would fetch the stylesheet again, which the page's own policy forbids; and describe each node that is right."""


class Watched:
    """A page, and what it complained of and asked for."""

    def __init__(self, page: Page) -> None:
        self.page, self.complaints, self.requests = page, list[str](), list[str]()
        page.on("console", self._spoken)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def _spoken(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


def opened(browser: Browser, width: int, scheme: str) -> Watched:
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]}, color_scheme="dark" if scheme == "dark" else "light"
    )
    return Watched(context.new_page())


MODES = [pytest.param(width, scheme, id=f"{width} px, {scheme}") for width in WIDTHS for scheme in ("light", "dark")]


@pytest.mark.parametrize(("width", "scheme"), MODES)
def test_every_page_is_quiet_and_fits(browser: Browser, folder: Path, width: int, scheme: str) -> None:
    watched = opened(browser, width, scheme)
    for name in PAGES:
        watched.page.goto((folder / name).as_uri())
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is too wide"
    assert watched.complaints == []
    assert {url for url in watched.requests if not url.startswith((folder.as_uri(), "data:,"))} == set()
    watched.page.context.close()


@pytest.mark.parametrize(("width", "scheme"), MODES)
def test_a_page_of_each_kind_is_for_everybody(browser: Browser, folder: Path, width: int, scheme: str) -> None:
    watched = opened(browser, width, scheme)
    for name in KINDS:
        watched.page.goto(f"{folder.as_uri()}/{name}")
        watched.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        violations = Axe().run(watched.page, options=AXE).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == [], name
    watched.page.context.close()


def test_pages_that_are_served_are_quiet_too(browser: Browser, folder: Path) -> None:
    watched = opened(browser, 390, "dark")
    with served(folder) as address:
        for name in KINDS:
            watched.page.goto(f"{address}/{name}")
    assert watched.complaints == []
    assert {url for url in watched.requests if not url.startswith((address, "data:,"))} == set()
    watched.page.context.close()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name in the standard library
        """Nothing: what is asked for stands in the browser's own list."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


# --- what people do on the pages -------------------------------------------------------------------------------


def at(folder: Path, browser: Browser, name: str) -> Page:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{folder.as_uri()}/{name}")
    return page


@pytest.mark.parametrize("moment", ["2026-11-24 03:00", "2027-03-28 01:30", "2027-10-31 02:30", "2027-06-07 08:59"])
def test_who_is_on_call_now_is_what_the_command_line_says(browser: Browser, folder: Path, moment: str) -> None:
    data, instant_ = agency(), datetime.fromisoformat(f"{moment}+00:00")
    page = browser.new_page()
    page.clock.set_fixed_time(instant_)
    page.goto(f"{folder.as_uri()}/index.html")
    for name, schedule in data.catalog.oncall.schedules.items():
        shift = current_shift(name, schedule, int(instant_.timestamp()))
        assert shift.now
        assert shift.next
        assert shift.now.end
        people = [data.catalog.oncall.people[str(each.person)].name for each in (shift.now, shift.next)]
        cells = page.locator(f'tr[data-mark="now-{name}"] td').all_inner_texts()
        assert cells == [people[0], wall_clock(shift.now.end, schedule.time_zone), people[1]]
    page.close()


def test_a_site_that_is_too_old_says_so(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.clock.set_fixed_time(datetime(2029, 1, 1, tzinfo=UTC))
    page.goto(f"{folder.as_uri()}/index.html")
    assert "make it again" in page.locator("#on-call caption").inner_text()
    page.close()


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        pytest.param("database phone", 0, id="a word that stands nowhere"),
        pytest.param("UPTIME datadog", 0, id="both words have to be there"),
        pytest.param("website-uptime", 2, id="a rule, and the one that is made of it"),
        pytest.param("", 18, id="nothing is searched"),
    ],
)
def test_rules_are_searched_by_keyboard(browser: Browser, folder: Path, words: str, rules: int) -> None:
    page = at(folder, browser, "rules.html")
    page.get_by_label("Search").focus()
    page.keyboard.type(words)
    assert page.locator("tr[data-mark]:visible").count() == rules
    assert page.locator("#found").inner_text() == f"{rules} of 18 rules"
    page.close()


def test_a_severity_is_left_out_by_keyboard(browser: Browser, folder: Path) -> None:
    page = at(folder, browser, "rules.html")
    page.get_by_label("P0").focus()
    page.keyboard.press("Space")
    assert page.locator('tr[data-mark="P0"]:visible').count() == 0
    assert page.locator('tr[data-mark="P1"]:visible').count() > 0
    page.close()


@pytest.mark.parametrize("name", ["map.html", "drill.html", "rules.html", "index.html"])
def test_what_the_keyboard_is_on_is_seen(browser: Browser, folder: Path, name: str) -> None:
    page = at(folder, browser, name)
    for _ in range(12):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outline")
        assert "none" not in style, page.evaluate("document.activeElement.outerHTML")
    page.close()


def test_escape_shows_the_whole_map_again(browser: Browser, folder: Path) -> None:
    page = at(folder, browser, "map.html#person:ana")
    assert "can wake this person" in page.get_by_role("status").inner_text()
    page.keyboard.press("Escape")
    assert page.get_by_role("status").inner_text() == ""
    assert "#" not in page.url
    page.close()


def test_an_address_that_names_nothing_shows_the_whole_map(browser: Browser, folder: Path) -> None:
    page = at(folder, browser, "map.html#person:nobody%")
    assert page.locator("li.chosen").count() == 0
    page.close()


def ways(data: SiteData, key: str) -> set[str]:
    """Every entry of the map on the ways through one, by its key; worked out from the columns' data."""
    onward = {entry.key: entry.onward for column in map_columns(data) for entry in column.entries}
    back = {key: tuple(name for name, ends in onward.items() if key in ends) for key in onward}

    def reached(steps: dict[str, tuple[str, ...]], begin: str) -> set[str]:
        return {begin}.union(*(reached(steps, end) for end in steps[begin]))

    return reached(onward, key) | reached(back, key)


@pytest.mark.parametrize(
    "key",
    ["rule:database-failure", "person:eve", "policy:standard", "service:api", "other:#alerts-errors", "vendor:sentry"],
)
def test_the_map_shows_the_ways_of_an_entry_by_keyboard(browser: Browser, folder: Path, key: str) -> None:
    page = at(folder, browser, "map.html")
    page.locator(f'li[data-key="{key}"] button').focus()
    page.keyboard.press("Enter")
    shown = page.locator("li[data-key]:visible").evaluate_all("all => all.map((each) => each.dataset.key)")
    assert set(shown) == ways(agency(), key)
    page.get_by_role("button", name="Show everything").press("Enter")
    assert page.locator("li[data-key]:visible").count() > len(shown)
    page.close()


def test_a_drill_is_chosen_acknowledged_and_kept_in_the_address(browser: Browser, folder: Path) -> None:
    page = at(folder, browser, "drill.html")
    page.get_by_label("What fires").select_option(label="database-failure")
    page.get_by_label("Fires at").fill("2026-12-24T03:00")
    page.get_by_label("Who acknowledges").select_option(label="Ana Example")
    page.get_by_label("Minutes after").fill("3")
    page.get_by_role("button", name="Acknowledge", exact=True).press("Enter")
    assert "ana acknowledges" in page.locator("#events").inner_text()
    assert page.url.endswith("#rule=database-failure&at=2026-12-24T03:00&ack=ana@3m")
    page.reload()
    assert "ana acknowledges" in page.locator("#events").inner_text()
    page.get_by_role("button", name="Take back").press("Enter")
    assert "ana acknowledges" not in page.locator("#events").inner_text()
    page.close()


@pytest.mark.parametrize(
    ("minute", "answer"),
    [
        pytest.param("2027-03-28T02:30", "The clock skips this time", id="a time that does not exist"),
        pytest.param("2027-10-31T02:30", "This time comes twice", id="a time that comes twice"),
        pytest.param("2031-01-01T00:00", "This site knows the year", id="a time beyond the year"),
    ],
)
def test_a_time_is_answered_as_the_command_line_does(browser: Browser, folder: Path, minute: str, answer: str) -> None:
    page = at(folder, browser, f"drill.html#rule=database-failure&at={minute}")
    assert answer in page.locator("#answer").inner_text()
    page.close()


def test_a_rule_on_trial_is_drilled_as_it_acts_then(browser: Browser, tmp_path: Path) -> None:
    trial = ("services/shop.yaml", "    severity: P0\n", "    severity: P0\n    trial-until: 2026-12-24\n")
    page = at(put(site_files(data_of(a_catalog(trial))), tmp_path), browser, "index.html")
    for day, severity in (("2026-12-23", "P3"), ("2026-12-25", "P0")):
        page.goto(f"{tmp_path.as_uri()}/drill.html#rule=shop-failing&at={day}T12:00")
        assert f"shop-failing fires as {severity}" in page.locator("#events").inner_text()
    page.close()


def test_a_page_is_printed_without_its_controls_and_with_what_is_folded(browser: Browser, folder: Path) -> None:
    page = at(folder, browser, "schedule-primary.html")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").is_visible()
    folded = page.locator("details:not([open]) tbody th").first
    assert folded.evaluate("cell => cell.checkVisibility({contentVisibilityAuto: true})")
    assert page.pdf()[:5] == b"%PDF-"
    page.close()


def test_pictures_are_kept_of_a_page_in_every_mode(browser: Browser, folder: Path, tmp_path: Path) -> None:
    names = [path.name for path in pictures(browser, folder, tmp_path, {"policy": PICTURED["policy"]})]
    modes = [f"{width}-{scheme}.png" for width in WIDTHS for scheme in ("light", "dark")]
    assert names == [f"policy-{mode}" for mode in (*modes, "print.pdf")]
    assert all((tmp_path / name).stat().st_size > 10_000 for name in names)


def test_a_page_of_each_kind_has_a_picture() -> None:
    kinds = {name.removesuffix(".html").split("-")[0] for name in PAGES}
    assert {address.split(".html")[0].split("-")[0] for address in PICTURED.values()} == kinds
