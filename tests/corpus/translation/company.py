"""The catalog of the corpus: what was typed by hand, and the services, rules and metrics that are translated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from tests.corpus import HERE, VendorObject, monitors
from tests.corpus.translation.losses import Translation
from tests.corpus.translation.monitors import translated
from tests.corpus.translation.queries import Series, compared, query_of, series_of

TYPED, CATALOG = HERE / "company", HERE / "catalog"
RUNBOOK = (
    "# {title}\n\n## Meaning\n\n{means}\n\n## Impact\n\n{means}\n\n## Diagnosis\n\nLook.\n\n## Mitigation\n\nAct.\n"
)


def translations() -> tuple[Translation, ...]:
    """Every object of the corpus, translated."""
    return tuple(translated(monitor) for monitor in monitors())


def catalog_texts(objects: Iterable[Translation]) -> dict[str, str]:
    """The catalog's files, by their names."""
    typed = {path.name: path.read_text(encoding="utf-8") for path in sorted(TYPED.glob("*.yaml"))}
    platform = yaml.safe_load(typed["platform.yaml"])
    platform["datadog"]["metrics"] = metrics(monitor for monitor in monitors() if translated(monitor).is_expressible)
    services = {f"services/{name}.yaml": written(content) for name, content in _services(objects).items()}
    return {**typed, "platform.yaml": written(platform), **services}


def written(content: Mapping[str, Any]) -> str:
    """Data as YAML, in the order in which it is made."""
    return str(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120))


def company(objects: Iterable[Translation]) -> Catalog:
    """The catalog as the loader reads it."""
    return load_texts({name: text.encode() for name, text in catalog_texts(objects).items()})


def runbooks(objects: Iterable[Translation]) -> dict[str, str]:
    """A runbook for each rule."""
    return {rule["id"]: RUNBOOK.format(**rule) for each in objects for rule in each.rules}


def _services(objects: Iterable[Translation]) -> dict[str, dict[str, Any]]:
    """The services, by the first word of what they watch."""
    rules: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in objects:
        for rule in each.rules:
            rules[rule["id"].partition("-")[0]].append(rule)
    return {
        name: {
            "service": name,
            "title": name.capitalize(),
            "team": "platform",
            "tier": "internal",
            "http": False,
            "rules": own,
        }
        for name, own in rules.items()
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
