"""A shift-based schedule can say what the catalog says: each layer repeats, and soon enough."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.model.oncall import Schedule
from monitoring.oncall.recurring import MAX_TURNS, RecurrenceError, recurring_shifts

MAX_ROTATIONS = 100
"""How many rotations a schedule may need. No bound of PagerDuty's is known; more are pages that nobody can read."""

SHIFT_BASED = Subjects(
    "shift-based schedules",
    lambda context: frozenset(
        context.catalog.oncall.schedules if context.catalog.platform.pagerduty.has_shifts else ()
    ),
)


@catalog_check("schedule-shifts", about=SHIFT_BASED)
def schedule_shifts(context: Context) -> Iterator[str | Finding]:
    """Looks at each shift-based schedule; finds one that would need too many rotations, with the layer to blame."""
    for name in sorted(SHIFT_BASED.names(context)):
        yield name
        for number, what in _problems(context.catalog.oncall.schedules[name]):
            layer = context.catalog.oncall.schedules[name].layers[number - 1]
            what = f"layer {number} takes turns of {layer.turn}, {what}"
            remedy = "write a turn that divides a day or a week, like 12h, or schedules: layers in platform.yaml"
            path = ("layers", number - 1, "turn")
            yield context.finding("schedule", name, *path, key=f"layer {number}", what=what, remedy=remedy)


def _problems(schedule: Schedule) -> Iterator[tuple[int, str]]:
    """The number of a layer, and why PagerDuty's shifts do not say it."""
    try:
        layers = [shift.layer for shift in recurring_shifts(schedule)]
    except RecurrenceError as error:
        yield error.layer, f"more than {MAX_TURNS} of them until its people have the same hours again"
        return
    if len(layers) > MAX_ROTATIONS:
        most = max(layers, key=layers.count)
        needs = f"{layers.count(most)} of the {len(layers)} rotations that PagerDuty would need"
        yield most, f"which come to {needs}, and {MAX_ROTATIONS} are the most"
