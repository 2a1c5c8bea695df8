"""What a request makes of schedules: layers that end where others begin, and covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitoring.model.cover import Cover
from monitoring.model.local_time import LocalDateTime
from monitoring.model.oncall import ActiveLayer, Layer, Schedule
from monitoring.oncall.clock import DAY, in_zone, instant
from monitoring.oncall.edits.handoffs import Turn, keeps_time, local_time, turns
from monitoring.oncall.edits.orders import Order, apart, following, ordered, rotated
from monitoring.oncall.edits.requests import (
    AddPerson,
    CoverPerson,
    EditError,
    EditRequest,
    OrderRequest,
    RemovePerson,
    ReorderLayer,
    SwapTurns,
)

MAX_COVER = 366 * DAY


@dataclass(frozen=True, slots=True)
class LayerChange:
    """Other people in a layer from a handoff on; `at` is None where the layer only begins there."""

    number: int
    people: Order
    at: LocalDateTime | None


@dataclass(frozen=True, slots=True)
class ScheduleChange:
    """What becomes of one schedule, and the instant before which no minute changes hands."""

    since: int
    layer: LayerChange | None = None
    covers: tuple[Cover, ...] = ()


@dataclass(frozen=True, slots=True)
class Seam:
    """Where a layer can be changed: its number, the handoff, and the order that goes on from there."""

    number: int
    layer: ActiveLayer
    turn: Turn
    order: Order

    @property
    def begins(self) -> bool:
        """Whether the layer begins at this handoff."""
        return self.turn.start == instant(self.layer.start)


def changes(
    schedules: Mapping[str, Schedule], request: EditRequest, since: int, layer: int | None = None
) -> dict[str, ScheduleChange]:
    """What a request makes of schedules, of which the first one leads, from an instant on.

    `layer` counts from 1, where several layers run at once. Raises EditError.
    """
    match request:
        case CoverPerson():
            return {name: _covered(name, schedule, request) for name, schedule in schedules.items()}
        case SwapTurns():
            return {name: _swapped(name, schedule, request, since, layer) for name, schedule in schedules.items()}
        case AddPerson() | RemovePerson() | ReorderLayer():
            return _other_orders(schedules, request, since, layer)


def layers_after(schedule: Schedule, change: ScheduleChange) -> tuple[Layer, ...]:
    """The layers of a schedule after a change."""
    if change.layer is None:
        return schedule.layers
    number, people, at = change.layer.number, change.layer.people, change.layer.at
    running = schedule.layers[number]
    changed = [running.model_copy(update={"people": people})]
    if at is not None:
        changed = [
            running.model_copy(update={"until": at}),
            running.model_copy(update={"people": people, "anchor": at}),
        ]
    return (*schedule.layers[:number], *changed, *schedule.layers[number + 1 :])


# --- another order ---------------------------------------------------------------------------------------------


def _other_orders(
    schedules: Mapping[str, Schedule], request: OrderRequest, since: int, layer: int | None
) -> dict[str, ScheduleChange]:
    seams = {name: seam(name, schedule, since, layer) for name, schedule in schedules.items()}
    for name, schedule in schedules.items():
        _require_no_covers(name, schedule, request, seams[name].turn.start)
    orders = _orders(seams, request)
    return {
        name: ScheduleChange(at.turn.start, _layer_change(at, order, schedules[name].time_zone))
        for (name, at), order in zip(seams.items(), orders, strict=True)
    }


def _orders(seams: Mapping[str, Seam], request: OrderRequest) -> list[Order]:
    """The order of each schedule after a request; EditError, naming the schedule, where one cannot have it."""
    leader, orders = next(iter(seams.values())), list[Order]()
    for name, own in seams.items():
        beside = [order for order, at in zip(orders, seams.values(), strict=False) if _in_step(at, own)]
        try:
            wanted = following(orders[0], leader.order, own.order, request) if orders else ordered(own.order, request)
        except EditError as error:
            raise EditError(f'"{name}": {error}') from None
        orders.append(apart(wanted, beside))
    return orders


def _in_step(first: Seam, second: Seam) -> bool:
    same_turn = first.layer.layer.turn.seconds == second.layer.layer.turn.seconds
    return same_turn and first.turn.start == second.turn.start


def _layer_change(at: Seam, order: Order, zone_name: str) -> LayerChange:
    if at.begins:
        return LayerChange(at.number, rotated(order, -at.turn.number), None)
    return LayerChange(at.number, order, local_time(at.turn.start, zone_name))


def seam(name: str, schedule: Schedule, since: int, layer: int | None = None) -> Seam:
    """Where the layer that runs at an instant hands over next; EditError where none does, or several do."""
    if layer is not None and not 1 <= layer <= len(schedule.layers):
        raise EditError(f'"{name}" has no layer {layer}; name one from 1 to {len(schedule.layers)}')
    seams = list(_seams(schedule, since))
    match [at for at in seams if layer == at.number + 1] if layer else _concerned(schedule, seams, since):
        case [only]:
            return only
        case []:
            raise EditError(_no_seam(name, schedule, since, layer))
        case several:
            numbers = " or ".join(f"--layer {at.number + 1}" for at in several)
            raise EditError(f'{len(several)} layers of "{name}" run at the same time; choose one with {numbers}')


def _concerned(schedule: Schedule, seams: Sequence[Seam], since: int) -> list[Seam]:
    """The layers that run at an instant or begin before these hand over; else those that begin first."""
    handoffs = {at.number: at.turn.start for at in seams}
    running = [
        handoffs.get(number, instant(layer.end or layer.start))
        for number, layer in enumerate(schedule.own_layers)
        if instant(layer.start) <= since and (layer.end is None or since < instant(layer.end))
    ]
    last = max(running or sorted(instant(at.layer.start) for at in seams)[:1], default=since)
    return [at for at in seams if instant(at.layer.start) <= last]


def _seams(schedule: Schedule, since: int) -> Iterator[Seam]:
    for number, layer in enumerate(schedule.own_layers):
        beginning = turns(layer, schedule.time_zone, since)
        turn = next((turn for turn in beginning if keeps_time(turn, layer, schedule.time_zone)), None)
        if turn is not None:
            yield Seam(number, layer, turn, rotated(layer.people, turn.number))


def _no_seam(name: str, schedule: Schedule, since: int, layer: int | None) -> str:
    which = "no layer" if layer is None else f"layer {layer} no longer"
    day = in_zone(since, schedule.time_zone)
    return f'"{name}": {which} hands over on {day:%Y-%m-%d %H:%M} or later; write an earlier --from'


def _require_no_covers(name: str, schedule: Schedule, request: OrderRequest, since: int) -> None:
    """Raises EditError where somebody who is removed still covers somebody, or is covered."""
    for cover in schedule.cover:
        if not isinstance(request, RemovePerson) or request.person not in (cover.who, cover.instead_of):
            continue
        if instant(cover.to.instant(schedule.time_zone)) > since:
            raise EditError(
                f'"{name}": "{cover.who}" covers "{cover.instead_of}" from {cover.from_} to {cover.to}; '
                "change that cover first, or write a --from after it"
            )


# --- covers ----------------------------------------------------------------------------------------------------


def _covered(name: str, schedule: Schedule, request: CoverPerson) -> ScheduleChange:
    if request.who == request.instead_of:
        raise EditError(f'"{request.who}" cannot cover "{request.who}"; name somebody else')
    for local in (request.since, request.until):
        refused = local.problem(schedule.time_zone)
        if refused is not None:
            raise EditError(f'"{name}": {"; ".join(refused)}')
    start, end = (instant(local.instant(schedule.time_zone)) for local in (request.since, request.until))
    if end <= start:
        raise EditError(f'--to "{request.until}" is not after --from; write a later time')
    if end - start > MAX_COVER:
        raise EditError(f'--to "{request.until}" is more than a year after --from; remove the person instead')
    return _with_covers(schedule, start, [(request.who, request.instead_of, start, end)])


def _swapped(name: str, schedule: Schedule, request: SwapTurns, since: int, layer: int | None) -> ScheduleChange:
    first, second = request.people
    if first == second:
        raise EditError(f'"{first}" cannot swap with "{first}"; name two people')
    own, other = (_next_turn(name, schedule, person, since, layer) for person in request.people)
    exchanged = sorted([(own[0], own[1], second, first), (other[0], other[1], first, second)])
    return _with_covers(schedule, exchanged[0][0], [(who, whom, start, end) for start, end, who, whom in exchanged])


def _next_turn(name: str, schedule: Schedule, person: str, since: int, layer: int | None) -> tuple[int, int]:
    """When a person's next turns in a row begin and end; EditError where there are none."""
    own = seam(name, schedule, since, layer).layer
    of_person = [turn for turn in turns(own, schedule.time_zone, since) if turn.person == person]
    if of_person:
        return of_person[0].start, _end_of_row(of_person)
    if own.end is not None and layer is None:
        return _next_turn(name, schedule, person, instant(own.end), None)
    names = ", ".join(dict.fromkeys(own.people))
    raise EditError(f'"{name}": "{person}" has no turn to swap; name two of {names}')


def _end_of_row(turns_of_one: Sequence[Turn]) -> int:
    """When the first of somebody's turns ends, with those that follow it at once."""
    breaks = (turn.end for turn, after in pairwise(turns_of_one) if turn.end != after.start)
    return next(breaks, turns_of_one[-1].end)


def _with_covers(schedule: Schedule, since: int, spans: Sequence[tuple[str, str, int, int]]) -> ScheduleChange:
    zone_name = schedule.time_zone
    covers = tuple(
        Cover.model_validate(
            {
                "who": who,
                "instead-of": instead_of,
                "from": str(local_time(start, zone_name)),
                "to": str(local_time(end, zone_name)),
            }
        )
        for who, instead_of, start, end in spans
    )
    return ScheduleChange(since, covers=covers)
