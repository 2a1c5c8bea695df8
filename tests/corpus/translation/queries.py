"""What a monitor's query says, as far as its translation needs it: its series, its groups, its comparison."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.corpus import VendorObject

_SERIES = re.compile(
    r"(?P<space>avg|sum|min|max|p\d\d):(?P<metric>[a-zA-Z][\w.]*)\{(?P<filter>[^}]*)\}"
    r"(?: by \{(?P<by>[^}]*)\})?(?P<end>\.as_count\(\)|\.as_rate\(\))?"
)
_WINDOWED = re.compile(r"(?P<time>avg|sum|min|max|percentile)\(last_(?P<window>\w+)\):")
_ANOMALY = re.compile(
    r"avg\(last_\w+\):anomalies\((?P<series>.*\}(?:\.as_count\(\))?), '(?P<algorithm>\w+)', (?P<bounds>[\d.]+)"
    r"(?P<words>(?:, \w+='?\w+'?)*)\)"
)
_COMPARED = re.compile(r"(?P<query>.*\S)\s*(?P<sign>[<>]=?)\s*(?P<limit>-?[\d.]+)", re.DOTALL)
_SEARCH = re.compile(
    r'(?P<things>logs|events)\("(?P<text>(?:\\.|[^"\\])*)"\)(?:\.index\("\*"\))?'
    r'\.rollup\("(?P<rollup>\w+)"(?:, "(?P<attribute>[^"]+)")?\)'
    r'(?:\.by\([^)]*\))?\.last\("(?P<window>\w+)"\)'
)
_SHARE = re.compile(r"sum\(last_(?P<window>\w+)\):sum:[^/ ]+(?: by \{[^}]*\})?\S* / sum:[^/ ]+(?: by \{[^}]*\})?\S*")
OWN_ENVIRONMENT = "env:prod"
_GROUPS = (re.compile(r" by \{([^}]*)\}"), re.compile(r"\.by\(([^)]*)\)"))
WORDS = {">": "above", ">=": "at-least", "<": "below", "<=": "at-most"}


@dataclass(frozen=True)
class Series:
    """One series of a query."""

    aggregation: str
    metric: str
    terms: tuple[str, ...]
    by: tuple[str, ...]
    is_count: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """The tags that its filter names."""
        return tuple(term.partition(":")[0].lstrip("!-") for term in self.terms)

    @property
    def where(self) -> dict[str, str] | None:
        """Its filter as single values of tags; None where it says more than that."""
        pairs = [term.partition(":") for term in self.terms]
        if any(not key or not value or key[0] in "!-" or "*" in value or " " in key for key, _, value in pairs):
            return None
        return {key: value for key, _, value in pairs}


def series_of(query: str) -> Iterator[Series]:
    """Every series of a query."""
    for match in _SERIES.finditer(query):
        terms = tuple(term.strip() for term in match["filter"].split(",") if term.strip() not in ("", "*"))
        by = tuple(key.strip() for key in (match["by"] or "").split(",") if key)
        yield Series(match["space"], match["metric"], terms, by, match["end"] == ".as_count()")


def compared(query: str) -> tuple[str, str | None]:
    """A query without its comparison, and the catalog's word for that; None where it compares nothing."""
    match = _COMPARED.fullmatch(query)
    return (match["query"], WORDS[match["sign"]]) if match else (query, None)


def groups_of(query: str) -> tuple[str, ...]:
    """The keys by which a query is split."""
    for pattern in _GROUPS:
        if match := pattern.search(query):
            return tuple(key.strip(' "') for key in match[1].split(","))
    return ()


@dataclass(frozen=True)
class Anomaly:
    """One series against its own past, and how that is computed."""

    series: Series
    algorithm: str
    bounds: float
    words: Mapping[str, str]


def anomaly_in(query: str) -> Anomaly | None:
    """The anomaly that a query, without its comparison, is; None where it is another or its filter says more."""
    match = _ANOMALY.fullmatch(query)
    if not match:
        return None
    (series,) = series_of(match["series"])
    words = dict(re.findall(r"(\w+)='?(\w+)'?", match["words"]))
    return Anomaly(series, match["algorithm"], float(match["bounds"]), words) if series.where is not None else None


@dataclass(frozen=True)
class Search:
    """What is searched, computed over what matches, and split."""

    things: str
    text: str
    rollup: str
    attribute: str | None
    by: tuple[str, ...]
    window: str


def search_in(query: str) -> Search | None:
    """The search in one environment that a query, without its comparison, is; None where it is another or has none."""
    match = _SEARCH.fullmatch(query)
    terms = match["text"].replace('\\"', '"').split(" ") if match else []
    if not match or OWN_ENVIRONMENT not in terms:
        return None
    text = " ".join(term for term in terms if term != OWN_ENVIRONMENT)
    return Search(match["things"], text, match["rollup"], match["attribute"], groups_of(query), match["window"])


@dataclass(frozen=True)
class Share:
    """One count divided by another, over a window."""

    of: Series
    to: Series
    window: str


def share_in(query: str) -> Share | None:
    """The share that a query, without its comparison, is; None where it is another or a filter says more."""
    match = _SHARE.fullmatch(query)
    series = tuple(series_of(query)) if match else ()
    if not match or len(series) != 2 or not all(each.is_count and each.where is not None for each in series):
        return None
    return Share(*series, match["window"])


def plain_series(query: str) -> tuple[Series, str] | None:
    """The one series that a query, without its comparison, is, and its window; None where it is more."""
    head = _WINDOWED.match(query)
    series = _SERIES.fullmatch(query[head.end() :]) if head else None
    if not head or not series or series["end"] == ".as_rate()":
        return None
    (parsed,) = series_of(series[0])
    joined = "percentile" if parsed.aggregation.startswith("p") else parsed.aggregation
    return (parsed, head["window"]) if joined == head["time"] and parsed.where is not None else None


_FORMULA = re.compile(r'formula\("(?P<words>[^"]*)"\)\.last\("(?P<window>\w+)"\)(?P<end>.*)', re.DOTALL)


def query_of(monitor: VendorObject) -> str:
    """A monitor's query; a formula over metrics that stand beside it is spelled out as the arithmetic that it is."""
    match, variables = _FORMULA.fullmatch(monitor["query"]), monitor["options"].get("variables", ())
    if not match or any((each["data_source"], each.get("aggregator")) != ("metrics", "sum") for each in variables):
        return str(monitor["query"])
    queries = {each["name"]: each["query"] for each in variables}
    spelled = re.sub(r"\b[a-z_]\w*\b", lambda word: str(queries[word[0]]), match["words"])
    return f"sum(last_{match['window']}):{spelled}{match['end']}"


_CHECK = re.compile(r'"(?P<name>[\w.]+)"\.over\("env:\w+"\)\.by\((?P<by>[^)]*)\)\.last\(\d+\)\.count_by_status\(\)')


def service_check_in(query: str) -> tuple[str, tuple[str, ...]] | None:
    """The service check of one environment that a query counts the runs of, and what it is split by."""
    match = _CHECK.fullmatch(query)
    return (match["name"], groups_of(query)) if match else None
