"""What a check is, and the two decorators that make one: over one rule at a time, or over the catalog."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import wraps
from typing import Any, NamedTuple, TypeAlias, overload

from monitoring.checks._context import Context, Finding, SignalT, WatchedRule
from monitoring.model.signals import Signal

RuleFunction: TypeAlias = Callable[[Context, WatchedRule[SignalT]], Iterator[Finding]]
CatalogFunction: TypeAlias = Callable[[Context], Iterator[str | Finding]]


class Subjects(NamedTuple):
    """What a check is about: the word for it, and the names of all of them.

    The names come from the catalog as it is written, never from the way in which the check walks through it: that the
    two agree is what shows that the check has looked.
    """

    word: str
    names: Callable[[Context], Collection[str]]


class Check(NamedTuple):
    """One rule about good catalogs; `look` yields the name of each subject that it looks at, and what it finds."""

    name: str
    about: Subjects
    look: CatalogFunction


def catalog_check(name: str, *, about: Subjects) -> Callable[[CatalogFunction], Check]:
    """Makes a check of a function that walks through the catalog by itself and yields each subject's name."""

    def checked(function: CatalogFunction) -> Check:
        return Check(name, about, function)

    return checked


@overload
def rule_check(name: str, *, about: Subjects) -> Callable[[RuleFunction[Signal]], Check]: ...
@overload
def rule_check(name: str, *, about: Subjects, signal: type[SignalT]) -> Callable[[RuleFunction[SignalT]], Check]: ...
def rule_check(name: str, *, about: Subjects, signal: type[Any] | None = None) -> Callable[[RuleFunction[Any]], Check]:
    """Makes a check of a function that looks at one rule: at every rule, or at every rule with that signal."""

    def checked(function: RuleFunction[Any]) -> Check:
        @wraps(function)
        def look(context: Context) -> Iterator[str | Finding]:
            for watched in context.rules if signal is None else context.rules_on(signal):
                yield watched.rule.id
                yield from function(context, watched)

        return Check(name, about, look)

    return checked
