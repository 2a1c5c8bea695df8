"""The version of the files' format, which platform.yaml says for the whole catalog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitoring.errors import Problem, Source
from monitoring.loader.documents import Document
from monitoring.model.platform import FORMAT
from monitoring.model.scalars import shown

CHECK = "format"
# An older format -> what has to be changed in it. Format 0 is that of the catalogs that did not say one.
CHANGES: Mapping[int, str] = {0: "write format: 1 in the first line of platform.yaml; nothing else changes"}


def format_problems(platform: Document) -> Iterator[Problem]:
    """What has to be done before a catalog of this format is read; nothing where it is the tool's own."""
    if not isinstance(platform.data, dict):
        return
    given = platform.data.get("format", 0)
    if given != FORMAT or isinstance(given, bool):
        what, remedy = _difference(given)
        yield Problem(Source(platform.file, platform.lines.at("format")), "format", what, remedy, CHECK)


def _difference(given: Any) -> tuple[str, str]:
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        return f"{shown(given)} is not the number of a format", f"write format: {FORMAT}"
    if given > FORMAT:
        return f"this catalog has format {given}, this tool reads {FORMAT}", "update the tool"
    return f"this catalog has format {given}, this tool reads {FORMAT}", CHANGES[given]


def is_newer(platform: Document) -> bool:
    """Whether a catalog is written for a later tool, so that nothing more can be said about it."""
    given = platform.data.get("format") if isinstance(platform.data, dict) else None
    return isinstance(given, int) and given > FORMAT
