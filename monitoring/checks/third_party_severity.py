"""A third party does not turn a rule red that is more severe than its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.model.service import Rule
from monitoring.model.signals import Composite

SUBJECTS = Subjects(
    "components behind which a third party stands",
    lambda context: frozenset(
        service.health
        for service in context.catalog.services.values()
        if service.health and any(context.catalog.services[name].kind == "external" for name in service.depends_on)
    ),
)


@catalog_check("third-party-severity", about=SUBJECTS)
def third_party_severity(context: Context) -> Iterator[str | Finding]:
    """Looks at each component behind which a third party stands; finds rules of several severities that it turns red.

    The mildest rule that asserts the component is the third party's own. What cannot be served without, a component
    that decides readiness, may turn any rule red.
    """
    asserting = _asserting(context)
    for service in context.catalog.services.values():
        others = [name for name in service.depends_on if context.catalog.services[name].kind == "external"]
        if service.health and others:
            yield service.health
            red = sorted(asserting.get(service.health, ()), key=lambda rule: rule.severity.rank)
            for rule in red if not service.readiness else ():
                if rule.severity.rank < red[-1].severity.rank:
                    yield _finding(context, rule, service.health, others[0], red[-1])


def _finding(context: Context, rule: Rule, component: str, other: str, own: Rule) -> Finding:
    own_rule = f'whose own rule "{own.id}" is {own.severity}'
    what = f'is {rule.severity}, and "{other}" turns it red through "{component}", {own_rule}'
    remedy = f"leave {component} to {own.id}"
    return context.finding("rule", rule.id, "severity", key=f"red by {component}", what=what, remedy=remedy)


def _asserting(context: Context) -> Mapping[str, list[Rule]]:
    """The rules that one component alone turns red: uptime rules that name it, and composites of any of those."""
    asserting: dict[str, list[Rule]] = {}
    any_of: dict[str, list[Rule]] = {}
    for _, rule, composite in context.rules_on(Composite):
        for part in composite.any_of if not composite.all_of else ():
            any_of.setdefault(part, []).append(rule)
    for _, rule, signal in context.rules:
        for component in signal.health_question.components if signal.health_question else ():
            asserting.setdefault(component, []).extend([rule, *any_of.get(rule.id, ())])
    return asserting
