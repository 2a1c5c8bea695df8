"""What each vendor takes as a name or a value, and what the answer to anything else says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from monitoring.model import addresses, alphabets, answer_values
from monitoring.model.alphabets import DATADOG_SITES, stored_at_datadog
from monitoring.model.answer_values import AnswerValue, ComparisonWord
from monitoring.model.scalars import Quantity, invisible_in, parse_sentence
from monitoring.model.signals import answer_time

MODULES = (alphabets, addresses, answer_values, answer_time)
READERS = {name: reader for module in MODULES for name, reader in vars(module).items()}

READ: list[tuple[str, Any, Any]] = [
    ("parse_datadog_key", "resource_name", "resource_name"),
    ("parse_datadog_key", "kube.pod/name-1", "kube.pod/name-1"),
    ("parse_datadog_values", "get_/api/pay", ("get_/api/pay",)),
    ("parse_datadog_values", 404, ("404",)),
    ("parse_datadog_values", ("a", 1, "b:c.d-e/f_g"), ("a", "1", "b:c.d-e/f_g")),
    ("parse_datadog_values", "größe", ("größe",)),
    ("parse_log_facet", "@http.status_code", "@http.status_code"),
    ("parse_log_facet", "service", "service"),
    ("parse_metric_name", "trace.http.Request_1", "trace.http.Request_1"),
    *(("parse_site", site, site) for site in DATADOG_SITES),
    ("parse_location", "aws:eu-central-1", "aws:eu-central-1"),
    ("parse_location", "pl:office-1a2b", "pl:office-1a2b"),
    ("parse_sentry_key", "a.b:c-d_E", "a.b:c-d_E"),
    ("parse_sentry_values", "Acme Stores, (Berlin) & Co.", ("Acme Stores, (Berlin) & Co.",)),
    ("parse_sentry_values", ("a", 1), ("a", "1")),
    ("parse_sentry_environment", "vercel-production", "vercel-production"),
    ("parse_pagerduty_name", "Team: Zahlungen (1)", "Team: Zahlungen (1)"),
    ("parse_channel", "alerts_critical-1", "alerts_critical-1"),
    ("parse_host", "api.youragency.com", "api.youragency.com"),
    ("parse_host", "API.YourAgency.com", "api.youragency.com"),
    ("parse_path", "/a/b%20c?d=e,f&g=h:i", "/a/b%20c?d=e,f&g=h:i"),
    ("parse_url", "https://app.youragency.com:8443/a?b=c", "https://app.youragency.com:8443/a?b=c"),
    ("parse_url", "https://app.youragency.com?b=c", "https://app.youragency.com?b=c"),
    ("parse_url", "https://App.YourAgency.com:8443/A?B=C", "https://app.youragency.com:8443/A?B=C"),
    ("parse_base_url", "https://app.youragency.com/a", "https://app.youragency.com/a"),
    ("parse_header_name", "X-Frame-Options", "X-Frame-Options"),
    ("parse_header_value", "max-age=60, private", "max-age=60, private"),
    ("parse_port", 65_535, 65_535),
    ("parse_json_path", "$.items[0].a-b_c[*]", "$.items[0].a-b_c[*]"),
    ("parse_literal_text", "größer {als} 1", "größer {als} 1"),
    ("parse_body_text", "a=b&c=" + "d" * 3_000, "a=b&c=" + "d" * 3_000),
    ("parse_json_schema", '{"type": "object"}', '{"type": "object"}'),
    ("parse_path_template", "/a/${basket}?b=${line-1}", "/a/${basket}?b=${line-1}"),
    ("parse_url_template", "https://App.YourAgency.com/${basket}", "https://app.youragency.com/${basket}"),
    ("parse_url_template", "https://App.YourAgency.com?a=${b-1}", "https://app.youragency.com?a=${b-1}"),
    ("parse_dns_name", "_DMARC.YourAgency.com", "_dmarc.youragency.com"),
    ("parse_grpc_service", "shop.v1.Orders_2", "shop.v1.Orders_2"),
    ("parse_json_value", "up", AnswerValue(ComparisonWord.IS, "up")),
    ("parse_json_value", {"more-than": -1.5}, AnswerValue(ComparisonWord.MORE_THAN, "-1.5")),
    ("parse_json_value", {"is-not": ""}, AnswerValue(ComparisonWord.IS_NOT, "")),
    ("parse_answer_header", "json", AnswerValue(ComparisonWord.CONTAINS, "json")),
    ("parse_answer_header", {"lacks": "no-cache"}, AnswerValue(ComparisonWord.LACKS, "no-cache")),
    ("parse_answer_time", "500ms", Quantity(500.0, "ms")),
    ("parse_answer_time", "10s", Quantity(10.0, "s")),
    ("parse_time_or_any", "any", "any"),
]


@pytest.mark.parametrize(("reader", "value", "expected"), READ, ids=[f"{name} of {value!r}" for name, value, _ in READ])
def test_a_value_is_read_as_it_stands(reader: str, value: Any, expected: Any) -> None:
    assert READERS[reader](value) == expected


NO_TEXT: tuple[Any, ...] = ("", " ", None, True, 1.5, {})
REFUSED: dict[str, tuple[Any, ...]] = {
    "parse_datadog_key": (
        *NO_TEXT, "Service", "a:b", "1a", "a b", "a,b", "a{", "a_", "a__b", "fn} > 0 or {", "a" * 201,
    ),
    "parse_port": (*NO_TEXT, 0, 65_536, "443"),
    "parse_json_path": (
        *NO_TEXT, "$", "state", "$.", "$..a", "$[a]", "$[?(@.a)]", "$.a b", "$.{{A}}", "$" + ".a" * 31,
    ),
    "parse_literal_text": (*NO_TEXT, "{{A}}", "a\nb", "a\u200bb", "a" * 501),
    "parse_body_text": (*NO_TEXT, "{{ A }}", "a\nb", "a" * 4_001),
    "parse_json_schema": (*NO_TEXT, "[1]", "1", "{", "{{A}}", "[" * 3_000),
    "parse_path_template": (*NO_TEXT, "a/${basket}", "/${Basket}", "/${}", "/${a", "/{{ A }}", "/${a}" + "b" * 1_000),
    "parse_url_template": (
        *NO_TEXT, "https://${host}/", "https://a.${tld}/", "http://a.com/${b}", "https://a.com/${B}", "https://a.com/{{B}}",
    ),
    "parse_dns_name": (*NO_TEXT, "shop", "a b.com", "https://a.com", "a.com.", "-a.com", "a..com", "größe.com"),
    "parse_grpc_service": (*NO_TEXT, "a b", "a/b", "1a", "a..b", ".a", "größe", "{{A}}"),
    "parse_json_value": (
        *NO_TEXT, "{{A}}", {"is": "a", "lacks": "b"}, {"like": "a"}, {"more-than": "1"}, {"more-than": True},
        {"more-than": 1e16}, {"more-than": float("nan")}, {"is": "{{A}}"}, {"is": 1}, {1: "a"},
    ),
    "parse_answer_header": (*NO_TEXT, "größe", {"more-than": 1}, {"is": "a\r\nb"}, {"is": "{{A}}"}),
    "parse_answer_time": (*NO_TEXT, "3", "11s", "1m", "1.5ms", "5%", "-1s", "any"),
    "parse_time_or_any": (*NO_TEXT, "all", "11s"),
    "parse_datadog_values": (
        *NO_TEXT, (), ("a", ""), ((),), "GET /api/Pay", "x,env:staging", "x OR env:*", "*", "!x", "$env", "{{x}}",
        "a) OR (env:*", "a\nb", "a\u200bb", "a_", "a:", "a" * 201,
    ),
    "parse_log_facet": (*NO_TEXT, "@", "@1", "a b", "a,b", 'a","b', "größe", "@a:b", "a" * 201),
    "parse_metric_name": (*NO_TEXT, "1a", "a-b", "größe", "a b", "x{*} by {host}.as_count() + max:y", "a" * 201),
    "parse_site": (*NO_TEXT, "evil.example", "x@127.0.0.1:1/?", "DATADOGHQ.COM", "datadoghq.com/", "api.datadoghq.eu"),
    "parse_location": (*NO_TEXT, "office", "aws:", ":eu", "aws:eu central", "AWS:eu", "aws:e\nu"),
    "parse_sentry_key": (*NO_TEXT, "x OR level", "a b", "!a", "größe", "tags[a]", "has", "is", "environment", "a" * 33),
    "parse_sentry_values": (
        *NO_TEXT, (), ("a", ""), ((),),
        '"', "x\\", 'a\\" OR level:info "', "*", "a*b", "a\nb", "a\x00", "\uf00d", "a" * 201,
    ),
    "parse_sentry_environment": (*NO_TEXT, "a b", "a/b", "None", "a\nb", 'a"b', "*", "a" * 65),
    "parse_pagerduty_name": (*NO_TEXT, "R&D <Agency>", "a/b", "a\\b", "a\rb", "\u3164", "a" * 101),
    "parse_channel": (*NO_TEXT, "#alerts", "Alerts", "a b", "a" * 81, 1),
    "parse_host": (
        *NO_TEXT, "https://api.youragency.com/", "api.youragency.com:8443", "a@b.com", "a..com", "-a.com", "localhost",
        "a.com\n.b", "[::1]", "https://[", "a" * 64 + ".com", "a." * 130 + "com",
    ),
    "parse_path": (*NO_TEXT, "home", "/\r\nHost: evil", "/a b", "/a|b", "/(", "/%z", "/@a", "/a#",  "/" + "a" * 1000),
    "parse_url": (
        *NO_TEXT, "http://a.com", "https://user:pw@a.com", "ftp://a.com", "https://a.com/a b", "javascript:alert(1)",
        'https://x.example/"><script>alert(1)</script>', "https://a.com/)[click](javascript:alert(1))",
        "https://a.com/a|b", "https://a.com:99999", "https://a.com:0", "https://a.com/\x1b[31m", "https://a.com/@all",
        "https://a.com/{{x}}", "https://a.com#b", "https://a.com/" + "a" * 1_000,
    ),
    "parse_base_url": ("https://a.com/", "https://a.com?b", "https://a.com/?b=c"),
    "parse_header_name": (*NO_TEXT, "a b", "a:b", "a\r\nb", "größe"),
    "parse_header_value": (*NO_TEXT, "a\r\nb", "a\x00", "größe", "{{ TOKEN }}", "a" * 501),
}  # fmt: skip
REFUSALS = [
    pytest.param(name, value, id=f"{name} of {value!r:.60}") for name, given in REFUSED.items() for value in given
]


@pytest.mark.parametrize(("reader", "value"), REFUSALS)
def test_a_value_is_refused_with_what_is_wrong_and_what_to_do(reader: str, value: Any) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        READERS[reader](value)
    context = refused.value.context or {}
    assert context["what"].isprintable()
    assert context["remedy"].isprintable()
    assert len(context["what"] + context["remedy"]) < 300


REMEDIES = [
    ("parse_datadog_values", "GET /api/Pay", 'Datadog stores it as "get_/api/pay"'),
    ("parse_datadog_key", "Resource Name", 'write "resource_name"'),
    ("parse_site", "datadoghq.eu/", 'did you mean "datadoghq.eu"?'),
    ("parse_sentry_values", "a*b", 'send and write "a_b"'),
    ("parse_sentry_key", "environment", "write environments: of the rule"),
    ("parse_pagerduty_name", "R&D <Agency>", 'write "R and D Agency"'),
    ("parse_host", "https://api.youragency.com/", 'write "api.youragency.com"'),
    ("parse_host", "api.youragency.com:8443", 'write "api.youragency.com"'),
    ("parse_base_url", "https://a.com/?b=c", 'write "https://a.com"'),
    ("parse_channel", "#alerts", 'write "alerts"'),
]


@pytest.mark.parametrize(("reader", "value", "remedy"), REMEDIES)
def test_the_remedy_is_the_value_to_write(reader: str, value: str, remedy: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        READERS[reader](value)
    assert (refused.value.context or {})["remedy"] == remedy


@given(st.text(max_size=300))
def test_what_datadog_stores_it_takes_as_it_stands(text: str) -> None:
    stored = stored_at_datadog(text)
    assert stored_at_datadog(stored) == stored
    assert not stored or alphabets.parse_datadog_value(stored) == stored


INVISIBLE = {
    "an escape": "\x1b",
    "a carriage return": "\r",
    "a bell": "\a",
    "a null": "\0",
    "a control character of the second table": "\x9b",
    "a change of direction": "\u202e",
    "an isolate": "\u2067",
    "a blank without width": "\u200b",
    "a joiner": "\u200d",
    "a line separator": "\u2028",
    "a byte order mark": "\ufeff",
    "half a character": "\ud800",
    "a tag character": "\U000e0041",
    "a variation beyond the plane": "\U000e0101",
    "a filler": "\u3164",
    "an empty Braille cell": "\u2800",
    "a blank that does not break": "\xa0",
    "a private character": "\ue000",
}


@pytest.mark.parametrize("char", INVISIBLE.values(), ids=INVISIBLE)
def test_no_sentence_holds(char: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_sentence(f"low{char}memory")
    what = (refused.value.context or {})["what"]
    assert f"U+{ord(char):04X}" in what
    assert what.isprintable()


@given(st.text(min_size=1, max_size=50))
def test_a_sentence_shows_what_it_holds(text: str) -> None:
    try:
        sentence = parse_sentence(text)
    except PydanticCustomError:
        return
    assert sentence.isprintable()
    assert not invisible_in(sentence)
    assert sentence.strip()
