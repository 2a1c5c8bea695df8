"""Exceptions in full: what is not known to be harmless is not shown."""

from __future__ import annotations

import pytest

from monitoring.health.masking import brief, chain, masked, whole

MASKED = [
    pytest.param("connection refused", "connection refused", id="known words stay"),
    pytest.param("Connection to db.internal:5432 refused", "Connection to ••• refused", id="a host goes"),
    pytest.param(
        "password authentication failed for user 'ana'", "••• authentication failed for user •••", id="a user"
    ),
    pytest.param("select * from people where email='ana@youragency.com'", "•••", id="SQL goes, so do addresses"),
    pytest.param("a b c d", "a •••", id="neighbouring masks become one"),
    pytest.param("sk_live_abc timeout=30", "•••", id="a token goes, and a word that hides in another"),
    pytest.param("", "", id="nothing stays nothing"),
]


@pytest.mark.parametrize(("text", "harmless"), MASKED)
def test_masked(text: str, harmless: str) -> None:
    assert masked(text) == harmless


def caught(error: BaseException, *, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause
    except BaseException as found:
        return found


def test_a_brief_account_names_each_cause_with_its_code() -> None:
    account = brief(
        caught(RuntimeError("secret"), cause=ConnectionRefusedError(111, "Connection refused", "db.internal"))
    )
    assert account == (
        "builtins.RuntimeError: •••; caused by builtins.ConnectionRefusedError [errno 111]: ••• Connection refused: •••"
    )


def test_a_whole_account_says_where_each_was_raised() -> None:
    assert "\n  in tests.health.test_masking.caught, line" in whole(caught(ValueError("x")))


def test_groups_and_contexts_are_followed_once() -> None:
    inner = ValueError("inner")
    group = ExceptionGroup("group", [inner, inner, KeyError("other")])
    assert [type(link).__name__ for link in chain(group)] == ["ExceptionGroup", "ValueError", "KeyError"]


def test_a_ring_of_causes_ends() -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    assert chain(first) == (first, second)


def test_a_context_that_was_suppressed_is_told_all_the_same() -> None:
    error, hidden = ValueError("told"), KeyError("hidden")
    error.__context__, error.__suppress_context__ = hidden, True
    assert chain(error) == (error, hidden)


def test_a_long_chain_is_cut() -> None:
    error: BaseException = ValueError()
    for _ in range(10_000):
        error = caught(ValueError(), cause=error)
    assert len(chain(error)) == 12


def test_an_exception_that_cannot_be_printed_is_told_all_the_same() -> None:
    class BrokenError(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    assert brief(BrokenError()).endswith("BrokenError")


def test_a_huge_message_is_cut_before_it_is_read() -> None:
    assert len(masked("timeout " * 10_000_000)) < 5000
