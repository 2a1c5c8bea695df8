"""Pictures of a page of each kind, for whoever looks at them: `make pictures`, or `python -m tests.site.pictures DIR`.

Phone and screen, light and dark as PNG, and as PDF what a printer gets.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.site.building import agency_files, put
from tests.site.conftest import launched

WIDTHS = {390: 844, 1440: 900}
PICTURED = {
    "state": "index.html",
    "map": "map.html",
    "map-person": "map.html#person:ana",
    "calendar": "calendar.html",
    "drill-rule": "drill.html#rule=database-failure&at=2026-12-24T03:00&ack=ana@3m",
    "drill-outage": "drill.html#service=database&at=2026-12-24T03:00",
    "rules": "rules.html",
    "rule": "rule-high-memory.html",
    "person": "person-ana.html",
    "schedule": "schedule-primary.html",
    "policy": "policy-critical.html",
    "vendor": "vendor-sentry.html",
    "links": "links.html",
}
"""A page of each kind by the name of its picture, with what is chosen on it."""


def pictures(browser: Browser, site: Path, out: Path, pictured: Mapping[str, str] = PICTURED) -> Iterator[Path]:
    """Writes every picture into a folder, and yields where each lies."""
    out.mkdir(parents=True, exist_ok=True)
    for width, height in WIDTHS.items():
        for scheme in ("light", "dark"):
            size = {"width": width, "height": height}
            page = browser.new_page(viewport=size, color_scheme="dark" if scheme == "dark" else "light")  # type: ignore[arg-type]
            for name, address in pictured.items():
                page.goto(f"{site.as_uri()}/{address}")
                path = out / f"{name}-{width}-{scheme}.png"
                page.screenshot(path=path, full_page=True)
                yield path
            page.close()
    yield from _printed(browser, site, out, pictured)


def _printed(browser: Browser, site: Path, out: Path, pictured: Mapping[str, str]) -> Iterator[Path]:
    page = browser.new_page()
    for name, address in pictured.items():
        page.goto(f"{site.as_uri()}/{address}")
        path = out / f"{name}-print.pdf"
        page.pdf(path=path, format="A4")
        yield path
    page.close()


def main(out: Path) -> None:
    """Writes the pictures of the tests' large platform."""
    site = out / "site"
    site.mkdir(parents=True, exist_ok=True)
    put(agency_files(), site)
    with sync_playwright() as playwright, launched(playwright) as browser:
        number = len(list(pictures(browser, site.resolve(), out)))
    print(f"{number} pictures in {out}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
