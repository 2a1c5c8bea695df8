"""Markdown, as GitHub reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitoring.markdown_text import link, plain
from monitoring.model.catalog import Catalog

__all__ = ["code", "document", "inert", "link", "made_from", "plain", "table"]

# What GitHub, Slack and mail programs act on by themselves: mentions, addresses of people and of pages.
_ACTIVE = {"@": "(at)", "<!": "< !", "://": ": //", "www.": "www ."}


def code(text: str) -> str:
    """A name of ours that holds no backtick, such as a rule's id."""
    return f"`{text}`"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells are Markdown already."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def document(*blocks: str) -> str:
    """The blocks with an empty line between two of them; empty blocks are left out."""
    return "\n\n".join(block for block in blocks if block) + "\n"


def made_from(catalog: Catalog) -> str:
    """The sentence that keeps people from editing a generated page."""
    return f"<!-- Made by `monitoring docs` from the catalog of {plain(catalog.platform.title)}; edit that instead. -->"


def inert(text: str) -> str:
    """A user's text on one line that cannot mark, link, mention or begin anything, wherever a template puts it."""
    flat = " ".join(text.split())
    for mark, harmless in _ACTIVE.items():
        flat = flat.replace(mark, harmless)
    return plain(flat)
