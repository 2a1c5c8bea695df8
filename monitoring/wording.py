"""Every sentence about a rule: its title, what a page says, who is asked, and when it fires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from monitoring.markdown_text import link, plain
from monitoring.model.burn_rates import BurnRate
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.maintenance import Maintenance
from monitoring.model.oncall import Policy, Step
from monitoring.model.receivers import ReceiverKind
from monitoring.model.scalars import SECONDS_IN, Length
from monitoring.model.service import Rule, Team
from monitoring.model.severity import urgency
from monitoring.model.signals import (
    Elsewhere,
    Signal,
    Uptime,
)
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.model.signals.tags import Where
from monitoring.model.signals.uptime_pages import Method
from monitoring.naming.names import rule_dashboard_url, runbook_url

SOMEBODY_BY_EMAIL = "a person by e-mail"
"""What stands in place of a person's address, which no text and no page shows."""

# --- titles ----------------------------------------------------------------------------------------------------


def title(catalog: Catalog, rule: EffectiveRule) -> str:
    """What a phone's lock screen shows: severity, where if not in production, what, and the rule's id."""
    place = "" if rule.environment == catalog.shared_environment else f"{rule.environment} "
    return f"[{place}{rule.severity}] {rule.rule.title}{_whom(catalog, rule)} ({rule.id})"


def test_title(catalog: Catalog, rule: EffectiveRule, signal: Uptime, method: Method) -> str:
    """A test's name at Datadog: the rule's title, and the method where there are several."""
    own = "" if len(signal.methods) == 1 else f" {method}"
    return f"{title(catalog, rule)}{own}"


def variable_description(catalog: Catalog, environment: str, secret: str) -> str:
    """What Datadog shows of the variable that holds a secret of tests."""
    return f"What tests of {catalog.platform.title} send in {environment}: {secret}"


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
    """What every vendor sends when a rule fires: the page explains itself, the most important line first.

    Where a transition has a text of its own, that stands in the place of what the rule means, in Datadog's blocks.
    """
    return _message(catalog, rule, page_condition(catalog, rule), _in_blocks(rule.rule))


def messages(catalog: Catalog, rule: EffectiveRule) -> Iterator[str]:
    """The same as it is sent when the rule fires, and at each transition that has a text of its own."""
    for text in (rule.rule.means, *filter(None, _blocks(rule.rule).values())):
        yield _message(catalog, rule, page_condition(catalog, rule), text)


def message_as_read(catalog: Catalog, rule: EffectiveRule) -> str:
    """The same as a person reads it when the rule fires, with the threshold that the vendor fills in."""
    sent = _for_whom(catalog, rule, rule.rule.signal.sent_condition(None))
    return _message(catalog, rule, sent, rule.rule.means)


def _blocks(rule: Rule) -> Mapping[str, str | None]:
    """The texts of single transitions, by Datadog's conditional variables.

    `is_recovery` holds for a recovery from missing data, too (docs.datadoghq.com/monitors/notify/variables).
    """
    return {"is_recovery": rule.recovery_text, "is_no_data": rule.no_data_text}


def _in_blocks(rule: Rule) -> str:
    """What it means, unless a transition with a text of its own is sent; then that text."""
    given = {block: text for block, text in _blocks(rule).items() if text}
    otherwise = rule.means
    for block in given:
        otherwise = f"{{{{^{block}}}}}{otherwise}{{{{/{block}}}}}"
    return otherwise + "".join(f"{{{{#{block}}}}}{text}{{{{/{block}}}}}" for block, text in given.items())


def _message(catalog: Catalog, rule: EffectiveRule, fires_when: str, means: str) -> str:
    lines = [
        f"{rule.severity} {rule.rule.title}{_whom(catalog, rule)} [{rule.id}]",
        means,
        f"Fires when: {fires_when}",
        f"Who is notified: {who_is_asked(catalog, rule)}",
        f"Runbook: {runbook_url(catalog, rule.rule.id)}",
        f"Dashboard: {rule_dashboard_url(catalog, rule)}",
        f"Team: {catalog.teams[rule.team].title}, environment: {rule.environment}",
    ]
    return "\n".join(lines)


def pager_text(catalog: Catalog, rule: EffectiveRule) -> str:
    """What an incident shows of its PagerDuty service: the same for every rule that pages through it.

    Sentry sends an issue's title and details and no text of ours (src/sentry/integrations/pagerduty/client.py), so the
    way from the id in the title to its runbook stands here. A service with one rule alone explains that rule, because
    another system writes the incident's title.
    """
    if isinstance(rule.rule.signal, Elsewhere):
        return message_as_read(catalog, rule)
    return (
        f"{rule.service.title}, {_urgency(catalog, rule)}. Who is notified: {who_is_asked(catalog, rule)}. "
        f"What to do: {runbook_url(catalog, 'RULE')}, where RULE stands in brackets in the incident's title, less a "
        f"customer's name. Dashboard: {rule_dashboard_url(catalog, rule)}"
    )


