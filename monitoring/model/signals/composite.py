"""Other rules, combined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, final

from monitoring.model.detection import Detection, datadog_evaluates
from monitoring.model.entry import EntryProblem
from monitoring.model.references import Names, RuleRef
from monitoring.model.scalars import Length, repeated
from monitoring.model.signals.base import DataRead, UncomparedSignal, Watcher


@final
class Composite(UncomparedSignal):
    """Other rules combined: all-of, any-of, none-of, without expressions."""

    watcher: ClassVar[Watcher] = "datadog"
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

    def condition(self, limit: str | None) -> str:
        """The rules that fire, and those that do not."""
        words = {"all of": self.all_of, "any of": self.any_of, "none of": self.none_of}
        return " and ".join(f"{word} {', '.join(names)}" for word, names in words.items() if names) + " firing"

    @property
    def reads(self) -> Iterable[DataRead]:
        """Nothing by itself."""
        return ()

    def detection(self, *, wakes: bool, parts: Sequence[Detection]) -> Detection:
        """As late as its slowest part, and the minute between two evaluations."""
        known = [part.seconds for part in parts if part.seconds is not None]
        if len(known) < len(parts):
            return Detection(None, "one of its parts does not tell")
        slowest = max(known, default=0)
        return Detection(slowest + datadog_evaluates(0), f"its slowest part {Length(slowest)}, evaluated every minute")

    def faster(self, limit: int) -> str:
        """Faster parts."""
        return "make its slowest part faster"

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Nothing that could fire, or a rule twice."""
        if not self.all_of and not self.any_of:
            yield EntryProblem("combines nothing that fires", "write all-of or any-of")
        for name in repeated(self.parts):
            yield EntryProblem(f'names the rule "{name}" twice', "name it once")
