"""What is tested of one kind of signal: its rows of the tables that ask every kind the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class BrokenSignal:
    """A signal with a mistake, as a sentence, its words, and what is said behind the rule's name."""

    about: str
    words: str
    says: str


@dataclass(frozen=True)
class SuspectSignal:
    """A signal that loads, as a sentence, its words, and what one check says of it behind the rule's name."""

    about: str
    words: str
    check: str
    says: str


@dataclass(frozen=True, kw_only=True)
class SignalCase:
    """One kind of signal; its rules stand in the shop, beside those of every other kind.

    `word`: the catalog's word for it. `rules`: rules with it, as the shop's file has them. `declares`: what each name
    stands for, and the types of its resources in production. `queries`: by rule, its monitor's query in production.
    `sentences`: by rule, when it fires. `detected`: how late a signal fires, in seconds, by the case. `broken` and
    `suspect`: what the loader and the checks say.
    """

    word: str
    rules: str
    declares: Mapping[str, tuple[list[str], str]]
    sentences: Mapping[str, str]
    detected: Mapping[str, tuple[Mapping[str, object], int | None]]
    queries: Mapping[str, str] = field(default_factory=dict)
    broken: tuple[BrokenSignal, ...] = ()
    suspect: tuple[SuspectSignal, ...] = ()
