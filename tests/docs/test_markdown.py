"""Markdown: a user's text stays the text that it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic_core import PydanticCustomError

from monitoring import wording
from monitoring.docs.alert_rules import alert_rules
from monitoring.docs.markdown import document, link, plain, table
from monitoring.docs.runbook_index import runbook_index
from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules
from monitoring.model.scalars import parse_sentence
from tests.conftest import TODAY
from tests.factories import a_catalog


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("more than 10 errors", "more than 10 errors", id="plain words are left alone"),
        pytest.param("failure_rate above 5%", "failure_rate above 5%", id="an underscore inside a word is left alone"),
        pytest.param("_never_", r"\_never\_", id="an underscore around a word is no emphasis"),
        pytest.param("*all*", r"\*all\*", id="a star is no emphasis"),
        pytest.param("a | b", r"a \| b", id="a bar ends no cell"),
        pytest.param("<script>", r"\<script\>", id="a tag is no tag"),
        pytest.param("--> gone", r"\--\> gone", id="a comment cannot be closed"),
        pytest.param("[a](b)", r"\[a\](b)", id="brackets are no link"),
        pytest.param("`code` ~~gone~~", r"\`code\` \~\~gone\~\~", id="backticks and tildes are no style"),
        pytest.param("a\\b", r"a\\b", id="a backslash stays one"),
        pytest.param("# Big heading", r"\# Big heading", id="a hash begins no heading"),
        pytest.param("heading #", r"heading \#", id="a hash ends no heading"),
        pytest.param("#alerts and #more", "#alerts and #more", id="a channel is left alone"),
        pytest.param("---", r"\---", id="dashes draw no line"),
        pytest.param("- item", r"\- item", id="a dash begins no list"),
        pytest.param("1. item", r"1\. item", id="a number begins no list"),
        pytest.param("&lt;b&gt;", r"\&lt;b\&gt;", id="an entity is no sign"),
        pytest.param("https://a.example", r"https:\//a.example", id="an address is no link"),
        pytest.param("www.a.example", r"www\.a.example", id="nor without its https"),
        pytest.param("$5 and $6", r"\$5 and \$6", id="prices are no formula"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_a_table_has_a_rule_under_its_headings() -> None:
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_a_document_leaves_out_what_is_empty() -> None:
    assert document("# Title", "", "Text.") == "# Title\n\nText.\n"


# --- read back by a parser of Markdown -------------------------------------------------------------------------

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# What begins or ends something in Markdown, HTML or a table, between letters.
HOSTILE = st.text(st.sampled_from("ab1 #*_-+=>~`|\\[](){}<!&;:/.\"'$^@w"), min_size=1, max_size=24)
KNOWN = st.sampled_from(
    [
        "# Big heading", "---", "===", "- item", "+ item", "1. item", "1) item", "> quote", "~~~", "```", "***", ":--",
        "&lt;b&gt;", "&#60;", "<b>", "<!-- x", "-->", "https://evil.example", "www.evil.example", "a|b", "|---|", "\\",
        "[a](javascript:alert(1))", "![a](b)", "[a]: b", "[^1]", "**a**", "__a__", "_a_", "~~a~~", "`a`", "a#", "a #",
    ]
)  # fmt: skip


def accepted(text: str) -> bool:
    try:
        return bool(parse_sentence(text) == text)
    except PydanticCustomError:
        return False


TEXTS = st.one_of(KNOWN, HOSTILE, st.text(min_size=1, max_size=24)).map(str.strip).filter(accepted)


def inline(tokens: list[Token]) -> Iterator[str]:
    """The text of each paragraph, heading or cell, as a reader sees it."""
    for token in tokens:
        if token.type == "inline":
            yield "".join("\n" if child.type == "softbreak" else child.content for child in token.children or ())


def shape(tokens: list[Token]) -> list[tuple[str, str]]:
    """What a page is made of, without its texts: blocks, and inside them emphasis, code and links."""
    blocks = [(token.type, token.tag) for token in tokens]
    inside = [child for token in tokens for child in token.children or () if child.type != "text"]
    return [*blocks, *((child.type, str(child.attrs.get("href", ""))) for child in inside)]


PLACES = [
    "{}",
    "before {} after",
    "- {}",
    "# {}",
    "| a |\n| --- |\n| {} |",
    "**{}**",
    "[{}](a.md)",
    "before\n{}\nafter",
]


@pytest.mark.parametrize("place", PLACES)
@given(text=TEXTS)
def test_a_text_is_read_back_as_the_text_that_it_is(place: str, text: str) -> None:
    tokens, harmless = PARSER.parse(place.format(plain(text))), PARSER.parse(place.format("x"))
    assert shape(tokens) == shape(harmless)
    assert list(inline(tokens)) == [piece.replace("x", text) for piece in inline(harmless)]


@given(TEXTS)
def test_no_address_becomes_a_link(text: str) -> None:
    """GitHub's autolinks begin with these, unescaped."""
    assert "://" not in plain(text)
    assert "www." not in plain(text)


def test_a_links_target_holds_no_entity() -> None:
    (token,) = [token for token in PARSER.parse(link("a", "https://a.example/?b=1&lt;=2")) if token.type == "inline"]
    assert (token.children or [])[0].attrs == {"href": "https://a.example/?b=1&lt;=2"}


def renamed(catalog: Catalog, text: str) -> Catalog:
    """The catalog with one text in every place where people write one."""
    platform = catalog.platform
    services = {
        name: service.model_copy(
            update={
                "title": text,
                "rules": tuple(rule.model_copy(update={"title": text, "means": text}) for rule in service.rules),
            }
        )
        for name, service in catalog.services.items()
    }
    environments = {
        name: environment.model_copy(update={"title": text}) for name, environment in platform.environments.items()
    }
    return Catalog(
        platform=platform.model_copy(update={"title": text, "environments": environments}),
        severities={key: promise.model_copy(update={"title": text}) for key, promise in catalog.severities.items()},
        oncall=catalog.oncall,
        teams={name: team.model_copy(update={"title": text}) for name, team in catalog.teams.items()},
        tenants={name: tenant.model_copy(update={"title": text}) for name, tenant in catalog.tenants.items()},
        services=services,
        maintenance=catalog.maintenance,
        accepted=catalog.accepted,
    )


CATALOG = a_catalog(("services/shop.yaml", "within: 5m}", "within: 5m}\n    for-each-tenant: {plan: enterprise}"))
PAGES = {"alert rules": alert_rules, "runbooks": runbook_index}


@pytest.mark.parametrize("page", PAGES)
@settings(max_examples=40)
@given(text=TEXTS.filter(lambda text: "-->" not in text))
def test_a_page_with_hostile_texts_has_the_shape_of_one_with_harmless_ones(page: str, text: str) -> None:
    hostile, harmless = (PARSER.parse(PAGES[page](renamed(CATALOG, words))) for words in (text, "x"))
    assert shape(hostile) == shape(harmless)
    assert list(inline(hostile)).count(text) == list(inline(harmless)).count("x")


@settings(max_examples=40)
@given(text=TEXTS)
def test_a_line_of_the_dashboard_is_one_line_of_its_list(text: str) -> None:
    rule = next(iter(effective_rules(renamed(CATALOG, text), "prod", TODAY)))
    tokens = PARSER.parse(wording.dashboard_line(renamed(CATALOG, text), rule))
    assert shape(tokens) == shape(PARSER.parse(wording.dashboard_line(renamed(CATALOG, "x"), rule)))
