"""Each entry of a catalog against its model, with all names at hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from monitoring.errors import Problem, Source
from monitoring.loader.declared_names import named_in
from monitoring.loader.documents import Document
from monitoring.loader.layout import OPTIONAL, SECTIONS, TOP_WORDS, Section, inside, unknown_words, whole_file
from monitoring.loader.open_catalog import OpenCatalog
from monitoring.loader.repairs import Action, Repair
from monitoring.loader.sections import entry_problems, rule_problems, team_problems
from monitoring.loader.validation_messages import RawEntry, read_entry
from monitoring.model.catalog import Catalog
from monitoring.model.entry import MAX_ENTRY_PROBLEMS
from monitoring.model.expectation import EXPECTATIONS_FILE, Expectations
from monitoring.model.oncall import Oncall
from monitoring.model.platform import FORMAT, Accepted, Platform, Waiver
from monitoring.model.recording import Recording
from monitoring.model.references import nearest
from monitoring.model.scalars import parse_id, quoted
from monitoring.model.service import Rule, Service
from monitoring.model.severity import Severity, parse_severity
from monitoring.model.sources import Lines, Sources

_ModelT = TypeVar("_ModelT", bound=BaseModel)


# long: one line a part of the catalog
def catalog_of(reading: OpenCatalog) -> Catalog | None:
    """The catalog of all entries; None where any file has a mistake, and each of them is reported then."""
    for document in reading.documents.values():
        reading.mistakes.extend(islice(unknown_words(document), MAX_ENTRY_PROBLEMS))
    platform = _platform(reading)
    parts = {section.kind: _section(section, reading) for section in SECTIONS}
    recordings = {name: _recording(name, document, reading) for name, document in reading.recordings.items()}
    services, waivers, expectations = _services(reading), _waivers(reading), _expectations(reading)
    if platform is None or expectations is None or reading.mistakes.problems:
        return None
    return Catalog(
        platform=platform,
        severities={Severity(name): promise for name, promise in parts["severity"].items()},
        oncall=Oncall.model_construct(
            people=parts["person"], schedules=parts["schedule"], policies=parts["policy"], roles=parts["role"]
        ),
        teams=parts["team"],
        tenants=parts["tenant"],
        services=services,
        recordings={name: recording for name, recording in recordings.items() if recording},
        maintenance=parts["maintenance"],
        accepted=Accepted.model_construct(waivers=waivers, retired=parts["retired"]),
        expectations=expectations,
        sources=Sources(reading.entries),
    )


def _platform(reading: OpenCatalog) -> Platform | None:
    document = reading.documents.get("platform.yaml")
    if document is None:
        return None
    raw = whole_file(document)
    if isinstance(document.data, dict):
        raw = raw._replace(data=document.data | {"format": FORMAT})  # another one has been reported
    return _entry(Platform, raw, reading)


def _expectations(reading: OpenCatalog) -> Expectations | None:
    document = reading.documents.get(EXPECTATIONS_FILE)
    return Expectations() if document is None else _entry(Expectations, whole_file(document), reading)


def _entry(model: type[_ModelT], raw: RawEntry, reading: OpenCatalog) -> _ModelT | None:
    return None if reading.is_full else read_entry(model, raw, reading.names, reading.mistakes)


def _section(section: Section, reading: OpenCatalog) -> dict[str, Any]:
    """The section's entries by name, without those that have mistakes."""
    document = reading.documents.get(section.file)
    if document is None:
        return {}
    data, lines = inside(document, section.path)
    if not isinstance(data, dict):
        reading.mistakes.extend(_no_section(section, document))
        return {}
    read = {
        name: _named(
            section,
            name,
            RawEntry(value, section.file, lines.part(name), has_nulls=document.has_nulls, path=(*section.path, name)),
            reading,
        )
        for name, value in data.items()
    }
    return {name: entry for name, entry in read.items() if entry is not None}


def _no_section(section: Section, document: Document) -> Iterator[Problem]:
    whole, remedy = whole_file(document), "write name: {…} for each"
    data, _ = inside(document, section.path)
    if data is not None:
        yield whole.problem("is not a mapping of names", remedy, *section.path)
    elif isinstance(document.data, dict) and section.path[0] in document.data:
        yield whole.problem("is empty", f'{remedy}, or "{{}}" for none', *section.path)
    elif not section.optional and document.file not in OPTIONAL and not _is_misspelt(section, document):
        yield whole.problem("is missing", remedy, *section.path)


