"""A query selects the tags that a rule names, and its environment, and nothing else: it is read back by its grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from monitoring.model.alphabets import (
    parse_datadog_key,
    parse_datadog_value,
    parse_datadog_values,
    parse_sentry_key,
    parse_sentry_value,
    parse_sentry_values,
    stored_at_datadog,
)
from monitoring.model.signals import MetricSignal
from monitoring.model.signals.tags import Where
from monitoring.queries.writing import datadog_filter, sentry_search
from tests.factories import a_catalog
from tests.resources.spoken import the_rule

# What ends, joins or negates something in either query, between letters of several scripts.
HOSTILE = st.text(st.sampled_from("abzAORNDINé支09_-:./ ,{}()[]\"'*\\!<>=|&$%#@~`\t"), min_size=1, max_size=12)
ANY = st.one_of(HOSTILE, st.text(min_size=1, max_size=12), st.from_regex(r"[a-z][a-z0-9_.:/ -]{0,11}", fullmatch=True))


Parse = Callable[[str], str]


def taken(parse: Parse, otherwise: Parse) -> st.SearchStrategy[str]:
    """Texts that the model takes: as they come where it does, else as the vendor would store them, else a letter."""

    def of(text: str) -> str:
        for spelled in (text, otherwise(text)):
            with suppress(PydanticCustomError):
                return parse(spelled)
        return "x"

    return ANY.map(of)


def tags(key: st.SearchStrategy[str], value: st.SearchStrategy[str]) -> st.SearchStrategy[Where]:
    """Keys with one or several values, each of which the model takes."""
    return st.dictionaries(key, st.lists(value, min_size=1, max_size=3, unique=True).map(tuple), max_size=4)


def datadog_key(text: str) -> str:
    return re.sub(r"^[^a-zé支]+|:", "", stored_at_datadog(text)).rstrip("_")


def sentry_key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.:-]|^(?:has|is|environment)$", "", text)


def sentry_value(text: str) -> str:
    return re.sub(r'[\\"*]', "", "".join(char for char in text if char.isprintable())).strip()


DATADOG_TAGS = tags(taken(parse_datadog_key, datadog_key), taken(parse_datadog_value, stored_at_datadog))
SENTRY_TAGS = tags(taken(parse_sentry_key, sentry_key), taken(parse_sentry_value, sentry_value))


@given(DATADOG_TAGS, SENTRY_TAGS)
def test_the_model_takes_what_is_tried(datadog: Where, sentry: Where) -> None:
    assert all(parse_datadog_key(key) == key and parse_datadog_values(datadog[key]) == datadog[key] for key in datadog)
    assert all(parse_sentry_key(key) == key and len(parse_sentry_values(sentry[key])) for key in sentry)


# --- Datadog ---------------------------------------------------------------------------------------------------

_TERM = re.compile(
    r"(?P<key>[^\W\d_][\w\-./]*)(?::(?P<value>[\w\-:./]+)| IN \((?P<values>[\w\-:./]+(?:,[\w\-:./]+)*)\))"
)


def read_filter(text: str) -> Where:
    """What Datadog reads between the braces; AssertionError for anything but tags that are joined."""
    if text == "*":
        return {}
    where: Where = {}
    for term in text.split(" AND ") if " IN (" in text else text.split(","):
        match = _TERM.fullmatch(term)
        assert match, term
        where[match["key"]] = (match["value"],) if match["value"] else tuple(match["values"].split(","))
    return where


@given(DATADOG_TAGS)
def test_datadogs_filter_is_read_back_as_the_same_tags(where: Where) -> None:
    assert read_filter(datadog_filter(where)) == where


CATALOG = a_catalog()


@given(DATADOG_TAGS.filter(lambda where: "env" not in where))
def test_a_metrics_query_is_about_these_tags_in_the_rules_environment(where: Where) -> None:
    rule = the_rule(CATALOG, "shop-slow")
    signal = rule.rule.signal
    assert isinstance(signal, MetricSignal)
    query = signal.model_copy(update={"where": where}).query_text(rule.environment, CATALOG.platform.metrics)
    match = re.fullmatch(r"percentile\(last_10m\):p95:trace\.request\{([^{}]*)\}", query)
    assert match, query
    assert read_filter(match[1]) == where | {"env": ("prod",)}


# --- Sentry ----------------------------------------------------------------------------------------------------

_FILTER = re.compile(
    r'(?P<not>!?)(?:"(?P<quoted>[a-zA-Z0-9_.:-]+)"|(?P<key>[a-zA-Z0-9_.-]+)):'
    r'(?P<values>\[[^\[\]"]*(?:"(?:\\"|[^"])*"[^\[\]"]*)*\]|"(?:\\"|[^"])*"|[^()\t\n "\[]+)(?: |$)'
)
_VALUE = re.compile(r'"(?P<quoted>(?:\\"|[^"])*)"|(?P<bare>[^(), "]+)')


def read_values(text: str) -> Iterator[str]:
    """The values of one filter; a star or an operator before a value would make it another filter."""
    for match in _VALUE.finditer(text[1:-1] if text.startswith("[") else text):
        value = match["quoted"] if match["quoted"] is not None else match["bare"]
        assert "*" not in value
        assert "\\" not in value
        assert match["bare"] is None or value[0] not in "<>=!"
        yield value


def read_search(text: str) -> tuple[Where, Where]:
    """What Sentry reads: the tags that events have, and those that they lack."""
    having: Where = {}
    lacking: Where = {}
    at = 0
    while at < len(text):
        match = _FILTER.match(text, at)
        assert match, text[at:]
        side, key = lacking if match["not"] else having, match["quoted"] or match["key"]
        assert key not in side
        side[key] = tuple(read_values(match["values"]))
        at = match.end()
    return having, lacking


@given(SENTRY_TAGS, SENTRY_TAGS)
def test_sentrys_search_is_read_back_as_the_same_tags(where: Where, excluding: Where) -> None:
    assert read_search(sentry_search(where, excluding)) == (where, excluding)
