"""An effect: one thing that a change does, with its risk, the people concerned, and its place."""

from __future__ import annotations

from dataclasses import dataclass

from monitoring.errors import Source
from monitoring.review.risks import ORDER, RISKS, EffectKind, Risk

Place = tuple[str, ...]
"""Where a value stands in a catalog: the kind of an entry, its name, and the words below it."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a change does.

    `source` is its place in the new catalog, or in the old one where `gone`; `explains` are the places whose
    difference this sentence accounts for; `detail` tells effects of one kind and subject apart.
    """

    kind: EffectKind
    subject: str
    sentence: str
    source: Source
    gone: bool = False
    people: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    detail: str = ""
    explains: tuple[Place, ...] = ()

    @property
    def id(self) -> str:
        """A name that stays the same as long as the change is the same."""
        return f"{self.kind}: {self.subject}" + (f": {self.detail}" if self.detail else "")

    @property
    def risk(self) -> Risk:
        """How much harm it can do."""
        return RISKS[self.kind].risk

    @property
    def order(self) -> tuple[int, int, str]:
        """The gravest first, then by kind and name."""
        return self.risk.rank, ORDER[self.kind], self.id
