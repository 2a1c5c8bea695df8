"""The stack's configuration: which environment, which catalog, which day, and whether there are accounts to ask."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pulumi

from monitoring.errors import MonitoringError, UsageError
from monitoring.loader import find_catalog
from monitoring.model.catalog import Catalog
from monitoring.model.references import nearest
from monitoring.model.words import parse_date

# Where each provider finds what it needs: its configuration key, and the environment variables that it reads instead.
# Sources: the configuration classes of pulumi_datadog and pulumi_pagerduty, the Sentry provider's facts.
CREDENTIALS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("datadog", "apiKey"): ("DD_API_KEY", "DATADOG_API_KEY"),
    ("datadog", "appKey"): ("DD_APP_KEY", "DATADOG_APP_KEY"),
    ("pagerduty", "token"): ("PAGERDUTY_TOKEN",),
    ("sentry", "token"): ("SENTRY_AUTH_TOKEN", "SENTRY_TOKEN"),
}


@dataclass(frozen=True)
class Stack:
    """What a stack says beside the catalog."""

    environment: str
    catalog: Path
    today: date
    offline: bool


def configured() -> Stack:
    """The running stack's configuration; the environment is the stack's name unless it is configured.

    Raises UsageError for a day that does not exist, and where no catalog is named.
    """
    config = pulumi.Config("monitoring")
    directory, day = config.get("catalog"), config.get("today")
    try:
        today = parse_date(day) if day else datetime.now(UTC).date()
    except ValueError as wrong:
        raise UsageError(f"the configuration monitoring:today: {wrong}") from None
    return Stack(
        environment=config.get("environment") or pulumi.get_stack(),
        catalog=find_catalog(Path(directory) if directory else None, os.environ, Path.cwd()),
        today=today,
        offline=config.get_bool("offline") or False,
    )


def require_reachable(stack: Stack, catalog: Catalog) -> None:
    """Refuses a stack whose environment the catalog lacks, or that cannot reach a vendor, before any is asked.

    Raises UsageError with every variable that is missing.
    """
    environments = catalog.platform.environments
    if stack.environment not in environments:
        remedy = nearest(stack.environment, environments)
        raise UsageError(f'no environment is called "{stack.environment}"; {remedy}, or set monitoring:environment')
    if stack.offline:
        return
    missing = [
        names[0]
        for (vendor, key), names in CREDENTIALS.items()
        if vendor in catalog.platform.vendors and not _is_set(vendor, key, names)
    ]
    if missing:
        raise UsageError(f"the vendors cannot be reached without {', '.join(missing)}; set them in the environment")
    if catalog.platform.datadog:
        _require_site(catalog.platform.datadog.site)


def _require_site(declared: str) -> None:
    """Refuses a provider that would ask another site of Datadog than the catalog's."""
    site = pulumi.Config("datadog").get("apiUrl") or os.environ.get("DD_HOST") or os.environ.get("DATADOG_HOST")
    if site is not None and declared not in site:
        wanted = f"https://api.{declared}/"
        raise UsageError(
            f'datadog:apiUrl is "{site}", and the catalog\'s site is at "{wanted}"; set the one or the other'
        )


def _is_set(vendor: str, key: str, names: tuple[str, ...]) -> bool:
    return bool(pulumi.Config(vendor).get(key)) or any(os.environ.get(name) for name in names)


def spare_debug_messages() -> None:
    """Leaves out what the SDK says to nobody, unless `monitoring:debug` is set.

    For each resource it tells the engine four times what it begins or ends, each time in a call of its own that it
    waits for, and the engine throws them away unless it runs with `--debug`: a fifth of a preview.
    """
    if not pulumi.Config("monitoring").get_bool("debug"):
        pulumi.log.debug = _unsaid


def _unsaid(*_: object, **__: object) -> None:
    pass


@contextmanager
def plainly() -> Iterator[None]:
    """Ends the program with our message and no traceback where our own words say what is wrong."""
    try:
        yield
    except MonitoringError as wrong:
        raise pulumi.RunError(str(wrong)) from wrong
