"""The stack's configuration: which environment, which catalog, which day, and whether there are accounts to ask."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pulumi

from monitoring.errors import MonitoringError, UsageError
from monitoring.loader import find_catalog
from monitoring.model.catalog import Catalog
from monitoring.model.references import nearest
from monitoring.model.scalars import parse_date
from monitoring.vendors.settings import SETTINGS, datadog_address, missing, settings, unreachable


@dataclass(frozen=True)
class Stack:
    """What a stack says beside the catalog."""

    environment: str
    catalog: Path
    today: date
    offline: bool


def stack_config() -> Stack:
    """The running stack's configuration; the environment is the stack's name unless it is configured.

    Raises UsageError for a day that does not exist, and where no catalog is named.
    """
    config = pulumi.Config("monitoring")
    directory, day = config.get("catalog"), config.get("today")
    try:
        today = parse_date(day) if day else datetime.now(UTC).date()
    except ValueError as error:
        raise UsageError(f"the configuration monitoring:today: {error}") from None
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
    value = settings({each.name: pulumi.Config(each.vendor).get(each.key) or "" for each in SETTINGS}, os.environ)
    platform = catalog.platform
    lacking = missing(value, platform.vendors)
    if lacking:
        raise UsageError(unreachable(lacking))
    datadog_address(value, site=platform.datadog.site if platform.datadog else None)


def silence_sdk_debug_log() -> None:
    """Drops the SDK's debug messages, unless `monitoring:debug` is set.

    For each resource it tells the engine four times what it begins or ends, each time in a call of its own that it
    waits for, and the engine throws them away unless it runs with `--debug`: a fifth of a preview.
    """
    if not pulumi.Config("monitoring").get_bool("debug"):
        pulumi.log.debug = _ignore


def _ignore(*_: object, **__: object) -> None:
    pass


@contextmanager
def exit_on_user_error() -> Iterator[None]:
    """Ends the program with our message and no traceback where our own words say what is wrong."""
    try:
        yield
    except MonitoringError as error:
        raise pulumi.RunError(str(error)) from error
