"""Where the accounts are and how they are opened: by a stack's configuration, then by the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitoring.cli.accounts import environment_of
from monitoring.errors import UsageError
from monitoring.loader import configured
from monitoring.plan import VENDORS
from monitoring.vendors.access import Access, access
from monitoring.vendors.settings import (
    CREDENTIALS,
    DATADOG_APP_KEY,
    SETTINGS,
    missing,
    settings,
    unreachable,
    unset_site,
)
from tests.factories import a_catalog

KEYS = {
    "SENTRY_AUTH_TOKEN": "hidden-sentry",
    "PAGERDUTY_TOKEN": "hidden-pagerduty",
    "DD_API_KEY": "hidden-api",
    "DD_APP_KEY": "hidden-app",
}


def opened(configuration: dict[str, str] | None = None, **environ: str) -> Access:
    return access(settings(configuration or {}, KEYS | environ), a_catalog().platform)


def addresses(held: Access) -> tuple[str, ...]:
    return (held.datadog.address, held.pagerduty.address, held.pagerduty_events, held.sentry.address)


USUAL = ("https://api.datadoghq.eu", "https://api.pagerduty.com", "https://events.pagerduty.com", "https://sentry.io")
PLACES = [
    pytest.param({}, {}, {}, id="nothing configured"),
    pytest.param({"datadog:apiUrl": "https://api.datadoghq.eu/"}, {}, {}, id="Datadog as its provider writes it"),
    pytest.param(
        {"pagerduty:serviceRegion": "eu"},
        {},
        {1: "https://api.eu.pagerduty.com", 2: "https://events.eu.pagerduty.com"},
        id="PagerDuty in the EU",
    ),
    pytest.param({"pagerduty:serviceRegion": "us"}, {}, {}, id="PagerDuty in the US"),
    pytest.param(
        {},
        {"PAGERDUTY_SERVICE_REGION": "eu"},
        {1: "https://api.eu.pagerduty.com", 2: "https://events.eu.pagerduty.com"},
        id="the same by the environment",
    ),
    pytest.param(
        {"pagerduty:apiUrlOverride": "https://pagerduty.youragency.com/", "pagerduty:serviceRegion": "eu"},
        {},
        {1: "https://pagerduty.youragency.com", 2: "https://events.eu.pagerduty.com"},
        id="a proxy before PagerDuty counts more than its region",
    ),
    pytest.param(
        {},
        {"SENTRY_BASE_URL": "https://sentry.youragency.com/api/"},
        {3: "https://sentry.youragency.com"},
        id="a Sentry of one's own",
    ),
    pytest.param(
        {"sentry:baseUrl": "https://de.sentry.io/api/"},
        {"SENTRY_BASE_URL": "https://us.sentry.io/api/"},
        {3: "https://de.sentry.io"},
        id="the stack counts before the environment",
    ),
    pytest.param({}, {"DD_HOST": "http://127.0.0.1:9"}, {0: "http://127.0.0.1:9"}, id="an emulated Datadog"),
]


@pytest.mark.parametrize(("configuration", "environ", "others"), PLACES)
def test_where_the_accounts_are(configuration: dict[str, str], environ: dict[str, str], others: dict[int, str]) -> None:
    assert addresses(opened(configuration, **environ)) == tuple(
        others.get(number, usual) for number, usual in enumerate(USUAL)
    )


SITES = [
    pytest.param("datadoghq.eu", {}, {}, True, id="the provider would ask in the US"),
    pytest.param("uk1.datadoghq.com", {}, {}, True, id="another one of the same domain"),
    pytest.param("datadoghq.com", {}, {}, False, id="where it asks by itself"),
    pytest.param(None, {}, {}, False, id="no Datadog"),
    pytest.param("datadoghq.eu", {"datadog:apiUrl": "https://api.datadoghq.eu/"}, {}, False, id="the stack says it"),
    pytest.param("datadoghq.eu", {}, {"DD_HOST": "https://api.datadoghq.eu/"}, False, id="the environment says it"),
]


@pytest.mark.parametrize(("site", "configuration", "environ", "is_told"), SITES)
def test_the_engine_is_told_each_site_but_its_own(
    site: str | None, configuration: dict[str, str], environ: dict[str, str], is_told: bool
) -> None:
    sentence = unset_site(settings(configuration, environ), site=site)
    assert (f"write: pulumi config set datadog:apiUrl https://api.{site}/" in sentence) is is_told
    assert bool(sentence) is is_told


REFUSED = [
    pytest.param({"datadog:apiUrl": "https://api.datadoghq.com/"}, 'site is at "https://api.datadoghq.eu/"', id="site"),
    pytest.param({"datadog:apiUrl": "https://api.us5.datadoghq.eu/"}, "set the one or the other", id="a site inside"),
    pytest.param({"sentry:baseUrl": "http://sentry.youragency.com/api/"}, "by https only", id="plain http"),
    pytest.param(
        {"pagerduty:apiUrlOverride": "pagerduty.youragency.com"}, "cannot be read as an address", id="no scheme"
    ),
    pytest.param({"pagerduty:apiUrlOverride": "https://"}, "cannot be read as an address", id="no host"),
    pytest.param({"pagerduty:apiUrlOverride": "https://x:y"}, "cannot be read as an address", id="no port"),
    pytest.param({"sentry:baseUrl": "https://sentry.io:99999/"}, "cannot be read as an address", id="a port too high"),
    pytest.param({"datadog:apiUrl": "https://[::1"}, "set the one or the other", id="a bracket"),
    pytest.param({"sentry:baseUrl": "https://me:hidden-word@sentry.youragency.com/"}, "user name", id="a user name"),
    pytest.param({"sentry:token": "hidden-word\n"}, "SENTRY_AUTH_TOKEN or SENTRY_TOKEN has a character", id="a break"),
    pytest.param({"pagerduty:token": "hidden-w\u00f6rd"}, "PAGERDUTY_TOKEN has a character", id="an umlaut"),
]


@pytest.mark.parametrize(("configuration", "sentence"), REFUSED)
def test_what_no_key_is_sent_to_is_one_sentence(configuration: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        opened(configuration)
    assert sentence in str(refused.value)
    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize("setting", [pytest.param(each, id=each.name) for each in CREDENTIALS])
def test_each_of_its_variables_is_enough_for_a_credential(setting):
    others = {name: "x" for each in CREDENTIALS if each != setting for name in each.variables}
    assert missing(settings({}, others), VENDORS) == (setting,)
    assert missing(settings({setting.name: "x"}, others), VENDORS) == ()
    assert [missing(settings({}, others | {name: "x"}), VENDORS) for name in setting.variables] == [()] * len(
        setting.variables
    )


def test_a_missing_credential_is_named_and_its_vendor_stays_closed():
    held = opened(DD_APP_KEY="")
    assert held.missing == (DATADOG_APP_KEY,)
    assert [held.opens(vendor) for vendor in ("datadog", "pagerduty", "sentry")] == [False, True, True]


@pytest.mark.parametrize(
    ("vendors", "needed"),
    [
        pytest.param(("pagerduty", "datadog"), {"pagerduty", "datadog"}, id="no key of Sentry"),
        pytest.param(("sentry", "pagerduty"), {"sentry", "pagerduty"}, id="no key of Datadog"),
    ],
)
def test_only_the_keys_of_the_companys_vendors_are_missed(vendors, needed):
    assert {setting.vendor for setting in missing(settings({}, {}), vendors)} == needed


def test_what_is_missing_is_one_sentence_for_the_program_and_the_commands():
    sentence = unreachable(missing(settings({}, {"SENTRY_TOKEN": "x", "DATADOG_API_KEY": "x"}), VENDORS))
    names = "PAGERDUTY_TOKEN, DD_APP_KEY or DATADOG_APP_KEY"
    assert sentence == f"the vendors cannot be reached without {names}; set them in the environment"


def test_no_key_is_shown():
    assert "hidden" not in repr(opened())


def test_no_setting_stands_twice():
    names = [name for setting in SETTINGS for name in (setting.name, *setting.variables)]
    assert len(set(names)) == len(names)


STACK = "config:\n  pagerduty:serviceRegion: eu\n  sentry:token: {secure: v1:AAAA}\n  monitoring:offline: true\n"


def test_what_a_stack_says_in_clear_is_read(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.prod.yaml").write_text(STACK)
    assert configured(tmp_path, "prod") == {"pagerduty:serviceRegion": "eu"}
    assert configured(tmp_path, "staging") == {}


ENVIRONMENTS = [
    pytest.param("config:\n  monitoring:environment: prod\n", "prod", id="a stack that says which one it is"),
    pytest.param("config: {}\n", "live", id="a stack that is called as its environment"),
]


@pytest.mark.parametrize(("content", "environment"), ENVIRONMENTS)
def test_a_stack_s_environment_is_the_one_that_the_program_declares(tmp_path: Path, content: str, environment: str):
    (tmp_path / "Pulumi.live.yaml").write_text(content)
    assert environment_of(tmp_path, "live") == environment


@pytest.mark.parametrize("content", [b"- a", b"config: [a]", b"a: [", b"\xff", b"config: text"])
def test_a_stack_that_cannot_be_read_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "Pulumi.prod.yaml").write_bytes(content)
    with pytest.raises(UsageError, match="cannot be read as a stack's configuration"):
        configured(tmp_path, "prod")
