"""The one way past the proof: a reason and an end, written in the stack's configuration in an emergency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitoring.errors import UsageError

KEY = "monitoring:deploy-unproved"
MAX_SPAN = timedelta(hours=24)
EXAMPLE = '{reason: checkout is down and the fix waits, until: "2026-11-26T20:00Z"}'


@dataclass(frozen=True, slots=True)
class DeployUnproved:
    """Why a stack is deployed though its proof fails, and until when."""

    reason: str
    until: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether its end has passed."""
        return self.until <= now

    @property
    def words(self) -> str:
        """What every run says of it."""
        return f'{KEY}: deployed without a proof until {self.until:%Y-%m-%d %H:%M} UTC: "{self.reason}"'


def read_unproved(value: object, now: datetime) -> DeployUnproved | None:
    """What the configuration says, or None where it says nothing; UsageError for what is no reason and near end."""
    if value is None:
        return None
    if not isinstance(value, Mapping) or set(value) != {"reason", "until"}:
        raise UsageError(f"{KEY} needs a reason and an end, and nothing else; write {EXAMPLE}")
    reason, until = _sentence(value["reason"]), _instant(value["until"])
    if until > now + MAX_SPAN:
        raise UsageError(f"{KEY}: the end is more than 24h away; write an end before {now + MAX_SPAN:%Y-%m-%dT%H:%MZ}")
    return DeployUnproved(reason, until)


def _sentence(value: object) -> str:
    reason = value.strip() if isinstance(value, str) else ""
    if not reason or not reason.isprintable():
        raise UsageError(f"{KEY}: the reason is empty or not printable; say in one line why it cannot wait")
    return reason


def _instant(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise UsageError(f'{KEY}: "{value}" is no time with a zone; write until: "2026-11-26T20:00Z"')
