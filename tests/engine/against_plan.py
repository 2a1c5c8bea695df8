"""Compares what the engine would create with the offline Plan: each property, each reference, each option."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monitoring.plan import Plan, Resource, references
from tests.engine.accounts.account import VENDORS, Account
from tests.engine.accounts.values import UNKNOWN

HIDDEN = "[secret]"
"""What `preview --json` shows in place of a secret."""


@dataclass(frozen=True)
class Comparison:
    """One resource on both sides: what the Plan says, and the engine's new state of it."""

    plan: Plan
    resource: Resource
    state: Mapping[str, Any]
    account: Account

    def urn(self, key: str) -> str:
        """The URN of a TYPE::NAME in the Plan."""
        return self.plan.urn(self.plan.by_key[key])

    def referred(self, value: Any) -> set[str]:
        """The URNs of every resource that a planned value refers to."""
        return {self.urn(one["ref"]) for one in references(value)}


def differences(plan: Plan, steps: Sequence[Mapping[str, Any]], account: Account) -> Iterator[str]:
    """Everything in which the engine's steps of a first preview are not what the Plan says, as sentences."""
    states = {step["urn"]: step["newState"] for step in steps}
    planned = {plan.urn(resource): resource for resource in plan.resources}
    yield from (f"{urn} is planned, and the engine does not create it" for urn in planned.keys() - states.keys())
    yield from (f"{urn} is created, and not planned" for urn in states.keys() - planned.keys())
    yield from (f"{step['urn']} is no creation but {step['op']}" for step in steps if step["op"] != "create")
    for urn in planned.keys() & states.keys():
        one = Comparison(plan, planned[urn], states[urn], account)
        for sentence in (*inputs(one), *dependencies(one), *options(one)):
            yield f"{one.resource.key}: {sentence}"


def inputs(one: Comparison) -> Iterator[str]:
    """Where the inputs differ."""
    yield from values(one, "inputs", one.resource.inputs, one.state["inputs"])


def values(one: Comparison, place: str, planned: Any, seen: Any) -> Iterator[str]:
    """Where two values differ; a reference has to be unknown, a look-up what the account answers."""
    planned = answered(one.account, planned)
    if isinstance(planned, dict) and isinstance(seen, dict):
        filled = {"__defaults", *seen.get("__defaults", ())}
        for name in sorted({*planned, *seen} - (filled - planned.keys())):
            yield from values(one, f"{place}.{name}", planned.get(name), seen.get(name))
    elif isinstance(planned, list) and isinstance(seen, list) and len(planned) == len(seen):
        for number, (here, there) in enumerate(zip(planned, seen, strict=True)):
            yield from values(one, f"{place}[{number}]", here, there)
    elif planned != seen or isinstance(planned, bool) != isinstance(seen, bool):
        yield f"{place} is planned as {planned!r}, and the engine has {seen!r}"


def answered(account: Account, value: Any) -> Any:
    """A planned value as a first preview has to show it: what the program refers to is not known yet."""
    match value:
        case {"ref": _}:
            return UNKNOWN
        case {"lookup": token, "arguments": arguments, "output": output}:
            found = VENDORS[token.split(":")[0]].functions[token](account.store, dict(arguments))
            return found[output]
        case {"format": parts}:
            texts = [answered(account, part) for part in parts]
            return UNKNOWN if UNKNOWN in texts else "".join(map(str, texts))
        case {"secret": _}:
            return HIDDEN
        case _:
            return value


def dependencies(one: Comparison) -> Iterator[str]:
    """Where the engine's dependencies are not the Plan's references, property by property."""
    seen = one.state.get("propertyDependencies", {})
    for name in sorted({*one.resource.inputs, *seen}):
        planned, there = one.resource.inputs.get(name), set(seen.get(name) or ())
        if one.referred(planned) != {urn for urn in there if not already_known(one, planned, urn)}:
            yield f"{name} refers to {sorted(one.referred(planned))}, and the engine has {sorted(there)}"
    wanted = {one.urn(key) for key in one.resource.depends_on}.union(*(urns or () for urns in seen.values()))
    if wanted != set(one.state.get("dependencies") or ()):
        yield f"depends on {sorted(wanted)}, and the engine has {sorted(one.state.get('dependencies') or ())}"


def already_known(one: Comparison, planned: Any, urn: str) -> bool:
    """Whether a planned value repeats a text that another resource is given, so that the Plan needs no reference.

    Datadog's name for a PagerDuty service is such a text: an output, but the same as the input that it comes from.
    """
    other = one.plan.by_key[urn.split("::", 2)[2]]
    texts = [value for value in other.inputs.values() if isinstance(value, str)]
    return urn not in one.referred(planned) and any(text in json.dumps(planned) for text in texts)


def options(one: Comparison) -> Iterator[str]:
    """Where protection, aliases or secret outputs differ; the engine's state shows no other option."""
    if one.resource.protect != one.state.get("protect", False):
        yield f"protect is planned as {one.resource.protect}"
    aliases = {f"{one.plan.urn(one.resource).rpartition('::')[0]}::{name}" for name in one.resource.aliases}
    if aliases != set(one.state.get("aliases") or ()):
        yield f"aliases are planned as {sorted(aliases)}, and the engine has {one.state.get('aliases')}"
    missing = set(one.resource.secret_outputs) - set(one.state.get("additionalSecretOutputs") or ())
    if missing:
        yield f"{sorted(missing)} should be secret"
