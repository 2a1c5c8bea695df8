"""What must exist at the vendors and be said by the health endpoint, and the keys to look."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from monitoring.model.platform import Platform


@dataclass(frozen=True, slots=True)
class SentryIntegration:
    """An installation in a Sentry organisation, for example slack or pagerduty, by its name there."""

    provider: str
    name: str


@dataclass(frozen=True, slots=True)
class SlackChannel:
    """A Slack channel that Datadog may write to; the name is without `#`."""

    account: str
    name: str


@dataclass(frozen=True, slots=True)
class Expected:
    """Everything that must exist, by the names that the vendors show."""

    sentry_organization: str = ""
    sentry_projects: tuple[str, ...] = ()
    sentry_teams: tuple[str, ...] = ()
    sentry_members: tuple[str, ...] = ()
    sentry_integrations: tuple[SentryIntegration, ...] = ()
    sentry_pagerduty_rows: tuple[str, ...] = ()
    pagerduty_users: tuple[str, ...] = ()
    pagerduty_services: tuple[str, ...] = ()
    pagerduty_policies: tuple[str, ...] = ()
    pagerduty_schedules: tuple[str, ...] = ()
    datadog_pagerduty: tuple[str, ...] = ()
    datadog_slack: tuple[SlackChannel, ...] = ()
    readiness_components: tuple[str, ...] = ()
    full_components: tuple[str, ...] = ()


SENTRY = "https://sentry.io"
PAGERDUTY = "https://api.pagerduty.com"
PAGERDUTY_EVENTS = "https://events.pagerduty.com"


@dataclass(frozen=True, slots=True)
class Access:
    """Where the vendors are, and the keys that open them; an empty key is one that is missing.

    `vendors` are those of the catalog; no key of another is read or missed.
    """

    sentry_token: str = field(default="", repr=False)
    pagerduty_token: str = field(default="", repr=False)
    datadog_api_key: str = field(default="", repr=False)
    datadog_app_key: str = field(default="", repr=False)
    sentry: str = SENTRY
    pagerduty: str = PAGERDUTY
    pagerduty_events: str = PAGERDUTY_EVENTS
    datadog: str = "https://api.datadoghq.com"
    vendors: Collection[str] = ("sentry", "pagerduty", "datadog")


VARIABLES: Mapping[str, tuple[str, ...]] = {
    "sentry_token": ("SENTRY_AUTH_TOKEN",),
    "pagerduty_token": ("PAGERDUTY_TOKEN",),
    "datadog_api_key": ("DD_API_KEY", "DATADOG_API_KEY"),
    "datadog_app_key": ("DD_APP_KEY", "DATADOG_APP_KEY"),
}
"""The variables that Pulumi's providers read too: the first that is set counts."""


def access(environ: Mapping[str, str], platform: Platform) -> Access:
    """The keys of the platform's vendors that the environment has, and the vendors' usual addresses."""
    vendors = platform.vendors
    keys = {key: _first(environ, names) for key, names in VARIABLES.items() if vendor_of(key) in vendors}
    sentry = environ.get("SENTRY_BASE_URL", SENTRY).rstrip("/").removesuffix("/api")
    known = Access(**keys, sentry=sentry, vendors=vendors)
    return replace(known, datadog=f"https://api.{platform.datadog.site}") if platform.datadog else known


def _first(environ: Mapping[str, str], names: Iterable[str]) -> str:
    return next((environ[name] for name in names if environ.get(name)), "")


def vendor_of(key: str) -> str:
    """The vendor that a key of `Access` opens."""
    return key.partition("_")[0]


def missing(keys: Access) -> tuple[str, ...]:
    """A finding for each key that is not there."""
    return tuple(
        f"no {' or '.join(names)} in the environment; set it"
        for key, names in VARIABLES.items()
        if vendor_of(key) in keys.vendors and not getattr(keys, key)
    )
