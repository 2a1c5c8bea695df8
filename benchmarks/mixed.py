"""1,000 rules of every kind, as often as the corpus has each: check, preview and proof within what is promised.

    python -m benchmarks.mixed

Exit code 1 where a promise is broken. The promises are those of `loader`, `preview` and `reach`, whose catalogs have
five kinds of rule, two and one.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from benchmarks.corpus import TODAY, mixed
from benchmarks.loader import bare, judged
from benchmarks.preview import against_plain
from benchmarks.ratio import Case, told, verdict
from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from monitoring.reach.proof import prove_catalog

RULES, MORE = 1_000, 1_100


class BareRule(BaseModel):
    """A rule's shape, with plain types; what it watches has as many forms as there are signals."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str | int | list[str] | dict[str, Any]]
    id: str
    title: str
    severity: str
    means: str
    team: str | None = None


class BareService(BaseModel):
    """A service's shape, with plain types."""

    service: str
    title: str
    team: str
    tier: str
    http: bool
    rules: list[BareRule] = []


def cases() -> Iterator[Case]:
    """What is promised of checking and proving."""
    catalog = mixed(RULES)
    contents = {name: yaml.load(content, Loader=yaml.CSafeLoader) for name, content in catalog.files.items()}
    yield Case(
        "1,000 rules of every kind, read and checked, against composer and bare validation",
        work=lambda: judged(catalog.files, catalog.runbooks),
        against=lambda: bare(catalog.files, contents, BareService),
        at_most=10,
        clock=time.process_time,
    )
    fewer, more = (load_texts(mixed(rules).files) for rules in (RULES, MORE))
    yield Case(
        "the proof of 1,100 rules of every kind, against that of 1,000",
        work=lambda: proved(more),
        against=lambda: proved(fewer),
        at_most=1.2,
        clock=time.process_time,
    )


def proved(catalog: Catalog) -> None:
    """Proves a catalog, in which nothing speaks against a promise but what is accepted."""
    assert prove_catalog(catalog, environment="prod", today=TODAY).holds


def main() -> int:
    """Measures, prints, and answers 1 where a promise is broken."""
    broken = verdict(cases())
    with tempfile.TemporaryDirectory() as room:
        plain, own, faster = against_plain(mixed(RULES).write(Path(room) / "catalog"), Path(room))
    name = f"preview of {RULES:,} rules of every kind in process ({own:.2f} s), plain program ({plain:.2f} s)"
    kept = told(name, f"{faster:.2f}x", "at least 2x", kept=faster >= 2)
    return 0 if kept and not broken else 1


if __name__ == "__main__":
    sys.exit(main())
