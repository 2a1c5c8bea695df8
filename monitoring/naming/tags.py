"""The tags of what Datadog holds; a tag that routes has a reserved key, so that nobody else's monitor matches."""

from __future__ import annotations

from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule


def owner(catalog: Catalog) -> str:
    """Who owns a resource; nobody else's resource carries it."""
    return f"{catalog.platform.name}-monitoring"


def owner_tag(catalog: Catalog) -> str:
    """The tag of everything that this catalog declares at Datadog."""
    return f"managed-by:{owner(catalog)}"


def rule_tags(catalog: Catalog, rule: EffectiveRule) -> list[str]:
    """A rule's tags, sorted as Datadog returns them."""
    tenant = [f"tenant:{rule.tenant_scope.suffix}"] if rule.tenant_scope else []
    return sorted([*routing_tags(catalog, rule), f"rule:{rule.rule.id}", *tenant])


def routing_tags(catalog: Catalog, rule: EffectiveRule) -> list[str]:
    """The tags that decide where a rule arrives, sorted."""
    severity, team = f"severity:{rule.severity.value.lower()}", f"team:{rule.team}"
    return sorted([*muting_tags(catalog, rule.environment, rule.service.service), severity, team])


def muting_tags(catalog: Catalog, environment: str, service: str) -> list[str]:
    """The tags of everything of one service in one environment, sorted."""
    return sorted([*environment_tags(catalog, environment), f"service:{service}"])


def environment_tags(catalog: Catalog, environment: str) -> list[str]:
    """The tags of everything in one environment, sorted."""
    return sorted([owner_tag(catalog), f"env:{environment}"])
