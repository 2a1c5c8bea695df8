"""Documents to a Catalog: which entries there are, and each of them against its model with all names at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from monitoring.collector import gc_paused
from monitoring.errors import CatalogError, Problem, Source, UsageError
from monitoring.loader.declarations import declarations
from monitoring.loader.documents import Document, parse
from monitoring.loader.files import MAX_PROBLEMS, file_problem, read_files
from monitoring.loader.repairs import Action, Repair, repaired
from monitoring.loader.sections import entry_problems, lacked, rule_problems, team_problems
from monitoring.loader.validation_messages import Mistakes, RawEntry, read_entry
from monitoring.loader.version import format_problems, is_newer
from monitoring.model.catalog import Catalog
from monitoring.model.entry import MAX_ENTRY_PROBLEMS
from monitoring.model.expectation import EXPECTATIONS_FILE, Expectations
from monitoring.model.maintenance import Maintenance
from monitoring.model.oncall import Oncall, Person, Policy, Role, Schedule
from monitoring.model.platform import (
    FORMAT,
    Accepted,
    Environment,
    Metric,
    Platform,
    Retired,
    SentryProject,
    Waiver,
)
from monitoring.model.recording import RECORDINGS, Recording
from monitoring.model.references import Names, nearest
from monitoring.model.scalars import parse_id, quoted
from monitoring.model.service import Rule, Service, Team, Tenant
from monitoring.model.severity import Promise, Severity, parse_severity
from monitoring.model.sources import Lines, Sources

_ModelT = TypeVar("_ModelT", bound=BaseModel)


@dataclass(frozen=True)
class Section:
    """A file's part that holds entries of one kind by name; an optional one may be left out."""

    kind: str
    model: type[BaseModel]
    file: str
    path: tuple[str, ...] = ()
    optional: bool = False


# Read as parts of the platform; here because other entries refer to them by name.
PARTS_OF_PLATFORM = (
    Section("environment", Environment, "platform.yaml", ("environments",)),
    Section("project", SentryProject, "platform.yaml", ("sentry", "projects")),
    Section("metric", Metric, "platform.yaml", ("datadog", "metrics"), optional=True),
)
SECTIONS = (
    Section("severity", Promise, "severities.yaml"),
    Section("person", Person, "oncall.yaml", ("people",)),
    Section("schedule", Schedule, "oncall.yaml", ("schedules",)),
    Section("policy", Policy, "oncall.yaml", ("policies",)),
    Section("role", Role, "oncall.yaml", ("roles",), optional=True),
    Section("team", Team, "teams.yaml"),
    Section("tenant", Tenant, "tenants.yaml"),
    Section("maintenance", Maintenance, "maintenance.yaml"),
    Section("retired", Retired, "waivers.yaml", ("retired",)),
)
MAX_READINGS = 6
"""How often files are read with remedies followed; each reading follows from the mistakes of the one before."""
SINGLES = ("platform.yaml", "severities.yaml", "oncall.yaml", "teams.yaml")
OPTIONAL = ("tenants.yaml", "maintenance.yaml", "waivers.yaml", EXPECTATIONS_FILE)
# The words at the top of files that hold more than one section.
TOP_WORDS = {"oncall.yaml": ("people", "schedules", "policies", "roles"), "waivers.yaml": ("waivers", "retired")}


