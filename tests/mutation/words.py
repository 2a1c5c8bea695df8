"""Damages of the catalog's words: each word of its form changed lawfully, and each word that was typed by hand.

A lawful change leaves nothing wrong in itself. What finds it is what was typed by hand, or a promise that it breaks.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from monitoring.errors import CatalogError
from monitoring.expectations import compare
from monitoring.loader import load_runbooks, load_texts, read_files
from monitoring.model.expectation import EXPECTATIONS_FILE
from tests.consequences.platform import base, texts_of, written
from tests.consequences.test_words import CHECKED, DECLARED
from tests.mutation.chain import EXPECTED, LOADER, NOBODY, TODAY, Undamaged
from tests.mutation.properties import CHANGES, UNFIT, put, value_at
from tests.platforms import AGENCY
from tests.resources.every_signal import every_signal

NAMED = ("rules", "policies", "environments")


@cache
def every_word() -> Undamaged:
    """The platform that uses every word of the catalog's form."""
    return Undamaged(base(), {})


@cache
def every_kind_of_signal() -> Undamaged:
    """A catalog with a rule of every signal, and what it declares."""
    return Undamaged(every_signal(), {})


@cache
def agency() -> Undamaged:
    """The tests' own platform, with what was typed by hand for it."""
    files, _ = read_files(AGENCY.catalog)
    return Undamaged(load_texts(files), dict(load_runbooks(AGENCY.runbooks)))


def words() -> tuple[str, ...]:
    """Every word for which a change is known, as `Kind.word`."""
    return tuple({**DECLARED, **CHECKED})


def guard_of_word(word: str) -> str:
    """The first guard that finds a word's change."""
    return every_word().guard_of_texts(texts_of(written(*{**DECLARED, **CHECKED}[word])))


# --- what was typed by hand ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Typed:
    """One value of expectations.yaml, and what is done to it."""

    verb: str
    word: str
    steps: tuple[str | int, ...]

    @property
    def kind(self) -> str:
        """What is done, and to which word."""
        return f"{self.verb} {self.word}"

    @property
    def name(self) -> str:
        """The kind and the place."""
        return f"{self.kind} @ {' '.join(map(str, self.steps))}"


@cache
def _typed_by_hand() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((AGENCY.catalog / EXPECTATIONS_FILE).read_text("utf-8"))
    return content


def typed() -> Iterator[Typed]:
    """Each word of what was typed by hand, taken out and invented at the first place where it stands."""
    first: dict[str, tuple[str | int, ...]] = {}
    for steps in _steps(_typed_by_hand(), ()):
        first.setdefault(_spelled(steps), steps)
    for word, steps in first.items():
        for verb in ("remove", "invented"):
            if _changed(steps, verb) is not None:
                yield Typed(verb, word, steps)


def _steps(value: Any, before: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield (*before, key)
        yield from _steps(below, (*before, key))


def _spelled(steps: tuple[str | int, ...]) -> str:
    """A place without the names of rules and policies, and without numbers."""
    named = {number + 1 for number, step in enumerate(steps) if step in NAMED and number in (0, 2)}
    return ".".join(
        "NAME" if number in named else "[]" if isinstance(step, int) else step for number, step in enumerate(steps)
    )


def _changed(steps: tuple[str | int, ...], verb: str) -> dict[str, Any] | None:
    content = copy.deepcopy(_typed_by_hand())
    value = CHANGES[verb](value_at(content, steps), ())
    if value is UNFIT:
        return None
    put(content, steps, value)
    return content


def guard_of_typed(damage: Typed) -> str:
    """The first guard that finds a change of what was typed by hand."""
    files, _ = read_files(AGENCY.catalog)
    content = yaml.safe_dump(_changed(damage.steps, damage.verb), sort_keys=False).encode()
    try:
        changed = load_texts({**files, EXPECTATIONS_FILE: content})
    except CatalogError:
        return LOADER
    plans: Mapping[str, Any] = agency().plans
    differs = any(compare(changed, plan, name, TODAY).problems for name, plan in plans.items())
    return EXPECTED if differs else NOBODY
