"""What the check tier-contract finds, and what it lets pass."""

from __future__ import annotations

import pytest

from monitoring.checks import examine
from monitoring.loader import load_texts
from tests.checks.good import TODAY, Case, Change, case, shop, site
from tests.platforms import SENTRY_ONLY

CRON = 'cron: {project: jobs, schedule: "*/5 * * * *", time-zone: UTC, late-after: 5m, at-most: 5m}'
QUERY = 'query: {{query: "avg(last_5m):avg:memory.share{{env:prod}}", above: 1, when-silent: {}}}'
METRIC = "metric: {max: memory.share, over: 15m, above: 95%, when-silent: show}"


def worker(signal: str, words: str = "http: false\n") -> Change:
    """A critical service that answers no HTTP, and says so, with a rule on its errors and one on this signal."""
    errors = "errors: {project: jobs, more-than: 10, within: 5m}"
    rules = "".join(
        f"  - id: {name}\n    title: The queue\n    severity: P1\n    means: Mails wait.\n    {what}\n"
        for name, what in (("queue-failing", errors), ("queue-idle", signal))
    )
    external = "tier: critical\nkind: external\nstatus-page: https://status.stripe.com\n"
    return "services/stripe.yaml", external, f"tier: critical\n{words}rules:\n{rules}"


CALM_SHOP = (
    shop("title: The shop is failing\n    severity: P0", "title: The shop is failing\n    severity: P2"),
    shop("title: The shop is slow\n    severity: P1", "title: The shop is slow\n    severity: P2"),
    shop("title: The shop is not ready\n    severity: P1", "title: The shop is not ready\n    severity: P2"),
)
"""The shop with rules of which none wakes."""

CASES = [
    *(
        case(f"a critical queue worker passes with {about}", worker(signal))
        for about, signal in (
            ("a cron", CRON),
            ("a metric of its own", METRIC),
            ("a query that fires when its data ends", QUERY.format("alert")),
        )
    ),
    case(
        "a critical queue worker whose query is calm when its data ends is refused",
        worker(QUERY.format("resolve")),
        says=[
            (
                'services/stripe.yaml: service "stripe": is critical, and no uptime rule asks for it; ask for a page '
                "of it; where it answers no HTTP, write http: false, and a cron or a metric of its own (tier-contract)"
            ),
        ],
    ),
    *(
        case(
            f"a critical service that answers HTTP is refused with {about} alone",
            worker(signal, words),
            says=[
                (
                    'services/stripe.yaml: service "stripe": is critical, and no uptime rule asks for it; ask for a '
                    "page of it; where it answers no HTTP, write http: false, and a cron or a metric of its own "
                    "(tier-contract)"
                ),
            ],
        )
        for about, signal, words in (("a metric", METRIC, ""), ("a cron", CRON, "http: true\n"))
    ),
    case(
        "a critical service without an error rule is refused",
        shop(
            "    errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}",
            "    metric: {p95: trace.request, over: 30m, above: 9s, when-silent: alert}",
        ),
        shop(
            "    sentry-metric: {project: web, measure: failure_rate, over: 10m, above: 5%, at-least: 100 events}",
            "    metric: {p95: trace.request, over: 40m, above: 9s, when-silent: alert}",
        ),
        says=[
            (
                'services/shop.yaml: service "shop": is critical, and no rule watches its errors; write a rule with '
                "errors (tier-contract)"
            ),
        ],
    ),
    case(
        "a critical service whose component nobody asks is refused",
        shop("{health: readiness, components: [shop]}", "{health: liveness}"),
        says=[
            (
                'services/shop.yaml: service "shop": is critical, and no uptime rule asks for it; ask for its '
                "component of the health endpoint, or for a page of it (tier-contract)"
            ),
        ],
    ),
    case(
        "a critical service without a rule that wakes is refused",
        site("title: The site does not answer\n    severity: P1", "title: The site does not answer\n    severity: P2"),
        site("severity: P0", "severity: P2"),
        site("title: A customer sees errors\n    severity: P1", "title: A customer sees errors\n    severity: P2"),
        says=[
            (
                'services/site.yaml: service "site": is critical, and none of its rules wakes a human; let one of '
                "them be P0 or P1 (tier-contract)"
            ),
        ],
    ),
    case(
        "a critical service whose component is asked by a rule that wakes nobody is refused",
        *CALM_SHOP,
        says=[
            (
                'services/shop.yaml: service "shop": is critical, and none of its rules wakes a human; let one of '
                "them be P0 or P1 (tier-contract)"
            ),
        ],
    ),
    case(
        "a critical service passes whose component another service's rule asks for and wakes",
        *CALM_SHOP,
        site("asks: {page: {path: /, within: 3s}}", "asks: {health: {health: readiness, components: [shop]}}"),
    ),
    case(
        "a standard service that nothing watches is refused",
        (
            "services/stripe.yaml",
            "tier: critical\nkind: external\nstatus-page: https://status.stripe.com\n",
            "tier: standard\n",
        ),
        says=[
            (
                'services/stripe.yaml: service "stripe": is standard, and no rule watches it; write a rule, or ask '
                "for its component (tier-contract)"
            ),
        ],
    ),
    case(
        "an internal service owes nothing",
        (
            "services/stripe.yaml",
            "tier: critical\nkind: external\nstatus-page: https://status.stripe.com\n",
            "tier: internal\n",
        ),
    ),
    case(
        "a critical service without component is seen through what it depends on",
        site("asks: {page: {path: /, within: 3s}}", "asks: {certificate: {valid-for: 3d}}"),
    ),
]


@pytest.mark.parametrize("case", CASES)
def test_tier_contract(case: Case) -> None:
    assert case.found("tier-contract") == case.says


LATE = 'cron: {project: worker, schedule: "*/5 * * * *", time-zone: UTC, late-after: 5m, at-most: 4m}'
SEEN = "sentry-uptime: {project: worker, path: /, every: 5m}"
WITHOUT_DATADOG = [
    pytest.param(LATE, [], id="a cron watches it"),
    pytest.param(SEEN, [], id="sentry asks for it"),
    pytest.param(
        "errors: {project: worker, more-than: 50, within: 5m}",
        [
            "is critical, and no uptime rule asks for it and no cron rule watches it; write sentry-uptime: {project: "
            "jobs, path: /, every: 5m}; or let it check in, and write for example cron: {project: jobs, schedule: "
            '"*/5 * * * *", time-zone: UTC, late-after: 5m, at-most: 5m}'
        ],
        id="its errors alone are counted",
    ),
]


@pytest.mark.parametrize(("signal", "says"), WITHOUT_DATADOG)
def test_a_company_without_datadog_is_asked_by_sentry_or_checks_in(signal: str, says: list[str]) -> None:
    root = SENTRY_ONLY.catalog
    files = {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.yaml"))}
    worker_file = files["services/worker.yaml"].decode()
    assert worker_file.count(LATE) == 1
    catalog = load_texts(files | {"services/worker.yaml": worker_file.replace(LATE, signal).encode()})
    problems = examine(catalog, today=TODAY, runbooks={}).problems
    assert [f"{each.what}; {each.remedy}" for each in problems if each.check == "tier-contract"] == says
