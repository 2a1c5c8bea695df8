"""What the check personal-data finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, platform, shop, teams

PER_ISSUE = (
    'services/shop.yaml: rule "shop-failing": pages per issue, and Sentry puts the event\'s user and all its tags into '
    "such a page; count without per-issue, or take a severity whose route pages nobody (personal-data)"
)
SECURITY = """security:
  title: Security
  email: security-team@youragency.com
  routes:
    P0: {page: critical}
platform:
"""

SENT_GOOD = "    orders.good:\n      kind: count\n      interval: 10s\n      sent-by: the shop\n      tags: {"
NEW = "issues: {project: web, when: [new, regressed]}"
NEW_ISSUE = (
    'services/shop.yaml: rule "shop-failing": pages per issue, and Sentry puts the event\'s user and all its tags into '
    "such a page; count errors, like errors: {project: web, more-than: 10, within: 5m}, or take a severity whose route "
    "pages nobody (personal-data)"
)

CASES = [
    case(
        "an e-mail address in a text is refused",
        shop("means: Customers cannot buy.", "means: Ask boss@youragency.com first."),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": its means holds the e-mail address "boss@youragency.com"; '
                "say it without; who is asked stands in the page anyway (personal-data)"
            ),
        ],
    ),
    case(
        "a telephone number in a title is refused",
        shop("title: The shop is failing", "title: Call +49 30 1234567"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": its title holds the telephone number "+49 30 1234567"; say '
                "it without; who is asked stands in the page anyway (personal-data)"
            ),
        ],
    ),
    case(
        "a person's name in a text is refused",
        shop("means: Customers cannot buy.", "means: Wake ana example."),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": its means holds the person\'s name "ana example"; say it '
                "without; who is asked stands in the page anyway (personal-data)"
            ),
        ],
    ),
    case(
        "a person's name in a service's title is refused",
        shop("title: Shop\n", "title: Shop of Ana Example\n"),
        says=[
            (
                'services/shop.yaml: service "shop": its title holds the person\'s name "Ana Example"; say it '
                "without; who is asked stands in the page anyway (personal-data)"
            ),
        ],
    ),
    case(
        "a filter on a personal tag is refused",
        shop("where: {feature: checkout}", "where: {user: kim}"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": uses the personal tag "user"; filter and group by something'
                " that is not about a person (personal-data)"
            ),
        ],
    ),
    case("an issue that pages is refused", shop("within: 5m}", "within: 5m, per-issue: true}"), says=[PER_ISSUE]),
    case(
        "an issue that pages at low urgency is refused",
        shop("severity: P0", "severity: P2"),
        shop("within: 5m}", "within: 5m, per-issue: true}"),
        says=[PER_ISSUE],
    ),
    case(
        "an issue that will page when its trial is over is refused",
        shop("severity: P0", "severity: P0\n    trial-until: 2026-12-24"),
        shop("within: 5m}", "within: 5m, per-issue: true}"),
        says=[PER_ISSUE],
    ),
    case(
        "an issue on trial that pages meanwhile is refused",
        shop("severity: P0", "severity: P1\n    trial-until: 2026-12-24"),
        shop("within: 5m}", "within: 5m, per-issue: true}"),
        teams("    P1: {page: standard, slack: [alerts]}", "    P1: {slack: [alerts]}"),
        teams("    P3: {slack: [alerts]}", "    P3: {page: standard}"),
        says=[PER_ISSUE],
    ),
    case(
        "an issue that pages by the route of the rule's own team is refused",
        shop("within: 5m}", "within: 5m, per-issue: true}\n    team: security"),
        platform("teams: {platform: platform}", "teams: {platform: platform, security: security}"),
        teams("platform:\n", SECURITY),
        says=[PER_ISSUE],
    ),
    case(
        "an issue whose route pages nobody is right",
        shop("severity: P0", "severity: P3"),
        shop("within: 5m}", "within: 5m, per-issue: true}"),
    ),
    case(
        "an issue in an environment that pages nobody is right",
        shop("severity: P0", "severity: P0\n    environments: [staging]"),
        shop("within: 5m}", "within: 5m, per-issue: true}"),
    ),
    case(
        "a new issue that pages is refused",
        shop("errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}", NEW),
        says=[NEW_ISSUE],
    ),
    case(
        "a new issue whose route pages nobody is right",
        shop("severity: P0", "severity: P3"),
        shop("errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}", NEW),
    ),
    case("each event may page", shop("more-than: 10, within: 5m", "each-event: true")),
    case(
        "an objective that leaves people out by a personal tag is refused",
        (
            "platform.yaml",
            SENT_GOOD,
            f"{SENT_GOOD}user: {{personal: true}}, ",
        ),
        shop("good: {sum: orders.good}", "good: {sum: orders.good, where: {user: kim}}"),
        says=[
            (
                'services/shop.yaml: rule "shop-orders": uses the personal tag "user"; filter and group by something'
                " that is not about a person (personal-data)"
            ),
        ],
    ),
    case(
        "a personal tag that is forwarded is refused",
        platform("forwards: [feature]", "forwards: [feature, user]"),
        says=[
            (
                'platform.yaml: project "web": forwards the personal tag "user" to pages; take it out of forwards '
                "(personal-data)"
            ),
        ],
    ),
    case(
        "the environment may be forwarded, though no project declares it",
        platform("forwards: [feature]", "forwards: [feature, environment]"),
    ),
    case(
        "a tag about people that is not marked is refused",
        platform("user: {personal: true}", "user: {}"),
        says=[
            'platform.yaml: project "web": the tag "user" is about a person; mark it personal: true (personal-data)',
        ],
    ),
    case(
        "a metric's tag about people that is not marked is refused",
        platform("page: {}}", "page: {}, client_ip: {}, email: {}}"),
        says=[
            (
                'platform.yaml: metric "trace.request": the tag "client_ip" is about a person; mark it personal: true'
                " (personal-data)"
            ),
            (
                'platform.yaml: metric "trace.request": the tag "email" is about a person; mark it personal: true '
                "(personal-data)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_personal_data(one: Case) -> None:
    assert one.found("personal-data") == one.says
