"""Where everything of a catalog stands: its files, and the sections in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from monitoring.errors import Problem
from monitoring.loader.documents import Document
from monitoring.loader.files import file_problem
from monitoring.loader.validation_messages import RawEntry
from monitoring.model.expectation import EXPECTATIONS_FILE
from monitoring.model.maintenance import Maintenance
from monitoring.model.oncall import Person, Policy, Role, Schedule
from monitoring.model.platform import Environment, Metric, Retired, SentryProject
from monitoring.model.recording import RECORDINGS
from monitoring.model.references import nearest
from monitoring.model.service import Team, Tenant
from monitoring.model.severity import Promise
from monitoring.model.sources import Lines


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
SINGLES = ("platform.yaml", "severities.yaml", "oncall.yaml", "teams.yaml")
OPTIONAL = ("tenants.yaml", "maintenance.yaml", "waivers.yaml", EXPECTATIONS_FILE)
# The words at the top of files that hold more than one section.
TOP_WORDS = {"oncall.yaml": ("people", "schedules", "policies", "roles"), "waivers.yaml": ("waivers", "retired")}


def is_legal(name: str) -> bool:
    """Whether a catalog may have a file of this name."""
    parts = rf"services/[^/]+\.ya?ml|{RECORDINGS}/[^/]+\.json"
    return name in SINGLES + OPTIONAL or re.fullmatch(parts, name) is not None


def missing_or_unknown_files(files: Mapping[str, bytes], problems: list[Problem]) -> Iterator[Problem]:
    """Files that a catalog needs and lacks, or has and does not know."""
    refused = {problem.source.file for problem in problems}
    for name in SINGLES:
        if name not in files and name not in refused:
            yield file_problem(name, "is missing", "a catalog needs it")
    for name in files:
        if not is_legal(name):
            stems = (legal.removesuffix(".yaml") for legal in SINGLES + OPTIONAL)
            places = "services go to services/NAME.yaml, recordings to recordings/NAME.json"
            remedy = places if "/" in name else nearest(Path(name).stem, stems)
            yield file_problem(name, "is no file of a catalog", remedy)


def unknown_words(document: Document) -> Iterator[Problem]:
    """Words at the top of a file that name no section of it."""
    legal = TOP_WORDS.get(document.file)
    if legal and isinstance(document.data, dict):
        raw = whole_file(document)
        for word in document.data:
            if word not in legal:
                yield raw.problem("is an unknown field", nearest(word, legal), word)


def whole_file(document: Document) -> RawEntry:
    """A file as one entry."""
    return RawEntry(document.data, document.file, document.lines, has_nulls=document.has_nulls)


def inside(document: Document | None, path: Iterable[str]) -> tuple[Any, Lines]:
    """What stands at a path, and its lines; None where there is no such thing."""
    if document is None:
        return None, Lines(0)
    data, lines = document.data, document.lines
    for part in path:
        if not isinstance(data, dict) or part not in data:
            return None, lines
        data, lines = data[part], lines.part(part)
    return data, lines
