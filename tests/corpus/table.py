"""The table of the corpus: what of it the catalog can say, and why it cannot say the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from monitoring.markdown_text import plain
from tests.corpus import HERE
from tests.corpus.translation.comparing import UNCOMPARED
from tests.corpus.translation.losses import Translation

TABLE = HERE / "README.md"
INTRODUCTION = """# What real teams have, as a catalog

What a company has at its vendors, as their lists answer it, and what of it the catalog can say.
All of it is invented, in the forms that real configurations have.
`python -m tests.corpus` writes this page; the tests hold it.

- Without loss: everything that is compared is in the Plan as it is at the vendor.
  A warn level is a rule of its own, and counts as without loss.
- Expressible: it is a rule that detects the same, and something about it is lost.
"""


def page(objects: Sequence[Translation]) -> str:
    """The whole page."""
    parts = ([INTRODUCTION], _shares(objects), _reasons(objects), _uncompared(), _rows(objects))
    return "\n".join(line for part in parts for line in (*part, ""))


def shares(objects: Sequence[Translation]) -> tuple[float, float]:
    """Which share is expressible, and which without loss."""
    whole = sum(each.is_whole for each in objects)
    return sum(each.is_expressible for each in objects) / len(objects), whole / len(objects)


def _shares(objects: Sequence[Translation]) -> Iterator[str]:
    yield "| what | number | expressible | without loss | of these with a warn level |"
    yield "|---|---|---|---|---|"
    for kind in dict.fromkeys(each.kind for each in objects):
        own = [each for each in objects if each.kind == kind]
        said, whole = (f"{share:.0%}" for share in shares(own))
        two = sum(each.is_whole and len(each.rules) > 1 for each in own)
        yield f"| {kind} | {len(own)} | {said} | {whole} | {two} |"


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
    yield "| property | why |"
    yield "|---|---|"
    yield from (f"| {name} | {why} |" for name, why in UNCOMPARED.items())


def _rows(objects: Sequence[Translation]) -> Iterator[str]:
    yield "## Each of them"
    yield ""
    yield "| what | name | rules | lost |"
    yield "|---|---|---|---|"
    for each in objects:
        lost = "; ".join(sorted(loss.value for loss in each.losses))
        yield f"| {each.kind} | {plain(each.name)} | {len(each.rules)} | {lost} |"
