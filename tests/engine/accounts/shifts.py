"""Shift-based schedules in the emulated PagerDuty account: what is taken, clamped, made anew and refused.

The sources stand in the facts of `Schedulev2`, each beside its rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from tests.engine.accounts.faults import VendorError
from tests.engine.accounts.rules import Refusal
from tests.engine.accounts.store import Stored
from tests.engine.accounts.values import Properties

FOR_EVER = "9999-12-31T00:00:00Z"


def shift_refusals(inputs: Properties) -> Iterator[Refusal]:
    """What the API refuses of rotations: events that take effect at once, and recurrences that are not one rule."""
    for rotation in inputs.get("rotations", ()):
        spans = sorted((instant(event["effectiveSince"]), until(event)) for event in rotation.get("events", ()))
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            yield Refusal("rotations[].events", "events of one rotation overlap")
        for event in rotation.get("events", ()):
            yield from event_refusals(event)


def event_refusals(event: Properties) -> Iterator[Refusal]:
    """What the API refuses of one event."""
    lines = event["recurrences"]
    others = [line for line in lines if not line.startswith(("RRULE:", "EXDATE", "RDATE"))]
    if sum(line.startswith("RRULE:") for line in lines) != 1 or others:
        yield Refusal("rotations[].events[].recurrences", "exactly one RRULE, and EXDATE and RDATE besides")
    for strategy in event.get("assignmentStrategies", ()):
        for member in strategy.get("members", ()):
            if member["type"] == "user_member" and not member.get("userId"):
                yield Refusal("rotations[].events[].assignmentStrategies[].members[].userId", "missing")


def instant(text: str) -> datetime:
    """The instant that an RFC 3339 text names."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def until(event: Mapping[str, Any]) -> datetime:
    """When an event stops; the end of time for one that does not."""
    return instant(event.get("effectiveUntil") or FOR_EVER)


def kept_shift_schedule(body: Properties, old: Stored | None) -> Properties:
    """A shift-based schedule as the provider reports it; `_taken` holds each event's start as the account has it.

    Rotations and events are matched by position. The provider keeps an event's own start in the state, and makes an
    event that has begun anew, from now on, where anything of it changes. Raises `VendorError`.
    """
    number = old.body["_number"] if old else 0
    rotations, taken = list[Properties](), list[list[str]]()
    for place, rotation in enumerate(body.get("rotations", ())):
        was, since = before(old, place)
        number += 1
        events, started = kept_events(rotation.get("events", []), was.get("events", []), since, number * 100)
        rotations.append({**rotation, "id": was.get("id") or f"R{number:06d}", "events": events})
        taken.append(started)
    return {**body, "rotations": rotations, "_taken": taken, "_number": number}


def before(old: Stored | None, place: int) -> tuple[Mapping[str, Any], list[str]]:
    """The rotation that stood at a place, and when its events have started."""
    standing = old.body["rotations"] if old else []
    return (standing[place], old.body["_taken"][place]) if old and place < len(standing) else ({}, [])


def kept_events(
    events: list[Properties], were: list[Properties], since: list[str], number: int
) -> tuple[list[Properties], list[str]]:
    """The events of a rotation with their ids, and when each has started. Raises `VendorError`."""
    now, kept, started = datetime.now(UTC).replace(microsecond=0), list[Properties](), list[str]()
    for place, event in enumerate(events):
        was = were[place] if place < len(were) else None
        if was is not None and without_id(was) == without_id(event):
            kept.append(was)
            started.append(since[place])
            continue
        stays = was is not None and instant(was["effectiveSince"]) > now
        if was is not None and not stays:
            require_not_over(was, now)
        kept.append({**event, "id": was["id"] if was is not None and stays else f"E{number + place:06d}"})
        started.append(taken_start(event, now))
    for gone in were[len(events) :]:
        require_not_over(gone, now)
    return kept, started


def without_id(event: Mapping[str, Any]) -> Properties:
    """An event without what the account gives it."""
    return {name: value for name, value in event.items() if name != "id"}


def require_not_over(event: Mapping[str, Any], now: datetime) -> None:
    """Raises `VendorError` for an event that is over: it can be neither changed nor deleted."""
    if until(event) <= now:
        raise VendorError(400, f"the event {event['id']} is over and can be neither changed nor deleted")


def taken_start(event: Mapping[str, Any], now: datetime) -> str:
    """From when an event takes effect: a past time becomes the present. Raises `VendorError` if it ends before."""
    since = max(instant(event["effectiveSince"]), now)
    if until(event) <= since:
        raise VendorError(400, "effective_until is not after effective_since")
    return since.astimezone(UTC).isoformat().replace("+00:00", "Z")
