"""What the severities promise is in order: the more severe one wakes sooner, and is urgent at PagerDuty."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import SEVERITIES
from monitoring.model.severity import VENDOR_WORDS, Promise, PublicUpdates, Severity


@catalog_check("promise-order", about=SEVERITIES)
def promise_order(context: Context) -> Iterator[str | Finding]:
    """Looks at each severity; finds contradictions, and a milder one that is faster."""
    promises = dict(sorted(context.catalog.severities.items()))
    for severity, promise in promises.items():
        yield severity
        for key, what, remedy in _alone(severity, promise):
            yield context.finding("severity", severity, "wakes", key=key, what=what, remedy=remedy)
    for (worse, first), (milder, second) in pairwise(promises.items()):
        for field, slower in _slower(first, second):
            what, remedy = f"{slower}, and the milder {milder} is faster", f"promise as much as {milder} or more"
            yield context.finding("severity", worse, *field, key=f"slower than {milder}", what=what, remedy=remedy)


def _alone(severity: Severity, promise: Promise) -> Iterator[tuple[str, str, str]]:
    wakes = promise.wakes
    if wakes is None:
        return
    if not wakes.by:
        yield "wakes by nothing", "promises to wake, and says not by what", "write by: [phone]"
    if wakes.second_human_within < wakes.first_human_within:
        yield "second before first", "promises the second human before the first", "swap the two"
    if VENDOR_WORDS[severity].pagerduty_urgency != "high":
        yield "not urgent", "promises to wake, and PagerDuty is told that it is not urgent", "take wakes out"


def _slower(worse: Promise, milder: Promise) -> Iterator[tuple[tuple[str, ...], str]]:
    if worse.detects_within > milder.detects_within:
        yield ("detects-within",), f"promises detection within {worse.detects_within}"
    yield from _slower_in_public(worse.public_updates, milder.public_updates)
    if milder.wakes is None:
        return
    if worse.wakes is None:
        yield ("title",), "wakes nobody"
    elif worse.wakes.first_human_within > milder.wakes.first_human_within:
        yield ("wakes", "first-human-within"), f"promises a human within {worse.wakes.first_human_within}"
    elif worse.wakes.second_human_within > milder.wakes.second_human_within:
        yield ("wakes", "second-human-within"), f"promises a second human within {worse.wakes.second_human_within}"


def _slower_in_public(
    worse: PublicUpdates | None, milder: PublicUpdates | None
) -> Iterator[tuple[tuple[str, ...], str]]:
    if milder is None:
        return
    if worse is None:
        yield ("title",), "promises no public notice"
    elif worse.first_within > milder.first_within:
        yield ("public-updates", "first-within"), f"promises a public notice within {worse.first_within}"
    else:
        slower = ((stage, pause) for stage, pause in worse.every.items() if pause > milder.every[stage])
        yield from ((("public-updates", stage.value), f"promises an update every {pause}") for stage, pause in slower)
