"""Names and values as a vendor reads them: a closed alphabet each, so that none can leave its place in a query.

What a vendor would store otherwise, or read as something else, is refused with the value to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any

from monitoring.model.references import nearest
from monitoring.model.scalars import (
    ScalarType,
    as_text,
    invalid_value,
    parse_email,
    parse_line,
    parse_sentence,
    quoted,
    shown,
)

_ITEM = {"type": ["string", "integer"]}


def _list_schema(item: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


def _texts(value: Any, parse: Callable[[Any], str]) -> tuple[str, ...]:
    """One value or a list of them; a whole number counts as its text."""
    values = value if isinstance(value, tuple | list) else (value,)
    if not values:
        raise invalid_value("an empty list is not a tag value", "write a text, or a list of texts")
    return tuple(parse(str(item) if isinstance(item, int) and not isinstance(item, bool) else item) for item in values)


# --- Datadog ---------------------------------------------------------------------------------------------------

# Letters in any script, digits, _ - : . /; small; no underscore or colon at the end, no two underscores; at most 200
# characters (docs.datadoghq.com/getting_started/tagging and .../guide/what-best-practices-are-recommended-for-naming-
# metrics-and-tags, read 2026-11-26). A comma, a brace or a blank would begin another part of a query.
MAX_DATADOG_TAG = 200
_UNTAGGED = re.compile(r"[^\w\-:./]")
# A metric's name keeps its capitals (the same guide): an ASCII letter, then ASCII letters, digits, _ and dots.
_METRIC = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,199}", re.ASCII)

# The name of spans inside the names of their metrics (docs.datadoghq.com/tracing/metrics/metrics_namespace, read
# 2026-11-27); that Datadog keeps it in small letters is inferred from the names that it shows.
_SPAN = re.compile(r"[a-z][a-z0-9_.]{0,99}", re.ASCII)

# The names of the Agent's own checks are of these signs (DataDog/integrations-core, assets/service_checks.json). What a
# check may be called Datadog says nowhere (its API's ServiceCheck takes any text): that these are all is assumed, and
# keeps the quotes of a query closed. 100 is our own bound.
_CHECK = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{0,99}", re.ASCII)

# A path of names with dots between them; any other sign would have to be escaped, or would end the name in a query
# (docs.datadoghq.com/logs/explorer/search_syntax, 2026-11-26).
_FACET = re.compile(r"@?[A-Za-z_][A-Za-z0-9_.\-/]{0,198}", re.ASCII)


def stored_at_datadog(text: str) -> str:
    """A tag's key or value as Datadog stores what is sent: small letters, and _ for what no tag may hold."""
    return re.sub(r"_+", "_", _UNTAGGED.sub("_", text.lower())).rstrip("_:")[:MAX_DATADOG_TAG]


def parse_datadog_key(value: Any) -> str:
    """The key of a Datadog tag: it begins with a letter and has no colon, which ends it."""
    text = as_text(value, "a tag", "write its key, like service")
    stored = stored_at_datadog(text).replace(":", "_").lstrip("_-./0123456789")
    if not text or text != stored:
        remedy = f"write {quoted(stored)}" if stored else "begin with a letter, like service"
        raise invalid_value(f"{shown(value)} is not the key of a tag at Datadog", remedy)
    return text


def parse_datadog_value(value: Any) -> str:
    """The value of a Datadog tag, as Datadog stores it."""
    text = as_text(value, "a tag value", "write a text, or a list of texts")
    stored = stored_at_datadog(text)
    if not stored:
        raise invalid_value(f"{shown(value)} is not a tag value at Datadog", "write letters, digits, _ - : . and /")
    if text != stored:
        raise invalid_value(f"{shown(value)} is not a tag value at Datadog", f"Datadog stores it as {quoted(stored)}")
    return text


def parse_datadog_values(value: Any) -> tuple[str, ...]:
    """One tag value of Datadog's or a list of them."""
    return _texts(value, parse_datadog_value)


