"""The pages of vendors: what stops when one is down, and what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from monitoring.model.receivers import ReceiverKind
from monitoring.model.scalars import many
from monitoring.reach.paths import AlertPath
from monitoring.site import names
from monitoring.site.addresses import vendor_page
from monitoring.site.blocks import Cell, PageBlock, PagePart, Phrase, SitePage, TableBlock, TextBlock
from monitoring.site.data import SiteData

ANOTHER_SIGN = (
    "A rule of another vendor on the same service watches another sign of the same trouble, not the same one."
)
NOTHING: Cell = (Phrase("nothing", tone="bad"),)


def vendor_pages(data: SiteData) -> Iterator[SitePage]:
    """A page for each vendor that some rule needs."""
    return (_vendor_page(data, vendor) for vendor in vendors_in_use(data))


def vendors_in_use(data: SiteData) -> tuple[str, ...]:
    """The vendors on which some rule depends."""
    return tuple(vendor for vendor in names.VENDORS if any(needs(vendor, path) for path in data.paths))


def needs(vendor: str, path: AlertPath) -> bool:
    """Whether something of a rule stops while a vendor is down."""
    match vendor:
        case "pagerduty":
            return bool(path.pages)
        case "slack":
            return any(other.kind is ReceiverKind.SLACK for other in path.others)
        case _:
            return path.vendor == vendor


def _vendor_page(data: SiteData, vendor: str) -> SitePage:
    name, paths = names.VENDORS[vendor], [path for path in data.paths if needs(vendor, path)]
    watches = vendor in ("sentry", "datadog")
    blocks = _silent(data, vendor, paths) if watches else _cut_off(data, vendor, paths)
    return SitePage(
        file=vendor_page(vendor),
        title=f"When {name} is down",
        entry="Map",
        kicker="Vendor",
        lead=_lead(vendor, paths),
        parts=(PagePart("What stops", tuple(blocks), "stops"),),
    )


def _lead(vendor: str, paths: Sequence[AlertPath]) -> str:
    waking = sum(path.waking is not None and bool(path.pages) for path in paths)
    rules = f"{many(len(paths), 'rule')}, {waking} of them waking somebody"
    match vendor:
        case "pagerduty":
            return f"{rules}: no phone rings for them. Messages to channels and mailboxes wake nobody."
        case "slack":
            return f"{rules}: nothing is posted for them; pages still arrive."
        case _:
            return f"{rules}: nobody notices what they watch, and nothing fires."


def _silent(data: SiteData, vendor: str, paths: Sequence[AlertPath]) -> Iterator[PageBlock]:
    """What a watcher's outage hides, and which rules on the same service somebody else watches."""
    columns = ("Rule", "Severity", "Service", "Still watched there by")
    seeing: dict[str, list[Phrase]] = {}
    for path in data.paths:
        if path.vendor != vendor:
            seeing.setdefault(_service(data, path), []).append(names.rule(path))
    rows = [(*_begin(path), _service(data, path), _others(seeing.get(_service(data, path), []))) for path in paths]
    yield TableBlock("Rules that are silent", columns, rows)
    yield TextBlock(ANOTHER_SIGN)


def _others(rules: Sequence[Phrase]) -> Cell:
    return names.joined(rules) or NOTHING


def _cut_off(data: SiteData, vendor: str, paths: Sequence[AlertPath]) -> Iterator[PageBlock]:
    """What arrives nowhere, and where it still does."""
    left: Callable[[AlertPath], Cell] = (
        (lambda path: ", ".join(map(str, names.shared_receivers(data.catalog, path))) or NOTHING)
        if vendor == "pagerduty"
        else (lambda path: _beside_slack(data, path))
    )
    rows = [(*_begin(path), left(path)) for path in paths]
    yield TableBlock("Rules that lose a receiver", ("Rule", "Severity", "What is left"), rows)


def _beside_slack(data: SiteData, path: AlertPath) -> Cell:
    pages = [names.policy(data.catalog, page.policy) for page in path.pages]
    others = names.shared_receivers(data.catalog, path)
    beside = [Phrase(str(each)) for each in others if each.kind is not ReceiverKind.SLACK]
    return names.joined([*pages, *beside]) or NOTHING


def _begin(path: AlertPath) -> tuple[Cell, Cell]:
    return (names.rule(path),), (names.severity(path),)


def _service(data: SiteData, path: AlertPath) -> str:
    service, _ = data.catalog.rules[path.catalog_rule]
    return service.title
