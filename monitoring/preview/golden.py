"""Golden Plans: what a program declared on the day on which somebody read it.

What a golden Plan has and the new one has not needs an alias of its old name, or an entry under `retired:`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from monitoring.errors import Problem
from monitoring.model.catalog import Catalog
from monitoring.model.scalars import parse_date
from monitoring.naming.owners import retired_names
from monitoring.naming.type_tokens import DOWNTIME, SCHEDULES
from monitoring.plan import Plan, Resource, dumps, loads

CHECK = "golden"
# A mute ends with its window, so that it goes is no loss.
PASSING = frozenset({DOWNTIME})


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
    return GoldenPlan(parse_date(day), plan)


def differences(before: Plan, after: Plan) -> Iterator[str]:
    """A line for each resource that was not there, is not there any more, or differs."""
    for key in sorted(before.by_key.keys() | after.by_key.keys()):
        if before.by_key.get(key) != after.by_key.get(key):
            word = "new" if key not in before.by_key else "gone" if key not in after.by_key else "changed"
            yield f"{word:<7} {key}"


def vanished(golden: Plan, plan: Plan, catalog: Catalog) -> list[Problem]:
    """Each URN of the golden plan that this one lacks and nobody has explained, sorted by name."""
    has = {plan.urn(resource) for resource in plan.resources}
    explained = set(_former(plan))
    retired = {type_: retired_names(catalog, type_) for type_ in {resource.type for resource in golden.resources}}
    return sorted(
        _problem(resource, catalog)
        for resource in golden.resources
        if golden.urn(resource) not in has
        and resource.type not in PASSING
        and (resource.type, resource.name) not in explained
        and resource.name not in retired[resource.type]
    )


def _former(plan: Plan) -> Iterator[tuple[str, str]]:
    """The names that resources of each type had before, as their aliases say: a bare name, or a whole URN.

    A schedule explains one of the other kind: `schedules:` in platform.yaml says which kind is made.
    """
    for resource in plan.resources:
        for alias in resource.aliases:
            yield resource.type, alias.rpartition("::")[2]
        if resource.type in SCHEDULES:
            yield from ((type_, resource.name) for type_ in SCHEDULES if type_ != resource.type)


def _problem(resource: Resource, catalog: Catalog) -> Problem:
    entry = f"retired: {{{resource.name}: {{on: 2026-11-26, reason: nothing uses it any more}}}}"
    return Problem(
        catalog.at("waivers", "", "retired"),
        f'{resource.vendor_title} {resource.kind} "{resource.name}"',
        "was declared before, and is not any more",
        f"write its name under formerly where it was renamed, or where it is gone write into waivers.yaml {entry}",
        CHECK,
    )
