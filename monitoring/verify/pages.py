"""What has to hold for the documents as pages: a runbook has its rule's title, and each link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from monitoring.errors import Problem, Source
from monitoring.file_reading import UnreadableFileError, content_of
from monitoring.model.catalog import Catalog
from monitoring.model.scalars import quoted

CHECK = "docs"
_MARKDOWN = MarkdownIt("commonmark").enable("table")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def page_problems(
    catalog: Catalog, folder: Path, texts: Mapping[str, str], runbooks: str, shown: str, root: Path
) -> list[Problem]:
    """What is wrong with the pages of a folder, by their paths in it.

    `runbooks` is the runbooks' folder in it, `shown` is the folder as a person types it, and no page outside of the
    project's folder `root` is read.
    """
    titles = {f"{runbooks}{name}.md": rule.title for name, (_, rule) in catalog.rules.items()}
    mistakes = (
        Problem(Source(f"{shown}/{name}", line), "", what, remedy, CHECK)
        for name, text in texts.items()
        for line, what, remedy in (*_title(titles.get(name), text), *_dead_links(folder / name, text, root))
    )
    return sorted(mistakes)


Mistake = tuple[int, str, str]


def _title(title: str | None, text: str) -> Iterator[Mistake]:
    if title is not None and text.partition("\n")[0].rstrip() != f"# {title}":
        yield 1, "its first line is not the rule's title", f'write "# {title}"'


def _dead_links(page: Path, text: str, root: Path) -> Iterator[Mistake]:
    for line, target in _links(_tokens(text)):
        path, _, heading = target.partition("#")
        there = page.parent / path if path else page
        if not there.exists():
            yield line, f"the link {quoted(target)} leads nowhere", "write where the page is, or take the link out"
        elif heading and there.suffix == ".md" and heading not in _anchors(there, root):
            yield line, f"the link {quoted(target)} names no heading of that page", "write the heading's own anchor"


def _tokens(text: str) -> list[Token]:
    """The parts of a page; its front matter counts as empty lines, so that each part keeps its line."""
    return _MARKDOWN.parse(_FRONT_MATTER.sub(lambda front: "\n" * front[0].count("\n"), text))


def _links(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """The line and target of each link and picture that stays inside the project."""
    line = 0
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        for inner in token.children or ():
            target = str(inner.attrGet("href") or inner.attrGet("src") or "")
            if target and not _ELSEWHERE.match(target):
                yield line, target


@cache
def _anchors(page: Path, root: Path) -> frozenset[str]:
    """The anchors that GitHub gives to a page's headings; none where the page cannot be read inside the project."""
    try:
        tokens = _tokens(content_of(page, within=root).decode())
    except (OSError, UnreadableFileError, UnicodeDecodeError):
        return frozenset()
    texts = (after.content for token, after in pairwise(tokens) if token.type == "heading_open")
    return frozenset(re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in texts)
