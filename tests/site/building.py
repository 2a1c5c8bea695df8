"""Sites for the tests: built in memory or into a folder, and read back as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from monitoring.cli.documents import written_by_hand
from monitoring.loader import load, load_runbooks
from monitoring.model.catalog import Catalog
from monitoring.site import SiteData, site_data, site_files
from tests.conftest import TODAY
from tests.platforms import AGENCY

VOID = {"meta", "link", "input", "br"}


@cache
def agency() -> SiteData:
    """What the pages of the tests' large platform are made from."""
    documents = written_by_hand(AGENCY.documents, (), "--catalog")
    return site_data(load(AGENCY.catalog), "prod", TODAY, load_runbooks(AGENCY.runbooks), documents=documents)


@cache
def agency_files() -> Mapping[str, str]:
    """Every file of its site."""
    return site_files(agency())


def data_of(catalog: Catalog, environment: str = "prod") -> SiteData:
    """What the pages of a small catalog are made from."""
    return site_data(catalog, environment, TODAY, {})


def put(files: Mapping[str, str], folder: Path) -> Path:
    """The files, written into a folder."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@dataclass
class ParsedPage(HTMLParser):
    """A page as a browser reads it: its elements, its links, its ids, its headings and its text."""

    text: str = ""
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open_elements: list[str] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open_elements.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open_elements or self.open_elements.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def links(self) -> list[str]:
        return [str(each["href"]) for tag, each in self.elements if tag == "a"]

    @property
    def needed(self) -> list[str]:
        """The files that the page loads."""
        return [str(each.get("href") or each.get("src")) for tag, each in self.elements if tag in ("link", "script")]

    @property
    def ids(self) -> list[str]:
        return [str(each["id"]) for _, each in self.elements if "id" in each]

    @property
    def headings(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.elements if tag in ("h1", "h2", "h3", "h4")]


def parsed(text: str) -> ParsedPage:
    """A page as a browser reads it."""
    page = ParsedPage()
    page.feed(text)
    page.close()
    return page


@cache
def agency_pages() -> Mapping[str, ParsedPage]:
    """Every page of the large platform's site, read back."""
    return {name: parsed(text) for name, text in agency_files().items() if name.endswith(".html")}
