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


Rewording = tuple[str, Mapping[str, object]]
AGGREGATIONS = ("avg", "sum", "min", "max", "p50", "p75", "p90", "p95", "p99")


def reaggregated(rule: str, word: str, name: str) -> Mapping[str, Rewording]:
    """Each aggregation in the place of the one that a rule has."""
    return {other: (rule, {word: None, other: name}) for other in AGGREGATIONS if other != word}


def waiting(rule: str, notifies_by: str, *, silent: str = "alert", metrics: bool = True) -> Mapping[str, Rewording]:
    """What every monitor takes; without `metrics`, what Datadog takes on a search or a check."""
    options: dict[str, object] = {
        "when-silent": silent,
        "new-groups-after": "7m",
        "resolves-after": "2h",
        "notifies-by": [notifies_by],
        **({"arrives-after": "16m", "full-window": True} if metrics else {}),
    }
    return {word: (rule, {word: value}) for word, value in options.items()}


@dataclass(frozen=True, kw_only=True)
class SignalCase:
    """One kind of signal; its rules stand in the shop, beside those of every other kind.

    `word`: the catalog's word for it. `rules`: rules with it, as the shop's file has them. `declares`: what each name
    stands for, and the types of its resources in production. `queries`: by rule, its monitor's query in production.
    `rewords`: by word of the kind, a rule, and what is written in its signal instead (None: nothing), so that something
    else is declared, proved or found.
    `sentences`: by rule, when it fires. `detected`: how late a signal fires, in seconds, by the case. `broken` and
    `suspect`: what the loader and the checks say.
    """

    word: str
    rules: str
    declares: Mapping[str, tuple[list[str], str]]
    sentences: Mapping[str, str]
    detected: Mapping[str, tuple[Mapping[str, object], int | None]]
    queries: Mapping[str, str] = field(default_factory=dict)
    rewords: Mapping[str, Rewording] = field(default_factory=dict)
    broken: tuple[BrokenSignal, ...] = ()
    suspect: tuple[SuspectSignal, ...] = ()
