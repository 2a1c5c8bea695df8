"""The table of the corpus: what of it the catalog can say, why it cannot say the rest, and what is proved of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from monitoring.markdown_text import plain
from monitoring.model.catalog import Catalog
from monitoring.model.scalars import Length
from monitoring.reach.proof import Proof, ProofVerdict, RuleProof
from tests.corpus import HERE
from tests.corpus.translation.kinds import KINDS, PROMISED
from tests.corpus.translation.losses import Translation

TABLE = HERE / "README.md"
INTRODUCTION = """# What real teams have, as a catalog

What a company has at its vendors, as their lists answer it, and what of it the catalog can say.
All of it is invented, in the forms that real configurations have.
`python -m tests.corpus` writes this page; the tests hold it.

- Without loss: everything that is compared is in the Plan as it is at the vendor.
  A warn level is a rule of its own, and counts as without loss.
- Expressible: it is a rule that detects the same, and something about it is lost.

The schedules and escalation policies that the services ask are all said without loss.
What the checks and the proof find in it is accepted as it is today, in `catalog/waivers.yaml`.
"""
DATADOG = "evaluation frequencies, in its documentation of monitors"
SOURCES = {
    "errors": "Sentry's own resolutions by window, in its source",
    "sentry-metric": "Sentry's own resolutions by window, in its source",
    "issues": "Sentry's documentation of issue alerts",
    "cron": "Sentry's documentation of cron monitors",
    "uptime": "Datadog's description of a test's options",
    "elsewhere": "what the author promises",
}
"""Where a signal's detection bound comes from; of every other, from Datadog's evaluation frequencies."""


def page(objects: Sequence[Translation], catalog: Catalog, proof: Proof) -> str:
    """The whole page."""
    parts = (
        [INTRODUCTION],
        _shares(objects),
        _reasons(objects),
        _uncompared(),
        _bounds(catalog, proof),
        _verdicts(proof),
        _rows(objects),
    )
    return "\n".join(line for part in parts for line in (*part, ""))


def shares(objects: Sequence[Translation]) -> tuple[float, float]:
    """Which share is expressible, and which without loss."""
    whole = sum(each.is_whole for each in objects)
    return sum(each.is_expressible for each in objects) / len(objects), whole / len(objects)


def of_kinds(objects: Sequence[Translation], *kinds: str) -> list[Translation]:
    """The objects of some kinds."""
    return [each for each in objects if each.kind in kinds]


def _shares(objects: Sequence[Translation]) -> Iterator[str]:
    yield "| what | number | expressible | without loss | of these with a warn level |"
    yield "|---|---|---|---|---|"
    yield from (_share(kind.name, of_kinds(objects, kind.name)) for kind in KINDS)
    yield _share(f"**{', '.join(PROMISED[:-1])} and {PROMISED[-1]}**", of_kinds(objects, *PROMISED))


def _share(name: str, objects: Sequence[Translation]) -> str:
    expressible, whole = (f"{share:.0%}" for share in shares(objects))
    two = sum(each.is_whole and any("same-symptom-as" in rule for rule in each.rules) for each in objects)
    return f"| {name} | {len(objects)} | {expressible} | {whole} | {two} |"


def _reasons(objects: Sequence[Translation]) -> Iterator[str]:
    yield "## Why something is lost"
    yield ""
    yield "| reason | of how many |"
    yield "|---|---|"
    counted = Counter(loss for each in objects for loss in each.losses)
    yield from (f"| {loss.value} | {number} |" for loss, number in counted.most_common())


def _uncompared() -> Iterator[str]:
    yield "## What is not compared"
    yield ""
    yield "| of a | property | why |"
    yield "|---|---|---|"
    yield from (f"| {kind.name} | {name} | {why} |" for kind in KINDS for name, why in kind.uncompared.items())


def _bounds(catalog: Catalog, proof: Proof) -> Iterator[str]:
    yield "## How late each signal fires"
    yield ""
    yield "At worst, from when its condition holds: the fastest rule of the corpus, and the slowest."
    yield ""
    yield "| signal | rules | fastest | slowest | as it comes about | source |"
    yield "|---|---|---|---|---|---|"
    by_word: dict[str, list[RuleProof]] = {}
    for proved in proof.rules:
        _, rule = catalog.rules[proved.path.catalog_rule]
        by_word.setdefault(rule.signal_word, []).append(proved)
    yield from (_bound(word, by_word[word]) for word in sorted(by_word))


def _bound(word: str, proved: Sequence[RuleProof]) -> str:
    known = sorted(
        (each.path.detection for each in proved if each.path.detection.seconds is not None),
        key=lambda detection: detection.seconds or 0,
    )
    if not known:
        return f"| {word} | {len(proved)} | not known | not known | {proved[0].path.detection.how} | none |"
    fastest, slowest = (Length(known[at].seconds or 0) for at in (0, -1))
    source = SOURCES.get(word, f"Datadog's {DATADOG}")
    return f"| {word} | {len(proved)} | {fastest} | {slowest} | {plain(known[-1].how)} | {source} |"


VERDICTS: Mapping[ProofVerdict, str] = {
    ProofVerdict.HOLDS: "proved",
    ProofVerdict.FAILS: "broken",
    ProofVerdict.NOT_PROVED: "not proved",
}


def _verdicts(proof: Proof) -> Iterator[str]:
    """The rules that wake somebody: how many are proved, and each finding that is accepted."""
    waking = [each for each in proof.rules if each.path.wakes]
    counted = Counter((each.verdict, bool(each.accepted)) for each in waking)
    yield "## What is proved"
    yield ""
    yield f"Of {len(waking)} rules that wake somebody:"
    yield ""
    for (verdict, accepted), number in sorted(counted.items()):
        exception = ", with what is accepted below" if accepted else ""
        yield f"- {number} {VERDICTS[verdict]}{exception}"
    yield ""
    yield "| accepted | rules |"
    yield "|---|---|"
    keys = Counter(accepted.witness.key for each in waking for accepted in each.accepted)
    yield from (f"| {plain(key)} | {number} |" for key, number in sorted(keys.items()))


def _rows(objects: Sequence[Translation]) -> Iterator[str]:
    yield "## Each of them"
    yield ""
    yield "| what | name | rules | lost |"
    yield "|---|---|---|---|"
    for each in objects:
        lost = "; ".join(sorted(loss.value for loss in each.losses))
        yield f"| {each.kind} | {plain(each.name)} | {len(each.rules)} | {lost} |"
