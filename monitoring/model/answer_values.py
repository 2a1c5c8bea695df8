"""What a value of an answer must be: a text by itself, or one word with what it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

from monitoring.model.addresses import MAX_LITERAL_TEXT, parse_header_value, parse_literal_text
from monitoring.model.references import nearest
from monitoring.model.scalars import ScalarType, decimal_text, invalid_value, shown


class ComparisonWord(StrEnum):
    """How a value of an answer is compared, in the catalog's words."""

    IS = "is"
    IS_NOT = "is-not"
    CONTAINS = "contains"
    LACKS = "lacks"
    MORE_THAN = "more-than"
    LESS_THAN = "less-than"

    @property
    def is_of_numbers(self) -> bool:
        """Whether it compares with a number."""
        return self in (ComparisonWord.MORE_THAN, ComparisonWord.LESS_THAN)


@dataclass(frozen=True, slots=True)
class AnswerValue:
    """What a value of an answer must be."""

    comparison: ComparisonWord
    text: str

    def __str__(self) -> str:
        return f"{self.comparison} {self.text}" if self.text else f"{self.comparison} empty"


IN_HEADERS = (ComparisonWord.CONTAINS, ComparisonWord.IS, ComparisonWord.IS_NOT, ComparisonWord.LACKS)
"""How Datadog compares a header, first what a text by itself means (DataDog/documentation, synthetics/multistep)."""
IN_JSON = tuple(ComparisonWord)


def parse_answer_value(value: Any, taken: Sequence[ComparisonWord], read: Callable[[Any], str]) -> AnswerValue:
    """A text, compared by the first of what is taken, or a mapping of one word to what it compares with."""
    if isinstance(value, AnswerValue):
        return value
    if not isinstance(value, Mapping):
        return AnswerValue(taken[0], read(value))
    if len(value) != 1:
        raise invalid_value(f"{len(value)} comparisons stand at one value", f"write one of {', '.join(taken)}")
    ((word, compared),) = value.items()
    if word not in taken:
        raise invalid_value(f"{shown(word)} compares nothing here", nearest(str(word), taken))
    comparison = ComparisonWord(word)
    if comparison.is_of_numbers:
        return AnswerValue(comparison, _number(compared))
    return AnswerValue(comparison, "" if compared == "" else read(compared))


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
        raise invalid_value(f"{shown(value)} is not a number to compare with", "write it without quotes, like 0")
    return decimal_text(value, digits=15)


def _schema(taken: Sequence[ComparisonWord]) -> dict[str, Any]:
    text = {"type": "string", "maxLength": MAX_LITERAL_TEXT}
    kinds = {word.value: {"type": "number"} if word.is_of_numbers else text for word in taken}
    compared = {
        "type": "object",
        "properties": kinds,
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    return {"anyOf": [text | {"minLength": 1}, compared]}


parse_json_value = partial(parse_answer_value, taken=IN_JSON, read=parse_literal_text)
parse_answer_header = partial(parse_answer_value, taken=IN_HEADERS, read=parse_header_value)
JsonValue = Annotated[AnswerValue, ScalarType(parse_json_value, _schema(IN_JSON))]
AnswerHeader = Annotated[AnswerValue, ScalarType(parse_answer_header, _schema(IN_HEADERS))]
