"""Words carry their unit: what is spelled in the catalog is read, converted, and spelled again."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from monitoring.errors import printable
from monitoring.model import scalars
from monitoring.model.scalars import (
    SECONDS_IN,
    UNITS,
    Length,
    Quantity,
    parse_duration,
    parse_or_never,
    parse_quantity,
    shown,
)
from monitoring.model.severity import parse_contact_kind, parse_severity


@given(st.integers(0, 10**9), st.sampled_from(sorted(SECONDS_IN)))
def test_a_duration_is_read_in_seconds_and_spelled_so_that_it_is_read_the_same(number: int, unit: str) -> None:
    length = parse_duration(f"{min(number, 999_999_999)}{unit}")
    assert length.seconds == min(number, 999_999_999) * SECONDS_IN[unit]
    assert parse_duration(str(length)) == length


@given(st.integers(0, 10**7))
def test_a_duration_is_spelled_in_the_largest_unit_that_it_is_a_whole_number_of(seconds: int) -> None:
    spelled = str(Length(seconds))
    larger = [size for size in SECONDS_IN.values() if size > SECONDS_IN[spelled[-1]]]
    assert seconds == 0 or not any(seconds % size == 0 for size in larger)


@given(st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: round(number, 3)), st.sampled_from(sorted(UNITS)))
def test_a_quantity_is_spelled_so_that_it_is_read_the_same(number: float, unit: str) -> None:
    quantity = Quantity(float(f"{number:.9f}"), unit)
    again = parse_quantity(str(quantity)) if re.search(r"e[+-]", str(quantity)) is None else quantity
    assert again.unit == unit
    assert again.number == pytest.approx(quantity.number, rel=1e-11)


@given(st.integers(1, 10**6), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)))
def test_a_quantity_keeps_its_value_in_another_unit_and_never_changes_its_dimension(
    number: int, unit: str, other: str
) -> None:
    quantity = Quantity(number, unit)
    if UNITS[unit][0] != UNITS[other][0]:
        with pytest.raises(ValueError, match=re.escape(f'"{quantity}" is a {UNITS[unit][0]}')):
            quantity.to(other)
    else:
        assert Quantity(quantity.to(other), other).base == pytest.approx(quantity.base, rel=1e-9)


@pytest.mark.parametrize(
    ("spelled", "unit", "value"),
    [
        pytest.param("2s", "ns", 2e9, id="seconds in the nanoseconds of a trace"),
        pytest.param("1500ms", "s", 1.5, id="milliseconds in seconds"),
        pytest.param("95%", "fraction", 0.95, id="a percentage as a fraction"),
        pytest.param("0.5 fraction", "%", 50.0, id="a fraction as a percentage"),
        pytest.param("1.5GiB", "MiB", 1536.0, id="gibibytes in mebibytes"),
        pytest.param("1GB", "MiB", 953.674316406, id="gigabytes are smaller than gibibytes"),
        pytest.param("100 events", "", 100.0, id="events are a count"),
        pytest.param(7, "requests", 7.0, id="a bare number is a count"),
    ],
)
def test_a_threshold_is_converted(spelled: Any, unit: str, value: float) -> None:
    assert parse_quantity(spelled).to(unit) == value


# Each reader with a value, and what it becomes.
READ: list[tuple[str, Any, Any]] = [
    ("parse_duration", "90s", Length(90)),
    ("parse_duration", " 5m ", Length(300)),
    ("parse_share", "99.9%", Quantity(99.9, "%")),
    ("parse_share", "100%", Quantity(100, "%")),
    ("parse_date", "2028-02-29", date(2028, 2, 29)),
    ("parse_clock", "00:00", time(0)),
    ("parse_clock", "23:59", time(23, 59)),
    ("parse_zone", "Etc/UTC", "Etc/UTC"),
    ("parse_id", "a1-b2", "a1-b2"),
    ("parse_email", "ana.b+c@youragency.com", "ana.b+c@youragency.com"),
    ("parse_sentence", " One line. ", "One line."),
    ("parse_sentence", "⚠️ Zahlungen, 支払い: 100 %", "⚠️ Zahlungen, 支払い: 100 %"),
]


@pytest.mark.parametrize(("reader", "value", "expected"), READ, ids=[f"{one[0]} of {one[1]}" for one in READ])
def test_a_word_is_read(reader: str, value: Any, expected: Any) -> None:
    assert getattr(scalars, reader)(value) == expected


OUTSIDE = ("1999-12-31", "2101-01-01", "0001-01-01", "9999-12-31", "٢٠٢٦-01-01")
# Each reader with values that it refuses, whatever their type.
REFUSED: dict[str, tuple[Any, ...]] = {
    "parse_duration": ("", "5", 5, 1.5, "5 m", "m", "-5m", "5M", "٥m", "1234567890m", True, None, ("5m",)),
    "parse_quantity": ("", "s", "2 sec", "1e3", "--1s", "1.s", True, None, {}, "1" * 16),
    "parse_share": ("0%", "-1%", "100.1%", "0.5", 0.5, "50 s", None),
    "parse_date": (*OUTSIDE, "2026-02-29", "2026-13-01", "2026-1-1", "01.01.2026", "tomorrow", 20260101, None),
    "parse_clock": ("24:00", "9:00", "09:60", "0900", "9am", 540, None),
    "parse_zone": ("", "Berlin", "Europe/berlin", "../UTC", "/etc/localtime", "Europe/", "a\0b", 1, None),
    "parse_days": ("", "monday", "mon-", "-fri", "mon,,tue", "weekend", 1, None),
    "parse_id": ("", "A", "1a", "a--b", "a-", "-a", "a_b", "ä", "a b", "a" * 61, "a\u200bb", 1, None),
    "parse_email": ("", "ana", "ana@", "ana@localhost", "Ana@youragency.com", "a b@youragency.com", 1, None),
    "parse_sentence": ("", "   ", "two\nlines", "\ufe0f", "\u0301", "a" * 1_001, 1, True, None),
}


@pytest.mark.parametrize(
    ("reader", "value"),
    [pytest.param(name, value, id=f"{name} of {value!r}") for name, given in REFUSED.items() for value in given],
)
def test_a_word_is_refused_with_what_is_wrong_and_what_to_do(reader: str, value: Any) -> None:
    with pytest.raises(PydanticCustomError) as wrong:
        getattr(scalars, reader)(value)
    said = wrong.value.context
    assert said is not None
    assert said["what"]
    assert said["remedy"]


@pytest.mark.parametrize("value", ["p0", "P4", "", 0, None, True, ("P0",), {}])
def test_what_is_no_severity_is_refused(value: Any) -> None:
    with pytest.raises(PydanticCustomError, match="is not a severity"):
        parse_severity(value)


@pytest.mark.parametrize("value", ["pager", "PHONE", 0, None, (), {}])
def test_what_reaches_nobody_is_refused(value: Any) -> None:
    with pytest.raises(PydanticCustomError, match="is not a way to reach a person"):
        parse_contact_kind(value)


@pytest.mark.parametrize(
    ("spelled", "numbers"),
    [
        pytest.param("mon-fri", {1, 2, 3, 4, 5}, id="a range"),
        pytest.param("fri-mon", {5, 6, 7, 1}, id="a range over the end of the week"),
        pytest.param("mon, wed", {1, 3}, id="several"),
        pytest.param("sat-sun,wed", {6, 7, 3}, id="a range and one more"),
        pytest.param("Tue", {2}, id="one with a capital"),
    ],
)
def test_weekdays_are_read(spelled: str, numbers: set[int]) -> None:
    assert scalars.parse_days(spelled).numbers == numbers


def test_never_is_a_word_of_its_own() -> None:
    assert parse_or_never("never") == "never"
    assert parse_or_never("30m") == Length(1_800)


def test_what_was_read_once_is_read_again_as_itself() -> None:
    for reader, value, expected in READ:
        if reader in {"parse_duration", "parse_share", "parse_date", "parse_clock"}:
            assert getattr(scalars, reader)(expected) == expected, value


@given(st.text())
def test_a_users_text_is_shown_in_one_printable_line(text: str) -> None:
    assert printable(text).isprintable()
    said = shown(text)
    assert said[0] == said[-1] == '"'
    assert said.isprintable()
    said.encode()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0m"), (1, "1s"), (59, "59s"), (60, "1m"), (90, "90s"), (3_600, "1h"), (86_400, "1d"), (604_800, "1w")],
)
def test_a_length_is_said_in_its_largest_whole_unit(seconds: int, said: str) -> None:
    assert str(Length(seconds)) == said
