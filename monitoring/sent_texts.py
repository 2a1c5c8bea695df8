"""Every text that is sent to a vendor, as it is made, and the words of the catalog that it can be made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import BaseModel

from monitoring import wording
from monitoring.model.burn_rates import PAGE, TICKET
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.recording import NamedRecording
from monitoring.model.signals import Elsewhere, Slo, Uptime
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.naming import names

Place = tuple[str | int, ...]


class EntryName(NamedTuple):
    """An entry that a text is made for."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Word:
    """A text as the catalog writes it, and where."""

    kind: str
    name: str
    path: Place
    text: str

    @property
    def field(self) -> str:
        """The field in which it stands, as a message names it."""
        return ".".join(str(part) for part in self.path if isinstance(part, str)) or "name"


def sent_texts(catalog: Catalog, acting: Iterable[EffectiveRule]) -> Iterator[tuple[EntryName, frozenset[str]]]:
    """Everything that is sent for each entry, a rule's as it is made for those of these that the rule becomes."""
    of_rules: dict[str, set[str]] = {name: set() for name in catalog.rules}
    for effective in acting:
        of_rules[effective.rule.id].update(rule_texts(catalog, effective))
    yield from ((EntryName("rule", name), frozenset(texts)) for name, texts in of_rules.items())
    yield from _texts_of_entries(catalog)


def rule_texts(catalog: Catalog, rule: EffectiveRule) -> Iterator[str]:
    """What is sent for a rule in one environment."""
    signal = rule.rule.signal
    yield wording.title(catalog, rule)
    yield from wording.messages(catalog, rule)
    if rule.rule.reminder_text:
        yield rule.rule.reminder_text
    yield wording.chart_title(rule)
    yield from wording.dashboard_words(catalog, rule)
    if rule.pages:
        yield wording.pager_text(catalog, rule)
    if isinstance(signal, Uptime):
        yield from (wording.test_title(catalog, rule, signal, method) for method in signal.methods)
        yield from signal.asks.step_names
        yield from (wording.variable_description(catalog, rule.environment, name) for name in signal.asks.secrets)
    if isinstance(signal, QueryMonitor):
        yield from _charted(catalog, rule, signal)
    if isinstance(signal, Elsewhere):
        yield signal.sender
    if isinstance(signal, Slo):
        yield from (wording.burn_title(catalog, rule, rate) for rate in (*PAGE, *TICKET))


def _texts_of_entries(catalog: Catalog) -> Iterator[tuple[EntryName, frozenset[str]]]:
    """What is sent for everything that is no rule; the dashboard's own words come with each service that is on it."""
    board = {names.dashboard_title(catalog, name) for name in catalog.platform.environments}
    board.add(wording.dashboard_description(catalog))
    for name, service in catalog.services.items():
        own = {
            names.service_dashboard_title(catalog, environment, name) for environment in catalog.platform.environments
        }
        yield EntryName("service", name), frozenset({service.title, *board, *own})
    for name, team in catalog.teams.items():
        yield EntryName("team", name), frozenset({team.title, wording.team_description(catalog, team)})
    for name in catalog.oncall.schedules:
        yield (
            EntryName("schedule", name),
            frozenset({names.schedule_title(catalog, name), wording.schedule_description(name)}),
        )
    for name in catalog.oncall.policies:
        texts = frozenset({names.policy_title(catalog, name), wording.policy_description(catalog, name)})
        yield EntryName("policy", name), texts
    for name, window in catalog.maintenance.items():
        yield EntryName("maintenance", name), frozenset({wording.window_message(window)})


# --- where a word comes from -----------------------------------------------------------------------------------


def words(catalog: Catalog) -> Iterator[Word]:
    """Every text of the catalog that people write, with its place; what is written of a person is never sent."""
    for kind, name, entry in _entries(catalog):
        for path, text in _texts_in(entry):
            yield Word(kind, name, path, text)


def _entries(catalog: Catalog) -> Iterator[tuple[str, str, BaseModel]]:
    yield "platform", "", catalog.platform
    kinds: Mapping[str, Mapping[str, BaseModel]] = {
        "team": catalog.teams,
        "tenant": catalog.tenants,
        "schedule": catalog.oncall.schedules,
        "policy": catalog.oncall.policies,
        "service": catalog.services,
        "maintenance": catalog.maintenance,
        "recording": catalog.recordings,
    }
    for kind, entries in kinds.items():
        yield from ((kind, name, entry) for name, entry in entries.items())
    yield from (("rule", rule.id, rule) for _, rule in catalog.each_rule())


def _texts_in(value: object, *path: str | int) -> Iterator[tuple[Place, str]]:
    """The texts inside a value, keys of mappings included, without entries of their own: a rule, a recording."""
    match value:
        case str():
            yield path, str(value)
        case NamedRecording():
            yield path, value.name
        case BaseModel():
            for name, field in type(value).model_fields.items():
                if name != "rules":
                    yield from _texts_in(getattr(value, name), *path, field.alias or name)
        case Mapping():
            for key, inner in value.items():
                yield (*path, key), str(key)
                yield from _texts_in(inner, *path, key)
        case tuple():
            for number, inner in enumerate(value):
                yield from _texts_in(inner, *path, number)
        case _:
            return


def _charted(catalog: Catalog, rule: EffectiveRule, signal: QueryMonitor) -> Iterator[str]:
    chart = signal.chart(rule.environment, catalog.platform.metrics)
    if chart and chart.shows_threshold:
        yield wording.marker_label(rule, signal)
        if signal.recovery is not None:
            yield wording.recovery_label(signal)
