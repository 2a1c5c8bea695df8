"""The order in which people take turns, and what adding, removing and reordering make of it."""

from __future__ import annotations

from collections.abc import Iterable

from monitoring.oncall.edits.requests import (
    AddPerson,
    EditError,
    OrderRequest,
    RemovePerson,
    ReorderLayer,
)

Order = tuple[str, ...]


def rotated(order: Order, by: int) -> Order:
    """The same round, begun by another person."""
    by %= len(order)
    return order[by:] + order[:by]


def ordered(order: Order, request: OrderRequest) -> Order:
    """The order after a request, begun by the one whose turn it would be; EditError where there is none."""
    match request:
        case AddPerson(person, after):
            return _added(order, person, order[-1] if after is None else after)
        case RemovePerson(person):
            return _removed(order, person)
        case ReorderLayer(people):
            return _reordered(order, people)


def _added(order: Order, person: str, after: str) -> Order:
    if person in order:
        raise EditError(f'"{person}" takes turns already: {_listed(order)}; use reorder to move somebody')
    if after not in order:
        raise EditError(f'--after "{after}" takes no turns; name one of {_listed(order)}')
    place = order.index(after) + 1
    return (*order[:place], person, *order[place:])


def _removed(order: Order, person: str) -> Order:
    if person not in order:
        raise EditError(f'"{person}" takes no turns; name one of {_listed(order)}')
    kept = tuple(name for name in order if name != person)
    if not kept:
        raise EditError(f'"{person}" is the last one, and nobody would be on call; add somebody else first')
    return kept


def _reordered(order: Order, people: Order) -> Order:
    if sorted(people) != sorted(order):
        raise EditError(
            f'"{",".join(people)}" does not name everybody who takes turns, each as often as now; '
            f"write them in another order: {','.join(order)}"
        )
    if people == order:
        raise EditError(f'"{",".join(people)}" is the order already; write another one')
    return people


def following(leading: Order, before: Order, own: Order, request: OrderRequest) -> Order:
    """The order of a second schedule after the request that has made `leading` of the order `before` of the first one.

    A new person comes after the same one, and another order keeps its distance.
    """
    match request:
        case AddPerson(person):
            return ordered(own, AddPerson(person, leading[leading.index(person) - 1]))
        case RemovePerson():
            return ordered(own, request)
        case ReorderLayer():
            distance = before.index(own[0]) if own[0] in before else 0
            if rotated(before, distance) != own:
                what = f"has another order than the first schedule, {_listed(own)} and {_listed(before)}"
                raise EditError(f"{what}; name them in two commands")
            return rotated(leading, distance)


def apart(order: Order, others: Iterable[Order]) -> Order:
    """The round, begun by the first person with whom nobody has a turn in two schedules; as it is where there is none.

    The others have their turns at the same times.
    """
    taken = [other for other in others if len(other) == len(order)]
    rounds = (rotated(order, by) for by in range(len(order)))
    return next((tried for tried in rounds if not any(_meet(tried, other) for other in taken)), order)


def _meet(order: Order, other: Order) -> bool:
    return any(person == beside for person, beside in zip(order, other, strict=True))


def _listed(order: Order) -> str:
    return ", ".join(dict.fromkeys(order))
