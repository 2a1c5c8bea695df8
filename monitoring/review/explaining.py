"""From one difference to an effect: its place, the values before and after, and by how much they differ."""

from __future__ import annotations

from datetime import date
from typing import Any

from monitoring.model.layers import spelled
from monitoring.model.scalars import Length, Quantity
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.differences import CatalogDifference
from monitoring.review.effects import Effect
from monitoring.review.risks import EffectKind

MAX_VALUE = 80
"""Characters of a value in a sentence."""


def effect(
    compared: ComparedCatalogs,
    difference: CatalogDifference,
    kind: EffectKind,
    sentence: str,
    *,
    detail: str | None = None,
    people: tuple[str, ...] = (),
) -> Effect:
    """An effect that explains a difference; its place is the old one where the value is gone."""
    place = difference.place
    gone = difference.after is None and len(place) == 2
    return Effect(
        kind=kind,
        subject=place[1] or place[0],
        sentence=sentence,
        source=compared.source(place, gone=gone),
        gone=gone,
        people=people,
        before=value_text(difference.before),
        after=value_text(difference.after),
        detail=".".join(place[2:]) if detail is None else detail,
        explains=(place,),
    )


def value_text(value: Any) -> str:
    """A value as the catalog writes it, short enough for a sentence; a whole entry is not spelled."""
    text = str(value) if isinstance(value, date) else spelled(value)
    return text if len(text) <= MAX_VALUE else f"{text[: MAX_VALUE - 3]}..."


def from_to(before: Any, after: Any) -> str:
    """Two values in a sentence, and by how much a number changes: 2s → 3s (50% more)."""
    old, new = (value_text(value) or "nothing" for value in (before, after))
    return f"{old} → {new}{by_how_much(before, after)}"


def by_how_much(before: Any, after: Any) -> str:
    """How much more or less a number is, in percent of the old one; nothing for what is no number."""
    old, new = number(before), number(after)
    if old is None or new is None or old <= 0 or old == new:
        return ""
    percent = abs(new - old) / old * 100
    return f" ({percent:.3g}% {'more' if new > old else 'less'})"


def number(value: Any) -> float | None:
    """What can be compared of a value: seconds, a base unit, a count; None for what is no number."""
    match value:
        case bool():
            return None
        case int() | float():
            return float(value)
        case Length():
            return float(value.seconds)
        case Quantity():
            return value.base
        case _:
            return None
