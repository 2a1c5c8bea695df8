"""The texts of the catalog that people read on a page: each with its entry and the field in which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from monitoring.checks._context import Context
from monitoring.checks._sent_texts import SENDERS
from monitoring.checks._subjects import TENANTS, of_kinds


class PageText(NamedTuple):
    """A text, and the entry and the field in which it stands."""

    kind: str
    entry: str
    field: str
    content: str

    @property
    def subject(self) -> str:
        """The entry with its kind."""
        return f"{self.kind} {self.entry}"


def texts(context: Context) -> Iterator[PageText]:
    """Each title of the catalog, what each rule means, and its texts of single transitions."""
    catalog = context.catalog
    for _, rule, _ in context.rules:
        yield PageText("rule", rule.id, "title", rule.title)
        yield PageText("rule", rule.id, "means", rule.means)
        yield from (PageText("rule", rule.id, word, text) for word, text in rule.transition_texts.items() if text)
    for kind, titled in (("service", catalog.services), ("team", catalog.teams), ("tenant", catalog.tenants)):
        yield from (PageText(kind, name, "title", entry.title) for name, entry in titled.items())
    for kind, named in (("schedule", catalog.oncall.schedules), ("policy", catalog.oncall.policies)):
        yield from (PageText(kind, name, "title", entry.title or name) for name, entry in named.items())
    yield from (PageText("maintenance", name, "title", window.title) for name, window in catalog.maintenance.items())
    yield from (PageText("maintenance", name, "reason", window.reason) for name, window in catalog.maintenance.items())


TEXTS = of_kinds("entries with a text", {**SENDERS, "tenant": TENANTS})
