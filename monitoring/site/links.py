"""The page of links that lead out of the site and of the documents; nothing here asks whether they still do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from monitoring.model.scalars import many
from monitoring.naming.names import rule_dashboard_url, runbook_url
from monitoring.site.addresses import LINKS, rule_page
from monitoring.site.blocks import Cell, PagePart, Phrase, SitePage, TableBlock
from monitoring.site.data import SiteData
from monitoring.site.names import joined

MAX_PLACES = 8
"""Places that are named for one address; how many more there are is said behind them."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'`)\]}|\\]+")
_END_OF_SENTENCE = ".,;:!?*_"


def links_page(data: SiteData) -> SitePage:
    """Every address outside, and where it stands."""
    outside = outside_links(data)
    rows = [_row(address, places) for address, places in sorted(outside.items())]
    table = TableBlock(many(len(rows), "address", "addresses"), ("Address", "Stands in"), rows, "No link leads out.")
    return SitePage(
        file=LINKS,
        title="Links that lead out",
        entry="State",
        lead="Links inside of this site and of the documents are checked. Nothing asks at these.",
        parts=(PagePart("Addresses", (table,), "addresses"),),
    )


def outside_links(data: SiteData) -> Mapping[str, Sequence[Phrase]]:
    """The addresses outside of the site and the documents, each with where it stands."""
    places: dict[str, dict[Phrase, None]] = {}
    for address, place in (*_of_pages(data), *_of_documents(data.documents)):
        places.setdefault(address, {})[place] = None
    return {address: tuple(own) for address, own in places.items()}


def _of_pages(data: SiteData) -> Iterator[tuple[str, Phrase]]:
    for rule in data.rules:
        place = Phrase(rule.id, rule_page(rule.id))
        yield runbook_url(data.catalog, rule.rule.id), place
        yield rule_dashboard_url(data.catalog, rule), place


def _of_documents(documents: Mapping[str, str]) -> Iterator[tuple[str, Phrase]]:
    for name, text in documents.items():
        for match in _ADDRESS.finditer(text):
            yield match[0].rstrip(_END_OF_SENTENCE), Phrase(name)


def _row(address: str, places: Sequence[Phrase]) -> Sequence[Cell]:
    left = len(places) - MAX_PLACES
    more = (Phrase(f" and {left} more"),) if left > 0 else ()
    return (Phrase(address, address if _opens(address) else ""),), (*joined(places[:MAX_PLACES]), *more)


def _opens(address: str) -> bool:
    """Whether a browser can open it: no placeholder of a shell stands in it, and nobody can read what is sent."""
    return address.startswith("https://") and "$" not in address
