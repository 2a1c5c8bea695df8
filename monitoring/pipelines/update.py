"""An update of a stack that is bounded in time, leaves a mark while it runs, and whose own lock can be released.

The engine of a bucket, a table or a folder keeps a lock as long as it works, and a killed one leaves it behind;
`pulumi cancel` takes away every lock of a stack, whosever it is. So the lock's owner is read first: the engine names
user, machine, process and time of each lock when it refuses to work.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from monitoring.file_reading import UnreadableFileError, content_of
from monitoring.pipelines.children import interrupted_by_sigterm, stop

LOCK = re.compile(r": created by (?P<user>.*)@(?P<host>.*) \(pid (?P<pid>\d+)\) at (?P<since>\S+)")
"""A lock as Pulumi 3.259 prints it (pkg/v3/backend/diy/lock.go)."""
LOCKED = re.compile(r"currently locked by \d+ lock|Another update is currently in progress")


class UpdateMark(BaseModel):
    """What an update leaves beside the program while it runs: the engine's process, the machine, the beginning."""

    model_config = ConfigDict(frozen=True)

    stack: str
    pid: int
    host: str
    began: AwareDatetime


@dataclass(frozen=True, slots=True)
class Lock:
    """Who holds a stack, and since when, in whole seconds."""

    user: str
    host: str
    pid: int
    since: datetime

    def __str__(self) -> str:
        return f"{self.user}@{self.host} (process {self.pid}) since {self.since.isoformat()}"


@dataclass(frozen=True, slots=True)
class Ended:
    """How an update ended: its exit code, and whether it was cut short."""

    code: int
    pending_operations: bool


def mark_of(program: Path, stack: str) -> Path:
    """Where the mark of a running update lies."""
    return program / ".pulumi" / f"update-{stack}.json"


def read_mark(path: Path) -> UpdateMark | None:
    """The mark that an update left; None where no whole one can be read, so that nobody's lock is released for it."""
    try:
        return UpdateMark.model_validate_json(content_of(path, within=path.parent))
    except (FileNotFoundError, UnreadableFileError, ValidationError):
        return None


def update(command: Sequence[str], *, program: Path, stack: str, limit: float, grace: float) -> Ended:
    """Runs an update to its end, `limit` seconds at most; its mark stays where it was cut short.

    At the limit, and when this process is asked to end, the engine is interrupted: it finishes what is under way.
    It is killed where that takes longer than `grace` seconds.
    """
    mark = mark_of(program, stack)
    mark.parent.mkdir(exist_ok=True)
    with interrupted_by_sigterm():
        process = subprocess.Popen(command, cwd=program, stdin=subprocess.DEVNULL, start_new_session=True)
        ended = _watched(process, mark, stack, limit=limit, grace=grace)
    if not ended.pending_operations:
        mark.unlink(missing_ok=True)
    return ended


def _write_mark(path: Path, stack: str, pid: int) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    path.write_text(UpdateMark(stack=stack, pid=pid, host=socket.gethostname(), began=began).model_dump_json())


def _watched(process: subprocess.Popen[bytes], mark: Path, stack: str, *, limit: float, grace: float) -> Ended:
    try:
        _write_mark(mark, stack, process.pid)
        code = process.wait(limit)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        return Ended(stop(process, grace=grace), pending_operations=True)
    return Ended(code, pending_operations=code < 0)


# --- the lock --------------------------------------------------------------------------------------------------


def is_locked(text: str) -> bool:
    """Whether the engine refused to work because somebody holds the stack."""
    return LOCKED.search(text) is not None


def locks(text: str) -> list[Lock]:
    """The locks that the engine named when it refused to work."""
    return [_lock(match.groupdict()) for match in LOCK.finditer(text)]


def _lock(parts: Mapping[str, str]) -> Lock:
    return Lock(parts["user"], parts["host"], int(parts["pid"]), datetime.fromisoformat(parts["since"]))


def left_by(mark: UpdateMark, lock: Lock) -> bool:
    """Whether a lock is the one of the update that left the mark: same machine, same process, and not older."""
    return (lock.host, lock.pid) == (mark.host, mark.pid) and lock.since >= mark.began


def still_runs(mark: UpdateMark) -> bool:
    """Whether the update that left the mark is still at work on this machine."""
    if mark.host != socket.gethostname():
        return False
    try:
        os.kill(mark.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


# --- recovery --------------------------------------------------------------------------------------------------

Engine = Callable[..., subprocess.CompletedProcess[str]]


@dataclass(frozen=True, slots=True)
class Recovery:
    """What became of the state after an update was cut short; `done` where steps 1 and 2 are over."""

    done: bool
    sentence: str


def recover(engine: Engine, mark: UpdateMark | None, *, stack: str) -> Recovery:
    """Steps 1 and 2 of the page on interrupted runs, as far as they are safe: never another run's lock."""
    if mark is None:
        return Recovery(True, "no update was cut short here: nothing to do")
    if still_runs(mark):
        return Recovery(False, f"the update still runs (process {mark.pid}): wait for its end; nothing was changed")
    refresh = ("refresh", "--yes", "--skip-preview", "--clear-pending-creates", "--stack", stack, "--non-interactive")
    first = engine(*refresh)
    if first.returncode == 0:
        return Recovery(True, "no lock was left; what was under way is forgotten, and the rest was read again")
    others = [lock for lock in locks(_both(first)) if not left_by(mark, lock)]
    if others or not locks(_both(first)):
        return Recovery(False, _refused(_both(first), others))
    return _released(engine, refresh, stack=stack)


def _released(engine: Engine, refresh: Sequence[str], *, stack: str) -> Recovery:
    cancelled = engine("cancel", "--yes", "--stack", stack, "--non-interactive")
    again = engine(*refresh) if cancelled.returncode == 0 else cancelled
    if again.returncode:
        return Recovery(False, f"the engine could not go on:\n{_both(again).strip()}")
    return Recovery(True, "its own lock is released; what was under way is forgotten, and the rest was read again")


def _refused(text: str, others: Sequence[Lock]) -> str:
    if others:
        return f"another run holds the stack: {', '.join(map(str, others))}; its lock was not touched"
    if is_locked(text):
        return f"the stack is locked, and the engine does not say by whom; nothing was released:\n{text.strip()}"
    return f"the engine could not go on:\n{text.strip()}"


def _both(run: subprocess.CompletedProcess[str]) -> str:
    return f"{run.stdout}\n{run.stderr}"
