"""Where answers go: standard output and standard error, which a reader can close and a disk can fill."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, TextIO

from monitoring.errors import UsageError

if TYPE_CHECKING:
    from typing_extensions import Buffer


class _Output(io.FileIO):
    """A stream that writes into nothing once its reader has closed it, or once it cannot be written.

    Raises UsageError when an answer cannot be written; an error message that cannot be written is dropped.
    """

    def write(self, content: Buffer, /) -> int:
        try:
            return super().write(content)
        except OSError as error:
            reader_left, descriptor = isinstance(error, BrokenPipeError), self.fileno()
            with open(os.devnull, "wb") as nowhere:
                os.dup2(nowhere.fileno(), descriptor)
            if reader_left or descriptor == 2:
                return super().write(content)
            reason = (error.strerror or "it failed").lower()
            raise UsageError(f"the answer cannot be written to standard output: {reason}") from None


def reliable(stream: TextIO) -> TextIO:
    """The same stream for a command whose exit code stays that of its answer, as in `monitoring check | head -3`.

    A character that its encoding lacks is written as an escape.
    """
    raw = _Output(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding=stream.encoding, errors="backslashreplace", line_buffering=stream.isatty()
    )
