"""What the check unused finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import SHOP, SITE, Case, case, oncall, shop, teams


def _only_in_prod(text: str) -> str:
    plain = text.replace("    environments: [prod]\n", "")
    return plain.replace("    means:", "    environments: [prod]\n    means:")


ONLY_IN_PROD = {"services_shop": _only_in_prod(SHOP), "services_site": _only_in_prod(SITE)}

PAT = "pat: {name: Pat Example, email: pat@youragency.com, time-zone: Europe/Berlin, contact: {high: {phone: 0m}}}"
WRITER = "{writer: {title: Writer, ask: [secondary, pat], does: Writes.}}"

CASES = [
    case(
        "a person without a turn or a step is refused",
        oncall("people: [ben, ana]}", "people: [ben]}"),
        oncall("    fairness: {nights: 8}\n", ""),
        *(
            oncall(f"turn: 1w, people: {old}", f"turn: 1w, people: {new}")
            for old, new in (("[ana, ben]", "[ben]"), ("[ben, ana], only", "[ben], only"))
        ),
        says=[
            (
                'oncall.yaml: person "ana": nothing uses this person; give them a turn, a step or a role, or take '
                "them out (unused)"
            ),
        ],
    ),
    case(
        "a schedule that no step asks is refused",
        oncall("{ask: [primary, secondary]", "{ask: [primary]"),
        oncall("{ask: [secondary]", "{ask: [kit]"),
        says=[
            (
                'oncall.yaml: schedule "secondary": nothing uses this schedule; let a step or a role ask it, or take '
                "it out (unused)"
            ),
        ],
    ),
    case(
        "a schedule and a person whom only a role asks are used",
        oncall("{ask: [primary, secondary]", "{ask: [primary]"),
        oncall("{ask: [secondary]", "{ask: [kit]"),
        oncall("schedules:\n", f"  {PAT}\nroles: {WRITER}\nschedules:\n"),
        says=[],
    ),
    case(
        "a policy that no route pages is refused",
        teams("P0: {page: critical", "P0: {page: standard"),
        says=[
            'oncall.yaml: policy "critical": nothing uses this policy; let a route page it, or take it out (unused)',
        ],
    ),
    case(
        "a team without services and rules is refused",
        teams(
            "platform:\n  title: Platform\n",
            "idle:\n  title: Idle\n  email: idle@youragency.com\n  routes: {}\nplatform:\n  title: Platform\n",
        ),
        says=[
            'teams.yaml: team "idle": nothing uses this team; give it a service or a rule, or take it out (unused)',
        ],
    ),
    case(
        "a tenant of a plan without rules is refused",
        ("tenants.yaml", "acme:", "tiny: {title: Tiny, plan: starter}\nacme:"),
        says=[
            (
                'tenants.yaml: tenant "tiny": nothing uses this tenant; write a rule for-each-tenant of its plan, or '
                "take it out (unused)"
            ),
        ],
    ),
    case(
        "a project that no rule watches is refused",
        shop("project: jobs", "project: web"),
        says=[
            'platform.yaml: project "jobs": nothing uses this project; write a rule on it, or take it out (unused)',
        ],
    ),
    case(
        "a metric that no rule watches is refused",
        shop("total: {sum: orders.all}", "total: {sum: orders.good}"),
        says=[
            (
                'platform.yaml: metric "orders.all": nothing uses this metric; write a rule on it, or take it out '
                "(unused)"
            ),
        ],
    ),
    case(
        "an environment in which no rule acts is refused",
        files=ONLY_IN_PROD,
        says=[
            (
                'platform.yaml: environment "staging": nothing uses this environment; let a rule act in it, or take '
                "it out (unused)"
            ),
        ],
    ),
    case(
        "a service that nothing mentions is refused",
        shop("depends-on: [stripe]\n", ""),
        says=[
            (
                'services/stripe.yaml: service "stripe": nothing uses this service; give it rules, ask for its '
                "health, or let a service depend on it (unused)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_unused(one: Case) -> None:
    assert one.found("unused") == one.says
