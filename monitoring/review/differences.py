"""Where two catalogs differ, value by value; lists of people and things are compared as sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from pydantic import BaseModel

from monitoring.errors import Source
from monitoring.model.catalog import Catalog
from monitoring.model.recording import NamedRecording
from monitoring.model.signals import Uptime
from monitoring.review.effects import Place

ORDERED = frozenset({"people", "layers", "steps"})
"""Fields whose order decides something: turns, layers over one another, who is asked next."""


@dataclass(frozen=True, slots=True)
class CatalogDifference:
    """A value that is another one than before; None is for what is not written, and for an entry that is not there."""

    place: Place
    before: Any
    after: Any


NewNames = Mapping[tuple[str, str], str]
"""The name under which an old entry goes on, by its kind and old name; entries that keep theirs are not there."""


def differences(before: Catalog, after: Catalog, renamed: NewNames) -> tuple[CatalogDifference, ...]:
    """Every difference, in the order of the new catalog; an entry that was renamed is compared with its old self."""
    old = {_goes_on_as(place, renamed): entry for place, entry in _entries(before)}
    new = dict(_entries(after))
    places = dict.fromkeys((*new, *old))
    return tuple(each for place in places for each in _between(place, old.get(place), new.get(place)))


def _goes_on_as(place: Place, renamed: NewNames) -> Place:
    kind, name = place
    environment, slash, last = name.rpartition("/") if kind == "expectation" else ("", "", name)
    return kind, environment + slash + renamed.get((RENAMED_WITH.get(kind, kind), last), last)


RENAMED_WITH = {"rule-service": "rule", "expectation": "rule", "expected-policy": "policy"}
"""Entries that bear the name of another one, and its kind."""


def _entries(catalog: Catalog) -> Iterator[tuple[Place, Any]]:
    """Every entry by its kind and name; a rule stands for itself, beside its service."""
    yield from chain(_sections(catalog), _rules(catalog), _accepted(catalog), _expected(catalog))


def _sections(catalog: Catalog) -> Iterator[tuple[Place, Any]]:
    yield ("platform", ""), catalog.platform
    oncall = catalog.oncall
    for kind, entries in (
        ("severity", catalog.severities),
        ("person", oncall.people),
        ("schedule", oncall.schedules),
        ("policy", oncall.policies),
        ("role", oncall.roles),
        ("team", catalog.teams),
        ("tenant", catalog.tenants),
        ("service", catalog.services),
        ("maintenance", catalog.maintenance),
    ):
        yield from (((kind, str(name)), entry) for name, entry in entries.items())


def _rules(catalog: Catalog) -> Iterator[tuple[Place, Any]]:
    for name, (service, rule) in catalog.rules.items():
        yield ("rule", name), rule
        yield ("rule-service", name), service.service


def _accepted(catalog: Catalog) -> Iterator[tuple[Place, Any]]:
    yield from ((("waiver", f"{each.check}: {each.finding}"), each) for each in catalog.accepted.waivers)
    yield from ((("retired", name), each) for name, each in catalog.accepted.retired.items())


def _expected(catalog: Catalog) -> Iterator[tuple[Place, Any]]:
    expected = catalog.expectations
    yield from ((("expected-policy", name), each) for name, each in expected.policies.items())
    yield from ((("expectation", name), each) for name, each in expected.rules.items())
    for environment, elsewhere in expected.environments.items():
        yield from ((("expectation", f"{environment}/{name}"), each) for name, each in elsewhere.rules.items())


def _between(place: Place, before: Any, after: Any) -> Iterator[CatalogDifference]:
    if before is after or (type(before) is type(after) and before == after):
        return
    match before, after:
        case NamedRecording(), NamedRecording():
            yield from _recorded(place, before, after)
        case BaseModel(), BaseModel() if type(before) is type(after):
            yield from _fields(place, before, after)
        case dict(), dict():
            for key in dict.fromkeys((*after, *before)):
                yield from _between((*place, str(key)), before.get(key), after.get(key))
        case tuple(), tuple() if _same_list(place, before, after):
            return
        case _:
            yield CatalogDifference(place, before, after)


def _fields(place: Place, before: BaseModel, after: BaseModel) -> Iterator[CatalogDifference]:
    for name, field in type(after).model_fields.items():
        if (place[0], name) != ("service", "rules"):
            yield from _between((*place, field.alias or name), getattr(before, name), getattr(after, name))


def _recorded(place: Place, before: NamedRecording, after: NamedRecording) -> Iterator[CatalogDifference]:
    """What a browser does otherwise: another recording, other steps by their names, or the same in another turn."""
    old, new = ({step.name: step for step in recording.steps} for recording in (before, after))
    yield from _between((*place, "name"), before.name, after.name)
    for name in dict.fromkeys((*new, *old)):
        yield from _between((*place, name), old.get(name), new.get(name))
    turns = (tuple(name for name in names if name in old and name in new) for names in (old, new))
    yield from _between((*place, "steps"), *turns)


def _same_list(place: Place, before: tuple[Any, ...], after: tuple[Any, ...]) -> bool:
    """Whether two lists say the same; where the order counts, member by member."""
    if place[-1] not in ORDERED:
        return _same_members(before, after)
    pairs = zip(before, after, strict=False)
    return len(before) == len(after) and not any(each for old, new in pairs for each in _between(place, old, new))


def _same_members(before: Iterable[Any], after: Iterable[Any]) -> bool:
    left = list(after)
    for member in before:
        if member not in left:
            return False
        left.remove(member)
    return not left


RECORDED = ["uptime", "asks", "browser", "recording"]
"""Where a rule holds what a browser does, which stands in a file of its own."""


def source_of(catalog: Catalog, place: Place) -> Source:
    """Where a value stands in a catalog; the nearest line known."""
    kind, name, *words = place
    match kind:
        case "rule-service":
            return catalog.at("rule", name)
        case "waiver":
            keys = [f"{each.check}: {each.finding}" for each in catalog.accepted.waivers]
            return catalog.at("waivers", "", "waivers", *([keys.index(name)] if name in keys else []))
        case "expected-policy":
            return catalog.at("expectations", "", "policies", name, *words)
        case "expectation":
            environment, slash, rule = name.rpartition("/")
            inside = ("environments", environment, "rules", rule) if slash else ("rules", rule)
            return catalog.at("expectations", "", *inside, *words)
        case "rule" if words[:4] == RECORDED and len(words) > len(RECORDED):
            return _step_source(catalog, name, *words[4:])
        case _:
            return catalog.at(kind, name, *words)


def _step_source(catalog: Catalog, rule: str, step: str, *words: str) -> Source:
    """Where a step stands, or a word of it, in a rule's recording; all steps if there is no such one.

    The recording's own name stands where the rule writes it.
    """
    signal = catalog.rules[rule][1].signal
    browser = signal.asks.browser if isinstance(signal, Uptime) else None
    names = [step.name for step in browser.recording.steps] if browser else []
    if browser is None or (step == "name" and step not in names):
        return catalog.at("rule", rule, *RECORDED)
    inside: tuple[str | int, ...] = (names.index(step), *words) if step in names else ()
    return catalog.at("recording", browser.recording.name, "steps", *inside)
