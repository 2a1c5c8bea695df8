"""Services do not depend on each other in a circle, or nobody can say what an outage of one takes along."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import SERVICES


@catalog_check("dependency-cycles", about=SERVICES)
def dependency_cycles(context: Context) -> Iterator[str | Finding]:
    """Looks at each service; finds circles, each named once, by the service that comes first in it."""
    for name in context.catalog.services:
        yield name
        circle = _circle(context, name)
        if circle and name == min(circle):
            what = f"depends on itself: {' on '.join([*circle, name])}"
            remedy = "take one of these out of depends-on"
            yield context.finding("service", name, "depends-on", key="circle", what=what, remedy=remedy)


def _circle(context: Context, start: str) -> tuple[str, ...]:
    """The shortest way from a service back to itself, or nothing."""
    came_from: dict[str, str] = {}
    waiting = [start]
    for service in waiting:
        for next_ in context.catalog.services[service].depends_on:
            if next_ == start:
                return _way(came_from, start, service)
            if next_ not in came_from:
                came_from[next_] = service
                waiting.append(next_)
    return ()


def _way(came_from: dict[str, str], start: str, last: str) -> tuple[str, ...]:
    way = [last]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
