"""The pages to look at: from a catalog to static files, whose every text and link is escaped, and that ask nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitoring.site.blocks import SiteFrame, SitePage
from monitoring.site.calendar_page import calendar_page
from monitoring.site.data import SiteData, site_data
from monitoring.site.drill_page import drill_page
from monitoring.site.feeds import PublishedFeeds, feeds
from monitoring.site.links import links_page
from monitoring.site.names import without_addresses
from monitoring.site.overview import map_page
from monitoring.site.people import person_pages
from monitoring.site.policies import policy_pages
from monitoring.site.rendering import ASSETS, asset, data_script, html
from monitoring.site.rules import rule_pages, rules_page
from monitoring.site.schedules import schedule_pages
from monitoring.site.simulated import simulated
from monitoring.site.state import state_page
from monitoring.site.vendors import vendor_pages
from monitoring.site.watching import Watching, messages_of, waiting_files, watch_files

__all__ = ["SiteData", "Watching", "messages_of", "site_data", "site_files", "site_pages", "waiting_files"]


def site_pages(data: SiteData) -> Iterator[SitePage]:
    """Every page, as data."""
    yield state_page(data)
    yield map_page(data)
    yield calendar_page(data)
    yield drill_page(data)
    yield rules_page(data)
    yield from rule_pages(data)
    yield from person_pages(data)
    yield from schedule_pages(data)
    yield from policy_pages(data)
    yield from vendor_pages(data)
    yield links_page(data)


def site_files(
    data: SiteData, before: PublishedFeeds | None = None, address: str = "", watched: Watching | None = None
) -> Mapping[str, str]:
    """Every file of the site by its name; its calendar files follow those that were published before.

    `address` is where the site is served, empty where nobody says it; `watched` where the pages are made again at each
    change.
    """
    frame = _frame(data, watched)
    pages = {page.file: html(page, frame) for page in site_pages(data)}
    made = {**pages, **feeds(data, before, address), "site-data.js": data_script("siteData", simulated(data))}
    shown = {name: without_addresses(data.catalog, text) for name, text in made.items()}
    return shown | {name: asset(name) for name in ASSETS} | (watch_files(shown) if watched else {})


def _frame(data: SiteData, watched: Watching | None) -> SiteFrame:
    title, environment = data.catalog.platform.title, data.environment
    return SiteFrame(
        title=title,
        environment=data.catalog.environment(environment).title,
        made=f"Made from the catalog of {title} for {environment} on {data.today.isoformat()}.",
        notices=watched.notices if watched else (),
        is_watched=watched is not None,
    )
