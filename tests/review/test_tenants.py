"""What a review says of what one tenant has of its own: the numbers that count for it, before and after."""

from __future__ import annotations

import pytest

from tests.review.pairs import reviewed

OWN = "except: {acme: {more-than: 5}}"
CASES = [
    pytest.param("except: {acme: {more-than: 8}}", ["more-than 5 → 8"], id="another number"),
    pytest.param("except: {}", ["more-than 5 → 10"], id="that of everybody again"),
    pytest.param("except: {acme: {more-than: 5, within: 1h}}", ["within 5m → 1h"], id="a window of its own"),
    pytest.param("except: {acme: {within: 1h}}", ["more-than 5 → 10", "within 5m → 1h"], id="a window in its place"),
]


@pytest.mark.parametrize(("own", "changed"), CASES)
def test_a_tenants_own_numbers_are_told_as_they_count(own: str, changed: list[str]) -> None:
    sentences = [each.sentence for each in reviewed(("services/shop.yaml", OWN, own)).effects]
    assert [told for sentence in sentences if (told := sentence.partition('tenant "acme": ')[2])] == changed