def parse_log_facet(value: Any) -> str:
    """An attribute of logs with @ before its path, or a tag or a reserved attribute without (logs search syntax)."""
    text = as_text(value, "a facet of logs", "write it like service or @http.status_code")
    if not _FACET.fullmatch(text):
        remedy = "write a tag like service, or an attribute like @http.status_code, at most 200 characters"
        raise invalid_value(f"{shown(value)} is not a facet of logs at Datadog", remedy)
    return text


def parse_check_name(value: Any) -> str:
    """The name of a service check of Datadog."""
    text = as_text(value, "a check's name", "write it like http.can_connect")
    if not _CHECK.fullmatch(text):
        remedy = "write letters, digits, dots, - and _, at most 100, like http.can_connect"
        raise invalid_value(f"{shown(value)} is not the name of a service check", remedy)
    return text


def parse_span_name(value: Any) -> str:
    """The name of an operation's spans, as it stands in the names of their metrics."""
    text = as_text(value, "an operation", "write the name of its spans, like rack.request")
    if not _SPAN.fullmatch(text):
        remedy = "write small letters, digits, _ and dots, at most 100, like rack.request"
        raise invalid_value(f"{shown(value)} is not the name of an operation at Datadog", remedy)
    return text


def parse_metric_name(value: Any) -> str:
    """The name of a Datadog metric."""
    text = as_text(value, "a metric's name", "write it like trace.http.request")
    if not _METRIC.fullmatch(text):
        remedy = "use letters, digits, _ and dots, at most 200, like trace.http.request"
        raise invalid_value(f"{shown(value)} is not the name of a metric at Datadog", remedy)
    return text


# docs.datadoghq.com/getting_started/site and the servers of the API description, read 2026-11-27. Keys are sent to
# these hosts only.
DATADOG_SITES = (
    "datadoghq.com",
    "us3.datadoghq.com",
    "us5.datadoghq.com",
    "datadoghq.eu",
    "ap1.datadoghq.com",
    "ap2.datadoghq.com",
    "uk1.datadoghq.com",
    "ddog-gov.com",
    "us2.ddog-gov.com",
)


def parse_site(value: Any) -> str:
    """One of Datadog's sites."""
    text = as_text(value, "a site of Datadog", "write one, like datadoghq.eu")
    if text not in DATADOG_SITES:
        raise invalid_value(f"{shown(value)} is not a site of Datadog", nearest(text, DATADOG_SITES))
    return text


# A cloud's region, or pl: and a private location (the locations that Datadog's API lists).
_LOCATION = re.compile(r"[a-z]{2,20}:[a-z0-9_.\-]{1,80}", re.ASCII)


def parse_location(value: Any) -> str:
    """A place from which Datadog tests."""
    text = as_text(value, "a location of Datadog", "write one, like aws:eu-central-1")
    if not _LOCATION.fullmatch(text):
        raise invalid_value(f"{shown(value)} is not a location of Datadog", "write one, like aws:eu-central-1")
    return text


