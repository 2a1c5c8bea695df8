"""The one base of everything that the catalog may say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from monitoring.model.references import Names

_NO_NAMES = Names()
MAX_ENTRY_PROBLEMS = 50
"""How many mistakes of one entry are reported; who has mended them sees the rest."""


def kebab(name: str) -> str:
    """The catalog's spelling of a field."""
    return name.rstrip("_").replace("_", "-")


class EntryProblem(NamedTuple):
    """A mistake of an entry whose fields are each right: what is wrong, what to do, and the field at which it shows."""

    what: str
    remedy: str
    at: tuple[str | int, ...] = ()
    meant: str | None = None
    """The word that is meant in the place of the last one of `at`."""
    declares: tuple[str, ...] = ()
    """The place in platform.yaml at which something is missing that an empty mapping would declare."""


class Entry(BaseModel):
    """Frozen, and strict: an unknown field or a value of another type is a mistake."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        alias_generator=kebab,
        validate_by_alias=True,
        validate_by_name=False,
        serialize_by_alias=True,
        str_strip_whitespace=True,
    )

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Everything that is wrong with the entry as a whole; called when each field is right."""
        return iter(())

    @model_validator(mode="after")
    def _has_no_problems(self, info: ValidationInfo) -> Self:
        raise_problems(self.entry_problems(names_in(info)))
        return self


def names_in(info: ValidationInfo) -> Names:
    """The names that the catalog declares, or none where an entry is read by itself."""
    return info.context or _NO_NAMES


def raise_problems(entry_problems: Iterator[EntryProblem]) -> None:
    """Raises ValidationError with each problem, MAX_ENTRY_PROBLEMS at most, where there are any."""
    details = [
        InitErrorDetails(type=_error(problem), loc=problem.at, input=...)
        for problem in islice(entry_problems, MAX_ENTRY_PROBLEMS)
    ]
    if details:
        raise ValidationError.from_exception_data("entry problems", details)


def _error(problem: EntryProblem) -> PydanticCustomError:
    return PydanticCustomError("entry", "{what}", problem._asdict())
