"""Where each vendor's credentials and address are found: one table, for the program and for the commands.

Sources: the configuration of pulumi_datadog, pulumi_pagerduty and jianyuan/sentry; the two last rows of PagerDuty from
PagerDuty/terraform-provider-pagerduty, pagerdutyplugin/provider.go.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitoring.errors import UsageError
from monitoring.vendors.loopback import on_this_machine


@dataclass(frozen=True, slots=True)
class AccountSetting:
    """A provider's configuration key, and the environment variables that are read instead, in their order."""

    vendor: str
    key: str
    variables: tuple[str, ...]

    @property
    def name(self) -> str:
        """The key as a stack's configuration names it."""
        return f"{self.vendor}:{self.key}"

    @property
    def named_by(self) -> str:
        """How a message calls it: by its variables where it has some."""
        return " or ".join(self.variables) or self.name


DATADOG_API_KEY = AccountSetting("datadog", "apiKey", ("DD_API_KEY", "DATADOG_API_KEY"))
DATADOG_APP_KEY = AccountSetting("datadog", "appKey", ("DD_APP_KEY", "DATADOG_APP_KEY"))
PAGERDUTY_TOKEN = AccountSetting("pagerduty", "token", ("PAGERDUTY_TOKEN",))
SENTRY_TOKEN = AccountSetting("sentry", "token", ("SENTRY_AUTH_TOKEN", "SENTRY_TOKEN"))
CREDENTIALS = (SENTRY_TOKEN, PAGERDUTY_TOKEN, DATADOG_API_KEY, DATADOG_APP_KEY)
PAGERDUTY_USER_TOKEN = AccountSetting("pagerduty", "userToken", ("PAGERDUTY_USER_TOKEN",))
"""A user's own token, with which PagerDuty connects Slack; needed where the catalog says so, and asked of nobody else.

Its provider reads the variable and not its configuration (pagerduty/resource_pagerduty_slack_connection.go).
"""

DATADOG_URL = AccountSetting("datadog", "apiUrl", ("DD_HOST", "DATADOG_HOST"))
SENTRY_URL = AccountSetting("sentry", "baseUrl", ("SENTRY_BASE_URL",))
PAGERDUTY_URL = AccountSetting("pagerduty", "apiUrlOverride", ())
PAGERDUTY_REGION = AccountSetting("pagerduty", "serviceRegion", ("PAGERDUTY_SERVICE_REGION",))
SETTINGS = (*CREDENTIALS, DATADOG_URL, SENTRY_URL, PAGERDUTY_URL, PAGERDUTY_REGION)

Settings = Callable[[AccountSetting], str]
"""The value of a setting; an empty text where it has none."""


def settings(configured: Mapping[str, str], environ: Mapping[str, str]) -> Settings:
    """What each setting is: by a stack's configuration, which has VENDOR:KEY, else by the environment."""

    def value(setting: AccountSetting) -> str:
        variables = (environ[name] for name in setting.variables if environ.get(name))
        return configured.get(setting.name) or next(variables, "")

    return value


def missing(value: Settings, vendors: Collection[str]) -> tuple[AccountSetting, ...]:
    """The credentials of these vendors that have no value."""
    return tuple(setting for setting in CREDENTIALS if setting.vendor in vendors and not value(setting))


def unreachable(lacking: Iterable[AccountSetting]) -> str:
    """What a user is told whose vendors cannot be asked."""
    names = ", ".join(setting.named_by for setting in lacking)
    return f"the vendors cannot be reached without {names}; set them in the environment"


DEFAULT_SITE = "datadoghq.com"
"""Where Datadog's provider asks unless it is told (terraform-provider-datadog, provider.go: api_url)."""


def unset_site(value: Settings, *, site: str | None) -> str:
    """What a user is told whose engine would ask another site than the catalog's; empty where it would not."""
    if site in (None, DEFAULT_SITE) or value(DATADOG_URL):
        return ""
    what = f'the catalog\'s site is "{site}", and without {DATADOG_URL.name} Datadog\'s provider asks "{DEFAULT_SITE}"'
    return f"{what}; write: pulumi config set {DATADOG_URL.name} https://api.{site}/"


def datadog_address(value: Settings, *, site: str | None) -> str:
    """Where Datadog's API is; without a site, where it usually is, and nobody asks it.

    Raises UsageError where the configuration names another site than the catalog.
    """
    usual, address = f"https://api.{site or DEFAULT_SITE}", value(DATADOG_URL)
    host = _host(address)
    if site and address and host not in (site, f"api.{site}") and not on_this_machine(host):
        raise UsageError(
            f'datadog:apiUrl is "{address}", and the catalog\'s site is at "{usual}/"; set the one or the other'
        )
    return address.rstrip("/") or usual


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # a bracket that is not closed
        return ""


def pagerduty_addresses(value: Settings) -> tuple[str, str]:
    """Where PagerDuty's REST API and its Events API are; `us` and no region are the same to its provider."""
    region = value(PAGERDUTY_REGION)
    part = "" if region in ("", "us") else f"{region}."
    address = value(PAGERDUTY_URL) or f"https://api.{part}pagerduty.com"
    return address.rstrip("/"), f"https://events.{part}pagerduty.com"


def sentry_address(value: Settings) -> str:
    """Where Sentry is; its provider's setting ends in `/api/`."""
    return (value(SENTRY_URL) or "https://sentry.io/api/").rstrip("/").removesuffix("/api")


def unsendable(value: Settings) -> Iterator[AccountSetting]:
    """The credentials that no request can carry: they have a space, a line's end or a letter outside ASCII."""
    yield from (setting for setting in CREDENTIALS if not all("!" <= letter <= "~" for letter in value(setting)))
