"""A text as Markdown that shows this text, wherever it stands: on a line, in a cell, in a heading or in a link."""

from __future__ import annotations

import re

# Between two letters, an underscore is left alone; everywhere else these begin something, `$` a formula on GitHub, and
# `#` at the end closes a heading (CommonMark 0.31 and GitHub's extensions, github.github.com/gfm).
_SPECIAL = re.compile(r"[\\`*<>\[\]|~&$]|(?<![^\W_])_|_(?![^\W_])|#(?=#*$)")
# A number or a sign that begins a list, a heading, a rule or an underline at the start of a line.
_BEGINS = re.compile(r"^(\d+(?=[.)])|(?=#+(?:\s|$))|(?=[+=:-]))")
# Addresses become links by themselves (GitHub's autolinks).
_AUTOLINK = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)


def plain(text: str) -> str:
    """The text as it stands, with nothing in it that Markdown would take for its own."""
    return _BEGINS.sub(r"\1\\", _AUTOLINK.sub(r"\\", _SPECIAL.sub(r"\\\g<0>", text)))


def link(label: str, target: str) -> str:
    """A link to a page or to a heading; the label is Markdown already."""
    return f"[{label}]({target.replace('&', '&amp;')})"
