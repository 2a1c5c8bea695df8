"""Every rule arrives somewhere, in each environment in which it acts and at each severity that it can have."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import RULES
from monitoring.model.effective import carried
from monitoring.model.receivers import Receiver, ReceiverKind
from monitoring.model.service import Route, Rule
from monitoring.model.severity import Severity
from monitoring.model.signals import Elsewhere, Signal

NO_OWNER_NOBODY = Receiver(ReceiverKind.ISSUE_OWNERS, "nobody")


@rule_check("rule-route", about=RULES)
def rule_route(context: Context, watched: WatchedRule[Signal]) -> Iterator[Finding]:
    """Looks at each rule; finds those whose team has no route for them, or whose environment leaves nothing of it."""
    service, rule, signal = watched
    team = context.team_of(service, rule)
    for severity in _severities(rule):
        if severity in context.catalog.teams[team].routes:
            arrives = _lost_elsewhere if isinstance(signal, Elsewhere) else _lost
            yield from arrives(context, rule, team, severity)
        else:
            yield _no_route(context, rule, team, severity)
    yield from _wakes_nowhere(context, rule)


def _wakes_nowhere(context: Context, rule: Rule) -> Iterator[Finding]:
    """A rule that is to wake people, and is kept out of every environment that pages."""
    paging = [name for name, environment in context.catalog.platform.environments.items() if environment.pages]
    acting = context.environments_of(rule)
    if context.rule_wakes(rule) and acting and paging and not set(acting) & set(paging):
        what = f"is {rule.severity} and wakes nobody: it acts in {' and '.join(acting)} alone, where nobody is paged"
        remedy = f"write environments: [{paging[0]}], or a severity that wakes nobody"
        yield context.finding("rule", rule.id, "environments", key="wakes nowhere", what=what, remedy=remedy)


def _severities(rule: Rule) -> tuple[Severity, ...]:
    in_trial = rule.trial_until is not None and rule.severity is not Severity.P3
    return (rule.severity, Severity.P3) if in_trial else (rule.severity,)


def _no_route(context: Context, rule: Rule, team: str, severity: Severity) -> Finding:
    return context.finding(
        "rule",
        rule.id,
        "severity",
        key=f"no route for {severity}",
        what=f'the team "{team}" has no route for {severity}, so it would reach nobody',
        remedy=f"write {severity} under the routes of {team} in teams.yaml",
    )


def _lost(context: Context, rule: Rule, team: str, severity: Severity) -> Iterator[Finding]:
    for name in context.environments_of(rule):
        left = context.limited_route(team, severity, name)
        arrives = carried(context.catalog.platform, rule.signal, left)
        if not arrives.arrives:
            what, remedy = _nothing_left(context, team, name, left)
            what = f'{what} of the {severity} route of "{team}"'
            key = f"arrives nowhere in {name}"
            yield context.finding("rule", rule.id, "severity", key=key, what=what, remedy=remedy)
        elif arrives.page is None and arrives.receivers == (NO_OWNER_NOBODY,):
            what = f'in "{name}" an issue without an owner reaches nobody: the {severity} route of "{team}" has no more'
            remedy = "write issue-owners: active-members, or another receiver beside it"
            key = f"owners alone in {name}"
            yield context.finding("rule", rule.id, "severity", key=key, what=what, remedy=remedy)


def _nothing_left(context: Context, team: str, environment: str, left: Route) -> tuple[str, str]:
    if left.arrives:
        remedy = f"write a receiver that it can write to, like email: [{context.catalog.teams[team].email}]"
        return f'in "{environment}" its vendor can write to no receiver', remedy
    remedy = f"give {environment} a slack channel, or take the rule out of it"
    return f'the environment "{environment}" leaves no receiver', remedy


def _lost_elsewhere(context: Context, rule: Rule, team: str, severity: Severity) -> Iterator[Finding]:
    """What another system sends arrives through PagerDuty or nowhere."""
    if not context.catalog.teams[team].routes[severity].page:
        yield context.finding(
            "rule",
            rule.id,
            "severity",
            key=f"no page for {severity}",
            what=f'arrives through PagerDuty alone, and the {severity} route of "{team}" pages nobody',
            remedy=f"write page: POLICY under the {severity} route of {team}, or take a severity whose route pages",
        )
    yield from _unposted(context, rule)
    if not context.environments_of(rule):
        yield context.finding(
            "rule",
            rule.id,
            key="acts nowhere",
            what="arrives through PagerDuty alone, and none of its environments pages anybody",
            remedy=f"write environments: [{context.catalog.shared_environment}], or take environments out",
        )


def _unposted(context: Context, rule: Rule) -> Iterator[Finding]:
    """For whom it is posted to Slack, where PagerDuty posts nothing."""
    if rule.elsewhere and rule.elsewhere.posted_for == "stakeholders" and not context.catalog.platform.pagerduty.slack:
        what = "says for whom it is posted to Slack, and PagerDuty posts nothing"
        remedy = "write pagerduty: {slack: true} in platform.yaml, or take posted-for out"
        path = ("rule", rule.id, "elsewhere", "posted-for")
        yield context.finding(*path, key="posted nowhere", what=what, remedy=remedy)
