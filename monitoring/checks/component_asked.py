"""A component without which nothing can be served is asked for by an uptime rule that wakes."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Subjects, found
from monitoring.model.signals import Uptime

ABOUT = Subjects(
    "components that decide readiness",
    lambda case: frozenset(one.health for one in case.catalog.services.values() if one.readiness and one.health),
)


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each component that decides readiness; finds those whose failure turns no waking rule red.

    A rule asserts a component by its name, or all that decide readiness by a question without names.
    """
    asserted = {
        component
        for _, rule, signal in case.watching(Uptime)
        if case.rule_wakes(rule) and signal.asks.health
        for component in case.asserted(signal.asks.health)
    }
    for name, service in case.catalog.services.items():
        if service.readiness and service.health:
            yield service.health
            if service.health not in asserted:
                what = f'no uptime rule that wakes asks for its component "{service.health}"'
                remedy = "add it to the components of the readiness question"
                yield found(case, "service", name, "health", key="component unasked", what=what, remedy=remedy)
