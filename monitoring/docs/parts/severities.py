"""What each severity does: whom it wakes, how soon, and what it promises to the public."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.docs.markdown import plain, table
from monitoring.docs.rule_facts import within
from monitoring.model.catalog import Catalog
from monitoring.model.severity import Promise, PublicUpdates, Severity, Stage

_NO_NOTICE = "no public notice"


def severities(catalog: Catalog, _: str) -> str:
    """What choosing a severity does."""
    headings = ["severity", "what it is for", "who is woken", "a signal sees it", "it reminds", "first public notice"]
    return table(headings, ([f"**{name}**", *_row(promise)] for name, promise in _by_severity(catalog)))


def _by_severity(catalog: Catalog) -> list[tuple[Severity, Promise]]:
    return sorted(catalog.severities.items())


def _row(promise: Promise) -> Iterator[str]:
    public = promise.public_updates
    yield plain(promise.title)
    yield within(promise)
    yield f"within {promise.detects_within}"
    yield f"every {promise.reminds_every}"
    yield f"within {public.first_within}" if public else _NO_NOTICE


def update_clock(catalog: Catalog, _: str) -> str:
    """When the public hears something, by severity and stage."""
    headings = ["severity", "first notice", *(stage.value for stage in Stage)]
    return table(
        headings, ([f"**{name}**", *_clock(promise.public_updates)] for name, promise in _by_severity(catalog))
    )


def _clock(public: PublicUpdates | None) -> list[str]:
    if public is None:
        return [_NO_NOTICE, *("–" for _ in Stage)]
    pauses = [f"every {pause}" for pause in public.every.values()]
    return [f"within {public.first_within}", *pauses, "once, when it is over"]
