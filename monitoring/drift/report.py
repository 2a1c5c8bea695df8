"""What differs, in the catalog's words, and how many resources were compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter

from monitoring.drift.answer import Refresh, Refreshed, UnreadableError, at_vendor, refresh, type_and_name
from monitoring.drift.differences import SECRET, Value, differences, is_within
from monitoring.drift.undeclared import undeclared_differences
from monitoring.errors import Source, printable
from monitoring.model.catalog import Catalog
from monitoring.naming.owners import Owners, owners
from monitoring.plan import VENDORS

MAX_SHOWN = 120
"""Characters of a value that a sentence shows; the JSON answer has it whole."""
BEFORE = 30
"""Characters that are shown before the place where two long values part."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference: whose it is in the catalog, which property, what is declared, and what the vendor holds.

    A value of None is nothing. Without a property the whole object is gone; `refusal` is then the vendor's refusal to
    show it, if any. With a `consequence` nobody declares the property: `declared` is what the vendor held before.
    """

    what: str
    name: str
    vendor: str
    resource: str
    property: str
    declared: Value
    held: Value
    refusal: str
    source: Source
    urn: str
    consequence: str = ""

    def __str__(self) -> str:
        subject = f'{self.what} "{self.name}"' if self.name else self.what
        return f"{self.source}: {subject}: {self._difference()} (drift)"

    def _difference(self) -> str:
        thing = f"its {self.resource}"
        if self.consequence:
            before, held = excerpts(shown(self.declared), shown(self.held))
            return (
                f"{self.property} of {thing}: it was {before} and {self.vendor} holds {held}, which nobody declares: "
                f"{self.consequence}; change it back at {self.vendor}, pulumi leaves it"
            )
        if self.property:
            return f"{self.property} of {thing}: {self._values()}; pulumi up --refresh puts it back"
        if self.refusal:
            remedy = f"if it was deleted by hand, pulumi state delete '{self.urn}' and pulumi up make it anew"
            refusal, _ = excerpts(shown(self.refusal), "")
            return f"{thing} at {self.vendor} cannot be read: {refusal}; {remedy}"
        return f"{thing} at {self.vendor} is gone; pulumi up --refresh makes it anew"

    def _values(self) -> str:
        if self.declared != self.held:
            declared, held = excerpts(shown(self.declared), shown(self.held))
            return f"{declared} is declared and {self.vendor} holds {held}"
        if self.held == SECRET:
            return f"{self.vendor} holds another value than is declared; it is secret and not shown"
        same, _ = excerpts(shown(self.declared), "")
        return f"{self.vendor}'s provider calls it different from what is declared, {same}"


@dataclass(frozen=True, slots=True)
class DriftComparison:
    """A refresh in the catalog's words: how many resources were compared, how many differ, and every difference.

    `summary` is the engine's own count by its words. It counts the stack itself, and leaves out what cannot be read.
    `undeclared` are those of `differs` which it calls the same, as they differ in nothing that is declared.
    `at_vendors` has the number compared by vendor, 0 for one that the catalog names and the stack's state does not.
    """

    compared: int
    differs: int
    unreadable: int
    undeclared: int
    at_vendors: Mapping[str, int]
    drifts: tuple[Drift, ...]
    summary: Mapping[str, int]


def comparison(report: str, catalog: Catalog) -> DriftComparison:
    """What the engine's refresh found. Raises UnreadableError where it could not compare everything."""
    try:
        return _compared(refresh(report), catalog)
    except RecursionError:
        raise UnreadableError("could not compare: a value in the engine's answer is nested too deeply") from None


def _compared(answer: Refresh, catalog: Catalog) -> DriftComparison:
    outcomes = [outcome for outcome in answer.outcomes if at_vendor(outcome.urn)]
    counted = Counter(_vendor(urn) for urn in (*(outcome.urn for outcome in outcomes), *answer.gone))
    drifts = sorted(_drifts(answer, owners(catalog)), key=attrgetter("source", "urn", "property"))
    differing = {outcome.urn for outcome in outcomes if outcome.differs} | answer.gone.keys()
    undeclared = {drift.urn for drift in drifts} - differing
    return DriftComparison(
        compared=len(outcomes) + len(answer.gone),
        differs=len(differing) + len(undeclared),
        unreadable=len(answer.gone),
        undeclared=len(undeclared),
        at_vendors={name: counted[name] for key, name in VENDORS.items() if key in catalog.platform.vendors},
        drifts=tuple(drifts),
        summary=answer.summary,
    )


def _drifts(answer: Refresh, known: Owners) -> Iterator[Drift]:
    for urn, refusal in answer.gone.items():
        yield _drift(urn, known, refusal=refusal)
    for outcome in answer.outcomes:
        if outcome.op == "delete":
            yield _drift(outcome.urn, known)
        else:
            yield from _of(outcome, known)


def _of(outcome: Refreshed, known: Owners) -> Iterator[Drift]:
    places = [*differences(outcome)] if outcome.differs else []
    for place in places:
        yield _drift(outcome.urn, known, path=place.path, declared=place.declared, held=place.held)
    for left in undeclared_differences(outcome):
        if not any(is_within(left.path, place.path) for place in places):
            yield _drift(
                outcome.urn, known, path=left.path, declared=left.before, held=left.held, consequence=left.consequence
            )


def _drift(
    urn: str,
    known: Owners,
    *,
    path: str = "",
    declared: Value = None,
    held: Value = None,
    refusal: str = "",
    consequence: str = "",
) -> Drift:
    type_, name = type_and_name(urn)
    kind = type_.rpartition(":")[2]
    owner = known.owner_of(type_, name)
    return Drift(
        what=owner.kind.replace("maintenance", "maintenance window"),
        name=owner.entry,
        vendor=_vendor(urn),
        resource=kind if name == owner.entry else f"{kind} {name}",
        property=path,
        declared=declared,
        held=held,
        refusal=refusal,
        source=known.source_of(type_, name),
        urn=urn,
        consequence=consequence,
    )


def _vendor(urn: str) -> str:
    """The name of the vendor that holds a resource."""
    vendor = type_and_name(urn)[0].partition(":")[0]
    return VENDORS.get(vendor, vendor)


# --- values, as people read them -------------------------------------------------------------------------------


def shown(value: Value) -> str:
    """A value on one line: a text in quotes, the word nothing for none, JSON for everything else."""
    if isinstance(value, str):
        return f'"{printable(value)}"'
    return "nothing" if value is None else printable(json.dumps(value, sort_keys=True, ensure_ascii=False))


def excerpts(declared: str, held: str) -> tuple[str, str]:
    """Two texts, long ones cut to what stands around the place where they part."""
    parts = (place for place, letters in enumerate(zip(declared, held, strict=False)) if len({*letters}) > 1)
    start = max(0, next(parts, min(len(declared), len(held))) - BEFORE)
    return _excerpt(declared, start), _excerpt(held, start)


def _excerpt(text: str, start: int) -> str:
    if len(text) <= MAX_SHOWN:
        return text
    before, after = "…" if start else "", "…" if start + MAX_SHOWN < len(text) else ""
    return f"{before}{text[start : start + MAX_SHOWN]}{after}"
