"""A waiver accepts one finding that exists, for a time; a problem is one that is over, ends far away, or is unused."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import MAX_AHEAD, USUAL_AHEAD, Context, Finding
from monitoring.checks._subjects import WAIVERS
from monitoring.model.platform import PROOF, Waiver
from monitoring.model.references import nearest


@catalog_check("waivers", about=WAIVERS)
def waivers(context: Context) -> Iterator[str | Finding]:
    """Looks at each waiver, after all other checks; finds expired ones, unused ones, doubles, and ends far away.

    Whether a waiver of the proof accepts a witness is printed by the proof itself.
    """
    seen: set[tuple[str, str]] = set()
    for number, waiver in enumerate(context.catalog.accepted.waivers):
        yield waiver.finding
        source = context.catalog.at("waivers", "", "waivers", number)
        for key, what, remedy in _mistakes(context, waiver, seen):
            yield Finding(f"{waiver.finding}: {key}", source, f'waiver of "{waiver.finding}"', what, remedy)
        seen.add((waiver.check, waiver.finding))


def _mistakes(context: Context, waiver: Waiver, seen: set[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    if (waiver.check, waiver.finding) in seen:
        yield "double", "is defined twice", "take one of them out"
    elif waiver.check == PROOF:
        yield from _expired(context, waiver)
    elif waiver.check not in context.reported:
        yield "no check", f'no check is called "{waiver.check}"', nearest(waiver.check, context.reported)
    elif waiver.finding not in context.reported[waiver.check]:
        yield "unused", f"{waiver.check} finds no such thing", _unused(waiver, context.reported[waiver.check])
    else:
        yield from _expired(context, waiver)


def _expired(context: Context, waiver: Waiver) -> Iterator[tuple[str, str, str]]:
    if waiver.expires < context.today:
        yield "expired", f"expired on {waiver.expires}", f"mend the problem, or {waiver.owner} accepts it anew"
    elif waiver.expires > context.today + MAX_AHEAD:
        what = f"accepts it until {waiver.expires}, more than a year ahead"
        yield "too long", what, f"write a nearer day, like expires: {context.today + USUAL_AHEAD}"


def _unused(waiver: Waiver, findings: frozenset[str]) -> str:
    return nearest(waiver.finding, findings) if findings else "take the waiver out"
