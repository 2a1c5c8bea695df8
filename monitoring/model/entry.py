"""The one base of everything that the catalog may say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, NamedTuple, Self, TypeVar, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from monitoring.model.references import Names
from monitoring.model.scalars import invalid_value

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


@dataclass(frozen=True, slots=True)
class EntryList:
    """Marks a field that holds a list, of which a single entry may be written without its brackets."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_as_list, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        listed = handler(schema)
        return {"anyOf": [listed["items"], {**listed, "minItems": 1}]}


def _as_list(value: Any) -> Any:
    if value == ():
        raise invalid_value("is an empty list", "name at least one, or take the word out")
    return value if isinstance(value, tuple) else (value,)


class Entry(BaseModel):
    """Frozen, and strict: an unknown field or a value of another type is a mistake."""

    model_config = ConfigDict(
        defer_build=True,
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


class _BuiltWhenRead:
    """Marks a field of `Kind | None`: what validates the kind is built when the first such entry is read."""

    def __get_pydantic_core_schema__(self, source: Any, _: GetCoreSchemaHandler) -> CoreSchema:
        kind: type[Entry] = get_args(source)[0]

        def read(value: Any, info: ValidationInfo) -> Entry:
            return kind.model_validate(value, context=info.context)

        deferred = core_schema.with_info_plain_validator_function(read, metadata={"kind": kind})
        return core_schema.nullable_schema(deferred)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        kind = schema["schema"]["metadata"]["kind"]
        return handler(core_schema.nullable_schema(TypeAdapter(kind).core_schema))


Kind = TypeVar("Kind", bound=Entry)
Deferred = Annotated[Kind | None, _BuiltWhenRead()]
"""An entry that may be left out, of a kind that few catalogs use: a command waits only for the kinds that are read."""


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
