"""Which declared objects the stack does not know though an account holds one of the same name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from monitoring.errors import Source
from monitoring.model.catalog import Catalog
from monitoring.naming.owners import owners
from monitoring.naming.type_tokens import (
    ALERT,
    CRON_MONITOR,
    DASHBOARD,
    DOWNTIME,
    METRIC_MONITOR,
    SCHEDULE,
    SENTRY_ROW,
    SERVICE_INTEGRATION,
    SERVICE_OBJECT,
    SHIFT_BASED_SCHEDULE,
    SLACK_CHANNEL,
    SLACK_CONNECTION,
    UPTIME_MONITOR,
)
from monitoring.plan import Plan, Resource, Value, references
from monitoring.vendors.existing import ExistingObject, window_name

OTHER_FORM = {SCHEDULE: SHIFT_BASED_SCHEDULE, SHIFT_BASED_SCHEDULE: SCHEDULE}
"""What stands in an account as another type, and is the same to whoever looks at its pages."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A declared resource that the stack does not know, and everything of its name that stands in the account.

    `adoptable`: the objects are the resource's own, and neither another form that no import turns into it nor a job of
    another project.
    `claimants`: how many declared resources have this name, so that it does not say which object is whose.
    """

    resource: Resource
    name: str
    ids: tuple[str, ...]
    source: Source
    adoptable: bool = True
    claimants: int = 1

    @property
    def settled(self) -> bool:
        """Whether there is exactly one object to take over, for this resource alone."""
        return self.adoptable and len(self.ids) == 1 and self.claimants == 1

    def __str__(self) -> str:
        vendor, kind = self.resource.vendor_title, self.resource.kind
        where = f'{self.source}: {kind} "{self.resource.name}"'
        if not self.adoptable and self.resource.type == CRON_MONITOR:
            remedy = "give the rule another id, or that job another slug"
            what = (
                f'has a job "{self.name}" in another project ({", ".join(self.ids)}), and a slug belongs to one alone'
            )
            return f"{where}: {vendor} {what}; {remedy} (adopt)"
        if not self.adoptable:
            remedy = "rename it there, or delete it once nothing uses it"
            form = "a shift-based schedule" if self.resource.type == SCHEDULE else "a schedule with layers"
            what = f'has "{self.name}" as {form} ({", ".join(self.ids)}), which cannot be taken over'
            return f"{where}: {vendor} {what}; {remedy} (adopt)"
        if self.settled:
            remedy = "take it over with pulumi import, or rename it there"
            return f'{where}: {vendor} has "{self.name}" already, as {self.ids[0]}; {remedy} (adopt)'
        shared = f", and {self.claimants} of the program's resources have this name" if self.claimants > 1 else ""
        remedy = f"compare them there, and say which is meant with --id '{self.resource.key}={self.ids[0]}'"
        times = "once" if len(self.ids) == 1 else f"{len(self.ids)} times"
        return f'{where}: {vendor} has "{self.name}" {times}, as {", ".join(self.ids)}{shared}; {remedy} (adopt)'


def unknown(plan: Plan, export: Mapping[str, Any]) -> tuple[Resource, ...]:
    """The declared resources that the stack's state does not hold, under no name that they ever had."""
    held = {key_of(entry["urn"]) for entry in held_by(export)}
    names = {resource.key: [resource.name, *map(last_name, resource.aliases)] for resource in plan.resources}
    return tuple(
        resource
        for resource in plan.resources
        if not any(f"{resource.type}::{name}" in held for name in names[resource.key])
    )


