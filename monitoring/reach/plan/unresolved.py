"""What a walk over a Plan cannot follow: a hop that leads nowhere, or whose meaning it does not know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A hop of the plan that leads nowhere, or where it cannot be followed: which hop, why, what to do."""

    hop: str
    why: str
    fix: str


class UnresolvedError(Exception):
    """A policy that cannot be read because of one of its hops."""

    def __init__(self, hop: str, why: str, fix: str) -> None:
        self.unresolved = Unresolved(hop, why, fix)
        super().__init__(why)
