"""Files that a command is told to read or write, so that every failure is one sentence."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from monitoring.errors import UsageError
from monitoring.file_reading import MAX_MADE_BYTES, UnreadableFileError, content_of, content_of_chosen


def read(path: Path, option: str, within: Path | None = None) -> bytes | None:
    """What a file holds, None where there is none; UsageError, naming the option, where it cannot be read.

    A file that lies `within` a folder is read only if it is a regular one there; one that was named may be a pipe.
    """
    try:
        return content_of(path, within=within, limit=MAX_MADE_BYTES) if within else content_of_chosen(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f'"{path}" cannot be read: {_reason(error)}; name another with {option}') from None
    except UnreadableFileError as error:
        raise UsageError(f'"{path}" {error}') from None


def text(path: Path, option: str, within: Path | None = None) -> str:
    """The text of a file; UsageError, naming the option, where there is none."""
    content = read(path, option, within)
    if content is None:
        raise UsageError(f'there is no file "{path}"; name another with {option}')
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise UsageError(f'"{path}" is not UTF-8 at byte {error.start}; name another with {option}') from None


def require_place(path: Path | None, option: str) -> None:
    """Raises UsageError, naming the option, where there is no folder into which a path could be put that is chosen."""
    if path is None:
        return
    if os.path.lexists(path.parent) and not os.path.isdir(path.parent):
        raise UsageError(f'"{path.parent}" is no folder; name another with {option}')
    if not os.path.isdir(path.parent):
        raise UsageError(f'there is no folder "{path.parent}"; create it first, or name another with {option}')


def write(path: Path, content: str, option: str, *, folder: Path | None = None) -> bool:
    """Puts a text in its place, whole or not at all and with the mode that it had; whether that changed anything.

    `folder` is made where it is missing, with all that lies between it and the file, and nothing above it ever is.
    Raises UsageError, naming the option, where the text cannot be written.
    """
    require_place(folder or path, option)
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise UsageError(f'"{path}" is a pipe or a device, and no file; name another with {option}')
    if read(path, option) == content.encode():
        return False
    temporary = _temporary_path(path)
    try:
        _make(folder, path)
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
        if mode is not None:
            temporary.touch(0o600)  # nobody else reads it before it has the mode of the file
        temporary.write_bytes(content.encode())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    except OSError as error:
        raise UsageError(f'"{path}" cannot be written: {_reason(error)}; name another with {option}') from None
    finally:
        _remove(temporary)
    return True


def remove(path: Path, option: str) -> None:
    """Removes a file, where there is one; UsageError, naming the option, where that cannot be."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f'"{path}" cannot be removed: {_reason(error)}; name another with {option}') from None


def _make(folder: Path | None, path: Path) -> None:
    """Makes the folder of a file that lies in one which the command may make."""
    if folder is not None:
        path.parent.mkdir(parents=True, exist_ok=True)


def _temporary_path(path: Path) -> Path:
    """A name in the same folder that nobody else uses."""
    return path.with_name(f".{path.name}.{token_hex(4)}")


def _remove(path: Path) -> None:
    """Removes what was left of a write, where anything was."""
    with suppress(OSError):
        path.unlink()


def write_new(path: Path, content: str, option: str) -> bool:
    """Puts a text where there is no file yet, whole or not at all; whether there was none.

    Its folder is made where it is missing, and nothing above it. Two that write at once both succeed or find the
    other's: a link is made only where no name is taken. Raises UsageError, naming the option, where it cannot be
    written.
    """
    require_place(path.parent, option)
    temporary = _temporary_path(path)
    try:
        _make(path.parent, path)
        temporary.write_bytes(content.encode())
        path.hardlink_to(temporary)
    except FileExistsError:
        if path.parent.is_dir():
            return False
        raise UsageError(f'"{path.parent}" is no folder; name another with {option}') from None
    except OSError as error:
        raise UsageError(f'"{path}" cannot be written: {_reason(error)}; name another with {option}') from None
    finally:
        _remove(temporary)
    return True


def put_new(source: Path, place: Path, option: str) -> None:
    """Puts a file or a folder where there is none yet; UsageError, naming the option, where it cannot be put."""
    try:
        if source.is_dir():
            source.rename(place)
        else:
            place.hardlink_to(source)
    except OSError as error:
        raise UsageError(f'"{place}" cannot be written: {_reason(error)}; name another with {option}') from None


def first_difference(before: bytes, after: bytes) -> int:
    """The first line that differs, from 1."""
    same = 0
    for old, new in zip(before.splitlines(keepends=True), after.splitlines(keepends=True), strict=False):
        if old != new:
            break
        same += 1
    return same + 1


def _reason(error: OSError) -> str:
    return (error.strerror or "it failed").lower()
