"""What a key of Sentry's must be allowed to do for an update, as Sentry's API describes it.

Sources: getsentry/sentry-api-schema, openapi-derefed.json, security of each operation; for a row of PagerDuty
getsentry/sentry, src/sentry/api/bases/organization.py, OrganizationIntegrationsPermission.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """The usual scope for a purpose, and those that are taken for it as well."""

    name: str
    purpose: str
    also: tuple[str, ...]

    def granted_by(self, scopes: Collection[str]) -> bool:
        """Whether a key with these scopes may do it."""
        return not {self.name, *self.also}.isdisjoint(scopes)


MAKE_MONITORS = Scope("alerts:write", "make monitors", ("project:write", "project:admin"))
"""POST /api/0/organizations/ORGANISATION/projects/PROJECT/detectors/."""
MAKE_ALERTS = Scope("alerts:write", "make alerts", ("org:write", "org:admin"))
"""POST /api/0/organizations/ORGANISATION/workflows/."""
WRITE_ROWS = Scope("org:integrations", "write rows of PagerDuty's services", ("org:write", "org:admin"))
"""POST /api/0/organizations/ORGANISATION/integrations/INTEGRATION/."""
SCOPES = (MAKE_MONITORS, MAKE_ALERTS, WRITE_ROWS)
