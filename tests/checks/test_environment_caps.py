"""What the check environment-caps finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, platform

CASES = [
    case(
        "staging that pages is refused",
        platform("pages: false, slack: alerts-staging", "slack: alerts-staging"),
        says=[
            (
                'platform.yaml: environment "staging": pages people, and does not own what is shared; write pages: '
                "false (environment-caps)"
            ),
        ],
    ),
    case(
        "staging without a channel of its own is refused",
        platform("slack: alerts-staging, ", ""),
        says=[
            (
                'platform.yaml: environment "staging": has no channel of its own, so it speaks in the routes\' '
                "channels and calls their webhooks; write slack: or microsoft-teams: with a channel of its own "
                "(environment-caps)"
            ),
        ],
    ),
    case(
        "staging in production's channel is refused",
        platform("slack: alerts-staging", "slack: alerts"),
        says=[
            (
                'platform.yaml: environment "staging": speaks in "alerts", which a route uses too; give it a channel '
                "of its own (environment-caps)"
            ),
        ],
    ),
    case(
        "production that does not page is refused",
        platform("owns-shared: true", "owns-shared: true, pages: false"),
        says=[
            (
                'platform.yaml: environment "prod": owns what is shared and does not page, so nobody is ever woken; '
                "take pages out (environment-caps)"
            ),
        ],
    ),
    case(
        "production with one channel for all is refused",
        platform("owns-shared: true", "owns-shared: true, slack: everything"),
        says=[
            (
                'platform.yaml: environment "prod": sends everything to "everything", so the routes\' channels stay '
                "silent; take slack out (environment-caps)"
            ),
        ],
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_environment_caps(one: Case) -> None:
    assert one.found("environment-caps") == one.says