@dataclass
class _EntryReader:
    """What has been read so far."""

    documents: Mapping[str, Document]
    mistakes: Mistakes
    unread: frozenset[str] = frozenset()
    names: Names = field(default_factory=Names)
    entries: dict[tuple[str, str], tuple[str, Lines]] = field(default_factory=dict)

    @property
    def unread_services(self) -> bool:
        """Whether a service's file could not be read, so that names may be missing."""
        return any(name.startswith("services/") for name in self.unread)

    def has_met(self, file: str) -> bool:
        """Whether there is such a file, be it one that could not be read."""
        return file in self.documents or file in self.unread

    @property
    def is_full(self) -> bool:
        """Whether there are so many mistakes that no further entry is read."""
        return len(self.mistakes.problems) > MAX_PROBLEMS

    @cached_property
    def lacked(self) -> frozenset[str]:
        """The sections of platform.yaml that this company leaves out."""
        return lacked(self.documents.get("platform.yaml"))

    @property
    def recordings(self) -> dict[str, Document]:
        """The recordings that could be read, by their names."""
        prefix = f"{RECORDINGS}/"
        return {
            name.removeprefix(prefix).removesuffix(".json"): document
            for name, document in sorted(self.documents.items())
            if name.startswith(prefix)
        }

    @property
    def services(self) -> list[Document]:
        """The services' files that could be read, by name."""
        return [document for name, document in sorted(self.documents.items()) if name.startswith("services/")]


@dataclass(frozen=True)
class PartialCatalog:
    """The problems of a catalog, and the catalog as it is once they are mended in the way that their remedies say.

    There is no catalog where a remedy leaves open what to write. `guessed` names the entries with a value in them that
    stands for what the reader will write, like `rule "shop-slow"`.
    """

    problems: tuple[Problem, ...]
    catalog: Catalog | None
    guessed: frozenset[str] = frozenset()


def load(directory: Path) -> Catalog:
    """The catalog in a directory.

    Raises CatalogError with every mistake, and UsageError where there is no such directory.
    """
    return _whole_catalog(load_partly(directory))


def load_texts(files: Mapping[str, bytes], problems: Iterable[Problem] = ()) -> Catalog:
    """The catalog in these files, by their names; raises CatalogError with every mistake."""
    return _whole_catalog(read_partly(files, problems))


def _whole_catalog(partial: PartialCatalog) -> Catalog:
    if partial.problems or partial.catalog is None:
        raise CatalogError(partial.problems)
    return partial.catalog


def load_partly(directory: Path) -> PartialCatalog:
    """What can be read of the catalog in a directory; UsageError where there is no such directory."""
    if not directory.is_dir():
        raise UsageError(f'there is no catalog directory "{directory}"; name one with --catalog')
    files, problems = read_files(directory)
    return read_partly(files, problems)


def read_partly(files: Mapping[str, bytes], problems: Iterable[Problem] = ()) -> PartialCatalog:
    """What can be read of the catalog in these files, by their names.

    A mistake can hide another that shows once the first is mended; so the files are read again as if it were.
    """
    with gc_paused():
        unread = list(problems)
        unread += _strange_files(files, unread)
        legal = {name: content for name, content in files.items() if _is_legal(name)}
        parsed = {name: parse(name, content, unread) for name, content in legal.items()}
        documents = {name: document for name, document in parsed.items() if document}
        return _read(documents, unread)


def _read(documents: Mapping[str, Document], unread: Sequence[Problem]) -> PartialCatalog:
    problems: list[Problem] = []
    guessed: frozenset[str] = frozenset()
    for _ in range(MAX_READINGS):
        reading, catalog = _reading(documents, unread)
        problems += [problem for problem in reading.mistakes.problems if not is_about(problem, guessed)]
        repairs = [repair for repair in reading.mistakes.repairs if repair]
        if not repairs or None in reading.mistakes.repairs:
            return PartialCatalog(tuple(sorted(set(problems))), catalog, guessed)
        guessed |= {_entry_of(repair, documents) for repair in repairs if repair.guesses}
        documents = repaired(documents, repairs)
    return PartialCatalog(tuple(sorted(set(problems))), None, guessed)


def _reading(documents: Mapping[str, Document], unread: Sequence[Problem]) -> tuple[_EntryReader, Catalog | None]:
    reading = _EntryReader(documents, Mistakes(), frozenset(problem.source.file for problem in unread))
    reading.mistakes.extend(unread)
    if not _is_of_this_format(reading):
        return reading, None
    for entry, place in _places(reading):
        reading.entries.setdefault(entry, place)  # of two with one name, the first
    reading.names = _names(reading)
    catalog = _catalog(reading)
    if reading.is_full:
        what = f"has more than {MAX_PROBLEMS} mistakes, so not every entry was read"
        reading.mistakes.add(file_problem("catalog", what, "mend these first"))
    return reading, catalog


