"""What the check cron-schedule finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, shop

EVERY_MINUTE = '"* * * * *", time-zone: Etc/UTC, late-after: 5m, at-most: 5m, failures: {}'

CASES = [
    case(
        "a minute that does not exist is refused",
        shop('"30 2 * * *"', '"75 2 * * *"'),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": "75 2 * * *" is not a crontab: bad minute; mend the field '
                "(cron-schedule)"
            ),
        ],
    ),
    case(
        "a day that does not exist is refused",
        shop('"30 2 * * *"', '"30 2 30 2 *"'),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": "30 2 30 2 *" is not a crontab: bad day-of-month; mend the '
                "field (cron-schedule)"
            ),
        ],
    ),
    case(
        "a run longer than the gap is refused",
        shop('"30 2 * * *"', '"*/15 * * * *"'),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": at-most 1h outlasts the 15m between two runs; write less, '
                "or run it less often (cron-schedule)"
            ),
        ],
    ),
    case(
        "lateness longer than the gap is refused",
        shop('"30 2 * * *"', '"*/5 * * * *"'),
        shop("at-most: 1h", "at-most: 5m"),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": late-after 10m outlasts the 5m between two runs; write '
                "less, or run it less often (cron-schedule)"
            ),
        ],
    ),
    case("a run as long as the gap over midnight is right", shop('"30 2 * * *"', '"30 0,23 * * *"')),
    case("a run as long as the gap between two hours is right", shop('"30 2 * * *"', '"30 2,3,20 * * *"')),
    case(
        "a run longer than the gap over midnight is refused",
        shop('"30 2 * * *"', '"30 0,23 * * *"'),
        shop("at-most: 1h", "at-most: 61m"),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": at-most 61m outlasts the 1h between two runs; write less, '
                "or run it less often (cron-schedule)"
            ),
        ],
    ),
    case(
        "a run longer than the gap between two hours is refused",
        shop('"30 2 * * *"', '"30 2,3,20 * * *"'),
        shop("at-most: 1h", "at-most: 61m"),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": at-most 61m outlasts the 1h between two runs; write less, '
                "or run it less often (cron-schedule)"
            ),
        ],
    ),
    case(
        "a run that lasts a day is right where it comes once a day",
        shop("at-most: 1h", "at-most: 1d"),
    ),
    case(
        "a run that lasts a minute more than a day is refused where it comes once a day",
        shop("at-most: 1h", "at-most: 1441m"),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": at-most 1441m outlasts the 1d between two runs; write less, '
                "or run it less often (cron-schedule)"
            ),
        ],
    ),
    case(
        "a margin of several runs is right where as many have to fail",
        shop('"30 2 * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h', EVERY_MINUTE.format(5)),
    ),
    case(
        "a margin of more runs than have to fail is refused",
        shop('"30 2 * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h', EVERY_MINUTE.format(4)),
        says=[
            (
                'services/shop.yaml: rule "shop-nightly": at-most 5m outlasts the 4m in which 4 runs can fail; write '
                "less, or run it less often (cron-schedule)"
            ),
            (
                'services/shop.yaml: rule "shop-nightly": late-after 5m outlasts the 4m in which 4 runs can fail; '
                "write less, or run it less often (cron-schedule)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_cron_schedule(one: Case) -> None:
    assert one.found("cron-schedule") == one.says
