"""Values that once left their place in a query, an address or a name: each is refused where it stands."""

from __future__ import annotations

import pytest

from monitoring.errors import CatalogError
from tests.factories import Change, a_catalog

SENTRY = "errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}"
LINES = f"      {'a' * 9_900}\n" * 20
METRIC = "{unit: s, kind: gauge, interval: 10s, sent-by: tracing, tags: {}}"


def platform(old: str, new: str) -> Change:
    return "platform.yaml", old, new


def shop(old: str, new: str) -> Change:
    return "services/shop.yaml", old, new


def where(text: str) -> Change:
    """The Datadog rule with another filter."""
    return shop("where: {service: shop}", f"where: {{service: shop, {text}}}")


def events(text: str) -> Change:
    """The Sentry rule with another filter."""
    return shop("where: {feature: checkout}", f"where: {{feature: checkout, {text}}}")


def asks(text: str) -> Change:
    """An uptime rule in the Sentry rule's place."""
    return shop(SENTRY, f"uptime: {{asks: {text}, every: 1m, regions: [aws:eu-central-1]}}")


REFUSED: dict[str, tuple[Change, str]] = {
    # from the inputs
    "dd-where-rname": (where("resource_name: GET /api/Pay"), 'Datadog stores it as "get_/api/pay"'),
    "dd-where-comma": (where("function: 'x,env:staging'"), 'Datadog stores it as "x_env:staging"'),
    "dd-where-or": (where("function: 'x OR env:*'"), '"x OR env:*" is not a tag value at Datadog'),
    "dd-metricname": (
        platform("  metrics:\n", f"  metrics:\n    'vercel.function{{*}} by {{host}}.as_count() + max:x': {METRIC}\n"),
        "is not the name of a metric at Datadog",
    ),
    "dd-site-at": (platform("site: datadoghq.eu", "site: 'x@evil.example/?'"), "is not a site of Datadog"),
    "s-where-bsquote": (events("""release: 'a\\" OR level:info "'"""), "which Sentry's search cannot say"),
    "page-path-ctl": (asks('{page: {path: "/\\r\\nHost: evil"}}'), '"/\\r\\nHost: evil" is not a path'),
    "certificate-host-url": (
        asks('{certificate: {host: "https://api.youragency.com/", valid-for: 21d}}'),
        '"https://api.youragency.com/" is not a host; write "api.youragency.com"',
    ),
    "title-special-characters": (
        platform("title: Agency platform", 'title: "R&D <Agency>"'),
        'PagerDuty takes no & in a name, as in "R&D <Agency>"; write "R and D Agency"',
    ),
    "url-status-html": (
        shop("tier: critical", "tier: critical\nkind: external\nstatus-page: 'https://x.example/\"><script>'"),
        "is not an https address",
    ),
    "title-ctl-cr": (shop("title: The shop is slow", 'title: "low\\rP0 FAKE"'), "the invisible character U+000D"),
    "title-ctl-esc": (shop("title: The shop is slow", 'title: "low \\e[31mRED"'), "the invisible character U+001B"),
    "valid-for-36h": (asks("{certificate: {valid-for: 36h}}"), "is not one or more whole days; write valid-for: 2d"),
    # their siblings
    "a certificate's time of hours": (asks("{certificate: {valid-for: 3h}}"), "write valid-for: 1d"),
    "a certificate's time of nothing": (asks("{certificate: {valid-for: 0d}}"), "write valid-for: 1d"),
    "a certificate's days and a second": (asks("{certificate: {valid-for: 172801s}}"), "write valid-for: 3d"),
    "a list of Datadog's that closes its bracket": (where("function: ['a) OR (env:*', b]"), "not a tag value"),
    "a star at Datadog": (where("function: '*'"), "not a tag value at Datadog"),
    "a negation at Datadog": (where("function: '!x'"), 'Datadog stores it as "_x"'),
    "a variable of a dashboard": (where("function: '$env'"), "not a tag value at Datadog"),
    "a template in a tag": (where("function: '{{x}}'"), "not a tag value at Datadog"),
    "a tag and a value that are too long together": (where(f"function: {'a' * 195}"), "at most 200"),
    "a key of Datadog's that closes its brace": (
        shop("over: 10m, above", 'by: ["fn} > 0 or {"], over: 10m, above'),
        "is not the key of a tag at Datadog",
    ),
    "a declared tag that Datadog cannot hold": (platform("values: [shop]", "values: [GET /Pay]"), "get_/pay"),
    "a backslash at Sentry": (events("release: 'x\\'"), "holds \\, which Sentry's search cannot say"),
    "a star at Sentry": (events("release: 'v1*'"), "holds *, which Sentry's search cannot say"),
    "a key of Sentry's that is a search": (events("'x OR level': info"), "is not the key of a tag at Sentry"),
    "a key of Sentry's that is another filter": (events("has: user"), "is a word of Sentry's search"),
    "an environment in a filter": (events("environment: staging"), "write environments: of the rule"),
    "a tenant tag that is a search": (
        platform("tenant-tag: tenant", "tenant-tag: 'tenant:* OR tenant'"),
        "is not the key of a tag at Sentry",
    ),
    "an environment that Sentry cannot send": (platform("staging: staging", "staging: 'a/b'"), "not an environment"),
    "a site that is another host": (platform("site: datadoghq.eu", "site: evil.example"), "is not a site of Datadog"),
    "a header of two lines": (asks('{page: {path: /, headers: {a: "b\\r\\nc"}}}'), "is not the value of a header"),
    "a header's name of two words": (asks("{page: {path: /, headers: {'a b': c}}}"), "is not the name of a header"),
    "a variable of Datadog's in an answer": (asks('{page: {path: /, contains: "{{ TOKEN }}"}}'), 'holds "{{"'),
    "a port that is none": (platform('"https://app.youragency.com"', '"https://app.youragency.com:99999"'), "a port"),
    "an address with a password": (
        platform('"https://app.youragency.com"', '"https://a:b@youragency.com"'),
        "is not an https address",
    ),
    "a script as an address": (platform('"https://app.youragency.com"', '"javascript:alert(1)"'), "not an https"),
    "a region that is none": (platform("aws:us-east-1]", "'aws:x y']"), "is not a location of Datadog"),
    "a team's name that PagerDuty refuses": (("teams.yaml", "title: Platform", "title: Ops/Dev"), "takes no /"),
    "a title that nobody sees": (shop("title: The shop is slow", 'title: "\\u3164"'), "invisible character U+3164"),
    "a title of marks alone": (shop("title: The shop is slow", 'title: "\\ufe0f"'), "shows nothing"),
    "a title that turns round": (shop("title: The shop is slow", 'title: "low \\u202e"'), "character U+202E"),
    "a title of 3,000 letters": (
        shop("title: The shop is slow", f"title: {'a' * 3_000}"),
        "a text of 3000 characters is not a text; write at most 1000",
    ),
    "a title of 200,000 letters": (
        shop("title: The shop is slow", f"title: >-\n{LINES}"),
        "has a text of 198019 characters; write at most 4000",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_what_to_write(change: Change, sentence: str) -> None:
    with pytest.raises(CatalogError) as refused:
        a_catalog(change)
    assert len([problem for problem in refused.value.problems if sentence in str(problem)]) == 1
    assert all(line.isprintable() for line in str(refused.value).splitlines())


KEPT: dict[str, Change] = {
    "letters of another script at Datadog": platform("service: {values: [shop]}", "service: {values: [shop, größe]}"),
    "blanks and brackets at Sentry": platform("values: [checkout, search]", 'values: [checkout, "a (b), [c]"]'),
    "a private location": platform("aws:us-east-1]", "pl:office-1a2b]"),
    "a host of its own": asks("{certificate: {host: api.youragency.com, valid-for: 21d}}"),
    "a certificate's days in hours": asks("{certificate: {valid-for: 48h}}"),
    "a certificate's weeks": asks("{certificate: {valid-for: 2w}}"),
    "a title in another script": shop("title: The shop is slow", 'title: "⚠️ 支払い"'),
}


@pytest.mark.parametrize("change", KEPT.values(), ids=KEPT)
def test_it_is_right(change: Change) -> None:
    assert a_catalog(change).rules
