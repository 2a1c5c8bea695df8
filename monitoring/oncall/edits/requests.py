"""What somebody asks of a schedule, and the refusal of what cannot be done."""

from __future__ import annotations

from dataclasses import dataclass

from monitoring.errors import UsageError
from monitoring.model.local_time import LocalDateTime


class EditError(UsageError):
    """A schedule cannot be changed in that way; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class AddPerson:
    """A person more in the turns of a layer: last, or after somebody."""

    person: str
    after: str | None = None


@dataclass(frozen=True, slots=True)
class RemovePerson:
    """A person less in the turns of a layer."""

    person: str


@dataclass(frozen=True, slots=True)
class ReorderLayer:
    """The same people in another order; the first one has the first turn."""

    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SwapTurns:
    """Two people exchange their next turns."""

    people: tuple[str, str]


@dataclass(frozen=True, slots=True)
class CoverPerson:
    """Somebody in somebody else's place until a time."""

    who: str
    instead_of: str
    since: LocalDateTime
    until: LocalDateTime


OrderRequest = AddPerson | RemovePerson | ReorderLayer
EditRequest = OrderRequest | SwapTurns | CoverPerson
