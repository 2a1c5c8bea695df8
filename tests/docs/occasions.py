"""Rules that have fired on a night of December, to fill templates with."""

from __future__ import annotations

from monitoring.cli.drill import DrillRequest, occasion_of
from monitoring.docs.fields import Occasion
from monitoring.model.catalog import Catalog
from monitoring.model.severity import Stage

NIGHT = "2026-12-24 03:10"


def occasion(
    catalog: Catalog, rule: str, stage: Stage | None, tenant: str | None = None, sent: str | None = None
) -> Occasion:
    """The occasion of a rule in production."""
    return occasion_of(catalog, DrillRequest("prod", rule, tenant, NIGHT, sent=sent), stage)