def _whom(catalog: Catalog, rule: EffectiveRule) -> str:
    return f": {tenant_title(catalog, rule)}" if rule.tenant_scope else ""


def who_is_asked(catalog: Catalog, rule: EffectiveRule) -> str:
    """Whom the page asks, in order, or where the message goes when nobody is paged."""
    if rule.route.page is None:
        return f"nobody is paged; sent to {sent_to(catalog, rule)}"
    policy = catalog.oncall.policies[rule.route.page]
    quietly = f"{_targets(catalog, policy.steps[0])}, at low urgency: nobody is woken, nobody is notified next"
    if policy.support_hours:
        return f"in support hours {asked_in_order(catalog, policy)}; outside of them {quietly}"
    return quietly if urgency(rule.severity) == "low" else asked_in_order(catalog, policy)


def _urgency(catalog: Catalog, rule: EffectiveRule) -> str:
    """How urgent an incident is, and in which hours where these decide."""
    hours = catalog.oncall.policies[rule.route.page].support_hours if rule.route.page else None
    if hours:
        return f"high urgency in support hours ({hours}) and low outside of them"
    return f"{urgency(rule.severity)} urgency"


def asked_in_order(catalog: Catalog, policy: Policy) -> str:
    """A policy's steps in words: first X, after 5m Y; people are not named, since vendors store and forward this."""
    parts: list[str] = []
    minutes = 0
    for step in policy.steps:
        targets = _targets(catalog, step)
        parts.append(f"after {minutes}m {targets}" if parts else f"first {targets}")
        minutes += step.escalate_after.seconds // 60
    rounds = policy.extra_rounds
    return ", ".join(parts) + (f"; {rounds} more round{'s' * (rounds > 1)}" if rounds else "")


def _targets(catalog: Catalog, step: Step) -> str:
    """Whom a step asks: schedules by their titles, people by how many they are."""
    schedules = [ask_title(catalog, ask) for ask in step.ask if ask in catalog.oncall.schedules]
    people = len(step.ask) - len(schedules)
    named = {0: [], 1: ["a person named in PagerDuty"]}.get(people, [f"{people} people named in PagerDuty"])
    return " and ".join([*schedules, *named])


def names(catalog: Catalog, step: Step) -> str:
    """Whom a step asks, by their titles and names; for whoever reads the catalog, not for what is sent."""
    return " and ".join(ask_title(catalog, ask) for ask in step.ask)


def ask_title(catalog: Catalog, ask: str) -> str:
    """What people call a schedule or a person that is asked."""
    schedule = catalog.oncall.schedules.get(ask)
    return (schedule.title or ask) if schedule else catalog.oncall.people[ask].name


def arrives_at(rule: EffectiveRule) -> str:
    """Every receiver of a rule, in the catalog's words; for whoever reads the catalog, not for what is sent."""
    return _receivers(rule, rule.route.email)


def sent_to(catalog: Catalog, rule: EffectiveRule) -> str:
    """Every receiver of a rule, and no address of a person."""
    shared = [address for address in rule.route.email if address not in catalog.personal_addresses]
    return _receivers(rule, shared if len(shared) == len(rule.route.email) else [*shared, SOMEBODY_BY_EMAIL])


def _receivers(rule: EffectiveRule, addresses: Iterable[str]) -> str:
    page = [f"page {rule.route.page}"] if rule.route.page else []
    read = (str(receiver) for receiver in rule.route.receivers if receiver.kind is not ReceiverKind.EMAIL)
    return ", ".join([*page, *read, *addresses]) or "nobody"


# --- what vendors show of everything else ----------------------------------------------------------------------


def team_description(catalog: Catalog, team: Team) -> str:
    """What PagerDuty shows of a team: its title, and its address where that is no person's."""
    return team.title if team.email in catalog.personal_addresses else f"{team.title}, {team.email}"


def schedule_description(name: str) -> str:
    """What PagerDuty shows of a schedule."""
    return f"{name} in the catalog; change it there"


def policy_description(catalog: Catalog, name: str) -> str:
    """What PagerDuty shows of an escalation policy."""
    return f"{asked_in_order(catalog, catalog.oncall.policies[name])}; {name} in the catalog"


