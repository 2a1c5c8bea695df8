"""The changes that mean the same, named by hand and with a reason: `equal.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.mutation_code.mutants import Mutant

LIST = Path(__file__).with_name("equal.toml")


@dataclass(frozen=True)
class Equal:
    """A change that no caller can notice, and why."""

    module: str
    function: str
    before: str
    after: str
    reason: str

    def is_of(self, mutant: Mutant) -> bool:
        """Whether it speaks of this mutant."""
        change = (self.module, self.function, self.before, self.after)
        return change == (mutant.module, mutant.function, mutant.before, mutant.after)


@dataclass(frozen=True)
class EqualEverywhere:
    """A change that no caller can notice wherever it is made: what a pattern fits, and what is put in its place."""

    pattern: str
    put: str
    reason: str

    def is_of(self, mutant: Mutant) -> bool:
        """Whether it speaks of this mutant."""
        return mutant.after != mutant.before and re.sub(self.pattern, self.put, mutant.before) == mutant.after


Entry = Equal | EqualEverywhere


def entries() -> list[Entry]:
    """The list in git; TypeError where an entry lacks a word or has one more."""
    lists = tomllib.loads(LIST.read_text(encoding="utf-8"))
    everywhere = [EqualEverywhere(**entry) for entry in lists["everywhere"]]
    return [*everywhere, *(Equal(**entry) for entry in lists["equal"])]


def reason_of(mutant: Mutant, listed: Iterable[Entry]) -> str:
    """Why a mutant means the same; empty where no entry speaks of it."""
    return next((entry.reason for entry in listed if entry.is_of(mutant)), "")