def is_about(problem: Problem, entries: Iterable[str]) -> bool:
    """Whether a problem is about one of these entries, or in a file of which there is no smaller part."""
    return any(entry == problem.source.file or problem.where.startswith(entry) for entry in entries)


def _entry_of(repair: Repair, documents: Mapping[str, Document]) -> str:
    """The entry that a repair changes, as messages name it."""
    for section in PARTS_OF_PLATFORM + SECTIONS:
        depth = len(section.path)
        if (section.file, section.path) == (repair.file, repair.path[:depth]) and len(repair.path) > depth:
            return f"{section.kind} {quoted(str(repair.path[depth]))}"
    document = documents[repair.file]
    if repair.path[0] == "rules" and len(repair.path) > 1:
        rules, _ = _inside(document, ("rules",))
        return f"rule {quoted(_name(rules[repair.path[1]], 'id'))}"
    service = _name(document.data, "service")
    return f"service {quoted(service)}" if service else repair.file


def _name(entry: Any, word: str) -> str:
    name = entry.get(word) if isinstance(entry, dict) else None
    return name if isinstance(name, str) else ""


def _is_of_this_format(reading: _EntryReader) -> bool:
    """Whether this tool reads the catalog's format; of an older one it says what to change, and reads on."""
    platform = reading.documents.get("platform.yaml")
    if platform is None:
        return True
    newer = is_newer(platform)
    for problem in format_problems(platform):
        reading.mistakes.add(problem, None if newer else Repair(platform.file, ("format",), Action.PUT, FORMAT))
    return not newer


# long: one line a part of the catalog
def _catalog(reading: _EntryReader) -> Catalog | None:
    for document in reading.documents.values():
        reading.mistakes.extend(islice(_strange_words(document), MAX_ENTRY_PROBLEMS))
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


# --- files -----------------------------------------------------------------------------------------------------


def _strange_files(files: Mapping[str, bytes], problems: list[Problem]) -> Iterator[Problem]:
    """Files that a catalog needs and lacks, or has and does not know."""
    refused = {problem.source.file for problem in problems}
    for name in SINGLES:
        if name not in files and name not in refused:
            yield file_problem(name, "is missing", "a catalog needs it")
    for name in files:
        if not _is_legal(name):
            stems = (legal.removesuffix(".yaml") for legal in SINGLES + OPTIONAL)
            places = "services go to services/NAME.yaml, recordings to recordings/NAME.json"
            remedy = places if "/" in name else nearest(Path(name).stem, stems)
            yield file_problem(name, "is no file of a catalog", remedy)


def _is_legal(name: str) -> bool:
    parts = rf"services/[^/]+\.ya?ml|{RECORDINGS}/[^/]+\.json"
    return name in SINGLES + OPTIONAL or re.fullmatch(parts, name) is not None


def _strange_words(document: Document) -> Iterator[Problem]:
    """Words at the top of a file that name no section of it."""
    legal = TOP_WORDS.get(document.file)
    if legal and isinstance(document.data, dict):
        raw = _whole(document)
        for word in document.data:
            if word not in legal:
                yield raw.problem("is an unknown field", nearest(word, legal), word)


def _whole(document: Document) -> RawEntry:
    return RawEntry(document.data, document.file, document.lines, has_nulls=document.has_nulls)


# --- names -----------------------------------------------------------------------------------------------------


def _inside(document: Document | None, path: Iterable[str]) -> tuple[Any, Lines]:
    """What stands at a path, and its lines; None where there is no such thing."""
    if document is None:
        return None, Lines(0)
    data, lines = document.data, document.lines
    for part in path:
        if not isinstance(data, dict) or part not in data:
            return None, lines
        data, lines = data[part], lines.part(part)
    return data, lines


