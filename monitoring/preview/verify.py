"""What a vendor would refuse, or what would reach nobody, found in a Plan before any vendor is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from monitoring.errors import Problem, Source
from monitoring.model.catalog import Catalog
from monitoring.naming.owners import Owners, owners
from monitoring.naming.type_tokens import (
    MONITOR,
    NOTIFICATION_RULE,
    SERVICE_OBJECT,
    SLACK_CHANNEL,
    SYNTHETICS_TEST,
    TEAMS_CHANNEL,
    WEBHOOK,
)
from monitoring.plan import Plan, Resource, Value, references
from monitoring.preview.facts import declared, demands
from monitoring.preview.options import unchained, unkept
from monitoring.preview.queries import query_problems
from monitoring.preview.rules import Broken, Place, broken, is_elsewhere, opened, quoted, rendered, spelled
from monitoring.preview.shapes import Declared, Kind, Shape
from monitoring.preview.variables import hidden_problems, variable_problems

CHECK = "plan"


def verify(plan: Plan, catalog: Catalog | None = None) -> list[Problem]:
    """Every mistake in a plan, sorted by place; by its place in the catalog where the catalog is given."""
    known = owners(catalog) if catalog else None
    faults = ((resource, fault) for resource in plan.resources for fault in _faults(resource, plan))
    apart = (*_shared_names(plan), *_unknown_handles(plan), *unchained(plan))
    return sorted({_problem(resource, fault, known) for resource, fault in (*faults, *apart)})


def _faults(resource: Resource, plan: Plan) -> Iterator[Broken]:
    type_ = declared(resource.type)
    if type_ is None:
        yield Broken("", f'"{resource.type}" is not a type that {resource.vendor_title} has', "look at its spelling")
        return
    yield from _named(resource, type_)
    yield from unfit(resource.inputs, type_.inputs, _Outputs(plan))
    yield from _dangling(resource, plan)
    yield from unkept(resource)
    yield from hidden_problems(resource)
    for rule in demands(resource.type).rules:
        yield from broken(rule, resource.inputs)
    if resource.type == MONITOR:
        yield from query_problems(resource, plan)
    if resource.type == SYNTHETICS_TEST:
        yield from variable_problems(resource, plan)


def _problem(resource: Resource, fault: Broken, known: Owners | None) -> Problem:
    place = f", {fault.place}" if fault.place else ""
    where = f'{resource.vendor_title} {resource.kind} "{resource.name}"{place}'
    source = known.source_of(resource.type, resource.name) if known else Source("plan")
    return Problem(source, where, fault.what, fault.remedy, CHECK)


# --- properties ------------------------------------------------------------------------------------------------


def _named(resource: Resource, type_: Declared) -> Iterator[Broken]:
    takes_name = "name" in type_.inputs.properties and "name" not in type_.inputs.required
    if takes_name and not resource.inputs.get("name"):
        yield Broken("name", "is missing", "write it, or the engine makes one up that nobody finds again")


class _Outputs:
    """The kinds of what a plan's resources give to one another."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def kind(self, value: Value) -> Kind:
        """The kind of a value that comes from elsewhere; anything where that is not known."""
        if "format" in value:
            return Kind.TEXT
        type_ = declared(value["ref"].partition("::")[0]) if "ref" in value else None
        shape = type_.outputs.get(value["output"]) if type_ else None
        return shape.kind if shape else Kind.ANY


def unfit(value: Value, shape: Shape, outputs: _Outputs, place: Place = ()) -> Iterator[Broken]:
    """Unknown properties, missing ones, and values of another kind, through all the parts of a value."""
    value = opened(value)
    if value is None or shape.kind == Kind.ANY:
        return
    if is_elsewhere(value):
        yield from _other_kind(outputs.kind(value), shape, place, value)
    elif isinstance(value, dict) and shape.kind == Kind.OBJECT:
        yield from _members(value, shape, outputs, place)
    elif isinstance(value, dict) and shape.kind == Kind.MAP and shape.inside:
        for name, inner in value.items():
            yield from unfit(inner, shape.inside, outputs, (*place, name))
    elif isinstance(value, list) and shape.kind == Kind.LIST and shape.inside:
        for index, inner in enumerate(value):
            yield from unfit(inner, shape.inside, outputs, (*place, index))
    else:
        yield from _other_kind(_kind(value), shape, place, value)


