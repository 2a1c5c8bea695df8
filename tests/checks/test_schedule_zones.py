"""What the check schedule-zones finds, and what it lets pass."""

from __future__ import annotations

import pytest

from tests.checks.good import Case, case, oncall

CASES = [
    case(
        "support hours in a zone that PagerDuty does not know are refused",
        oncall(
            "    title: Standard\n",
            "    title: Standard\n    support-hours: "
            '{time-zone: Europe/Kyiv, days: mon-fri, from: "09:00", to: "17:00"}\n',
        ),
        says=[
            (
                'oncall.yaml: policy "standard": PagerDuty takes no support hours in "Europe/Kyiv"; write '
                '"Europe/Kiev", which has the same clock (schedule-zones)'
            ),
        ],
    ),
    case(
        "UTC is called otherwise at PagerDuty",
        oncall("title: First line\n    time-zone: Europe/Berlin", "title: First line\n    time-zone: UTC"),
        says=[
            (
                'oncall.yaml: schedule "primary": PagerDuty takes no schedule in "UTC"; write "Etc/UTC", which has '
                "the same clock (schedule-zones)"
            ),
        ],
    ),
    case(
        "a zone that PagerDuty knows by another name is named",
        oncall("title: First line\n    time-zone: Europe/Berlin", "title: First line\n    time-zone: Europe/Kyiv"),
        says=[
            (
                'oncall.yaml: schedule "primary": PagerDuty takes no schedule in "Europe/Kyiv"; write '
                '"Europe/Kiev", which has the same clock (schedule-zones)'
            ),
        ],
    ),
    case(
        "a zone that PagerDuty does not know is not guessed",
        oncall("title: First line\n    time-zone: Europe/Berlin", "title: First line\n    time-zone: MST"),
        says=[
            (
                'oncall.yaml: schedule "primary": PagerDuty takes no schedule in "MST"; write one of its own with the '
                'same clock, as it takes "Europe/Kiev" for "Europe/Kyiv" (schedule-zones)'
            ),
        ],
    ),
    case(
        "Etc/UTC is right",
        oncall("title: First line\n    time-zone: Europe/Berlin", "title: First line\n    time-zone: Etc/UTC"),
    ),
]


@pytest.mark.parametrize("one", CASES)
def test_schedule_zones(one: Case) -> None:
    assert one.found("schedule-zones") == one.says
