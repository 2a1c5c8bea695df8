"""Golden Plans: what a program declared on the day on which somebody read it.

What a golden Plan has and the new one has not needs an alias of its old name, or an entry under `retired:`.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from monitoring.errors import Problem, Source
from monitoring.model.catalog import Catalog
from monitoring.plan import Plan, Resource, dumps, loads

CHECK = "golden"
# A mute ends with its window, so that it goes is no loss.
PASSING = frozenset({"datadog:index/downtimeSchedule:DowntimeSchedule"})
# What the builders put behind a rule's id or a service's name: a customer, a method, a long window, a vendor.
SUFFIXES = ("others", "get", "head", "post", "put", "patch", "delete", "options", r"\d+h", "sentry", "datadog")


MAX_LINES = 40
"""Lines of a difference that are shown; the rest is counted."""


@dataclass(frozen=True, slots=True)
class GoldenPlan:
    """A Plan, and the day for which it was made: it is compared for that day, so that no date makes it stale."""

    today: date
    plan: Plan

    def __str__(self) -> str:
        """The text of its file."""
        return dumps(self.plan, today=self.today.isoformat())


def read_golden(text: str) -> GoldenPlan:
    """The golden Plan in a file's text; ValueError where it is none."""
    plan = loads(text)
    day = json.loads(text).get("today")
    if not isinstance(day, str):
        raise ValueError("it does not say for which day it was made")
    return GoldenPlan(date.fromisoformat(day), plan)


def stale(file: str, written: GoldenPlan, now: GoldenPlan, catalog: Catalog) -> list[Problem]:
    """What somebody has to explain or to read: what has vanished, else the first lines that differ."""
    gone = vanished(written.plan, now.plan, catalog)
    if gone or written == now:
        return gone
    lines = list(difflib.unified_diff(str(written).splitlines(), str(now).splitlines(), "golden", "now", "", "", 2, ""))
    more = [f"… and {len(lines) - MAX_LINES} lines more"] if len(lines) > MAX_LINES else []
    what = "\n".join(["the program declares something else:", *lines[:MAX_LINES], *more])
    return [Problem(Source(file), "", what, "run monitoring golden, and read the difference", CHECK)]


def vanished(golden: Plan, plan: Plan, catalog: Catalog) -> list[Problem]:
    """Each URN of the golden plan that this one lacks and nobody has explained, sorted by name."""
    has = {plan.urn(resource) for resource in plan.resources}
    explained = set(_former(plan))
    retired = _retired(catalog)
    return sorted(
        _problem(resource, catalog)
        for resource in golden.resources
        if golden.urn(resource) not in has
        and resource.type not in PASSING
        and (resource.type, resource.name) not in explained
        and not retired.fullmatch(resource.name)
    )


def _former(plan: Plan) -> Iterator[tuple[str, str]]:
    """The names that resources of each type had before, as their aliases say: a bare name, or a whole URN."""
    for resource in plan.resources:
        for alias in resource.aliases:
            yield resource.type, alias.rpartition("::")[2]


def _retired(catalog: Catalog) -> re.Pattern[str]:
    """Matches every resource that a retired rule had, and every resource that is named itself."""
    names = "|".join(map(re.escape, sorted(catalog.accepted.retired)))
    suffixes = "|".join((*map(re.escape, sorted(catalog.tenants)), *SUFFIXES))
    return re.compile(f"({names})(-({suffixes}))?" if names else r"(?!)")


def _problem(resource: Resource, catalog: Catalog) -> Problem:
    return Problem(
        catalog.at("waivers", ""),
        f'{resource.vendor} {resource.kind} "{resource.name}"',
        "was declared before, and is not any more",
        f'write its name under formerly where it was renamed, or "{resource.name}" under retired where it is gone',
        CHECK,
    )
