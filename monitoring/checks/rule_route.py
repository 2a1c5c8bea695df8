"""Every rule arrives somewhere, in each environment in which it acts and at each severity that it can have."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import RULES
from monitoring.model.effective import carried, limited_by_environment
from monitoring.model.service import Route, Rule
from monitoring.model.severity import Severity
from monitoring.model.signals import Elsewhere, Signal


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
    route = context.catalog.teams[team].routes[severity]
    for name in context.environments_of(rule):
        left = limited_by_environment(route, context.catalog.environment(name))
        if not carried(context.catalog.platform, rule.signal, left).arrives:
            yield context.finding(
                "rule",
                rule.id,
                "severity",
                key=f"arrives nowhere in {name}",
                what=f'{_nothing_left(name, left)} of the {severity} route of "{team}"',
                remedy=f"give {name} a slack channel, or take the rule out of it",
            )


def _nothing_left(environment: str, left: Route) -> str:
    if left.arrives:
        return f'in "{environment}" its vendor can write to no receiver'
    return f'the environment "{environment}" leaves no receiver'


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
    if not context.environments_of(rule):
        yield context.finding(
            "rule",
            rule.id,
            key="acts nowhere",
            what="arrives through PagerDuty alone, and none of its environments pages anybody",
            remedy=f"write environments: [{context.catalog.shared_environment}], or take environments out",
        )
