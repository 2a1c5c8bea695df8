"""Each field that an entry must have has an example in the message that it is missing."""

from __future__ import annotations

import typing
from collections.abc import Iterator

import pytest
import yaml
from pydantic import BaseModel

from monitoring.cli.schema import FILES
from monitoring.loader.examples import EXAMPLES


def models(kind: object, seen: set[object]) -> Iterator[type[BaseModel]]:
    """Every model below a type; what expectations are typed in stays without examples, since a copy proves nothing."""
    is_model = isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen
    if is_model and not kind.__name__.startswith("Expect"):
        seen.add(kind)
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation, seen)
    for inner in typing.get_args(kind):
        yield from models(inner, seen)


def required() -> set[str]:
    seen: set[object] = set()
    every = (model for kind in FILES.values() for model in models(kind, seen))
    return {field.alias or name for model in every for name, field in model.model_fields.items() if field.is_required()}


def test_every_required_field_has_an_example_and_no_other() -> None:
    assert set(EXAMPLES) == required()


@pytest.mark.parametrize("field", EXAMPLES)
def test_an_example_is_a_line_of_yaml(field: str) -> None:
    line = f"{field}: {EXAMPLES[field].replace('…', 'x')}"
    assert None not in yaml.safe_load(line).values()
