"""Catalogs of any size with every kind of rule, as often as the corpus has it: copies of the corpus beside one another.

A copy watches metrics, projects and hosts of its own, so that no rule of it is another's double.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from monitoring.loader import load_texts
from tests.corpus.translation.accepting import NOTHING_ACCEPTED, accepting
from tests.corpus.translation.company import RUNBOOK, WAIVERS, catalog_texts, written
from tests.corpus.translation.kinds import translations

TODAY = date(2026, 11, 23)
Content = dict[str, Any]


@dataclass(frozen=True)
class MixedCatalog:
    """A catalog's texts by their files, and a runbook for each rule."""

    texts: Mapping[str, str]
    runbooks: Mapping[str, str]

    @property
    def files(self) -> dict[str, bytes]:
        """The texts as the loader reads them."""
        return {name: text.encode() for name, text in self.texts.items()}

    def write(self, folder: Path) -> Path:
        """The catalog's folder, with the runbooks inside of it."""
        books = {f"runbooks/{rule}.md": text for rule, text in self.runbooks.items()}
        for name, text in {**self.texts, **books}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return folder


@cache
def mixed(rules: int) -> MixedCatalog:
    """A catalog with so many rules, of which the last copy is cut off; what is found in it is accepted."""
    as_written = catalog_texts(translations(), NOTHING_ACCEPTED)
    recordings = {name: text for name, text in as_written.items() if name.endswith(".json")}
    corpus = {name: yaml.safe_load(text) for name, text in as_written.items() if name not in recordings}
    metrics = corpus["platform.yaml"]["datadog"]["metrics"]
    originals = [content for name, content in corpus.items() if name.startswith("services/")]
    services = {f"services/{own['service']}.yaml": own for own in _copies(originals, list(metrics), rules)}
    shared = {name: content for name, content in corpus.items() if not name.startswith("services/")}
    texts = {name: written(content) for name, content in (shared | services).items()}
    texts["platform.yaml"] = written(_platform(corpus["platform.yaml"], "".join(texts[name] for name in services)))
    runbooks = {rule["id"]: RUNBOOK.format(**rule) for own in services.values() for rule in own["rules"]}
    texts |= recordings
    catalog = load_texts({name: text.encode() for name, text in texts.items()})
    return MixedCatalog({**texts, WAIVERS: accepting(catalog, runbooks, TODAY)}, runbooks)


def _copies(services: Sequence[Content], metrics: Sequence[str], rules: int) -> Iterator[Content]:
    """The services, then copies of them, until there are so many rules."""
    left = rules
    copies = (_copied(service, metrics, number) for number in count() for service in services)
    while left > 0:
        service = next(copies)
        yield service | {"rules": service["rules"][:left]}
        left -= len(service["rules"])


def _copied(service: Content, metrics: Sequence[str], number: int) -> Content:
    """A copy of a service by its number; the first is the service itself."""
    if number == 0:
        return service
    names = re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, metrics))})(?![\w.]*\w)")

    def rewritten(value: Any) -> Any:
        match value:
            case dict():
                return {key: _own(key, inner, number) or rewritten(inner) for key, inner in value.items()}
            case list():
                return [rewritten(inner) for inner in value]
            case str():
                return _of_copy(names.sub(rf"\1.c{number}", value), number)
            case _:
                return value

    copy: Content = rewritten(service)
    return copy | {"service": f"{service['service']}-c{number}"}


NAMES = ("id", "project")
HOSTS = ("host", "email")


def _own(key: str, value: Any, number: int) -> str | list[str] | None:
    """What a copy calls its own: ids and projects, hosts and mailboxes."""
    if key in NAMES and isinstance(value, str):
        return f"{value}-c{number}"
    if key in HOSTS:
        return f"c{number}.{value}"
    if key == "title":
        return f"{value}, {number}"
    if key == "check":
        return f"{value}.c{number}"
    if key == "search":
        return f"{value} copy:c{number}"
    if key == "same-symptom-as":
        return [f"{name}-c{number}" for name in value]
    return None


def _of_copy(text: str, number: int) -> str:
    """A raw query of a copy: a search with a term of its own, a service check of its own name."""
    searched = re.sub(r'^(logs|events)\("', rf'\1("copy:c{number} ', text)
    return re.sub(r'^"([\w.]+)"\.over', rf'"\1.c{number}".over', searched)


def _platform(platform: Content, services: str) -> Content:
    """The platform with the metrics and projects that the copies read."""
    metrics, projects = platform["datadog"]["metrics"], platform["sentry"]["projects"]
    return platform | {
        "datadog": platform["datadog"] | {"metrics": dict(_read(metrics, services, "."))},
        "sentry": platform["sentry"] | {"projects": dict(_read(projects, services, "-"))},
    }


def _read(entries: Mapping[str, Content], services: str, dash: str) -> Iterator[tuple[str, Content]]:
    for name, entry in entries.items():
        spelled = rf"(?<![\w.-]){re.escape(name)}(?:{re.escape(dash)}c\d+)?(?![\w.-]*\w)"
        yield from ((found, entry) for found in sorted(set(re.findall(spelled, services))))
