"""Two severities that wake differ for a human: in who is asked, when, or by what."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from monitoring.checks._case import Case, Finding, found
from monitoring.checks._subjects import TEAMS
from monitoring.model.severity import VENDOR_WORDS, Severity

ABOUT = TEAMS


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each team; finds severities whose pages ask the same people, at the same times, at the same urgency.

    Slack and e-mail do not count, since they wake nobody.
    """
    for name, team in case.catalog.teams.items():
        yield name
        paging = [(severity, route.page) for severity, route in sorted(team.routes.items()) if route.page]
        for (worse, page), (milder, other) in combinations(paging, 2):
            if case.wakes(worse) and _asks(case, worse, page) == _asks(case, milder, other):
                yield found(
                    case,
                    "team",
                    name,
                    "routes",
                    milder,
                    key=f"{worse} is {milder}",
                    what=f"its {worse} and its {milder} are the same to a human: both page as {_said(page, other)}",
                    remedy="page another policy, or make them one severity",
                )


def _asks(case: Case, severity: Severity, policy: str) -> tuple[object, ...]:
    one = case.catalog.oncall.policies[policy]
    return one.steps, one.extra_rounds, VENDOR_WORDS[severity].pagerduty_urgency


def _said(page: str, other: str) -> str:
    return f'"{page}"' if page == other else f'"{page}" and "{other}", which ask alike'
