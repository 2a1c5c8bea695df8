"""Who should agree to a change before it is merged."""

from __future__ import annotations

import pytest

from monitoring.review.approvers import approvers
from tests.factories import Change
from tests.review.pairs import reviewed

ONCALL = "oncall.yaml"
ORDER = "people: [ana, ben, chi]}"
WAIT = "      - {ask: [primary, secondary], escalate-after: 5m}"

CASES = [
    pytest.param([(ONCALL, ORDER, "people: [ana, ben]}")], ["ana", "ben"], id="whoever gets the nights of another"),
    pytest.param([(ONCALL, ORDER, "people: [ben, ana, chi]}")], ["ana", "ben"], id="whoever swaps as many nights"),
    pytest.param(
        [(ONCALL, WAIT, WAIT.replace("5m", "9m"))], ["ana", "ben", "chi", "dee", "kit"], id="whoever waits longer"
    ),
    pytest.param(
        [("services/shop.yaml", "title: An order is lost", "title: One is lost")], [], id="nobody for a title"
    ),
    pytest.param([], [], id="nobody for nothing"),
]


@pytest.mark.parametrize(("changes", "names"), CASES)
def test_they_should_agree(changes: list[Change], names: list[str]) -> None:
    assert list(approvers(reviewed(*changes))) == names
