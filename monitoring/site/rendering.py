"""From the data of a page to its HTML: the only module that knows the template language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from monitoring.literal import literal
from monitoring.site.addresses import NAVIGATION
from monitoring.site.blocks import PageBlock, Phrases, SiteFrame, SitePage, TableBlock, ThresholdBlock, phrases

ASSETS = ("style.css", "drill.js", "map.js", "now.js", "rules.js", "simulation.js", "outage.js")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("monitoring.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters |= {"kind": _kind, "phrases": phrases, "shared_table": _shared_table, "inlined": _inlined}
    return environment


def _kind(block: PageBlock) -> str:
    return type(block).__name__


@lru_cache(maxsize=1024)
def _shared_table(block: TableBlock) -> Any:
    """A table that stands alike on many pages, as HTML of the template."""
    return _blocks().table(block)


@lru_cache(maxsize=16_384)
def _inlined(cell: Phrases | ThresholdBlock) -> Any:
    """A cell of a table, of which many stand on many pages, as HTML of the template."""
    return _blocks().small_threshold(cell) if isinstance(cell, ThresholdBlock) else _blocks().inline(cell)


@cache
def _blocks() -> Any:
    return _environment().get_template("blocks.html").module


def _shown(value: Any) -> Any:
    """A text without any character that a page would obey or hide; HTML that a template has made stays as it is."""
    return literal(value) if type(value) is str else value


@cache
def _template() -> Template:
    return _environment().get_template("page.html")


def html(page: SitePage, site: SiteFrame, navigation: Mapping[str, str] = MappingProxyType(NAVIGATION)) -> str:
    """A page as HTML, in the frame that every page has."""
    return _template().render(page=page, site=site, navigation=navigation, policy=_POLICY)


def asset(name: str) -> str:
    """The text of a stylesheet or script."""
    loader = PackageLoader("monitoring.site", "assets")
    return loader.get_source(_environment(), name)[0]


def data_script(name: str, data: object) -> str:
    """Data as a script, since a page from a file may fetch nothing; pure ASCII, and no HTML can begin or end in it."""
    text = json.dumps(data, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'"use strict";\nwindow.{name} = {text};\n'
