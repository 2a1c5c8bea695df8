"""A console that shows every text as it stands."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from monitoring.literal import literal

_UNBOUNDED = 10_000
"""Columns that no line fills."""


class LiteralConsole(Console):
    """A console that obeys nothing in a text, whoever wrote it: not Rich's markup, not an escape of the terminal."""

    def __init__(self, *, stderr: bool = False, width: int | None = None) -> None:
        super().__init__(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)

    def render_str(self, text: str, **options: Any) -> Text:
        """A text, also one in a table, without what a terminal would obey."""
        return super().render_str(literal(text), **options)


class FileConsole(LiteralConsole):
    """A console whose lines go to a pipe or a file: each as wide as it has to be, with no blanks at its end."""

    def __init__(self) -> None:
        super().__init__(width=_UNBOUNDED)

    def print(self, *objects: Any, **options: Any) -> None:
        """What the console above prints, line by line without the blanks that fill a table's last column."""
        with self.capture() as printed:
            super().print(*objects, **options)
        self.file.write("\n".join(line.rstrip(" ") for line in printed.get().split("\n")))


def styled(text: str, style: str) -> Text:
    """A text in a style."""
    return Text(literal(text), style)
