"""Who would hold two schedules of a policy that held one of them before."""

from __future__ import annotations

import pytest

from monitoring.loader import load_texts
from monitoring.model.oncall import Oncall
from monitoring.oncall.edits.overlaps import newly_same
from monitoring.oncall.timeline import Shift, timeline_of
from tests.factories import ONCALL, texts

NAMES = ("primary", "second", "third")
POLICY = ONCALL.partition("policies:")[2]
SCHEDULES = """
  second:
    time-zone: Etc/UTC
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [ben, ana]}
  third:
    time-zone: Etc/UTC
    layers:
      - {anchor: "2026-01-05 09:00", turn: 1w, people: [kit]}
policies:"""


def oncall(*steps: str) -> Oncall:
    """The small catalog with three schedules and a policy of these steps."""
    policy = "\n  critical:\n    steps:\n" + "".join(f"      - {{ask: [{ask}], escalate-after: 5m}}\n" for ask in steps)
    text = ONCALL.replace(f"policies:{POLICY}", f"{SCHEDULES.lstrip(chr(10))}{policy}")
    return load_texts(texts(oncall=text)).oncall


def same(policy: Oncall, before: tuple[str, str, str], after: tuple[str, str, str]) -> list[tuple[str, ...]]:
    """The schedules and the span of each new overlap; who holds a schedule is a letter an hour, `-` for nobody."""
    was, becomes = (
        {
            name: timeline_of(shifts(row), 0, len(row))
            for name, row in zip(("primary", "second", "third"), rows, strict=True)
        }
        for rows in (before, after)
    )
    return [(*each.schedules, f"{each.shift.start}-{each.shift.end}") for each in newly_same(policy, was, becomes)]


def shifts(row: str) -> list[Shift]:
    return [Shift(number, number + 1, person) for number, person in enumerate(row) if person != "-"]


TOGETHER = oncall("primary, second", "kit")
CASES = [
    pytest.param(TOGETHER, ("aabb", "bbaa", "----"), ("aabb", "baaa", "----"), [("primary", "second", "1-2")],
                 id="one step asks both"),
    pytest.param(oncall("primary", "second", "kit"), ("aabb", "bbaa", "----"), ("aabb", "bbab", "----"),
                 [("primary", "second", "3-4")], id="one step asks after the other"),
    pytest.param(oncall("primary", "third", "second"), ("aabb", "bbaa", "cccc"), ("aabb", "baaa", "cccc"), [],
                 id="a step lies between them"),
    pytest.param(TOGETHER, ("aabb", "aabb", "----"), ("aabb", "aabb", "----"), [], id="it was so before"),
    pytest.param(TOGETHER, ("aab", "aab", "---"), ("aaa", "aaa", "---"), [("primary", "second", "0-3")],
                 id="it was so before, for a shorter time"),
    pytest.param(TOGETHER, ("aabb", "aaba", "----"), ("bbab", "bbab", "----"), [
        ("primary", "second", "0-2"), ("primary", "second", "2-3"), ("primary", "second", "3-4")],
                 id="it was so before, of somebody else"),
    pytest.param(TOGETHER, ("ab--", "ba--", "----"), ("ab--", "ba--", "abab"), [], id="nobody is not a person"),
    pytest.param(TOGETHER, ("ab", "ba", "cc"), ("ab", "ba", "ab"), [], id="no policy asks the third schedule"),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "before", "after", "expected"), CASES)
def test_only_what_is_new_counts(
    policy: Oncall,
    before: tuple[str, str, str],
    after: tuple[str, str, str],
    expected: list[tuple[str, ...]],
) -> None:
    assert same(policy, before, after) == expected
