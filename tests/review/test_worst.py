"""The drill at the worst instant, before and after a change."""

from __future__ import annotations

import pytest

from monitoring.review.compared import ComparedCatalogs
from monitoring.review.promises import answer_changes
from monitoring.review.worst import MAX_DRILLS, MAX_MINUTES, DrillChange, DrillMinute, worst_drills
from tests.factories import Change
from tests.review.pairs import AT, reviewed, whole_catalog
from tests.review.test_pairs import ONCALL, SHOP

ASKS_ONCE = ("asks dee",)
KIT = "contact: {high: {push: 0m, phone: 1m}, low: {email: 0m}}}"


def drills(*changes: Change) -> tuple[DrillChange, ...]:
    return reviewed(*changes).drills


def test_people_of_one_minute_stand_together_and_what_is_the_same_is_shown_too() -> None:
    worst = next(each for each in drills((ONCALL, "phone: 1m", "phone: 4m")) if "shop-slow" in each.change.rules)
    assert worst.change.lengths == "6m → 9m"
    assert worst.minutes[:2] == (
        DrillMinute(0, ASKS_ONCE, ASKS_ONCE),
        DrillMinute(120, ("phone to dee",), ("phone to dee",)),
    )
    assert worst.minutes[-1] == DrillMinute(540, (), ("phone to kit",))


def test_a_rule_that_has_a_new_id_is_drilled_by_its_old_one_before() -> None:
    [worst] = drills(
        (ONCALL, "ask: [secondary], escalate-after: 5m", "ask: [secondary], escalate-after: 9m"),
        (SHOP, "- id: shop-slow\n", "- id: shop-late\n    formerly: [shop-slow]\n"),
        (SHOP, "same-symptom-as: [shop-slow]", "same-symptom-as: [shop-late]"),
        (SHOP, "all-of: [shop-slow, shop-up]", "all-of: [shop-late, shop-up]"),
    )
    assert worst.change.rules[0] == "shop-late"
    assert worst.minutes[0] == DrillMinute(0, ASKS_ONCE, ASKS_ONCE)


def test_where_nobody_is_reached_any_more_the_first_minutes_are_shown() -> None:
    never = [each for each in drills((ONCALL, KIT, KIT.replace(", phone: 1m", ""))) if each.change.after is None]
    assert never
    for worst in never:
        assert 0 < len(worst.minutes) <= MAX_MINUTES
        assert not any("phone to kit" in words for each in worst.minutes for words in each.becomes)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param((SHOP, "title: An order is lost", "title: One order is lost"), id="another title"),
        pytest.param((ONCALL, "title: The second ones", "title: The second"), id="a schedule's title"),
    ],
)
def test_there_is_none_where_no_wait_is_another(change: Change) -> None:
    assert drills(change) == ()


def test_there_are_not_more_than_a_comment_has_room_for() -> None:
    compared = ComparedCatalogs(whole_catalog(), whole_catalog((ONCALL, "phone: 1m", "phone: 4m")), AT)
    changes = answer_changes(compared)
    assert all(change.is_later for change in changes)
    shorter = [change._replace(before=change.after, after=change.before) for change in changes]
    chosen = [each.change for each in worst_drills(compared, [*shorter, *changes, *changes * MAX_DRILLS])]
    assert chosen == [*changes, *changes * MAX_DRILLS][:MAX_DRILLS]