def _members(value: Mapping[str, Value], shape: Shape, outputs: _Outputs, place: Place) -> Iterator[Broken]:
    for name in shape.required:
        if value.get(name) is None:
            yield Broken(spelled((*place, name)), "is missing", "it must be written")
    for name, inner in value.items():
        if name in shape.properties:
            yield from unfit(inner, shape.properties[name], outputs, (*place, name))
        else:
            what = "is no property that the vendor's package knows"
            yield Broken(spelled((*place, name)), what, "look at its spelling")


KIND_OF_TYPE = {str: Kind.TEXT, bool: Kind.BOOLEAN, int: Kind.NUMBER, float: Kind.NUMBER, list: Kind.LIST}


def _kind(value: Value) -> Kind:
    return KIND_OF_TYPE.get(type(value), Kind.OBJECT)


def _other_kind(kind: Kind, shape: Shape, place: Place, value: Value) -> Iterator[Broken]:
    if kind not in (Kind.ANY, shape.kind):
        shown = "a reference" if is_elsewhere(value) else quoted(value)
        yield Broken(spelled(place), f"{shown} is a {kind}", f"a {shape.kind} is wanted")


# --- references ------------------------------------------------------------------------------------------------


def _dangling(resource: Resource, plan: Plan) -> Iterator[Broken]:
    for reference in references(resource.inputs):
        key, output = reference["ref"], reference["output"]
        type_ = declared(key.partition("::")[0])
        if key not in plan.by_key:
            yield Broken("", f'refers to "{key}", which is not declared', "declare it, or refer to something else")
        elif type_ is not None and output not in type_.outputs:
            yield Broken("", f'refers to "{output}" of "{key}", which has no such output', "refer to another output")
    for key in resource.depends_on:
        if key not in plan.by_key:
            yield Broken("", f'waits for "{key}", which is not declared', "declare it, or do not wait")


# Handles of a notification rule by their first word: the type that must be declared, and its property.
Named = Callable[[Resource], str | None]
HANDLES: Mapping[str, tuple[str, Named]] = {
    "pagerduty-": (SERVICE_OBJECT, lambda declared: rendered(declared.inputs.get("serviceName"))),
    "slack-": (SLACK_CHANNEL, lambda declared: _slack_name(declared)),
    "teams-": (TEAMS_CHANNEL, lambda declared: rendered(declared.inputs.get("name"))),
    "webhook-": (WEBHOOK, lambda declared: rendered(declared.inputs.get("name"))),
}

ONE_STACKS = frozenset({SLACK_CHANNEL, TEAMS_CHANNEL, WEBHOOK})


def _slack_name(channel: Resource) -> str:
    return f"{channel.inputs.get('accountName')}-{str(channel.inputs.get('channelName')).removeprefix('#')}"


def _unknown_handles(plan: Plan) -> Iterator[tuple[Resource, Broken]]:
    """Handles that Datadog would take and notify nobody; what one stack declares for all, only that one can tell."""
    written = [
        (resource, handle) for resource in plan.of_type(NOTIFICATION_RULE) for handle in _handles(resource.inputs)
    ]
    for start, (type_, name) in HANDLES.items():
        known = {name(target) for target in plan.of_type(type_)}
        if not known and type_ in ONE_STACKS:
            continue
        for resource, handle in written:
            if handle.startswith(start) and handle.removeprefix(start) not in known:
                what = f'the handle "{handle}" belongs to nobody'
                yield resource, Broken("", what, "it would be taken, and notify nobody")


def _handles(value: Value) -> Iterator[str]:
    """Every text in a value's lists of recipients."""
    if isinstance(value, dict) and not is_elsewhere(value):
        for name, inner in value.items():
            if name.lower().endswith("recipients") and isinstance(inner, list):
                yield from filter(None, (rendered(recipient) for recipient in inner))
            else:
                yield from _handles(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _handles(inner)


# --- the account -----------------------------------------------------------------------------------------------


def _shared_names(plan: Plan) -> Iterator[tuple[Resource, Broken]]:
    """Resources that share what the vendor wants only once in an account."""
    holders: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Resource]] = defaultdict(list)
    for resource in plan.resources:
        for names in demands(resource.type).unique:
            values = tuple(repr(resource.inputs[name]) for name in names if name in resource.inputs)
            if len(values) == len(names):
                holders[(resource.type, names, values)].append(resource)
    for (_, names, _), sharing in holders.items():
        shown = ", ".join(quoted(sharing[0].inputs[name]) for name in names)
        for resource in sharing[1:]:
            what = f'{shown} is already that of "{sharing[0].name}"'
            yield resource, Broken(", ".join(names), what, "the vendor takes it once in an account")
