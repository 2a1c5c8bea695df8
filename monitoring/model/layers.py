"""Which layer of the catalog set each value with which a rule acts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from monitoring.errors import Source
from monitoring.model.catalog import Catalog
from monitoring.model.effective import NO_ROUTE, EffectiveRule, limited_by_environment
from monitoring.model.receivers import ReceiverKind
from monitoring.model.recording import NamedRecording
from monitoring.model.reminders import reminder
from monitoring.model.service import Rule


@dataclass(frozen=True, slots=True)
class Setting:
    """A value with which a rule acts: where it is set, and by which layer."""

    name: str
    value: str
    layer: str
    source: Source | None


def settings(catalog: Catalog, rule: EffectiveRule) -> Iterator[Setting]:
    """Every value of a rule, in reading order, each with the layer that won."""
    yield _severity(catalog, rule)
    yield _team(catalog, rule)
    yield from _signal(catalog, rule)
    yield _reminder(catalog, rule)
    yield from _last_reminder(catalog, rule)
    yield from _route(catalog, rule)


def _severity(catalog: Catalog, rule: EffectiveRule) -> Setting:
    written = rule.rule.severity
    if rule.in_trial:
        value = f"{rule.severity} until {rule.rule.trial_until}, then {written}"
        return Setting("severity", value, "trial", catalog.at("rule", rule.rule.id, "trial-until"))
    return Setting("severity", str(written), "rule", catalog.at("rule", rule.rule.id, "severity"))


def _team(catalog: Catalog, rule: EffectiveRule) -> Setting:
    if rule.rule.team:
        return Setting("team", rule.team, "rule", catalog.at("rule", rule.rule.id, "team"))
    return Setting("team", rule.team, "service", catalog.at("service", rule.service.service, "team"))


def _signal(catalog: Catalog, rule: EffectiveRule) -> Iterator[Setting]:
    word, signal = rule.rule.signal_word, rule.rule.signal
    written = catalog.rules[rule.rule.id][1]
    own = _own_of_tenant(written, rule)
    for name, field in type(signal).model_fields.items():
        value, label = getattr(signal, name), field.alias or name
        if value is None or value == () or value == {} or name in signal.unused_fields:
            continue
        if name in own:
            tenant = rule.tenant_scope.listed if rule.tenant_scope else ""
            source = catalog.at("rule", rule.rule.id, "for-each-tenant", "except", tenant or "", label)
            yield Setting(f"{word}.{label}", spelled(value), f"tenant {tenant}", source)
        elif name in signal.model_fields_set:
            yield Setting(f"{word}.{label}", spelled(value), "rule", catalog.at("rule", rule.rule.id, word, label))
        else:
            yield Setting(f"{word}.{label}", spelled(value), "default", None)


def _own_of_tenant(written: Rule, rule: EffectiveRule) -> frozenset[str]:
    if not (rule.tenant_scope and rule.tenant_scope.listed and written.for_each_tenant):
        return frozenset()
    override = written.for_each_tenant.except_.get(rule.tenant_scope.listed)
    return frozenset(override.model_fields_set) if override else frozenset()


def _last_reminder(catalog: Catalog, rule: EffectiveRule) -> Iterator[Setting]:
    if rule.rule.reminds_at_most is not None:
        source = catalog.at("rule", rule.rule.id, "reminds-at-most")
        yield Setting("reminds-at-most", str(rule.rule.reminds_at_most), "rule", source)


def _reminder(catalog: Catalog, rule: EffectiveRule) -> Setting:
    if rule.rule.reminds_every:
        source = catalog.at("rule", rule.rule.id, "reminds-every")
        return Setting("reminds-every", str(reminder(rule)), "rule", source)
    source = catalog.at("severity", rule.severity.value, "reminds-every")
    return Setting("reminds-every", str(reminder(rule)), f"severity {rule.severity}", source)


def _route(catalog: Catalog, rule: EffectiveRule) -> Iterator[Setting]:
    written = catalog.teams[rule.team].routes.get(rule.severity, NO_ROUTE)
    limited = limited_by_environment(written, catalog.environment(rule.environment))
    yield from _receivers(catalog, rule, "page", *(route.page for route in (rule.route, limited, written)))
    for kind in ReceiverKind:
        names = (route.of_kind(kind) for route in (rule.route, limited, written))
        yield from _receivers(catalog, rule, kind.value, *names)


def _receivers(
    catalog: Catalog, rule: EffectiveRule, word: str, acts: object, limited: object, written: object
) -> Iterator[Setting]:
    """A part of the route: as the team wrote it, as the environment leaves it, or as the signal's vendor carries it."""
    if acts == written:
        layer, source = f"team {rule.team}", catalog.at("team", rule.team, "routes", rule.severity.value, word)
    elif acts == limited:
        layer, source = f"environment {rule.environment}", catalog.at("environment", rule.environment)
    else:
        source = catalog.at("rule", rule.rule.id, rule.rule.signal_word)
        layer = f"signal {rule.rule.signal_word}"
    if acts or written:
        yield Setting(f"route.{word}", spelled(acts) or "nobody", layer, source)


def spelled(value: object) -> str:
    """A value as the catalog would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, NamedRecording):
        return value.name
    if isinstance(value, BaseModel):
        return spelled({field.alias or name: getattr(value, name) for name, field in type(value).model_fields.items()})
    if isinstance(value, dict):
        written = {key: spelled(inner) for key, inner in value.items()}
        return ", ".join(f"{key}: {inner}" for key, inner in written.items() if inner)
    if isinstance(value, tuple | list):
        return ", ".join(spelled(inner) for inner in value)
    return str(value)