def held_by(export: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """The resources in what `pulumi stack export` prints."""
    resources: Iterable[Mapping[str, Any]] = (export.get("deployment") or {}).get("resources") or ()
    return resources


def protected(export: Mapping[str, Any]) -> frozenset[str]:
    """The URNs that the engine neither deletes nor replaces."""
    return frozenset(entry["urn"] for entry in held_by(export) if entry.get("protect"))


def pending_operations(export: Mapping[str, Any]) -> int:
    """How many operations a run left open when it ended."""
    return len((export.get("deployment") or {}).get("pending_operations") or ())


def key_of(urn: str) -> str:
    """TYPE::NAME of a URN, without its parents' types."""
    types, _, name = urn.split("::", 2)[2].partition("::")
    return f"{types.rpartition('$')[2]}::{name}"


def last_name(alias: str) -> str:
    """The name in an alias, which is a bare name or a whole URN."""
    return alias.rpartition("::")[2]


def duplicates(
    plan: Plan,
    catalog: Catalog,
    export: Mapping[str, Any],
    standing: Iterable[ExistingObject],
    chosen: Mapping[str, str] | None = None,
) -> tuple[Duplicate, ...]:
    """What the program would create a second time, in the Plan's order; `chosen` names ids by TYPE::NAME."""
    known = {(key_of(entry["urn"]).partition("::")[0], entry.get("id")) for entry in held_by(export)}
    there: dict[tuple[str, str], list[ExistingObject]] = {}
    for existing in sorted(set(standing)):
        if (existing.type, existing.id) not in known:
            there.setdefault((existing.type, existing.name), []).append(existing)
    return tuple(_matched(plan, catalog, unknown(plan, export), there, chosen or {}))


def _matched(
    plan: Plan,
    catalog: Catalog,
    resources: Iterable[Resource],
    there: Mapping[tuple[str, str], list[ExistingObject]],
    chosen: Mapping[str, str],
) -> Iterator[Duplicate]:
    known = owners(catalog)
    named = [(resource, name_at_vendor(plan, resource)) for resource in resources]
    claims = Counter((resource.type, name) for resource, name in named if resource.key not in chosen)
    taken = {(key.partition("::")[0], id_) for key, id_ in chosen.items()}
    for resource, name in named:
        twin = Duplicate(resource, name, (), known.source_of(resource.type, resource.name))
        if resource.key in chosen:
            yield replace(twin, ids=(chosen[resource.key],))
        elif ids := [
            existing.id for existing in _own(resource, name, there) if (existing.type, existing.id) not in taken
        ]:
            yield replace(twin, ids=tuple(ids), claimants=claims[resource.type, name])
        others = tuple(existing.id for existing in _in_the_way(resource, name, there))
        if others:
            yield replace(twin, ids=others, adoptable=False)


def _own(
    resource: Resource, name: str, there: Mapping[tuple[str, str], list[ExistingObject]]
) -> Iterator[ExistingObject]:
    """What has the name where it stands for the resource: for a monitor at Sentry in its own project."""
    place = resource.inputs.get("project")
    return (existing for existing in there.get((resource.type, name), ()) if existing.within in ("", place))


def _in_the_way(
    resource: Resource, name: str, there: Mapping[tuple[str, str], list[ExistingObject]]
) -> Iterator[ExistingObject]:
    """The same in another form, and a job of the name in another project.

    Sentry derives the slug by which a job checks in from its name, once for the whole organisation
    (getsentry/sentry, src/sentry/monitors/validators.py): the second one would get a slug that no check-in names.
    """
    yield from there.get((OTHER_FORM.get(resource.type, ""), name), ())
    if resource.type == CRON_MONITOR:
        own = set(_own(resource, name, there))
        yield from (existing for existing in there.get((resource.type, name), ()) if existing not in own)


# --- names, as the vendors show them ---------------------------------------------------------------------------


def name_at_vendor(plan: Plan, resource: Resource) -> str:
    """What identifies a resource's object for a human in the vendor's pages."""
    return NAMES.get(resource.type, _named)(plan, resource.inputs)


def _named(_: Plan, inputs: Mapping[str, Value]) -> str:
    return str(inputs["name"])


def _integration(plan: Plan, inputs: Mapping[str, Value]) -> str:
    service = plan.by_key[inputs["service"]["ref"]]
    return f"{service.inputs['name']}: {inputs['name']}"


def _board(_: Plan, inputs: Mapping[str, Value]) -> str:
    return str(json.loads(inputs["dashboard"])["title"])


def _window(_: Plan, inputs: Mapping[str, Value]) -> str:
    return window_name(inputs["scope"], inputs["message"], inputs["monitorIdentifier"]["monitorTags"])


NAMES: Mapping[str, Callable[[Plan, Mapping[str, Value]], str]] = {
    SERVICE_INTEGRATION: _integration,
    DASHBOARD: _board,
    DOWNTIME: _window,
    SERVICE_OBJECT: lambda _, inputs: str(inputs["serviceName"]),
    SLACK_CHANNEL: lambda _, inputs: f"{inputs['accountName']}:{inputs['channelName']}",
    SENTRY_ROW: lambda _, inputs: str(inputs["service"]),
    SLACK_CONNECTION: lambda _, inputs: str(inputs["channelId"]),
}


# --- what `pulumi import --file` reads -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Package:
    """How the engine finds a vendor's provider: its version, and what a parameterised one is made of."""

    version: str
    parameterization: Mapping[str, str] | None = None


def import_file(found: Iterable[Duplicate], packages: Mapping[str, Package]) -> dict[str, Any]:
    """The file that takes over every twin of which there is exactly one."""
    return {"resources": [_entry(twin, packages[twin.resource.vendor]) for twin in found if twin.settled]}


def _entry(twin: Duplicate, package: Package) -> dict[str, Any]:
    resource = twin.resource
    entry = {"type": resource.type, "name": resource.name, "id": import_id(resource, twin.ids[0])}
    made_of = {"parameterization": dict(package.parameterization)} if package.parameterization else {}
    return {**entry, "version": package.version, **made_of}


def import_id(resource: Resource, id_: str) -> str:
    """The id as `pulumi import` wants it: Sentry's are preceded by where they belong (its provider's facts)."""
    before = {
        ALERT: ("organization",),
        METRIC_MONITOR: ("organization", "project"),
        CRON_MONITOR: ("organization", "project"),
        UPTIME_MONITOR: ("organization", "project"),
        SENTRY_ROW: ("organization",),
    }.get(resource.type, ())
    return "/".join([*(str(resource.inputs[word]) for word in before), id_])


# Datadog never shows the key that it was given, so that an import of its object reads none.
NEVER_READ = frozenset({SERVICE_OBJECT})


def keys_read(plan: Plan, found: Iterable[Duplicate], *, stack: str) -> tuple[str, ...]:
    """The URNs whose keys an import reads without knowing them for secrets: replaced at once, what was read is dead."""
    read = [twin.resource for twin in found if twin.settled and twin.resource.type not in NEVER_READ]
    named = {reference["ref"] for resource in read for reference in references(resource.inputs)}
    named |= {resource.key for resource in read}
    holders = (resource for resource in plan.resources if resource.secret_outputs and resource.key in named)
    place = f"urn:pulumi:{stack.rpartition('/')[2]}::{plan.project}"
    return tuple(f"{place}::{resource.key}" for resource in holders)
