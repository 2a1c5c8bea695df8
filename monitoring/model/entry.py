"""The one base of everything that the catalog may say."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


def kebab(name: str) -> str:
    """The catalog's spelling of a field."""
    return name.rstrip("_").replace("_", "-")


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
