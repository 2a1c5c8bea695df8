"""Every derived name: a name that is not typed in the catalog is made here or nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.oncall import Policy, Step
from monitoring.model.severity import VENDOR_WORDS, Severity
from monitoring.model.signals import (
    Certificate,
    Composite,
    Cron,
    DatadogSignal,
    Errors,
    Health,
    MetricSignal,
    Page,
    RawQuery,
    SentryMetric,
    Signal,
    Slo,
    Uptime,
    Watched,
    Where,
)

# The longest names that the vendors take. Sentry: monitor 200, alert 256, cron slug 50 (its API description);
# Datadog: notification rule 1000; PagerDuty: service, policy and schedule 255 (API descriptions).
LONGEST_SENTRY_MONITOR = 200
LONGEST_CRON_SLUG = 50
LONGEST_PAGERDUTY_NAME = 255

MANAGED_BY = "managed-by"
RESERVED_TAGS = (MANAGED_BY, "env", "service", "severity", "team", "rule")


def owner_tag(catalog: Catalog) -> str:
    """Who owns a resource, as a tag value; nobody else's resource carries it."""
    return f"{catalog.platform.name}-monitoring"


def tags(catalog: Catalog, rule: EffectiveRule) -> list[str]:
    """A rule's tags at Datadog, sorted as Datadog returns them."""
    return sorted([*routing_tags(catalog, rule), f"rule:{rule.rule.id}", *_tenant_tags(rule)])


def _tenant_tags(rule: EffectiveRule) -> list[str]:
    return [f"tenant:{rule.customers.suffix}"] if rule.customers else []


def routing_tags(catalog: Catalog, rule: EffectiveRule) -> list[str]:
    """The tags that decide where a rule arrives: reserved keys, so that no other monitor matches."""
    return sorted(
        [
            f"{MANAGED_BY}:{owner_tag(catalog)}",
            f"env:{rule.environment}",
            f"service:{rule.service.service}",
            f"severity:{rule.severity.value.lower()}",
            f"team:{rule.team}",
        ]
    )


def route_name(rule: EffectiveRule) -> str:
    """The name of the notification rule that a rule's tags match: one per service, severity and team."""
    own = "" if rule.team == rule.service.team else f"-{rule.team}"
    return f"{rule.service.service}-{rule.severity.value.lower()}{own}"


def title(catalog: Catalog, rule: EffectiveRule) -> str:
    """What a phone's lock screen shows: severity, where if not in production, what, and the rule's id."""
    place = "" if rule.environment == catalog.owner_of_shared else f"{rule.environment} "
    return f"[{place}{rule.severity}] {rule.rule.title}{_whom(catalog, rule)} ({rule.id})"


def customer_title(catalog: Catalog, rule: EffectiveRule) -> str:
    """The customer that a rule watches, in words."""
    if rule.customers is None:
        return ""
    if rule.customers.listed is None:
        return f"any other {rule.customers.plan} customer"
    return catalog.tenants[rule.customers.listed].title


def urgency(severity: Severity) -> str:
    """PagerDuty's urgency of a severity; what has none of its own is low."""
    return VENDOR_WORDS[severity].pagerduty_urgency or "low"


def pagerduty_service(catalog: Catalog, rule: EffectiveRule) -> str:
    """The PagerDuty service between a rule and its policy: one per service, policy and urgency.

    Letters, digits and dashes only, because Datadog makes the handle `@pagerduty-NAME` of it.
    """
    place = "" if rule.environment == catalog.owner_of_shared else f"-{rule.environment}"
    return f"{rule.service.service}-{rule.route.page}-{urgency(rule.severity)}{place}"


def former_pagerduty_services(catalog: Catalog, rule: EffectiveRule) -> list[str]:
    """The names that a rule's PagerDuty service had before its service or policy was renamed."""
    policy = rule.route.page or ""
    former = [
        f"{service}-{page}-{urgency(rule.severity)}"
        for service in (rule.service.service, *rule.service.formerly)
        for page in (policy, *catalog.oncall.policies[policy].formerly)
    ]
    return former[1:]