_DATADOG_VALUE = {**_ITEM, "maxLength": MAX_DATADOG_TAG}
DatadogTagKey = Annotated[str, ScalarType(parse_datadog_key, {"type": "string", "maxLength": MAX_DATADOG_TAG})]
DatadogValue = Annotated[
    str, ScalarType(parse_datadog_value, {"type": "string", "minLength": 1, "maxLength": MAX_DATADOG_TAG})
]
DatadogValues = Annotated[tuple[str, ...], ScalarType(parse_datadog_values, _list_schema(_DATADOG_VALUE))]
MetricName = Annotated[
    str, ScalarType(parse_metric_name, {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_.]{0,199}$"})
]
CheckName = Annotated[
    str, ScalarType(parse_check_name, {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_.-]{0,99}$"})
]
SpanName = Annotated[str, ScalarType(parse_span_name, {"type": "string", "pattern": "^[a-z][a-z0-9_.]{0,99}$"})]
LogFacet = Annotated[
    str, ScalarType(parse_log_facet, {"type": "string", "pattern": "^@?[A-Za-z_][A-Za-z0-9_./-]{0,198}$"})
]
Site = Annotated[str, ScalarType(parse_site, {"enum": list(DATADOG_SITES)})]
Location = Annotated[str, ScalarType(parse_location, {"type": "string", "pattern": "^[a-z]{2,20}:[a-z0-9_.-]{1,80}$"})]


# --- Sentry ----------------------------------------------------------------------------------------------------

# Letters, digits, _ . : - and at most 32; a value at most 200 and one line (docs.sentry.io, enriching events, tags;
# read 2026-11-26).
MAX_SENTRY_VALUE = 200
_SENTRY_KEY = re.compile(r"[A-Za-z0-9_.:\-]{1,32}", re.ASCII)
# Filters of Sentry's search that are no tags, and the tag that the environment decides (docs.sentry.io, search).
SENTRY_WORDS = ("has", "is", "environment")
# In quotes, a star is any text, and a backslash before a quote cannot be written (getsentry/sentry,
# src/sentry/api/event_search.py, quoted_value and translate_escape_sequences; read 2026-11-26).
_UNQUOTABLE = re.compile(r'[\\"*]')
# Small letters, digits and more; no blank, slash or line break, not None, at most 64 (docs.sentry.io, environments).
_SENTRY_ENVIRONMENT = re.compile(r"[^\s/\\\"*,()\[\]{}]{1,64}")


def parse_sentry_key(value: Any) -> str:
    """The key of a Sentry tag."""
    text = as_text(value, "a tag", "write its key, like feature")
    if not _SENTRY_KEY.fullmatch(text):
        remedy = "use letters, digits, _ . : and -, at most 32, like feature"
        raise invalid_value(f"{shown(value)} is not the key of a tag at Sentry", remedy)
    if text in SENTRY_WORDS:
        what = f"{quoted(text)} is a word of Sentry's search and not a tag"
        remedy = "write environments: of the rule" if text == "environment" else "send the tag under another key"
        raise invalid_value(what, remedy)
    return text


def parse_sentry_value(value: Any) -> str:
    """The value of a Sentry tag, of which Sentry's search can say exactly this one."""
    if not isinstance(value, str) or not value.strip():
        raise invalid_value(f"{shown(value)} is not a tag value", "write a text, or a list of texts")
    text = parse_line(value)
    if len(text) > MAX_SENTRY_VALUE:
        what = f"a tag value of {len(text)} characters"
        raise invalid_value(what, f"Sentry keeps at most {MAX_SENTRY_VALUE}; write a shorter one")
    if sign := _UNQUOTABLE.search(text):
        what = f"{quoted(text)} holds {sign[0]}, which Sentry's search cannot say as it stands"
        raise invalid_value(what, f"send and write {quoted(_UNQUOTABLE.sub('_', text))}")
    return text


def parse_sentry_values(value: Any) -> tuple[str, ...]:
    """One tag value of Sentry's or a list of them."""
    return _texts(value, parse_sentry_value)


def parse_sentry_environment(value: Any) -> str:
    """The name under which a project sends an environment."""
    text = as_text(value, "an environment of Sentry", "write it like production")
    if not _SENTRY_ENVIRONMENT.fullmatch(text) or text == "None" or not text.isprintable():
        what = f"{shown(value)} is not an environment of Sentry"
        raise invalid_value(what, "write it without blanks and slashes, at most 64 characters, like production")
    return text


_SENTRY_VALUE = {**_ITEM, "maxLength": MAX_SENTRY_VALUE}
SentryTagKey = Annotated[str, ScalarType(parse_sentry_key, {"type": "string", "pattern": "^[A-Za-z0-9_.:-]{1,32}$"})]
SentryValues = Annotated[tuple[str, ...], ScalarType(parse_sentry_values, _list_schema(_SENTRY_VALUE))]
SentryEnvironment = Annotated[str, ScalarType(parse_sentry_environment, {"type": "string", "maxLength": 64})]


# --- PagerDuty and Slack ---------------------------------------------------------------------------------------

# PagerDuty takes no \ / & < > in the name of a policy (its Terraform provider, and issue 699 there); the same holds
# here for what stands in such names. 255 characters are left for two of them (its API description), 100 for a team.
MAX_NAME = 100
_UNNAMEABLE = re.compile(r"[\\/&<>]")


def parse_pagerduty_name(value: Any) -> str:
    """A title that is part of a name at PagerDuty."""
    text = parse_sentence(value)
    if len(text) > MAX_NAME:
        raise invalid_value(f"a title of {len(text)} characters", f"write at most {MAX_NAME}")
    if sign := _UNNAMEABLE.search(text):
        instead = " ".join(_UNNAMEABLE.sub(lambda sign: " and " if sign[0] == "&" else " ", text).split())
        raise invalid_value(f"PagerDuty takes no {sign[0]} in a name, as in {quoted(text)}", f"write {quoted(instead)}")
    return text


def parse_integration_vendor(value: Any) -> str:
    """A name in PagerDuty's list of integrations.

    Where no name fits exactly, the provider reads it as a regular expression and takes the first that it fits
    (PagerDuty/terraform-provider-pagerduty, pagerduty/data_source_pagerduty_vendor.go), so no sign of one is taken.
    """
    text = parse_sentence(value)
    if sign := re.search(r"[\\^$|?*+()\[\]{}]", text):
        what = f"PagerDuty would read {sign[0]} as part of a pattern, as in {quoted(text)}"
        raise invalid_value(what, "write the whole name without it, like Amazon CloudWatch")
    return text


def parse_integration_email(value: Any) -> str:
    """An address of an e-mail integration: in the account's own sub-domain (provider's facts on ServiceIntegration)."""
    text = parse_email(value)
    if not text.endswith(".pagerduty.com"):
        what = f"PagerDuty takes mail at addresses of the account alone, and not at {quoted(text)}"
        raise invalid_value(what, "write it like nightly-backup@youragency.pagerduty.com")
    return text


def parse_channel(value: Any) -> str:
    """A Slack channel without its #: at most 80 small letters, digits, dashes and underscores."""
    text = as_text(value, "a slack channel", "write its name without #")
    if text.startswith("#"):
        raise invalid_value(f"{quoted(text)} is written with #", f"write {quoted(text[1:])}", meant=text[1:])
    if not re.fullmatch(r"[a-z0-9_\-]{1,80}", text, re.ASCII):
        raise invalid_value(
            f"{shown(value)} is not a slack channel", "use small letters, digits, dashes and underscores"
        )
    return text


# Datadog reads a handle up to the first sign that is none of these; a longer name has no source.
_HANDLE = re.compile(r"[A-Za-z0-9_.\-]{1,100}", re.ASCII)


def parse_opsgenie_service(value: Any) -> str:
    """The name of a service in Datadog's integration with Opsgenie: at most 100 signs (its API description, v2)."""
    remedy = "write it as Datadog shows it, in letters, digits, dots, dashes and underscores"
    text = as_text(value, "an Opsgenie service", remedy)
    if not _HANDLE.fullmatch(text):
        raise invalid_value(f"{shown(value)} is not an Opsgenie service", remedy)
    return text


PagerDutyName = Annotated[
    str, ScalarType(parse_pagerduty_name, {"type": "string", "minLength": 1, "maxLength": MAX_NAME})
]
IntegrationVendor = Annotated[
    str, ScalarType(parse_integration_vendor, {"type": "string", "minLength": 1, "pattern": r"^[^\\^$|?*+()\[\]{}]+$"})
]
IntegrationEmail = Annotated[
    str,
    ScalarType(parse_integration_email, {"type": "string", "pattern": r"^[a-z0-9._%+-]+@[a-z0-9.-]+\.pagerduty\.com$"}),
]
Channel = Annotated[str, ScalarType(parse_channel, {"type": "string", "pattern": "^[a-z0-9_-]{1,80}$"})]
OpsgenieService = Annotated[
    str, ScalarType(parse_opsgenie_service, {"type": "string", "pattern": "^[A-Za-z0-9_.-]{1,100}$"})
]
