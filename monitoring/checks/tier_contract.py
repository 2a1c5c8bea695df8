"""A critical service keeps the contract of its tier, with evidence: its errors, its silence, a rule that wakes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.model.service import Rule, Service
from monitoring.model.signals import (
    Composite,
    Cron,
    Errors,
    MetricSignal,
    SentryMetric,
    SentryUptime,
    Signal,
    Slo,
    Uptime,
)
from monitoring.model.signals.query_monitor import QueryMonitor

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

    A critical service has a rule on errors, or one that combines other rules (without Sentry: any measurement of its
    own); is asked from outside, by a rule of its own or as a component of the health endpoint (one without a component:
    through everything that it depends on, or by a cron or a metric, which notice that it stands still); and has a rule
    that wakes, or is a component of one. A standard service is watched by any rule or asked component.
    """
    asserted = _asserted(context, waking=False)
    waking = _asserted(context, waking=True)
    for name, service in context.catalog.services.items():
        if service.kind == "own" and service.tier != "internal":
            yield name
            finding = partial(context.finding, "service", name)
            if service.tier == "standard":
                if not service.rules and service.health not in asserted:
                    what, remedy = "is standard, and no rule watches it", "write a rule, or ask for its component"
                    yield finding("tier", key="unwatched", what=what, remedy=remedy)
                continue
            yield from _critical(context, service, asserted, waking)


def _critical(context: Context, service: Service, asserted: set[str], waking: set[str]) -> Iterator[Finding]:
    finding = partial(context.finding, "service", service.service, "tier")
    sentry, datadog = context.catalog.platform.sentry, context.catalog.platform.datadog
    if not any(_tells_of_failures(rule, measured=sentry is None) for rule in service.rules):
        what = "is critical, and no rule watches its errors"
        remedy = "write a rule with errors" if sentry else "write a metric that counts them"
        yield finding(key="no error rule", what=what, remedy=remedy)
    if not (_seen_from_outside(context, service, asserted) or _seen_to_stand_still(context, service)):
        nor = "" if datadog else " and no cron rule watches it"
        what = f"is critical, and no uptime rule asks for it{nor}"
        yield finding(key="no uptime rule", what=what, remedy=_remedy(context, service))
    if not any(context.rule_wakes(rule) for rule in service.rules) and service.health not in waking:
        what, remedy = "is critical, and none of its rules wakes a human", "let one of them be P0 or P1"
        yield finding(key="wakes nobody", what=what, remedy=remedy)


def _tells_of_failures(rule: Rule, *, measured: bool) -> bool:
    """Whether a rule watches errors; without Sentry, which counts them, any measurement has to do."""
    kinds = (Errors, SentryMetric, Composite, *((QueryMonitor, Slo) if measured else ()))
    return isinstance(rule.signal, kinds)


def _remedy(context: Context, service: Service) -> str:
    if context.catalog.platform.datadog is None:
        example = 'cron: {project: jobs, schedule: "*/5 * * * *", time-zone: UTC, late-after: 5m, at-most: 5m}'
        uptime = "sentry-uptime: {project: jobs, path: /, every: 5m}"
        return f"write {uptime}; or let it check in, and write for example {example}"
    if service.health is not None:
        return "ask for its component of the health endpoint, or for a page of it"
    return "ask for a page of it; where it answers no HTTP, write http: false, and a cron or a metric of its own"


def _seen_to_stand_still(context: Context, service: Service) -> bool:
    """Whether a cron or a metric of its own tells that it stopped, where no question from outside could."""
    can_be_asked = service.http or service.health is not None
    if can_be_asked and context.catalog.platform.datadog is not None:
        return False
    return any(_notices_silence(rule) for rule in service.rules)


def _notices_silence(rule: Rule) -> bool:
    signal = rule.signal
    if isinstance(signal, QueryMonitor) and signal.when_silent == "alert":
        return True
    return isinstance(signal, Cron | MetricSignal)


def _seen_from_outside(context: Context, service: Service, asserted: set[str]) -> bool:
    if service.health is not None:
        return service.health in asserted
    if any(_answers(rule.signal) for rule in service.rules):
        return True
    below = [context.catalog.services[name] for name in service.depends_on]
    own = [lower for lower in below if lower.kind == "own"]
    return bool(own) and all(
        lower.health in asserted or any(_answers(rule.signal) for rule in lower.rules) for lower in own
    )


def _answers(signal: Signal) -> bool:
    """Whether it asks from outside for an answer."""
    return isinstance(signal, SentryUptime) or (isinstance(signal, Uptime) and signal.asks.certificate is None)


def _asserted(context: Context, *, waking: bool) -> set[str]:
    return {
        component
        for _, rule, signal in context.rules
        if (question := signal.health_question) and (context.rule_wakes(rule) or not waking)
        for component in context.asserted(question)
    }