def _is_misspelt(section: Section, document: Document) -> bool:
    """Whether the section is there under another name, which is reported already."""
    legal = TOP_WORDS.get(document.file, ())
    meant = f'did you mean "{section.path[-1]}"?'
    return isinstance(document.data, dict) and any(nearest(word, legal) == meant for word in document.data)


def _named(section: Section, name: str, raw: RawEntry, reading: OpenCatalog) -> BaseModel | None:
    raw = raw._replace(where=f"{section.kind} {quoted(name)}")
    if reading.is_full:
        return None
    try:
        (parse_severity if section.kind == "severity" else parse_id)(name)
    except PydanticCustomError as error:
        context = error.context or {}
        reading.mistakes.add(raw.problem(str(context["what"]), str(context["remedy"])))
    reading.mistakes.extend(entry_problems(section.kind, raw, reading.lacked))
    return _entry(section.model, raw, reading)


def _recording(name: str, document: Document, reading: OpenCatalog) -> Recording | None:
    entry = _named(Section("recording", Recording, document.file), name, whole_file(document), reading)
    return entry if isinstance(entry, Recording) else None


def _services(reading: OpenCatalog) -> dict[str, Service]:
    services: dict[str, Service] = {}
    reading.mistakes.extend(_twice(reading))
    teams = reading.names.known.get("team", frozenset())
    for team, problem in team_problems(reading.documents.get("platform.yaml"), reading.services, teams):
        reading.mistakes.add(problem, Repair("platform.yaml", ("sentry", "teams", team), Action.PUT, team))
    for document in reading.services:
        service = _service(document, reading)
        if service is not None:
            services[service.service] = service
    return services


def _service(document: Document, reading: OpenCatalog) -> Service | None:
    raw = whole_file(document)
    if not isinstance(document.data, dict):
        return _entry(Service, raw, reading)
    data = dict(document.data)
    if isinstance(data.get("rules"), tuple):
        read = [_rule(rule, number, document, reading) for number, rule in enumerate(data["rules"])]
        data["rules"] = tuple(rule for rule in read if rule is not None)
    name = data.get("service")
    where = f"service {quoted(name)}" if isinstance(name, str) else ""
    return _entry(Service, RawEntry(data, document.file, document.lines, where, document.has_nulls), reading)


def _rule(rule: Any, number: int, document: Document, reading: OpenCatalog) -> Rule | None:
    name = rule.get("id") if isinstance(rule, dict) else None
    where = f"rule {quoted(name)}" if isinstance(name, str) else f"rule {number + 1}"
    raw = RawEntry(
        rule, document.file, document.lines.part("rules").part(number), where, document.has_nulls, ("rules", number)
    )
    reading.mistakes.extend(rule_problems(raw, reading.lacked))
    return _entry(Rule, raw, reading)


def _twice(reading: OpenCatalog) -> Iterator[Problem]:
    """Services and rules that share a name with an earlier one."""
    seen: dict[tuple[str, str], Source] = {}
    for document in reading.services:
        for kind, name, lines in named_in(document):
            word = "id" if kind == "rule" else "service"
            raw = RawEntry(None, document.file, lines, f"{kind} {quoted(name)}")
            if (kind, name) in seen:
                remedy = f"rename one; the first is at {seen[kind, name]}"
                yield raw.problem("is defined twice", remedy, word, check="duplicate-id")
            seen.setdefault((kind, name), Source(document.file, lines.at(word)))


def _waivers(reading: OpenCatalog) -> tuple[Waiver, ...]:
    document = reading.documents.get("waivers.yaml")
    waivers, lines = inside(document, ("waivers",))
    if document is None or not isinstance(document.data, dict) or "waivers" not in document.data:
        return ()
    if not isinstance(waivers, tuple):
        reading.mistakes.add(whole_file(document).problem("is not a list", "write [] where there is none", "waivers"))
        return ()
    read = [_waiver(document, item, lines, number, reading) for number, item in enumerate(waivers)]
    return tuple(waiver for waiver in read if waiver is not None)


def _waiver(document: Document, item: Any, lines: Lines, number: int, reading: OpenCatalog) -> Waiver | None:
    name, path = f"waiver {number + 1}", ("waivers", number)
    return _entry(Waiver, RawEntry(item, document.file, lines.part(number), name, document.has_nulls, path), reading)
