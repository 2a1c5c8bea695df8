"""From one difference to an effect: its place, the values before and after, and by how much they differ."""

from __future__ import annotations

from datetime import date
from itertools import takewhile
from typing import Any

from monitoring.model.layers import spelled
from monitoring.model.scalars import Length, Quantity
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.differences import CatalogDifference
from monitoring.review.effects import Effect
from monitoring.review.risks import EffectKind

MAX_VALUE = 80
"""Characters of a value in a sentence."""
BEFORE_DIFFERENCE = 30
"""Characters of a long value that are shown before it differs."""


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
    before, after = value_texts(difference.before, difference.after)
    return Effect(
        kind=kind,
        subject=place[1] or place[0],
        sentence=sentence,
        source=compared.source(place, gone=gone),
        gone=gone,
        people=people,
        before=before,
        after=after,
        detail=".".join(place[2:]) if detail is None else detail,
        explains=(place,),
    )


def value_texts(before: Any, after: Any) -> tuple[str, str]:
    """Two values as the catalog writes them, each short enough for a sentence; long ones from where they differ."""
    old, new = (str(value) if isinstance(value, date) else spelled(value) for value in (before, after))
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    start = same - BEFORE_DIFFERENCE if max(len(old), len(new)) > MAX_VALUE else 0
    return _shortened(old, start), _shortened(new, start)


def _shortened(text: str, start: int) -> str:
    rest = f"...{text[start:]}" if start > 0 else text
    return rest if len(rest) <= MAX_VALUE else f"{rest[: MAX_VALUE - 3]}..."


def from_to(before: Any, after: Any) -> str:
    """Two values in a sentence, and by how much a number changes: 2s → 3s (50% more)."""
    old, new = (text or "nothing" for text in value_texts(before, after))
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
