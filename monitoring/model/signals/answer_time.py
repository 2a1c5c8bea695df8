"""How long a synthetic test waits for an answer, and how long the answer may take."""

from __future__ import annotations

from typing import Annotated, Any

from monitoring.model.scalars import Quantity, ScalarType, invalid_value, parse_quantity, shown

# How long a test waits for an answer, in seconds: declared with each test, and counted in the time to its failure.
TEST_TIMEOUT = 10


def parse_answer_time(value: Any) -> Quantity:
    """A time in whole milliseconds, up to the one for which a test waits."""
    quantity = parse_quantity(value)
    if quantity.dimension != "time" or not float(f"{quantity.to('ms'):.9g}").is_integer():
        raise invalid_value(f"{shown(value)} is not a time for an answer", "write it like 3s or 500ms")
    if quantity.base > TEST_TIMEOUT:
        what = f'a test waits for an answer {TEST_TIMEOUT}s at most, and "{quantity}" is longer'
        raise invalid_value(what, f"write {TEST_TIMEOUT}s or less")
    return quantity


def milliseconds(within: Quantity) -> int:
    """A time for an answer as Datadog takes it."""
    return round(within.to("ms"))


AnswerTime = Annotated[
    Quantity, ScalarType(parse_answer_time, {"type": "string", "pattern": r"^\d+(s|ms)$", "examples": ["3s", "500ms"]})
]
USUAL = Quantity(3.0, "s")
"""How long an answer may take where nothing is written."""
