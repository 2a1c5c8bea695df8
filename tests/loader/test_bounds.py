"""The work on a hostile catalog grows no faster than the catalog; counted in calls and never in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import Any

import pytest

from monitoring.errors import CatalogError
from monitoring.loader import load_texts
from monitoring.loader.documents import MAX_ITEMS, MAX_KEYS, MAX_TEXT_LENGTH, MAX_VALUES
from monitoring.loader.files import MAX_PROBLEMS
from monitoring.model.entry import MAX_ENTRY_PROBLEMS
from tests.factories import texts

Files = dict[str, bytes]


def steps(action: Callable[[], Any]) -> int:
    """How many calls an action makes, in Python and in C."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


def mistakes(files: Files) -> list[str]:
    with pytest.raises(CatalogError) as refused:
        load_texts(files)
    return [str(problem) for problem in refused.value.problems]


def unknown_words(number: int) -> Files:
    return texts() | {
        "tenants.yaml": b"acme:\n  plan: enterprise\n" + b"".join(b"  x%d: 1\n" % n for n in range(number))
    }


def unknown_words_at_the_top(number: int) -> Files:
    return texts() | {"waivers.yaml": b"".join(b"x%d: 1\n" % n for n in range(number))}


def entries_with_mistakes(number: int) -> Files:
    return texts() | {"tenants.yaml": b"".join(b"t%d: {plann: x, plan: y}\n" % n for n in range(number))}


def names_that_nobody_has(number: int) -> Files:
    names = ", ".join(f"nobody-{n}" for n in range(number))
    return texts() | {"maintenance.yaml": f"move: {{services: [{names}]}}\n".encode()}


def names_that_somebody_has(number: int) -> Files:
    tenants = b"".join(b"tenant-%d: {title: T, plan: enterprise}\n" % n for n in range(number))
    return texts() | {"tenants.yaml": tenants}


def keys_that_stand_twice(number: int) -> Files:
    return texts() | {"tenants.yaml": b"a: {}\n" * number}


def empty_values(number: int) -> Files:
    return texts() | {"tenants.yaml": b"acme:\n" + b"".join(b"  x%d:\n" % n for n in range(number))}


def nested_lists(number: int) -> Files:
    return texts() | {"tenants.yaml": b"acme:\n" + b"- [[[[1]]]]\n" * number}


GROWING = [
    unknown_words,
    unknown_words_at_the_top,
    entries_with_mistakes,
    names_that_nobody_has,
    names_that_somebody_has,
    keys_that_stand_twice,
    empty_values,
    nested_lists,
]


def read(files: Files) -> None:
    with suppress(CatalogError):
        load_texts(files)


@pytest.mark.parametrize("growing", GROWING, ids=[make.__name__.replace("_", " ") for make in GROWING])
def test_twice_the_input_is_at_most_twice_the_work(growing: Callable[[int], Files]) -> None:
    nothing, small, large = (steps(partial(read, growing(size))) for size in (0, 800, 1_600))
    assert large - nothing <= 2.2 * (small - nothing)


BEYOND = {
    "a text of many lines": (
        "shop: {title: '" + "aaaa bbbb\n  " * (MAX_TEXT_LENGTH // 10 + 1) + "'}\n",
        f"write at most {MAX_TEXT_LENGTH}",
    ),
    "a key of many letters": (f"{'k' * (MAX_TEXT_LENGTH + 1)}: 1\n", f"write at most {MAX_TEXT_LENGTH}"),
    "a list of many items": (
        "shop: [" + "1,\n" * (MAX_ITEMS + 1) + "]\n",
        f"holds a list of more than {MAX_ITEMS}; split it",
    ),
    "a mapping of many keys": (
        "".join(f"k{number}: 1\n" for number in range(MAX_KEYS + 1)),
        f"holds a mapping of more than {MAX_KEYS}; split it",
    ),
    "many values": (
        "".join(f"k{number}: [{', '.join('1' * 50)}]\n" for number in range(MAX_VALUES // 50)),
        f"holds more than {MAX_VALUES} values; split it",
    ),
}


@pytest.mark.parametrize(("content", "says"), BEYOND.values(), ids=BEYOND)
def test_what_is_beyond_a_bound_is_refused_before_it_is_looked_at(content: str, says: str) -> None:
    said = mistakes(texts() | {"tenants.yaml": content.encode()})
    assert len(said) == 1
    assert said[0].startswith("tenants.yaml:")
    assert says in said[0]


def test_of_very_many_mistakes_the_first_are_told_and_that_there_are_more() -> None:
    said = mistakes(entries_with_mistakes(2_000))
    assert MAX_PROBLEMS < len(said) <= MAX_PROBLEMS + MAX_ENTRY_PROBLEMS
    assert (
        f"catalog: has more than {MAX_PROBLEMS} mistakes, so not every entry was read; mend these first (file)" in said
    )
