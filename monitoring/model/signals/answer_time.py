"""How long a synthetic test waits for an answer, and how long the answer may take."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from monitoring.model.scalars import Quantity, ScalarType, invalid_value, parse_quantity, shown

# How long a test waits for an answer, in seconds: declared with each test, and counted in the time to its failure.
TEST_TIMEOUT = 10


def parse_answer_time(value: Any) -> Quantity:
    """A time in whole milliseconds, up to the one for which a test waits."""
    quantity = parse_quantity(value)
    if quantity.dimension != "time" or quantity.number < 0 or not float(f"{quantity.to('ms'):.9g}").is_integer():
        raise invalid_value(f"{shown(value)} is not a time for an answer", "write it like 3s or 500ms")
    if quantity.base > TEST_TIMEOUT:
        what = f'a test waits for an answer {TEST_TIMEOUT}s at most, and "{quantity}" is longer'
        raise invalid_value(what, f"write {TEST_TIMEOUT}s or less")
    return quantity


def parse_time_or_any(value: Any) -> Quantity | Literal["any"]:
    """The same, or the word for an answer that may take any."""
    return "any" if value == "any" else parse_answer_time(value)


def in_time(within: Quantity | Literal["any"]) -> str:
    """How long an answer may take, as the end of a sentence."""
    return "" if within == "any" else f" within {within}"


def milliseconds(within: Quantity) -> int:
    """A time for an answer as Datadog takes it."""
    return round(within.to("ms"))


AnswerTime = Annotated[
    Quantity, ScalarType(parse_answer_time, {"type": "string", "pattern": r"^\d+(s|ms)$", "examples": ["3s", "500ms"]})
]
TimeOrAny = Annotated[
    Quantity | Literal["any"],
    ScalarType(
        parse_time_or_any, {"type": "string", "pattern": r"^(\d+(s|ms)|any)$", "examples": ["3s", "500ms", "any"]}
    ),
]
USUAL = Quantity(3.0, "s")
"""How long an answer may take where nothing is written."""