def window_scope(window: Maintenance) -> str:
    """What a planned window is about: its services or rules, of which it may mute some groups alone."""
    named = "every service" if window.services == "all" else ", ".join(window.rules or window.services)
    return f"{groups_in_words(window.where)} of {named}" if window.where else named


def groups_in_words(where: Where) -> str:
    """The groups of a rule that tags choose: host:web-1."""
    return ", ".join(f"{key}:{' or '.join(values)}" for key, values in sorted(where.items()))


def window_times(window: Maintenance) -> str:
    """When a planned window is open, on the wall of its time zone."""
    if window.every is None:
        return f"{window.from_} to {window.to} {window.time_zone}"
    until = f" until {window.until}" if window.until else " for ever"
    hours = f"{window.from_.wall:%H:%M} to {window.to.wall:%H:%M} {window.time_zone}"
    return f"{_every(window, window.every)}, {hours}, from {window.from_.wall.date()} on{until}"


def _every(window: Maintenance, every: Length) -> str:
    number, weekday = every.seconds // SECONDS_IN["d"], f"{window.from_.wall:%a}"
    if window.days is not None:
        return f"every {window.days}"
    if number % 7 == 0:
        return f"every {weekday}" if number == 7 else f"every {number // 7} weeks on {weekday}"
    return "every day" if number == 1 else f"every {number} days"


def window_message(window: Maintenance) -> str:
    """What Datadog shows of a planned window."""
    return f"{window.title}: {window.reason}"


def dashboard_description(catalog: Catalog) -> str:
    """What Datadog shows of each dashboard."""
    return f"Made from the rule catalog of {catalog.platform.title}; change it there."


def chart_title(rule: EffectiveRule) -> str:
    """What stands above a rule's chart or its tests."""
    return f"{rule.rule.title} ({rule.id})"


def marker_label(rule: EffectiveRule, signal: QueryMonitor) -> str:
    """What stands beside a threshold's line in a chart."""
    return f"{rule.severity} {signal.threshold_word.in_words} {signal.threshold}"


def recovery_label(signal: QueryMonitor) -> str:
    """What stands beside the line of the value at which a rule recovers."""
    return f"recovers at {signal.recovery}"


def dashboard_words(catalog: Catalog, rule: EffectiveRule) -> tuple[str, str, str]:
    """What the dashboard's note says of a rule: its title, when it fires, and where it arrives."""
    return rule.rule.title, chart_condition(catalog, rule), sent_to(catalog, rule)


def dashboard_line(catalog: Catalog, rule: EffectiveRule) -> str:
    """A rule in its service's note on the dashboard, as Markdown."""
    title, fires, arrives = map(plain, dashboard_words(catalog, rule))
    where = {"datadog": "", "sentry": " *(in Sentry)*", "pagerduty": " *(sent to PagerDuty)*"}[rule.watcher]
    return f"- **{rule.severity}** {link(title, runbook_url(catalog, rule.rule.id))}: {fires} → {arrives}{where}"


# --- when a rule fires -----------------------------------------------------------------------------------------


def condition(catalog: Catalog, rule: EffectiveRule) -> str:
    """When a rule fires, as a sentence, thresholds and all."""
    return _for_whom(catalog, rule, rule.rule.signal.condition(None))


def page_condition(catalog: Catalog, rule: EffectiveRule) -> str:
    """The same for a page: the threshold that a vendor itself puts into what it sends is left to the vendor.

    So the number stands once at the vendor, and changing it changes one resource. Datadog fills in `{{threshold}}`
    (its documentation of message variables); Sentry's issue says "Critical: AGGREGATE in the last WINDOW above
    THRESHOLD" (getsentry/sentry, src/sentry/incidents/grouptype.py).
    """
    signal = rule.rule.signal
    filled = {"datadog": f"{{{{threshold}}}}{_unit(catalog, signal)}", "sentry": "the threshold that Sentry names"}
    return _for_whom(catalog, rule, signal.sent_condition(filled.get(signal.watcher)))


def chart_condition(catalog: Catalog, rule: EffectiveRule) -> str:
    """The same for a dashboard, where the chart's marker shows the threshold."""
    return _for_whom(catalog, rule, rule.rule.signal.sent_condition("its threshold"))


def _unit(catalog: Catalog, signal: Signal) -> str:
    unit = signal.unit(catalog.platform.metrics) if isinstance(signal, QueryMonitor) else ""
    return f" ({unit})" if unit else ""


def _for_whom(catalog: Catalog, rule: EffectiveRule, sentence: str) -> str:
    return f"{sentence}, counted for {tenant_title(catalog, rule)}" if rule.tenant_scope else sentence
