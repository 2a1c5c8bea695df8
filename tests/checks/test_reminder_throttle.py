"""What the check reminder-throttle finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

CRON = 'cron: {project: jobs, schedule: "30 2 * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h}'
ELSEWHERE = "elsewhere: {events-api: the night's host, fires-when: the job fails, detects-within: 5m}"
HALF = "reminds-every: 90s"
LIMIT = "reminds-at-most: 3"

CASES = [
    case(
        "an interval that sentry does not take is refused",
        shop("    means: Customers cannot buy.\n", "    means: Customers cannot buy.\n    reminds-every: 4m\n"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": Sentry takes no reminder every "4m"; it is one of 0m, 5m, '
                "10m, 30m, 1h, 3h, 12h, 1d (reminder-throttle)"
            ),
        ],
    ),
    case(
        "seconds are not taken",
        shop("    means: Customers cannot buy.\n", "    means: Customers cannot buy.\n    reminds-every: 90s\n"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": Sentry takes no reminder every "90s"; it is one of 0m, 5m, '
                "10m, 30m, 1h, 3h, 12h, 1d (reminder-throttle)"
            ),
        ],
    ),
    case(
        "a throttle longer than the promise is refused",
        shop("    means: Customers cannot buy.\n", "    means: Customers cannot buy.\n    reminds-every: 10m\n"),
        says=[
            (
                'services/shop.yaml: rule "shop-failing": is silent for 10m after it has fired, and P0 promises a '
                "human within 5m; remind every 5m or sooner (reminder-throttle)"
            ),
        ],
    ),
    case(
        "a throttle of the severity longer than its promise is refused",
        ("severities.yaml", "reminds-every: 5m", "reminds-every: 30m"),
        says=[
            (
                'severities.yaml: rule "shop-failing": is silent for 30m after it has fired, and P0 promises a human '
                "within 5m; remind every 5m or sooner (reminder-throttle)"
            ),
        ],
    ),
    case(
        "what another system sends is repeated by nothing here",
        shop(CRON, f"{ELSEWHERE}\n    reminds-every: 10m"),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": only its sender can repeat it, and nothing here does so '
                'every "10m"; take reminds-every out, and let the sender repeat it (reminder-throttle)'
            ),
        ],
    ),
    case(
        "no throttle is right",
        shop("    means: Customers cannot buy.\n", "    means: Customers cannot buy.\n    reminds-every: 0m\n"),
    ),
    case(
        "a long throttle is right where nobody is woken",
        shop(
            "    means: A share of all requests fails.\n",
            "    means: A share of all requests fails.\n    reminds-every: 12h\n",
        ),
    ),
    case(
        "an interval that a test of datadog does not take is refused",
        shop("    means: The shop does not answer.\n", "    means: The shop does not answer.\n    reminds-every: 5m\n"),
        says=[
            (
                'services/shop.yaml: rule "shop-ready": a test of Datadog takes no reminder every "5m"; it is one of '
                "0m, 10m, 20m, 30m, 40m, 50m, 1h, 90m, 2h, 3h, 4h, 5h, 6h, 12h, 1d (reminder-throttle)"
            ),
        ],
    ),
    case(
        "half a minute is not taken by a monitor of datadog",
        shop("    means: A function is close to its limit.\n", f"    means: A function is full.\n    {HALF}\n"),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": Datadog takes no reminder every "90s"; write whole minutes, '
                "like 10m (reminder-throttle)"
            ),
        ],
    ),
    case(
        "reminders may end where nobody is woken",
        shop("    means: A function is close to its limit.\n", f"    means: A function is full.\n    {LIMIT}\n"),
    ),
    case(
        "reminders that end where somebody is woken are refused",
        shop(
            "    means: Pages take longer than people will wait.\n",
            f"    means: Pages take long.\n    {LIMIT}\n",
        ),
        says=[
            (
                'services/shop.yaml: rule "shop-slow": wakes people and falls silent after 3 reminders: an incident '
                "that was closed by hand then stays closed, though the rule still fires; take reminds-at-most out "
                "(reminder-throttle)"
            ),
        ],
    ),
    case(
        "an end of reminders that never come is refused",
        shop(
            "    means: A function is close to its limit.\n",
            f"    means: A function is full.\n    reminds-every: 0m\n    {LIMIT}\n",
        ),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": reminds never, and 3 times at most; write reminds-every: 1h, '
                "or take this out (reminder-throttle)"
            ),
        ],
    ),
    case(
        "a text for reminders that never come is refused",
        shop(
            "    means: A function is close to its limit.\n",
            "    means: A function is full.\n    reminds-every: 0m\n    reminder-text: It is still full.\n",
        ),
        says=[
            (
                'services/shop.yaml: rule "shop-memory": reminds never, and has a text for reminders; write '
                "reminds-every: 1h, or take this out (reminder-throttle)"
            ),
        ],
    ),
    case(
        "a text for reminders is right where there are some",
        shop(
            "    means: A function is close to its limit.\n",
            "    means: A function is full.\n    reminder-text: It is still full.\n",
        ),
    ),
    case(
        "any whole minute is right for a monitor of datadog, however long",
        shop(
            "    means: Pages take longer than people will wait.\n",
            "    means: Pages take longer than people will wait.\n    reminds-every: 47m\n",
        ),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_reminder_throttle(one: Case) -> None:
    assert one.found("reminder-throttle") == one.says
