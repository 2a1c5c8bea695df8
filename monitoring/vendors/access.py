"""How the three accounts are opened: an address and headers for each vendor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitoring.errors import UsageError
from monitoring.model.platform import Platform
from monitoring.plan import VENDORS
from monitoring.vendors.origin import require_private
from monitoring.vendors.settings import (
    DATADOG_API_KEY,
    DATADOG_APP_KEY,
    DATADOG_URL,
    PAGERDUTY_TOKEN,
    PAGERDUTY_URL,
    SENTRY_TOKEN,
    SENTRY_URL,
    AccountSetting,
    Settings,
    datadog_address,
    missing,
    pagerduty_addresses,
    sentry_address,
    unsendable,
)


@dataclass(frozen=True, slots=True)
class Vendor:
    """Where a vendor answers, and with which headers it is asked."""

    name: str
    address: str
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Access:
    """The accounts; `missing` has each credential that is not there.

    `vendors` are those that the platform has, as keys of VENDORS; no other is asked, and no key of another is missed.
    """

    datadog: Vendor
    pagerduty: Vendor
    sentry: Vendor
    pagerduty_events: str
    vendors: tuple[str, ...]
    missing: tuple[AccountSetting, ...] = ()

    def opens(self, vendor: str) -> bool:
        """Whether the platform has a vendor, and all its credentials are there; `vendor` is a key of VENDORS."""
        return vendor in self.vendors and vendor not in {setting.vendor for setting in self.missing}


def access(value: Settings, platform: Platform) -> Access:
    """The accounts of a platform that the settings open.

    Raises UsageError for an address that is not https and not on this machine, for one of another Datadog site than the
    catalog's, and for a credential that no request can carry.
    """
    for setting in unsendable(value):
        raise UsageError(f"{setting.named_by} has a character that no key has; copy the key again")
    pagerduty, events = pagerduty_addresses(value)
    addresses = {
        DATADOG_URL: datadog_address(value, site=platform.datadog.site if platform.datadog else None),
        PAGERDUTY_URL: pagerduty,
        SENTRY_URL: sentry_address(value),
    }
    for setting, address in addresses.items():
        require_private(address, named_by=setting.name)
    return Access(
        datadog=Vendor(VENDORS["datadog"], addresses[DATADOG_URL], datadog_headers(value)),
        pagerduty=Vendor(VENDORS["pagerduty"], pagerduty, pagerduty_headers(value)),
        sentry=Vendor(VENDORS["sentry"], addresses[SENTRY_URL], sentry_headers(value)),
        pagerduty_events=events,
        vendors=tuple(platform.vendors),
        missing=missing(value, platform.vendors),
    )


def datadog_headers(value: Settings) -> Mapping[str, str]:
    """Both keys (Datadog's API description, security schemes apiKeyAuth and appKeyAuth)."""
    return {"dd-api-key": value(DATADOG_API_KEY), "dd-application-key": value(DATADOG_APP_KEY)}


def pagerduty_headers(value: Settings) -> Mapping[str, str]:
    """The token and the API's version (PagerDuty/api-schema, parameter header_Accept)."""
    return {
        "authorization": f"Token token={value(PAGERDUTY_TOKEN)}",
        "accept": "application/vnd.pagerduty+json;version=2",
    }


def sentry_headers(value: Settings) -> Mapping[str, str]:
    """The token (docs.sentry.io/api/auth)."""
    return {"authorization": f"Bearer {value(SENTRY_TOKEN)}"}
