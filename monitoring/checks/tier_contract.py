"""A critical service keeps the contract of its tier, with evidence: errors, uptime, a rule that wakes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.model.service import Service
from monitoring.model.signals import Uptime

SUBJECTS = Subjects(
    "services of our own",
    lambda context: frozenset(
        name
        for name, service in context.catalog.services.items()
        if service.kind == "own" and service.tier != "internal"
    ),
)


@catalog_check("tier-contract", about=SUBJECTS)
def tier_contract(context: Context) -> Iterator[str | Finding]:
    """Looks at each service of ours that is critical or standard; finds what its tier asks for and nothing gives.

    A critical service has a rule on errors, or one that combines other rules; is asked from outside, by a rule of its
    own or as a component of the health endpoint (one without a component: through everything that it depends on); and
    has a rule that wakes, or is a component of one. A standard service is watched by any rule or asked component.
    """
    asserted = _asserted(context, waking=False)
    waking = _asserted(context, waking=True)
    for name, service in context.catalog.services.items():
        if service.kind == "own" and service.tier != "internal":
            yield name
            flaw = partial(context.finding, "service", name)
            if service.tier == "standard":
                if not service.rules and service.health not in asserted:
                    what, remedy = "is standard, and no rule watches it", "write a rule, or ask for its component"
                    yield flaw("tier", key="unwatched", what=what, remedy=remedy)
                continue
            yield from _critical(context, service, asserted, waking)


def _critical(context: Context, service: Service, asserted: set[str], waking: set[str]) -> Iterator[Finding]:
    flaw = partial(context.finding, "service", service.service, "tier")
    if not any(rule.errors or rule.sentry_metric or rule.composite for rule in service.rules):
        what, remedy = "is critical, and no rule watches its errors", "write a rule with errors"
        yield flaw(key="no error rule", what=what, remedy=remedy)
    if not _seen_from_outside(context, service, asserted):
        what = "is critical, and no uptime rule asks for it"
        remedy = "ask for its component of the health endpoint, or for a page of it"
        yield flaw(key="no uptime rule", what=what, remedy=remedy)
    if not any(context.rule_wakes(rule) for rule in service.rules) and service.health not in waking:
        what, remedy = "is critical, and none of its rules wakes a human", "let one of them be P0 or P1"
        yield flaw(key="wakes nobody", what=what, remedy=remedy)


def _seen_from_outside(context: Context, service: Service, asserted: set[str]) -> bool:
    if service.health is not None:
        return service.health in asserted
    if any(_answers(rule.uptime) for rule in service.rules):
        return True
    below = [context.catalog.services[name] for name in service.depends_on]
    own = [lower for lower in below if lower.kind == "own"]
    return bool(own) and all(
        lower.health in asserted or any(_answers(rule.uptime) for rule in lower.rules) for lower in own
    )


def _answers(uptime: Uptime | None) -> bool:
    return uptime is not None and uptime.asks.certificate is None


def _asserted(context: Context, *, waking: bool) -> set[str]:
    return {
        component
        for _, rule, signal in context.rules_on(Uptime)
        if signal.asks.health and (context.rule_wakes(rule) or not waking)
        for component in context.asserted(signal.asks.health)
    }
