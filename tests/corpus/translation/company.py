"""The catalog of the corpus: what was typed by hand, and the services, rules and metrics that are translated."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

import yaml

from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from tests.corpus import HERE, VendorObject, monitors, rows
from tests.corpus.translation import receivers, services
from tests.corpus.translation.losses import Translation
from tests.corpus.translation.oncall import oncall
from tests.corpus.translation.queries import Series, compared, query_of, series_of

TYPED, CATALOG = HERE / "company", HERE / "catalog"
WAIVERS = "waivers.yaml"
RUNBOOK = (
    "# {title}\n\n## Meaning\n\n{means}\n\n## Impact\n\n{means}\n\n## Diagnosis\n\nLook.\n\n## Mitigation\n\nAct.\n"
)


def catalog_texts(objects: Iterable[Translation], waivers: str | None = None) -> dict[str, str]:
    """The catalog's files, by their names; the waivers are those on the disk if not given."""
    translated = tuple(objects)
    typed = {path.name: path.read_text(encoding="utf-8") for path in sorted(TYPED.glob("*.yaml"))}
    rules = _rules(translated)
    used = {OWNER, *(rule["team"] for rule in rules)}
    teams = yaml.safe_load(typed["teams.yaml"]) | services.teams() | receivers.teams()
    made = {
        "platform.yaml": _platform(yaml.safe_load(typed["platform.yaml"]), translated, used),
        "oncall.yaml": oncall(yaml.safe_load(typed["oncall.yaml"]), _paged(_used(teams, used))),
        "teams.yaml": _used(teams, used),
        **{f"services/{name}.yaml": content for name, content in _services(rules).items()},
    }
    accepted = (CATALOG / WAIVERS).read_text(encoding="utf-8") if waivers is None else waivers
    recordings = {name: steps for translation in translated for name, steps in translation.recordings.items()}
    return {
        **typed,
        WAIVERS: accepted,
        **{name: written(content) for name, content in made.items()},
        **{f"recordings/{name}.json": recorded(steps) for name, steps in recordings.items()},
    }


def recorded(steps: VendorObject) -> str:
    """A recording as a file."""
    return json.dumps(steps, indent=1, ensure_ascii=False) + "\n"


OWNER = "platform"
"""The team of each service, and so of what names no receiver."""


def _paged(teams: Mapping[str, Any]) -> set[str]:
    return {route["page"] for team in teams.values() for route in team["routes"].values() if "page" in route}


def _used(entries: Mapping[str, Any], names: Container[str]) -> dict[str, Any]:
    return {name: entry for name, entry in entries.items() if name in names}


def _platform(typed: dict[str, Any], objects: Sequence[Translation], teams: Container[str]) -> dict[str, Any]:
    """What was typed of platform.yaml, with the metrics that monitors read and what is at Sentry."""
    named = {each.name for each in objects if each.kind == "monitor" and each.is_expressible}
    read = metrics(monitor for monitor in monitors() if monitor["name"] in named)
    signals = [value for each in objects for rule in each.rules for value in rule.values() if isinstance(value, dict)]
    watched = {signal["project"] for signal in signals if "project" in signal}
    projects = {row["slug"]: _project(row) for row in rows("sentry/projects.json") if row["slug"] in watched}
    return {
        **typed,
        "datadog": typed["datadog"] | {"metrics": read},
        "sentry": typed["sentry"] | {"teams": _used(receivers.at_sentry(), teams), "projects": projects},
    }


def _project(row: VendorObject) -> dict[str, Any]:
    (environment,) = row["environments"]
    return {
        "platform": row["platform"],
        "environments": {"prod": environment},
        "tags": {key: {} for key in TAGS},
        "quietest-per-minute": QUIETEST,
        "forwards": list(FORWARDED),
    }


TAGS = ("level", "feature", "security")
FORWARDED = ("environment", "level")
QUIETEST = 60
"""Events a minute when traffic is quietest; no list says it."""


def written(content: Mapping[str, Any]) -> str:
    """Data as YAML, in the order in which it is made."""
    return yaml.dump(content, Dumper=_WithoutAliases, sort_keys=False, allow_unicode=True, width=120)


class _WithoutAliases(yaml.SafeDumper):
    """Writes what stands twice twice; the loader takes no alias."""

    def ignore_aliases(self, _: Any) -> bool:
        """Whatever it is."""
        return True


def company(objects: Iterable[Translation], waivers: str | None = None) -> Catalog:
    """The catalog as the loader reads it."""
    return load_texts({name: text.encode() for name, text in catalog_texts(objects, waivers).items()})


def runbooks(objects: Iterable[Translation]) -> dict[str, str]:
    """A runbook for each rule."""
    return {rule["id"]: RUNBOOK.format(**rule) for each in objects for rule in each.rules}


def _rules(objects: Iterable[Translation]) -> list[dict[str, Any]]:
    """Every rule once; that of a job is its alert's as well."""
    return list({rule["id"]: rule for each in objects for rule in each.rules}.values())


def _services(rules: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The services, by the first word of what they watch."""
    by_word: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for rule in rules:
        by_word[rule["id"].partition("-")[0]].append(rule)
    return {
        name: {
            "service": name,
            "title": name.capitalize(),
            "team": OWNER,
            "tier": "internal",
            "http": False,
            "rules": own,
        }
        for name, own in by_word.items()
    }


def metrics(objects: Iterable[VendorObject]) -> dict[str, Any]:
    """The metrics that monitors read: their kinds, and the tags that are used."""
    read: dict[str, list[Series]] = defaultdict(list)
    for monitor in objects:
        for series in series_of(compared(query_of(monitor))[0]):
            read[series.metric].append(series)
    return {name: _metric(read[name]) for name in sorted(read)}


def _metric(read: list[Series]) -> dict[str, Any]:
    kinds = {"count" if each.is_count else "distribution" if each.aggregation[0] == "p" else "gauge" for each in read}
    kind = next(word for word in ("distribution", "count", "gauge") if word in kinds)
    return {"kind": kind, "interval": "1m", "sent-by": "an integration", "tags": {key: {} for key in _keys(read)}}


def _keys(read: Iterable[Series]) -> Iterator[str]:
    yield from sorted({key for each in read for key in (*each.by, *each.keys)})
