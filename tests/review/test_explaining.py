"""How two values stand in a sentence of a review."""

from __future__ import annotations

import pytest

from monitoring.review.explaining import MAX_VALUE, from_to

SAME = "path: /baskets, " * 20
PAIRS = {
    "short values stand as they are": ("continue", "stop", "continue → stop"),
    "a value that was not written was nothing": (None, "stop", "nothing → stop"),
    "long values stand from a little before they differ": (
        f"{SAME}on-failure: continue",
        f"{SAME}on-failure: stop",
        "..., path: /baskets, on-failure: continue → ..., path: /baskets, on-failure: stop",
    ),
    "a long value whose end is gone": (
        f"{SAME}port: 5",
        SAME.rstrip(),
        "...ath: /baskets, path: /baskets, port: 5 → ...ath: /baskets, path: /baskets,",
    ),
}


@pytest.mark.parametrize(("before", "after", "sentence"), PAIRS.values(), ids=PAIRS)
def test_two_values_in_a_sentence(before: object, after: object, sentence: str) -> None:
    assert from_to(before, after) == sentence


def test_two_long_values_that_differ_never_read_the_same() -> None:
    before, after = from_to("a" * 500 + "b" * 500, "a" * 500 + "c" * 500).split(" → ")
    assert before != after
    assert max(map(len, (before, after))) == MAX_VALUE
