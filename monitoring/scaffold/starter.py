"""What somebody wants to start with: the platform's name, and the vendors that it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from monitoring.errors import UsageError
from monitoring.model.references import nearest
from monitoring.model.scalars import parse_id, quoted

PAGER = "pagerduty"
SIGNALLING = ("datadog", "sentry")
"""The vendors that watch something, in the order in which their rules are written."""
TITLES: Mapping[str, str] = {PAGER: "PagerDuty", "datadog": "Datadog", "sentry": "Sentry"}


@dataclass(frozen=True, slots=True)
class Starter:
    """A platform that does not exist yet."""

    name: str
    vendors: tuple[str, ...]
    """Those that watch something; PagerDuty is always there."""

    @property
    def title(self) -> str:
        """The name as people read it."""
        return self.name.replace("-", " ").capitalize()

    @property
    def vendor_titles(self) -> str:
        """All its vendors, as they write themselves."""
        return ", ".join(TITLES[vendor] for vendor in (PAGER, *self.vendors))


def named(name: str) -> str:
    """The name itself; UsageError where it is no id."""
    try:
        return parse_id(name)
    except PydanticCustomError as error:
        remedy = (error.context or {}).get("remedy")
        raise UsageError(f"{error}; {remedy}, as in --name acme") from None


def vendors_of(text: str) -> tuple[str, ...]:
    """The vendors that watch something, from a list with commas that names PagerDuty too.

    Raises UsageError for an unknown vendor, without PagerDuty, and where nothing is left that could fire.
    """
    words = [word.strip() for word in text.split(",")]
    for word in words:
        if word not in TITLES:
            raise UsageError(f"--vendors: no vendor is called {quoted(word)}; {nearest(word, TITLES)}")
    if PAGER not in words:
        raise UsageError(f"--vendors: {PAGER} is missing, and it is what wakes people; add it")
    signalling = tuple(vendor for vendor in SIGNALLING if vendor in words)
    if not signalling:
        raise UsageError(f"--vendors: nothing can fire with {PAGER} alone; add {' or '.join(SIGNALLING)}")
    return signalling
