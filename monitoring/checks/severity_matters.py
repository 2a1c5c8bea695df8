"""Two severities that wake differ for a human: in who is asked, when, or by what."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import TEAMS
from monitoring.model.severity import VENDOR_WORDS, Severity


@catalog_check("severity-matters", about=TEAMS)
def severity_matters(context: Context) -> Iterator[str | Finding]:
    """Looks at each team; finds severities whose pages ask the same people, at the same times, at the same urgency.

    Slack and e-mail do not count, since they wake nobody.
    """
    for name, team in context.catalog.teams.items():
        yield name
        paging = [(severity, route.page) for severity, route in sorted(team.routes.items()) if route.page]
        for (worse, page), (milder, other) in combinations(paging, 2):
            if context.wakes(worse) and _asks(context, worse, page) == _asks(context, milder, other):
                yield context.finding(
                    "team",
                    name,
                    "routes",
                    milder,
                    key=f"{worse} is {milder}",
                    what=f"its {worse} and its {milder} are the same to a human: both page as {_pages(page, other)}",
                    remedy=_remedy(context, worse, milder),
                )


def _remedy(context: Context, worse: Severity, milder: Severity) -> str:
    """What is possible in this catalog: a route that no rule needs goes; a second policy may have to be written."""
    idle = next((severity for severity in (milder, worse) if severity not in context.severities_in_use), None)
    if idle:
        return f"no rule is {idle}, so take the {idle} route out"
    other = (
        "page another policy" if len(context.catalog.oncall.policies) > 1 else "write a second policy in oncall.yaml"
    )
    return f"{other}, or write {worse} for each rule that is {milder} and take the {milder} routes out"


def _asks(context: Context, severity: Severity, policy: str) -> tuple[object, ...]:
    asking = context.catalog.oncall.policies[policy]
    return asking.steps, asking.extra_rounds, VENDOR_WORDS[severity].pagerduty_urgency


def _pages(page: str, other: str) -> str:
    return f'"{page}"' if page == other else f'"{page}" and "{other}", which ask alike'
