"""Every page: its links resolve, its HTML is sound, no text of a catalog is anything but text in it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from monitoring.site import site_files
from monitoring.site.blocks import PagePart, SiteFrame, SitePage, TextBlock
from monitoring.site.links import outside_links
from monitoring.site.rendering import data_script, html
from tests.factories import a_catalog
from tests.site.building import agency, agency_files, agency_pages, data_of, parsed

PAGES = sorted(name for name in agency_files() if name.endswith(".html"))
SITE = SiteFrame("Agency", "Production", "Made.")
HOSTILE = """</title><script>a()</script><img src=x onerror=a()>](javascript:b())"q"'s'&amp;"""

QUOTED = """Agency](javascript:b()) "quoted" 'so'"""
"""PagerDuty takes neither < nor & in a platform's title."""


@pytest.mark.parametrize("name", PAGES)
def test_every_link_inside_leads_somewhere(name: str) -> None:
    files, pages = agency_files(), agency_pages()
    for link in pages[name].links:
        address = urlsplit(link)
        if address.scheme:
            assert address.scheme == "https", link
            continue
        page = address.path or name
        assert page in files, link
        if address.fragment and "=" not in address.fragment:
            assert address.fragment in pages[page].ids, link


def test_every_link_outside_is_listed() -> None:
    outside = {link for page in agency_pages().values() for link in page.links if urlsplit(link).scheme}
    assert outside <= outside_links(agency()).keys()
    assert set(agency_pages()["links.html"].links) >= outside


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        pytest.param("see [it](https://example.com/a#b).", ["https://example.com/a#b"], id="a link"),
        pytest.param(
            "<https://example.com/>, then https://example.com/x.",
            ["https://example.com/", "https://example.com/x"],
            id="plain addresses",
        ),
        pytest.param("[it](other.md), mailto:a@b", [], id="none"),
        pytest.param("`curl http://example.com/x`", ["http://example.com/x"], id="in code"),
        pytest.param("`curl https://$host/x`", ["https://$host/x"], id="with a placeholder"),
    ],
)
def test_addresses_of_a_document_are_found(text: str, addresses: list[str]) -> None:
    data = replace(data_of(a_catalog()), documents={"a.md": text})
    own = outside_links(data_of(a_catalog()))
    assert sorted(outside_links(data).keys() - own.keys()) == addresses
    opens = parsed(site_files(data)["links.html"]).links
    assert [link for link in opens if link.startswith("http:") or "$" in link] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_only_files_of_its_folder(name: str) -> None:
    assert {file for file in agency_pages()[name].needed if file != "data:,"} <= agency_files().keys()


@pytest.mark.parametrize("name", PAGES)
def test_the_html_is_sound(name: str) -> None:
    page = agency_pages()[name]
    assert page.unbalanced == []
    assert page.open_elements == []
    assert len(page.ids) == len(set(page.ids))
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(page.headings))
    assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", agency_files()[name])
    assert [each for tag, each in page.elements if tag == "script" and "src" not in each] == []


def test_a_hostile_text_is_text_on_every_page() -> None:
    title = json.dumps(HOSTILE)
    assert len(HOSTILE) <= 100
    catalog = a_catalog(
        ("services/shop.yaml", "title: The shop is failing", f"title: {title}"),
        ("services/shop.yaml", "means: Customers cannot buy.", f"means: {title}"),
        ("services/shop.yaml", "title: Shop\n", f"title: {title}\n"),
        ("oncall.yaml", "name: Ana Example", f"name: {title}"),
        ("platform.yaml", "title: Agency platform", f"title: {json.dumps(QUOTED)}"),
    )
    files = site_files(data_of(catalog))
    for name in (name for name in files if name.endswith(".html")):
        page = parsed(files[name])
        assert {tag for tag, _ in page.elements} & {"img", "iframe", "object"} == set()
        assert {each.get("src") for tag, each in page.elements if tag == "script"} <= files.keys()
        assert [link for link in page.links if link.startswith("javascript")] == []
    assert HOSTILE in parsed(files["rule-shop-failing.html"]).text
    assert not re.search("[<>&]", files["site-data.js"].replace("window.", "").split("=", 1)[1])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("one\rtwo", r"one\rtwo", id="a carriage return"),
        pytest.param("one\u202etwo", r"one\u202etwo", id="a mark that turns the direction of the text"),
        pytest.param("one\x00two", r"one\x00two", id="a null"),
        pytest.param('"><b>', '"><b>', id="what would end an attribute and begin an element"),
    ],
)
def test_what_a_page_would_obey_or_hide_is_shown(text: str, shown: str) -> None:
    page = parsed(html(SitePage("x.html", text, "State", (PagePart(text, (TextBlock(text),)),)), SITE))
    assert page.text.count(shown) == 4
    assert "b" not in {tag for tag, _ in page.elements}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("</script><script>alert(1)</script>", id="the end of a script"),
        pytest.param("<!--", id="the begin of a comment"),
        pytest.param("\u2028é\U0001f600", id="line separators and letters beyond ASCII"),
    ],
)
def test_data_in_a_script_is_data(text: str) -> None:
    script = data_script("siteData", {"text": text})
    assert script.isascii()
    assert not set("<>&") & set(script)
    assert json.loads(script.split(" = ")[1].rstrip(";\n")) == {"text": text}
