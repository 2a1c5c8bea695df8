"""The path of somebody new, on a phone: the next shift, the calendar file, what can wake them, and the worst drill."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Browser, Locator, Page
from typer.testing import CliRunner

from monitoring.cli import application
from tests.platforms import AGENCY

MAX_TAPS = 3
NAME, PERSON = "Ana Example", "ana"


@dataclass
class Finger:
    """Somebody who taps, and how often so far."""

    page: Page
    taps: int = 0

    def tap(self, target: Locator) -> None:
        target.tap()
        self.taps += 1


def test_a_newcomer_is_there_in_three_taps(browser: Browser, folder: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    finger = Finger(page)
    finger.tap(page.get_by_role("main").get_by_role("link", name=NAME).last)
    next_shift(page)
    what_can_wake(page)
    with page.expect_download() as download:
        finger.tap(page.get_by_role("link", name="Subscribe"))
    assert "BEGIN:VEVENT" in Path(download.value.path()).read_text(encoding="utf-8")
    finger.tap(page.get_by_role("link", name="Play it"))
    worst_drill(page)
    assert finger.taps <= MAX_TAPS
    context.close()


def answer(*words: str) -> dict[str, list[dict[str, str]]]:
    command = [*words, "--catalog", str(AGENCY.catalog), "--format", "json"]
    shown: dict[str, list[dict[str, str]]] = json.loads(CliRunner().invoke(application(command), command).stdout)
    return shown


def next_shift(page: Page) -> None:
    """It is in sight without scrolling, and the one that the command line names."""
    shifts = answer("oncall", "--from", "2026-11-23", "--to", "2027-01-31", "--person", PERSON)["shifts"]
    first = min(shifts, key=lambda shift: shift["from"])
    row = fact(page, "Next shift")
    row.wait_for()
    box = row.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 844
    assert first["schedule"] in row.inner_text().lower()
    assert first["from"][:10] in row.inner_text()


def what_can_wake(page: Page) -> None:
    text = fact(page, "What can wake").inner_text()
    assert "rules can wake this person" in text
    assert "the soonest 2m after it fires" in text
    assert page.locator("#wakes").get_by_text("Critical, step 1").count() > 0


def worst_drill(page: Page) -> None:
    """What is played is what the command line says of the same rule at the same time."""
    page.wait_for_url("**/drill.html#*")
    chosen = dict(parse_qsl(urlsplit(page.url).fragment))
    events = answer("drill", chosen["rule"], "--at", chosen["at"])["events"]
    assert page.locator("#events tbody tr").count() == len(events)
    assert "is notified by phone" in page.locator("#events").inner_text()


def fact(page: Page, name: str) -> Locator:
    return page.locator("#glance div").filter(has=page.get_by_text(name, exact=True)).locator("dd")
