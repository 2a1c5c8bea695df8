"""The browser that opens pages: one for all tests of a file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.site.building import agency_files, put

NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str:
    """Chromium's path; the tests are skipped, and in CI fail, where there is none."""
    path = next((path for path in map(shutil.which, NAMES) if path), None)
    if path is None:
        end = pytest.fail if os.environ.get("CI") else pytest.skip
        end("no Chromium here: make chromium, or the package that it names")
    return str(path)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; as root it runs only without its sandbox."""
    path = executable()
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=options)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The large platform's site in a folder."""
    return put(agency_files(), tmp_path_factory.mktemp("site"))