def _places(reading: _EntryReader) -> Iterator[tuple[tuple[str, str], tuple[str, Lines]]]:
    """Where each entry stands, by its kind and name."""
    for section in PARTS_OF_PLATFORM + SECTIONS:
        data, lines = _inside(reading.documents.get(section.file), section.path)
        for name in data if isinstance(data, dict) else ():
            yield (section.kind, name), (section.file, lines.part(name))
    for whole in ("platform", "waivers", "expectations"):
        if f"{whole}.yaml" in reading.documents:
            yield (whole, ""), (f"{whole}.yaml", reading.documents[f"{whole}.yaml"].lines)
    for name, document in reading.recordings.items():
        yield ("recording", name), (document.file, document.lines)
    for document in reading.services:
        for kind, name, lines in _named_in(document):
            yield (kind, name), (document.file, lines)


def _named_in(document: Document) -> Iterator[tuple[str, str, Lines]]:
    """The service of a file and its rules, as far as they have names."""
    name = document.data.get("service") if isinstance(document.data, dict) else None
    if isinstance(name, str):
        yield "service", name, document.lines
    for number, rule in enumerate(_rules_of(document)):
        if isinstance(rule, dict) and isinstance(rule.get("id"), str):
            yield "rule", rule["id"], document.lines.part("rules").part(number)


def _rules_of(document: Document) -> tuple[Any, ...]:
    rules, _ = _inside(document, ("rules",))
    return rules if isinstance(rules, tuple) else ()


def _names(reading: _EntryReader) -> Names:
    """Every name that the catalog declares, with the projects and metrics that can be read by themselves."""
    names = Names({kind: frozenset(given) for kind, given in _known(reading)})
    projects, metrics = (
        _readable(section.model, _inside(reading.documents.get(section.file), section.path)[0], names)
        for section in PARTS_OF_PLATFORM[1:]
    )
    recorded = {name: document.data for name, document in reading.recordings.items()}
    rules = [rule for document in reading.services for rule in _rules_of(document)]
    declared = partial(declarations, rules, sorted(names.known.get("environment", ())))
    return Names(names.known, projects, metrics, cache(declared), _readable(Recording, recorded, names))


def _known(reading: _EntryReader) -> Iterator[tuple[str, Iterable[str]]]:
    """The names of each kind whose part of the catalog can be read; others are unknown rather than none."""
    for section in PARTS_OF_PLATFORM + SECTIONS:
        data, _ = _inside(reading.documents.get(section.file), section.path)
        if isinstance(data, dict):
            yield section.kind, data
        elif _is_left_out(section, reading):
            yield section.kind, ()
    if not any(name.startswith(RECORDINGS) for name in reading.unread):
        yield "recording", reading.recordings
    plans, _ = _inside(reading.documents.get("platform.yaml"), ("tenancy", "plans"))
    if isinstance(plans, tuple):
        yield "plan", _texts(plans)
    if not reading.unread_services and all(map(_has_names, reading.services)):
        for kind in ("service", "rule"):
            yield kind, [name for of, name in reading.entries if of == kind]
        yield "component", _texts(_inside(document, ("health",))[0] for document in reading.services)


def _is_left_out(section: Section, reading: _EntryReader) -> bool:
    """Whether there are no entries of a kind because nobody wrote the file, or the word, that may be left out."""
    if section.file in OPTIONAL:
        return not reading.has_met(section.file)
    above, _ = _inside(reading.documents.get(section.file), section.path[:-1])
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


# --- entries ---------------------------------------------------------------------------------------------------


def _platform(reading: _EntryReader) -> Platform | None:
    document = reading.documents.get("platform.yaml")
    if document is None:
        return None
    raw = _whole(document)
    if isinstance(document.data, dict):
        raw = replace(raw, data=document.data | {"format": FORMAT})  # another one has been reported
    return _entry(Platform, raw, reading)


def _expectations(reading: _EntryReader) -> Expectations | None:
    document = reading.documents.get(EXPECTATIONS_FILE)
    return Expectations() if document is None else _entry(Expectations, _whole(document), reading)


