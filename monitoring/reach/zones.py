"""The time zones in which a catalog and a rule are talked about."""

from __future__ import annotations

from monitoring.model.catalog import Catalog
from monitoring.reach.paths import AlertPath


def page_zone(catalog: Catalog, path: AlertPath) -> str:
    """The time zone of whom a rule asks first."""
    if not path.pages:
        return first_zone(catalog)
    first = catalog.oncall.policies[path.pages[0].policy].steps[0].ask[0]
    return (catalog.oncall.schedules.get(first) or catalog.oncall.people[first]).time_zone


def first_zone(catalog: Catalog) -> str:
    """The time zone of the first schedule; UTC where there is none."""
    return next((schedule.time_zone for schedule in catalog.oncall.schedules.values()), "Etc/UTC")
