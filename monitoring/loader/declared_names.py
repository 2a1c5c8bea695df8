"""The names that a catalog declares, and where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import Any

from pydantic import BaseModel, ValidationError

from monitoring.loader.declarations import declarations
from monitoring.loader.documents import Document
from monitoring.loader.layout import OPTIONAL, PARTS_OF_PLATFORM, SECTIONS, Section, inside
from monitoring.loader.open_catalog import OpenCatalog
from monitoring.model.recording import RECORDINGS, Recording
from monitoring.model.references import Names
from monitoring.model.sources import Lines


def declared_names(reading: OpenCatalog) -> Names:
    """Every name that the catalog declares, with the projects and metrics that can be read by themselves."""
    names = Names({kind: frozenset(given) for kind, given in _known(reading)})
    projects, metrics = (
        _readable(section.model, inside(reading.documents.get(section.file), section.path)[0], names)
        for section in PARTS_OF_PLATFORM[1:]
    )
    recorded = {name: document.data for name, document in reading.recordings.items()}
    rules = [rule for document in reading.services for rule in _rules_of(document)]
    declared = partial(declarations, rules, sorted(names.known.get("environment", ())))
    return Names(names.known, projects, metrics, cache(declared), _readable(Recording, recorded, names))


def _known(reading: OpenCatalog) -> Iterator[tuple[str, Iterable[str]]]:
    """The names of each kind whose part of the catalog can be read; others are unknown rather than none."""
    for section in PARTS_OF_PLATFORM + SECTIONS:
        data, _ = inside(reading.documents.get(section.file), section.path)
        if isinstance(data, dict):
            yield section.kind, data
        elif _is_left_out(section, reading):
            yield section.kind, ()
    if not any(name.startswith(RECORDINGS) for name in reading.unread):
        yield "recording", reading.recordings
    plans, _ = inside(reading.documents.get("platform.yaml"), ("tenancy", "plans"))
    if isinstance(plans, tuple):
        yield "plan", _texts(plans)
    if not reading.unread_services and all(map(_has_names, reading.services)):
        for kind in ("service", "rule"):
            yield kind, [name for of, name in reading.entries if of == kind]
        yield "component", _texts(inside(document, ("health",))[0] for document in reading.services)


def _is_left_out(section: Section, reading: OpenCatalog) -> bool:
    """Whether there are no entries of a kind because nobody wrote the file, or the word, that may be left out."""
    if section.file in OPTIONAL:
        return not reading.has_met(section.file)
    above, _ = inside(reading.documents.get(section.file), section.path[:-1])
    return section.optional and isinstance(above, dict) and section.path[-1] not in above


def _has_names(document: Document) -> bool:
    return isinstance(document.data, dict) and isinstance(document.data.get("rules", ()), tuple)


def _texts(values: Iterable[Any]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))


def _readable(model: type[BaseModel], data: Any, names: Names) -> dict[str, Any]:
    """The entries without mistakes, so that a mistake beside them hides nothing that refers to them."""
    read: dict[str, Any] = {}
    for name, value in data.items() if isinstance(data, dict) else ():
        try:
            read[name] = model.model_validate(value, context=names)
        except ValidationError:
            continue
    return read


def places(reading: OpenCatalog) -> Iterator[tuple[tuple[str, str], tuple[str, Lines]]]:
    """Where each entry stands, by its kind and name."""
    for section in PARTS_OF_PLATFORM + SECTIONS:
        data, lines = inside(reading.documents.get(section.file), section.path)
        for name in data if isinstance(data, dict) else ():
            yield (section.kind, name), (section.file, lines.part(name))
    for whole in ("platform", "waivers", "expectations"):
        if f"{whole}.yaml" in reading.documents:
            yield (whole, ""), (f"{whole}.yaml", reading.documents[f"{whole}.yaml"].lines)
    for name, document in reading.recordings.items():
        yield ("recording", name), (document.file, document.lines)
    for document in reading.services:
        for kind, name, lines in named_in(document):
            yield (kind, name), (document.file, lines)


def named_in(document: Document) -> Iterator[tuple[str, str, Lines]]:
    """The service of a file and its rules, as far as they have names."""
    name = document.data.get("service") if isinstance(document.data, dict) else None
    if isinstance(name, str):
        yield "service", name, document.lines
    for number, rule in enumerate(_rules_of(document)):
        if isinstance(rule, dict) and isinstance(rule.get("id"), str):
            yield "rule", rule["id"], document.lines.part("rules").part(number)


def _rules_of(document: Document) -> tuple[Any, ...]:
    rules, _ = inside(document, ("rules",))
    return rules if isinstance(rules, tuple) else ()