def _entry(model: type[_ModelT], raw: RawEntry, reading: _EntryReader) -> _ModelT | None:
    return None if reading.is_full else read_entry(model, raw, reading.names, reading.mistakes)


def _section(section: Section, reading: _EntryReader) -> dict[str, Any]:
    """The section's entries by name, without those that have mistakes."""
    document = reading.documents.get(section.file)
    if document is None:
        return {}
    data, lines = _inside(document, section.path)
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
    whole, remedy = _whole(document), "write name: {…} for each"
    data, _ = _inside(document, section.path)
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


def _named(section: Section, name: str, raw: RawEntry, reading: _EntryReader) -> BaseModel | None:
    raw = replace(raw, where=f"{section.kind} {quoted(name)}")
    if reading.is_full:
        return None
    try:
        (parse_severity if section.kind == "severity" else parse_id)(name)
    except PydanticCustomError as error:
        context = error.context or {}
        reading.mistakes.add(raw.problem(str(context["what"]), str(context["remedy"])))
    reading.mistakes.extend(entry_problems(section.kind, raw, reading.lacked))
    return _entry(section.model, raw, reading)


def _recording(name: str, document: Document, reading: _EntryReader) -> Recording | None:
    entry = _named(Section("recording", Recording, document.file), name, _whole(document), reading)
    return entry if isinstance(entry, Recording) else None


def _services(reading: _EntryReader) -> dict[str, Service]:
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


def _service(document: Document, reading: _EntryReader) -> Service | None:
    raw = _whole(document)
    if not isinstance(document.data, dict):
        return _entry(Service, raw, reading)
    data = dict(document.data)
    if isinstance(data.get("rules"), tuple):
        read = [_rule(rule, number, document, reading) for number, rule in enumerate(data["rules"])]
        data["rules"] = tuple(rule for rule in read if rule is not None)
    name = data.get("service")
    where = f"service {quoted(name)}" if isinstance(name, str) else ""
    return _entry(Service, RawEntry(data, document.file, document.lines, where, document.has_nulls), reading)


def _rule(rule: Any, number: int, document: Document, reading: _EntryReader) -> Rule | None:
    name = rule.get("id") if isinstance(rule, dict) else None
    where = f"rule {quoted(name)}" if isinstance(name, str) else f"rule {number + 1}"
    raw = RawEntry(
        rule, document.file, document.lines.part("rules").part(number), where, document.has_nulls, ("rules", number)
    )
    reading.mistakes.extend(rule_problems(raw, reading.lacked))
    return _entry(Rule, raw, reading)


def _twice(reading: _EntryReader) -> Iterator[Problem]:
    """Services and rules that share a name with an earlier one."""
    seen: dict[tuple[str, str], Source] = {}
    for document in reading.services:
        for kind, name, lines in _named_in(document):
            word = "id" if kind == "rule" else "service"
            raw = RawEntry(None, document.file, lines, f"{kind} {quoted(name)}")
            if (kind, name) in seen:
                remedy = f"rename one; the first is at {seen[kind, name]}"
                yield raw.problem("is defined twice", remedy, word, check="duplicate-id")
            seen.setdefault((kind, name), Source(document.file, lines.at(word)))


def _waivers(reading: _EntryReader) -> tuple[Waiver, ...]:
    document = reading.documents.get("waivers.yaml")
    waivers, lines = _inside(document, ("waivers",))
    if document is None or not isinstance(document.data, dict) or "waivers" not in document.data:
        return ()
    if not isinstance(waivers, tuple):
        reading.mistakes.add(_whole(document).problem("is not a list", "write [] where there is none", "waivers"))
        return ()
    read = [_waiver(document, item, lines, number, reading) for number, item in enumerate(waivers)]
    return tuple(waiver for waiver in read if waiver is not None)


def _waiver(document: Document, item: Any, lines: Lines, number: int, reading: _EntryReader) -> Waiver | None:
    name, path = f"waiver {number + 1}", ("waivers", number)
    return _entry(Waiver, RawEntry(item, document.file, lines.part(number), name, document.has_nulls, path), reading)
