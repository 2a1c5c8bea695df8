"""Other rules, combined."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import Names, RuleRef
from monitoring.model.scalars import repeated


class Composite(Entry):
    """Other rules combined: all-of, any-of, none-of, without expressions."""

    all_of: tuple[RuleRef, ...] = ()
    """The rules that must all fire."""
    any_of: tuple[RuleRef, ...] = ()
    """The rules of which at least one must fire."""
    none_of: tuple[RuleRef, ...] = ()
    """The rules of which none may fire."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids of all rules it is made of."""
        return self.all_of + self.any_of + self.none_of

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Nothing that could fire, or a rule twice."""
        if not self.all_of and not self.any_of:
            yield EntryProblem("combines nothing that fires", "write all-of or any-of")
        for name in repeated(self.parts):
            yield EntryProblem(f'names the rule "{name}" twice', "name it once")
