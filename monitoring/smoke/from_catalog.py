"""What the catalog expects of the vendors and of the health endpoint."""

from __future__ import annotations

from collections.abc import Iterable

from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.smoke.expected import Expected
from monitoring.vendors.needs import RulesAtVendors, made_by_people, made_by_the_program


def expected(catalog: Catalog, environment: str, rules: Iterable[EffectiveRule]) -> Expected:
    """What must exist for an environment's rules."""
    at_vendors = RulesAtVendors(catalog, tuple(rules), environment == catalog.shared_environment)
    return Expected(
        needs=(*made_by_people(at_vendors), *made_by_the_program(at_vendors)),
        readiness_components=_components(catalog, critical_only=True),
        full_components=_components(catalog, critical_only=False),
    )


def _components(catalog: Catalog, *, critical_only: bool) -> tuple[str, ...]:
    services = catalog.services.values()
    return tuple(each.health for each in services if each.health and (each.readiness or not critical_only))
