"""Every page in Chromium, opened from a file: no error, no question outside of the folder, no complaint of axe-core."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.site.building import agency_files, put

NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = {390: 844, 1440: 900}
PAGES = sorted(name for name in agency_files() if name.endswith(".html"))
WITHOUT_FETCH = {"preload": False}
"""axe would fetch the stylesheet again, which the page's own policy forbids."""


def executable() -> str:
    """Chromium's path; the tests are skipped, and in CI fail, where there is none."""
    found_at = next((path for path in map(shutil.which, NAMES) if path), None)
    if found_at is None:
        end = pytest.fail if os.environ.get("CI") else pytest.skip
        end("no Chromium here: make chromium, or the package that it names")
    return str(found_at)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = executable()
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=options)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(agency_files(), tmp_path_factory.mktemp("site"))


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_quiet_fits_and_is_for_everybody(browser: Browser, folder: Path, width: int, scheme: str) -> None:
    watched = opened(browser, width, scheme)
    for name in PAGES:
        watched.page.goto((folder / name).as_uri())
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is too wide"
        violations = Axe().run(watched.page, options=WITHOUT_FETCH).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == [], name
    assert watched.complaints == []
    assert {url for url in watched.requests if not url.startswith((folder.as_uri(), "data:,"))} == set()
    watched.page.context.close()
