"""Every sentence about a rule: its title, what a page says, who is asked, and when it fires."""

from __future__ import annotations

from collections.abc import Mapping

from monitoring.model.burn_rates import BurnRate
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.oncall import Policy, Step
from monitoring.model.severity import urgency
from monitoring.model.signals import (
    Certificate,
    Composite,
    Cron,
    Errors,
    Health,
    Method,
    MetricSelector,
    MetricSignal,
    Page,
    RawQuery,
    SentryMetric,
    Signal,
    Slo,
    Uptime,
    Where,
)
from monitoring.naming.names import dashboard_url, runbook_url

# --- titles ----------------------------------------------------------------------------------------------------


def title(catalog: Catalog, rule: EffectiveRule) -> str:
    """What a phone's lock screen shows: severity, where if not in production, what, and the rule's id."""
    place = "" if rule.environment == catalog.shared_environment else f"{rule.environment} "
    return f"[{place}{rule.severity}] {rule.rule.title}{_whom(catalog, rule)} ({rule.id})"


def test_title(catalog: Catalog, rule: EffectiveRule, signal: Uptime, method: Method) -> str:
    """A test's name at Datadog: the rule's title, and the method where there are several."""
    own = "" if len(signal.methods) == 1 else f" {method}"
    return f"{title(catalog, rule)}{own}"


def burn_title(catalog: Catalog, rule: EffectiveRule, rate: BurnRate) -> str:
    """The name at Datadog of a monitor on how fast an SLO's budget burns."""
    return f"{title(catalog, rule)} {rate.long_hours}h"


def tenant_title(catalog: Catalog, rule: EffectiveRule) -> str:
    """The tenant that a rule watches, in words."""
    if rule.tenant_scope is None:
        return ""
    if rule.tenant_scope.listed is None:
        return f"any other {rule.tenant_scope.plan} customer"
    return catalog.tenants[rule.tenant_scope.listed].title


# --- what a page says, and to whom -----------------------------------------------------------------------------


def message(catalog: Catalog, rule: EffectiveRule) -> str:
    """What every vendor sends when a rule fires: the page explains itself, the most important line first."""
    lines = [
        f"{rule.severity} {rule.rule.title}{_whom(catalog, rule)} [{rule.id}]",
        rule.rule.means,
        f"Fires when: {page_condition(catalog, rule)}",
        f"Who is asked: {who_is_asked(catalog, rule)}",
        f"Runbook: {runbook_url(catalog, rule.rule.id)}",
        f"Dashboard: {dashboard_url(catalog, rule.environment)}",
        f"Team: {catalog.teams[rule.team].title}, environment: {rule.environment}",
    ]
    return "\n".join(lines)


def pager_text(catalog: Catalog, rule: EffectiveRule) -> str:
    """What an incident shows of its PagerDuty service: the same for every rule that pages through it.

    Sentry sends an issue's title and details and no text of ours (src/sentry/integrations/pagerduty/client.py), so the
    way from the id in the title to its runbook stands here.
    """
    return (
        f"{rule.service.title}, {urgency(rule.severity)} urgency. Who is asked: {who_is_asked(catalog, rule)}. "
        f"What to do: {runbook_url(catalog, 'RULE')}, where RULE stands in brackets in the incident's title, less a "
        f"customer's name. Dashboard: {dashboard_url(catalog, rule.environment)}"
    )


def _whom(catalog: Catalog, rule: EffectiveRule) -> str:
    return f": {tenant_title(catalog, rule)}" if rule.tenant_scope else ""


def who_is_asked(catalog: Catalog, rule: EffectiveRule) -> str:
    """Whom the page asks, in order, or where the message goes when nobody is paged."""
    if rule.route.page is None:
        return f"nobody is paged; sent to {arrives_at(rule)}"
    policy = catalog.oncall.policies[rule.route.page]
    if urgency(rule.severity) == "low":
        return f"{names(catalog, policy.steps[0])}, at low urgency: nobody is woken, nobody is asked next"
    return asked_in_order(catalog, policy)


def asked_in_order(catalog: Catalog, policy: Policy) -> str:
    """A policy's steps in words: first X, after 5m Y."""
    parts: list[str] = []
    minutes = 0
    for step in policy.steps:
        targets = names(catalog, step)
        parts.append(f"after {minutes}m {targets}" if parts else f"first {targets}")
        minutes += step.escalate_after.seconds // 60
    rounds = policy.extra_rounds
    return ", ".join(parts) + (f"; {rounds} more round{'s' * (rounds > 1)}" if rounds else "")


def names(catalog: Catalog, step: Step) -> str:
    """Whom a step asks, by their titles."""
    return " and ".join(ask_title(catalog, ask) for ask in step.ask)


def ask_title(catalog: Catalog, ask: str) -> str:
    """What people call a schedule or a person that is asked."""
    schedule = catalog.oncall.schedules.get(ask)
    return (schedule.title or ask) if schedule else catalog.oncall.people[ask].name


def arrives_at(rule: EffectiveRule) -> str:
    """Every receiver of a rule, in the catalog's words."""
    page = [f"page {rule.route.page}"] if rule.route.page else []
    return ", ".join([*page, *(f"#{channel}" for channel in rule.route.slack), *rule.route.email]) or "nobody"


