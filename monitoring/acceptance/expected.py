"""What must exist at the vendors and be said by the health endpoint, and the keys to look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    """Where the vendors are, and the keys that open them; an empty key is one that is missing."""

    sentry_token: str = field(default="", repr=False)
    pagerduty_token: str = field(default="", repr=False)
    datadog_api_key: str = field(default="", repr=False)
    datadog_app_key: str = field(default="", repr=False)
    sentry: str = SENTRY
    pagerduty: str = PAGERDUTY
    pagerduty_events: str = PAGERDUTY_EVENTS
    datadog: str = "https://api.datadoghq.com"


VARIABLES: Mapping[str, tuple[str, ...]] = {
    "sentry_token": ("SENTRY_AUTH_TOKEN",),
    "pagerduty_token": ("PAGERDUTY_TOKEN",),
    "datadog_api_key": ("DD_API_KEY", "DATADOG_API_KEY"),
    "datadog_app_key": ("DD_APP_KEY", "DATADOG_APP_KEY"),
}
"""The variables that Pulumi's providers read too: the first that is set counts."""


def access(environ: Mapping[str, str], *, datadog_site: str) -> Access:
    """The keys that the environment has, and the vendors' usual addresses."""
    keys = {key: next((environ[name] for name in names if environ.get(name)), "") for key, names in VARIABLES.items()}
    sentry = environ.get("SENTRY_BASE_URL", SENTRY).rstrip("/").removesuffix("/api")
    return Access(**keys, sentry=sentry, datadog=f"https://api.{datadog_site}")


def missing(keys: Access) -> tuple[str, ...]:
    """A finding for each key that is not there."""
    return tuple(
        f"no {' or '.join(names)} in the environment; set it"
        for key, names in VARIABLES.items()
        if not getattr(keys, key)
    )
