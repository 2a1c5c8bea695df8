"""What must exist at the vendors and be said by the health endpoint."""

from __future__ import annotations

from dataclasses import dataclass

from monitoring.vendors.needs import Need, NeedKind


@dataclass(frozen=True, slots=True)
class Expected:
    """What the accounts hold for the rules, and the components that the endpoint speaks of."""

    needs: tuple[Need, ...] = ()
    readiness_components: tuple[str, ...] = ()
    full_components: tuple[str, ...] = ()

    def of(self, kind: NeedKind) -> tuple[Need, ...]:
        """What is needed of a kind."""
        return tuple(need for need in self.needs if need.kind is kind)