# --- when a rule fires -----------------------------------------------------------------------------------------


def condition(catalog: Catalog, rule: EffectiveRule) -> str:
    """When a rule fires, as a sentence, thresholds and all."""
    return _for_whom(catalog, rule, _condition(rule.rule.signal, None))


def page_condition(catalog: Catalog, rule: EffectiveRule) -> str:
    """The same for a page: the threshold that a vendor itself puts into what it sends is left to the vendor.

    So the number stands once at the vendor, and changing it changes one resource. Datadog fills in `{{threshold}}`
    (its documentation of message variables); Sentry's issue says "Critical: AGGREGATE in the last WINDOW above
    THRESHOLD" (getsentry/sentry, src/sentry/incidents/grouptype.py).
    """
    signal = rule.rule.signal
    return _for_whom(catalog, rule, _condition(signal, _limit_that_the_vendor_fills(catalog, signal)))


def _limit_that_the_vendor_fills(catalog: Catalog, signal: Signal) -> str | None:
    match signal:
        case MetricSignal() | RawQuery():
            return f"{{{{threshold}}}}{_unit(catalog, signal)}"
        case Errors(per_issue=False) | SentryMetric():
            return "the threshold that Sentry names"
        case Errors() | Cron() | Uptime() | Composite() | Slo():
            return None


def chart_condition(catalog: Catalog, rule: EffectiveRule) -> str:
    """The same for a dashboard, where the chart's marker shows the threshold."""
    signal = rule.rule.signal
    return _for_whom(catalog, rule, _condition(signal, _limit_that_the_chart_shows(signal)))


def _limit_that_the_chart_shows(signal: Signal) -> str | None:
    match signal:
        case MetricSignal() | RawQuery() | SentryMetric() | Errors():
            return "its threshold"
        case Cron() | Uptime() | Composite() | Slo():
            return None


def _unit(catalog: Catalog, signal: MetricSignal | RawQuery) -> str:
    unit = catalog.platform.metrics[signal.name].unit if isinstance(signal, MetricSignal) else ""
    return f" ({unit})" if unit else ""


def _for_whom(catalog: Catalog, rule: EffectiveRule, sentence: str) -> str:
    return f"{sentence}, counted for {tenant_title(catalog, rule)}" if rule.tenant_scope else sentence


# long: one case a signal, each of them its sentence
def _condition(signal: Signal, limit: str | None) -> str:
    """When a signal fires; `limit` stands in the threshold's place where it is given."""
    match signal:
        case Errors() if signal.one_is_enough:
            return f"any error in {signal.project}{_filter(signal.where)}"
        case Errors():
            which = " of one issue" if signal.per_issue else ""
            place = f"within {signal.window} in {signal.project}{_filter(signal.where)}"
            if limit:
                return f"errors{which} {place} are above {limit}"
            return f"more than {signal.limit} errors{which} {place}"
        case SentryMetric():
            floor = f", at {signal.at_least} or more" if signal.at_least else ""
            over = f"over {signal.over} in {signal.project}{_filter(signal.where)}"
            return f"{signal.measure} above {limit or signal.above} {over}{floor}"
        case Cron():
            late = f"no check-in {signal.late_after} after {signal.schedule} {signal.time_zone}"
            return f"{late}, or a run over {signal.at_most}"
        case MetricSignal():
            side = f"above {limit or signal.above}" if signal.above else f"below {limit or signal.below}"
            each = f" for one {' and '.join(signal.by)}" if signal.by else ""
            return f"{watched(signal)}{each} {side} over {signal.over}"
        case RawQuery():
            side = f"< {limit or signal.below}" if signal.above is None else f"> {limit or signal.above}"
            return f"{signal.query} {side}"
        case Slo():
            return f"the error budget of {signal.objective} over {signal.over} burns too fast"
        case Composite():
            return _combination(signal)
        case Uptime():
            return f"{_question(signal)}, seen from {signal.failing_in} of {len(signal.regions)} regions"


def _combination(signal: Composite) -> str:
    parts = [
        f"{word} {names}"
        for word, names in (
            ("all of", ", ".join(signal.all_of)),
            ("any of", ", ".join(signal.any_of)),
            ("none of", ", ".join(signal.none_of)),
        )
        if names
    ]
    return " and ".join(parts) + " firing"


def _question(signal: Uptime) -> str:
    request: Health | Page | Certificate | None = signal.asks.health or signal.asks.page or signal.asks.certificate
    methods = " and ".join(signal.methods)
    match request:
        case Health():
            named = f" ({', '.join(request.components)})" if request.components else ""
            return f"{methods} of the {request.health} question{named} fails or takes over {request.within}"
        case Page():
            answer = f"does not answer {request.status} within {request.within}"
            return f"{methods} of {request.url or request.path} {answer}"
        case Certificate():
            return f"the TLS certificate has less than {request.valid_for} left"
        case None:
            return "nothing"


def watched(signal: MetricSelector) -> str:
    """A Datadog metric in words."""
    return f"{signal.aggregation} of {signal.name}{_filter(signal.where)}"


def _filter(where: Where | Mapping[str, tuple[str, ...]]) -> str:
    if not where:
        return ""
    return " where " + " and ".join(f"{key} is {' or '.join(values)}" for key, values in where.items())
