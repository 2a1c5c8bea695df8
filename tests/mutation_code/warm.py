"""`python -m tests.mutation_code.warm`, inside a copy of the tree: answers one request a line, each in a fork.

The vendors' packages and all other libraries are imported once, before the forks; the tool and its tests are imported
in each of them, and so as they lie in the copy at that moment.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.mutation_code import session

Request = dict[str, Any]
MAX_MEMORY = 6 << 30
TIMED_OUT = {"outcome": "killed", "by": "no end in sight"}


def main() -> None:
    """Reads requests from standard input until it ends."""
    root = Path.cwd()
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for line in sys.stdin:
        answers.write(json.dumps(answer(root, json.loads(line))) + "\n")


def answer(root: Path, request: Request) -> Any:
    """What a request asks for: libraries to import, a baseline to measure, or a mutant to judge."""
    match request["do"]:
        case "collect":
            modules = forked(lambda: session.libraries(request["tests"]), request["seconds"])
            return [name for name in modules or () if _imported(name)]
        case "measure":
            return forked(lambda: session.measure(root, request["tests"], request["folder"]), request["seconds"])
        case "judge":
            with changed(root / request["module"], request["text"]):
                return forked(lambda: session.judge(request["limits"]), request["seconds"]) or TIMED_OUT
        case other:
            raise ValueError(f"nobody knows how to {other}")


def forked(work: Callable[[], Any], seconds: float) -> Any:
    """What the work answers in a process of its own; None where it ends without, or takes more processor time.

    Four times as much is left by the clock on the wall, for what waits instead of computing.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _work(work, writer, seconds)
    os.close(writer)
    ends = time.monotonic() + 4 * seconds
    text = _read(reader, ends)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return json.loads(text) if text else None


@contextmanager
def changed(path: Path, text: str) -> Iterator[None]:
    """The file holds another text meanwhile."""
    before = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(before, encoding="utf-8")


def _work(work: Callable[[], Any], writer: int, seconds: float) -> None:
    os.setpgid(0, 0)
    quiet = os.open(os.devnull, os.O_RDWR)
    for number in (0, 2):
        os.dup2(quiet, number)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_DATA, (MAX_MEMORY, MAX_MEMORY))
    try:
        text = json.dumps(work())
    except BaseException:
        text = json.dumps({"error": traceback.format_exc()})
    with os.fdopen(writer, "w") as answers:
        answers.write(text)
    os._exit(0)


def _read(reader: int, until: float) -> str:
    import select

    text = b""
    while (left := until - time.monotonic()) > 0 and select.select([reader], [], [], left)[0]:
        part = os.read(reader, 1 << 16)
        text += part
        if not part:
            break
    else:
        text = b""
    os.close(reader)
    return text.decode()


def _imported(name: str) -> bool:
    with suppress(Exception):
        importlib.import_module(name)
        return True
    return False


if __name__ == "__main__":
    main()
