"""A critical service keeps the contract of its tier, with evidence: errors, uptime, a rule that wakes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from monitoring.checks._case import Case, Finding, Subjects, found
from monitoring.model.service import Service
from monitoring.model.signals import Uptime

ABOUT = Subjects(
    "services of our own",
    lambda case: frozenset(
        name for name, service in case.catalog.services.items() if service.kind == "own" and service.tier != "internal"
    ),
)


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each service of ours that is critical or standard; finds what its tier asks for and nothing gives.

    A critical service has a rule on errors, or one that combines other rules; is asked from outside, by a rule of its
    own or as a component of the health endpoint (one without a component: through everything that it depends on); and
    has a rule that wakes, or is a component of one. A standard service is watched by any rule or asked component.
    """
    asked = _asked(case, waking=False)
    waking = _asked(case, waking=True)
    for name, service in case.catalog.services.items():
        if service.kind == "own" and service.tier != "internal":
            yield name
            flaw = partial(found, case, "service", name)
            if service.tier == "standard":
                if not service.rules and service.health not in asked:
                    what, remedy = "is standard, and no rule watches it", "write a rule, or ask for its component"
                    yield flaw("tier", key="unwatched", what=what, remedy=remedy)
                continue
            yield from _critical(case, service, asked, waking)


def _critical(case: Case, service: Service, asked: set[str], waking: set[str]) -> Iterator[Finding]:
    flaw = partial(found, case, "service", service.service, "tier")
    if not any(rule.errors or rule.sentry_metric or rule.composite for rule in service.rules):
        what, remedy = "is critical, and no rule watches its errors", "write a rule with errors"
        yield flaw(key="no error rule", what=what, remedy=remedy)
    if not _seen_from_outside(case, service, asked):
        what = "is critical, and no uptime rule asks for it"
        remedy = "ask for its component of the health endpoint, or for a page of it"
        yield flaw(key="no uptime rule", what=what, remedy=remedy)
    if not any(case.rule_wakes(rule) for rule in service.rules) and service.health not in waking:
        what, remedy = "is critical, and none of its rules wakes a human", "let one of them be P0 or P1"
        yield flaw(key="wakes nobody", what=what, remedy=remedy)


def _seen_from_outside(case: Case, service: Service, asked: set[str]) -> bool:
    if service.health is not None:
        return service.health in asked
    if any(_answers(rule.uptime) for rule in service.rules):
        return True
    below = [case.catalog.services[name] for name in service.depends_on]
    own = [one for one in below if one.kind == "own"]
    return bool(own) and all(one.health in asked or any(_answers(rule.uptime) for rule in one.rules) for one in own)


def _answers(uptime: Uptime | None) -> bool:
    return uptime is not None and uptime.asks.certificate is None


def _asked(case: Case, *, waking: bool) -> set[str]:
    return {
        component
        for _, rule, signal in case.watching(Uptime)
        if signal.asks.health and (case.rule_wakes(rule) or not waking)
        for component in case.asserted(signal.asks.health)
    }
