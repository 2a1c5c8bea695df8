"""The table of what Datadog's monitor queries may be: forms, types, windows, each row with its source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).parent / "facts.json"

Windows = Mapping[str, tuple[int, int]]


class QueryForm(NamedTuple):
    """One way to write a query: the monitor types that take it, an example, its windows, and where that is from.

    `needs` are calls that must be in a chain, each a choice of names; `periods` are all that `over` takes.
    `takes_silence` says whether its type has onMissingData. `refusal` says why the word `query` cannot carry it, and
    `instead` what to write; both are empty where it can. `unproved` says why nobody knows how late it fires; empty
    where its window tells.
    """

    name: str
    types: tuple[str, ...]
    example: str
    source: str
    windows: str = ""
    periods: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    takes_silence: bool = True
    ends_in_comparison: bool = True
    refusal: str = ""
    instead: str = ""
    unproved: str = ""


@cache
def _table() -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(FILE.read_text("utf-8"))
    return content


@cache
def forms() -> Mapping[str, QueryForm]:
    """Every form by its name; one that starts with a source's word is named after it."""
    rows = ({word: _frozen(value) for word, value in row.items()} for row in _table()["forms"])
    return {row["name"]: QueryForm(**row) for row in rows}


def _frozen(value: Any) -> Any:
    return tuple(_frozen(element) for element in value) if isinstance(value, list) else value


def form_of(name: str) -> QueryForm | None:
    """The form of that name, or None."""
    return forms().get(name)


@cache
def forms_of_type(type_: str) -> tuple[QueryForm, ...]:
    """The forms that a monitor of this type takes."""
    return tuple(form for form in forms().values() if type_ in form.types)


class LookBackFact(NamedTuple):
    """How far a function looks back: it shifts all values, or counts those of a longer time.

    `seconds` is None where an argument says how far, or nobody does.
    """

    shifts: bool
    seconds: int | None = None


@cache
def look_back_of(function: str) -> LookBackFact | None:
    """How far a function or a modifier looks back; None for one that looks at its window alone."""
    for row in _table()["lookingBack"]:
        if function in row["functions"]:
            return LookBackFact(row["shifts"], row["functions"][function])
    return None


def functions_of_charts() -> tuple[str, ...]:
    """The functions that Datadog takes in charts, and in no monitor."""
    return tuple(_table()["chartsAlone"]["functions"])


def undeclared_types() -> tuple[str, ...]:
    """The types of monitors that Datadog makes by itself, and that nobody declares."""
    return tuple(_table()["undeclaredTypes"]["types"])


@cache
def windows_of(form: QueryForm) -> Windows:
    """The legal counts of each unit in a form's windows; nothing where no bound is known."""
    kinds = _table()["windows"]
    return {unit: (low, high) for unit, (low, high) in kinds[form.windows]["units"].items()} if form.windows else {}


def lawful_windows(form: QueryForm) -> str:
    """The windows that a form takes, as a person reads them: "1m to 2880m, 1h to 48h, 1d"."""
    return ", ".join(
        f"{low}{unit}" if low == high else f"{low}{unit} to {high}{unit}"
        for unit, (low, high) in windows_of(form).items()
    )


def max_runs() -> int:
    """How many of its last runs a service check looks at, at most."""
    return int(_table()["checkRuns"]["max"])


def composite_limit() -> int:
    """How many monitors a composite takes."""
    return int(_table()["compositeMembers"]["max"])