def former_route_names(rule: EffectiveRule) -> list[str]:
    """The names that a rule's notification rule had before its service was renamed."""
    name = route_name(rule)
    return [f"{old}{name.removeprefix(rule.service.service)}" for old in rule.service.formerly]


def schedule_title(catalog: Catalog, name: str) -> str:
    """A schedule's name at PagerDuty."""
    return f"{catalog.platform.title}: {catalog.oncall.schedules[name].title or name}"


def policy_title(catalog: Catalog, name: str) -> str:
    """A policy's name at PagerDuty."""
    return f"{catalog.platform.title}: {catalog.oncall.policies[name].title or name}"


def runbook_url(catalog: Catalog, rule_id: str) -> str:
    """Where a rule's runbook is read."""
    return f"{catalog.platform.links.runbooks}/{rule_id}"


def runbook_path(rule_id: str) -> str:
    """Where a rule's runbook is written, below the documents' folder."""
    return f"runbooks/{rule_id}.md"


def dashboard_title(catalog: Catalog, environment: str) -> str:
    """The dashboard's title at Datadog."""
    return f"{catalog.platform.title} ({environment})"


def dashboard_url(catalog: Catalog, environment: str) -> str:
    """A link that finds the dashboard by its title, since Datadog chooses its id."""
    return f"{catalog.platform.links.dashboard}?q={quote(dashboard_title(catalog, environment))}"


# --- sentences -------------------------------------------------------------------------------------------------


def message(catalog: Catalog, rule: EffectiveRule) -> str:
    """What every vendor sends when a rule fires: the page explains itself, the most important line first."""
    lines = [
        f"{rule.severity} {rule.rule.title}{_whom(catalog, rule)} [{rule.id}]",
        rule.rule.means,
        f"Fires when: {told_condition(catalog, rule)}",
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
    return f": {customer_title(catalog, rule)}" if rule.customers else ""


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
        asked = names(catalog, step)
        parts.append(f"after {minutes}m {asked}" if parts else f"first {asked}")
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


def condition(catalog: Catalog, rule: EffectiveRule) -> str:
    """When a rule fires, as a sentence, thresholds and all."""
    return _for_whom(catalog, rule, _condition(rule.rule.signal, None))


def told_condition(catalog: Catalog, rule: EffectiveRule) -> str:
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


def charted_condition(catalog: Catalog, rule: EffectiveRule) -> str:
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
    unit = catalog.platform.datadog.metrics[signal.name].unit if isinstance(signal, MetricSignal) else ""
    return f" ({unit})" if unit else ""


def _for_whom(catalog: Catalog, rule: EffectiveRule, sentence: str) -> str:
    return f"{sentence}, counted for {customer_title(catalog, rule)}" if rule.customers else sentence


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
    asked: Health | Page | Certificate | None = signal.asks.health or signal.asks.page or signal.asks.certificate
    methods = " and ".join(signal.methods)
    match asked:
        case Health():
            named = f" ({', '.join(asked.components)})" if asked.components else ""
            return f"{methods} of the {asked.health} question{named} fails or takes over {asked.within}"
        case Page():
            answer = f"does not answer {asked.status} within {asked.within}"
            return f"{methods} of {asked.url or asked.path} {answer}"
        case Certificate():
            return f"the TLS certificate has less than {asked.valid_for} left"
        case None:
            return "nothing"


def watched_by_datadog(rule: EffectiveRule) -> bool:
    """Whether Datadog watches the rule's signal; else Sentry does."""
    return isinstance(rule.rule.signal, DatadogSignal)


def watched(signal: Watched) -> str:
    """A Datadog metric in words."""
    return f"{signal.aggregation} of {signal.name}{_filter(signal.where)}"


def _filter(where: Where | Mapping[str, tuple[str, ...]]) -> str:
    if not where:
        return ""
    return " where " + " and ".join(f"{key} is {' or '.join(values)}" for key, values in where.items())
