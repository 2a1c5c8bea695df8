"""The stack's configuration: which environment, which catalog, which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from monitoring.errors import UsageError
from monitoring.loader import SHIPPED
from monitoring.model.words import parse_date
from monitoring.resources.sdks import pulumi


@dataclass(frozen=True)
class Stack:
    """What a stack says beside the catalog."""

    environment: str
    catalog: Path
    today: date


def configured() -> Stack:
    """The running stack's configuration; the environment is the stack's name unless it is configured.

    Raises UsageError for a day that does not exist.
    """
    config = pulumi.Config("monitoring")
    directory, day = config.get("catalog"), config.get("today")
    try:
        today = parse_date(day) if day else datetime.now(UTC).date()
    except ValueError as wrong:
        raise UsageError(f"the configuration monitoring:today: {wrong}") from None
    return Stack(
        environment=config.get("environment") or pulumi.get_stack(),
        catalog=Path(directory) if directory else SHIPPED,
        today=today,
    )
