"""What has to hold for runbooks beyond their headings: the rule's own title, and links that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from monitoring.errors import Problem, Source
from monitoring.model.catalog import Catalog
from monitoring.model.words import quoted

CHECK = "docs"
_MARKDOWN = MarkdownIt("commonmark")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//")


def runbook_problems(catalog: Catalog, folder: Path, texts: Mapping[str, str], shown: str) -> list[Problem]:
    """What is wrong with the runbooks of a folder, by their names without `.md`; `shown` is the folder's own name."""
    mistakes = (
        Problem(Source(f"{shown}/{name}.md", line), "", what, remedy, CHECK)
        for name, text in texts.items()
        if name in catalog.rules
        for line, what, remedy in _mistakes(catalog.rules[name][1].title, folder, text)
    )
    return sorted(mistakes)


Mistake = tuple[int, str, str]


def _mistakes(title: str, folder: Path, text: str) -> Iterator[Mistake]:
    tokens = _MARKDOWN.parse(text)
    if text.partition("\n")[0].rstrip() != f"# {title}":
        yield 1, "its first line is not the rule's title", f'write "# {title}"'
    for line, target in _links(tokens):
        path, _, heading = target.partition("#")
        if not (folder / path).exists():
            yield line, f"the link {quoted(target)} leads nowhere", "write where the page is, or take the link out"
        elif heading and not path and heading not in _anchors(tokens):
            yield line, f"the link {quoted(target)} names no heading of this page", "write the heading's own anchor"


def _links(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """The line and target of each link and picture that stays inside the project."""
    for token in tokens:
        for inner in token.children or ():
            target = str(inner.attrGet("href") or inner.attrGet("src") or "")
            if target and not _ELSEWHERE.match(target):
                yield (token.map or [0])[0] + 1, target


def _anchors(tokens: list[Token]) -> set[str]:
    """The anchors that GitHub gives to a page's headings."""
    texts = (after.content for token, after in pairwise(tokens) if token.type == "heading_open")
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in texts}
