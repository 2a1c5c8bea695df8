"""A maintenance window says which rules it does not silence, so that nobody believes to be left alone."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import MAINTENANCE
from monitoring.naming.downtimes import still_waking
from monitoring.oncall.clock import midnight, utc


@catalog_check("maintenance-wakes", about=MAINTENANCE)
def maintenance_wakes(context: Context) -> Iterator[str | Finding]:
    """Looks at each window that is not over; finds rules that wake somebody during it and that still-wakes lacks."""
    today = utc(midnight(context.today))
    for name, window in context.catalog.maintenance.items():
        yield name
        if window.is_over(today):
            continue
        waking = still_waking(window, context.settled_rules)
        if unsaid := [rule for rule in waking if rule not in window.still_wakes]:
            yield _unsaid(context, name, unsaid, waking)
        for rule in window.still_wakes:
            if rule not in waking:
                what, remedy = f'"{rule}" wakes nobody during it, or is muted', f"take {rule} out"
                yield context.finding("maintenance", name, "still-wakes", key=f"not {rule}", what=what, remedy=remedy)


def _unsaid(context: Context, name: str, unsaid: list[str], waking: tuple[str, ...]) -> Finding:
    listed = ", ".join(f'"{rule}"' for rule in unsaid)
    what = f"{listed} still wake{'s' * (len(unsaid) == 1)} somebody during it, and it does not say so"
    remedy = f"write still-wakes: [{', '.join(waking)}], and put who does the work on call then with a cover"
    return context.finding("maintenance", name, key="does not say who is woken", what=what, remedy=remedy)
