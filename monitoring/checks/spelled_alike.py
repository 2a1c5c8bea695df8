"""A receiver that is written once is not the slip of the hand of another one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._receivers import receivers

MIN_LETTERS = 4
"""A part of a name that is shorter may differ in a letter on purpose, like "eu" and "us"."""
DIGITS = "0123456789"
_PART = re.compile(r"[\W_]+")


SUBJECTS = Subjects("channels and addresses", lambda context: frozenset(place.name for place in receivers(context)))


@catalog_check("spelled-alike", about=SUBJECTS)
def spelled_alike(context: Context) -> Iterator[str | Finding]:
    """Looks at each channel and address; finds those that are written once and differ by a letter from another."""
    places = list(receivers(context))
    counts = Counter(name for _, _, _, name in places)
    for kind, entry, path, name in places:
        yield name
        if counts[name] == 1 and (other := _likeness(name, counts)):
            by = "the signs between its words" if _differ_by_signs(name, other) else "a letter"
            what = f'sends to "{name}", which is written once and differs by {by} from "{other}"'
            remedy = f'write "{other}", or waive this where there are both'
            yield context.finding(kind, entry, *path, key=f"{name} like {other}", what=what, remedy=remedy)


def _likeness(name: str, counts: Counter[str]) -> str:
    """The name that this one is like: one that is written more often, or as seldom and sorts before it."""
    others = (other for other in sorted(counts) if counts[other] > 1 or other < name)
    return next((other for other in others if _differ_by_signs(name, other) or _differ_by_a_letter(name, other)), "")


def _differ_by_signs(first: str, second: str) -> bool:
    """Whether two names are the same but for what stands between their parts, as alerts_errors and alerts-errors."""
    return first != second and _PART.sub("", first) == _PART.sub("", second)


def _differ_by_a_letter(first: str, second: str) -> bool:
    """Whether one letter is missing, added, changed or swapped in one long part of a name; numbers may differ."""
    parts, others = _PART.split(first), _PART.split(second)
    differing = [pair for pair in zip(parts, others, strict=False) if pair[0] != pair[1]]
    if len(parts) != len(others) or len(differing) != 1:
        return False
    (part, other) = differing[0]
    is_numbered = part.strip(DIGITS) == other.strip(DIGITS)
    return min(len(part), len(other)) >= MIN_LETTERS and not is_numbered and _is_one_edit(part, other)


def _is_one_edit(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest, longer = short[start:], long[start:]
    if len(short) != len(long):
        return rest == longer[1:]
    return rest[1:] == longer[1:] or (rest[:2] == longer[1::-1] and rest[2:] == longer[2:])
