"""What a Plan refers to, followed as the vendors would; what cannot be followed is a ReadingError."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from monitoring.plan import Plan, Resource

Row = dict[str, Any]
_T = TypeVar("_T")


class ReadingError(Exception):
    """The vendors would not act on this as on a rule that works; one sentence says why."""


def require(holds: bool, otherwise: str) -> None:
    """Raises ReadingError with a sentence unless something holds."""
    if not holds:
        raise ReadingError(otherwise)


def only(items: Iterable[_T], what: str) -> _T:
    """The only item there is; ReadingError where there are none or several."""
    candidates = list(items)
    require(len(candidates) == 1, f"{len(candidates)} {what}, and 1 is meant")
    return candidates[0]


def referred(plan: Plan, reference: Mapping[str, Any], *types: str, output: str = "id") -> Resource:
    """The resource that a reference means; ReadingError where it is another output, another type, or none."""
    key = reference.get("ref", "")
    resource = plan.by_key.get(key)
    kind = types[0].rpartition(":")[2]
    if resource is None or resource.type not in types or reference.get("output") != output:
        raise ReadingError(f'"{key}" stands where the {output} of a {kind} is meant')
    return resource
