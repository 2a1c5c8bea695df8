"""Files that a command is told to read or write, so that every failure is one sentence."""

from __future__ import annotations

import os
from pathlib import Path

from monitoring.errors import UsageError


def read(path: Path, option: str) -> bytes | None:
    """What a file holds, None where there is none; UsageError, naming the option, where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as wrong:
        raise UsageError(f'"{path}" cannot be read: {_said(wrong)}; name another with {option}') from None


def text(path: Path, option: str) -> str:
    """The text of a file; UsageError, naming the option, where there is none."""
    content = read(path, option)
    if content is None:
        raise UsageError(f'there is no file "{path}"; name another with {option}')
    try:
        return content.decode()
    except UnicodeDecodeError as wrong:
        raise UsageError(f'"{path}" is not UTF-8 at byte {wrong.start}; name another with {option}') from None


def write(path: Path, content: str, option: str) -> bool:
    """Puts a text in its place, whole or not at all; whether that changed anything.

    Raises UsageError, naming the option, where it cannot be written.
    """
    if read(path, option) == content.encode():
        return False
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content.encode())
        beside.replace(path)
    except OSError as wrong:
        raise UsageError(f'"{path}" cannot be written: {_said(wrong)}; name another with {option}') from None
    finally:
        if beside.is_file():
            beside.unlink()
    return True


def first_difference(there: bytes, made: bytes) -> int:
    """The first line that differs, from 1."""
    same = 0
    for old, new in zip(there.splitlines(keepends=True), made.splitlines(keepends=True), strict=False):
        if old != new:
            break
        same += 1
    return same + 1


def _said(wrong: OSError) -> str:
    return (wrong.strerror or "it failed").lower()
