"""A component without which nothing can be served is asked for by an uptime rule that wakes."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding

SUBJECTS = Subjects(
    "components that decide readiness",
    lambda context: frozenset(
        service.health for service in context.catalog.services.values() if service.readiness and service.health
    ),
)


@catalog_check("component-asked", about=SUBJECTS)
def component_asked(context: Context) -> Iterator[str | Finding]:
    """Looks at each component that decides readiness; finds those whose failure turns no waking rule red.

    A rule asserts a component by its name, or all that decide readiness by a question without names.
    """
    asserted = {
        component
        for _, rule, signal in context.rules
        if (question := signal.health_question) and context.rule_wakes(rule)
        for component in context.asserted(question)
    }
    for name, service in context.catalog.services.items():
        if service.readiness and service.health:
            yield service.health
            if service.health not in asserted:
                what = f'no uptime rule that wakes asks for its component "{service.health}"'
                remedy = "add it to the components of the readiness question"
                yield context.finding("service", name, "health", key="component unasked", what=what, remedy=remedy)
