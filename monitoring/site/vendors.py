"""The pages of vendors: what stops when one is down, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitoring.model.receivers import ReceiverKind
from monitoring.reach.paths import AlertPath
from monitoring.reach.vendor_outage import (
    ANOTHER_SIGN,
    OutageVendor,
    RuleInOutage,
    SecondRoad,
    lost_parts,
    vendor_outage,
)
from monitoring.site import names
from monitoring.site.addresses import vendor_page
from monitoring.site.blocks import Cell, PageBlock, PagePart, Phrase, Phrases, SitePage, TableBlock, TextBlock
from monitoring.site.data import SiteData
from monitoring.site.map_words import rules_in_words

NOTHING: Cell = (Phrase("nothing", tone="bad"),)


def vendor_pages(data: SiteData) -> Iterator[SitePage]:
    """A page for each vendor that some rule needs."""
    return (_vendor_page(data, vendor) for vendor in vendors_in_use(data))


def vendors_in_use(data: SiteData) -> tuple[OutageVendor, ...]:
    """The vendors on which some rule depends."""
    return tuple(vendor for vendor in OutageVendor if any(lost_parts({vendor}, path) for path in data.paths))


def _vendor_page(data: SiteData, vendor: OutageVendor) -> SitePage:
    stopped = [rule for rule in vendor_outage(data.catalog, data.proof, {vendor}).rules if rule.lost]
    watches = vendor in (OutageVendor.SENTRY, OutageVendor.DATADOG)
    blocks = _silent(data, stopped) if watches else _cut_off(data, vendor, stopped)
    return SitePage(
        file=vendor_page(vendor),
        title=f"When {vendor.vendor_title} is down",
        entry="Map",
        kicker="Vendor",
        lead=_lead(vendor, [rule.proved.path for rule in stopped]),
        parts=(PagePart("What stops", tuple(blocks), "stops"),),
    )


def _lead(vendor: str, paths: Sequence[AlertPath]) -> str:
    rules = rules_in_words(paths)
    match vendor:
        case "pagerduty":
            return f"{rules}: no phone rings for them. Messages to channels and mailboxes wake nobody."
        case "slack":
            return f"{rules}: nothing is posted for them; pages still arrive."
        case _:
            return f"{rules}: nobody notices what they watch, and nothing fires."


def _silent(data: SiteData, stopped: Sequence[RuleInOutage]) -> Iterator[PageBlock]:
    """What a watcher's outage hides, and which rules may see the same trouble."""
    columns = ("Rule", "Severity", "Service", "May still be seen by")
    rows = [(*_begin(rule), _service(data, rule.proved.path), _roads(rule.second_roads)) for rule in stopped]
    yield TableBlock("Rules that are silent", columns, rows)
    yield TextBlock(ANOTHER_SIGN)


def _roads(roads: Sequence[SecondRoad]) -> Cell:
    return tuple(phrase for road in roads for phrase in _road(road)) or NOTHING


def _road(road: SecondRoad) -> Phrases:
    wakes = "" if road.wakes else ", wakes nobody"
    return names.rule(road.proved.path), Phrase(f" ({road.sign}{wakes})", tone="quiet")


def _cut_off(data: SiteData, vendor: OutageVendor, stopped: Sequence[RuleInOutage]) -> Iterator[PageBlock]:
    """What arrives nowhere, and where it still does."""
    left = _beside_pages if vendor is OutageVendor.PAGERDUTY else _beside_slack
    rows = [(*_begin(rule), left(data, rule.proved.path)) for rule in stopped]
    yield TableBlock("Rules that lose a receiver", ("Rule", "Severity", "What is left"), rows)


def _beside_pages(data: SiteData, path: AlertPath) -> Cell:
    return ", ".join(map(str, names.shared_receivers(data.catalog, path))) or NOTHING


def _beside_slack(data: SiteData, path: AlertPath) -> Cell:
    pages = [names.policy(data.catalog, page.policy) for page in path.pages]
    others = names.shared_receivers(data.catalog, path)
    beside = [Phrase(str(other)) for other in others if other.kind is not ReceiverKind.SLACK]
    return names.joined([*pages, *beside]) or NOTHING


def _begin(rule: RuleInOutage) -> tuple[Cell, Cell]:
    return (names.rule(rule.proved.path),), (names.severity(rule.proved.path),)


def _service(data: SiteData, path: AlertPath) -> str:
    service, _ = data.catalog.rules[path.catalog_rule]
    return service.title
