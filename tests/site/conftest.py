"""The browser that opens pages: one for all tests of a file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.site.building import agency_files, put

NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str | None:
    """Chromium's path; None where there is none."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """Chromium; as root it runs only without its sandbox."""
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=executable(), args=options)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium for the tests of a file; they are skipped, and in CI fail, where there is none."""
    if executable() is None:
        end = pytest.fail if os.environ.get("CI") else pytest.skip
        end("no Chromium here: make chromium, or the package that it names")
    with sync_playwright() as playwright, launched(playwright) as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The large platform's site in a folder."""
    return put(agency_files(), tmp_path_factory.mktemp("site"))
