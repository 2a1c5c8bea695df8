"""An update that is bounded in time, the mark that it leaves, and whose lock may be released."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitoring.pipelines.update import (
    Ended,
    Lock,
    UpdateMark,
    is_locked,
    left_by,
    locks,
    mark_of,
    read_mark,
    recover,
    still_runs,
    update,
)

UP = "print('up', flush=True)"
HELD = "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})"
POLITE = f"{HELD}; {UP}; signal.sigwait({{signal.SIGINT}}); raise SystemExit(7)"
DEAF = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); {UP}; signal.pause()"
BEGAN = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
GONE = 2**22 + 1
"""No process has this number: Linux gives at most 2^22."""


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def bounded(folder: Path, code: str, *, limit: float = 60.0, grace: float = 60.0) -> Ended:
    return update(python(code), program=folder, stack="prod", limit=limit, grace=grace)


@pytest.mark.parametrize("code", [0, 255])
def test_an_update_that_ends_by_itself_leaves_no_mark(tmp_path, code):
    assert bounded(tmp_path, f"raise SystemExit({code})") == Ended(code, pending_operations=False)
    assert read_mark(mark_of(tmp_path, "prod")) is None


def test_the_mark_names_the_process_while_the_update_runs(tmp_path):
    show = "import os, pathlib, time\nmark = pathlib.Path('.pulumi/update-prod.json')\n"
    wait = "while not (mark.exists() and mark.read_text().endswith('}')): time.sleep(0.01)\n"
    bounded(tmp_path, f"{show}{wait}pathlib.Path('seen').write_text(mark.read_text() + '\\n' + str(os.getpid()))")
    mark, pid = (tmp_path / "seen").read_text().splitlines()
    assert json.loads(mark) | {"began": ""} == {
        "stack": "prod", "pid": int(pid), "host": socket.gethostname(), "began": "",
    }  # fmt: skip


def test_at_the_limit_it_is_interrupted_and_may_finish(tmp_path):
    assert bounded(tmp_path, POLITE, limit=1.0) in (
        Ended(7, pending_operations=True),
        Ended(-signal.SIGINT, pending_operations=True),
    )
    assert read_mark(mark_of(tmp_path, "prod")) is not None


def test_one_that_does_not_listen_is_killed(tmp_path):
    assert bounded(tmp_path, DEAF, limit=1.0, grace=0.1).pending_operations
    assert read_mark(mark_of(tmp_path, "prod")) is not None


def test_one_that_was_killed_from_outside_was_cut_short(tmp_path):
    killed = bounded(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert killed == Ended(-signal.SIGKILL, pending_operations=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["interrupted", "asked to end"])
def test_whoever_ends_the_command_ends_the_engine_politely(tmp_path, number):
    """As a pipeline does when somebody presses cancel; a job in a shell's background ignores SIGINT until it asks."""
    call = f"update({python(POLITE)!r}, program=Path({str(tmp_path)!r}), stack='prod', limit=60, grace=60)"
    listening = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)"
    imports = "from pathlib import Path\nfrom monitoring.pipelines.update import update"
    code = f"{listening}\n{imports}\nprint({call}, flush=True)"
    with subprocess.Popen(python(code), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "up\n"
        process.send_signal(number)
        assert process.stdout.read() == "Ended(code=7, pending_operations=True)\n"
    assert read_mark(mark_of(tmp_path, "prod")) is not None


@pytest.mark.parametrize("text", ["", "{", '{"stack": "prod"}', "[]"])
def test_a_mark_that_was_not_written_to_its_end_is_none(tmp_path, text):
    (tmp_path / "mark").write_text(text)
    assert read_mark(tmp_path / "mark") is None


def test_a_mark_that_is_a_link_out_of_its_folder_is_none(tmp_path):
    (tmp_path / "inside").mkdir()
    whole = UpdateMark(stack="prod", pid=1, host="build", began=datetime(2026, 11, 23, tzinfo=UTC))
    (tmp_path / "outside").write_text(whole.model_dump_json())
    assert read_mark(tmp_path / "outside") == whole
    (tmp_path / "inside" / "mark").symlink_to(tmp_path / "outside")
    assert read_mark(tmp_path / "inside" / "mark") is None


# --- locks -----------------------------------------------------------------------------------------------------

PLACE = "s3://bucket/.pulumi/locks/organization/monitoring/prod"
REFUSAL = f"""error: the stack is currently locked by 2 lock(s). Either wait for the other process(es) to end or delete
  {PLACE}/1.json: created by ana@box (pid 12) at 2026-11-26T03:00:05Z
  {PLACE}/2.json: created by a b@c@d (pid 7) at 2026-11-26T04:00:00+01:00
"""


def test_every_lock_that_the_engine_names_is_read():
    assert is_locked(REFUSAL)
    assert locks(REFUSAL) == [
        Lock("ana", "box", 12, BEGAN + timedelta(seconds=5)),
        Lock("a b@c", "d", 7, BEGAN),
    ]


def a_mark(**changed: Any) -> UpdateMark:
    return UpdateMark(**{"stack": "prod", "pid": GONE, "host": "box", "began": BEGAN, **changed})


@pytest.mark.parametrize(
    ("lock", "ours"),
    [
        pytest.param(Lock("ana", "box", GONE, BEGAN), True, id="its machine, its process, its second"),
        pytest.param(Lock("ana", "box", GONE, BEGAN + timedelta(minutes=9)), True, id="taken later"),
        pytest.param(Lock("ana", "box", GONE, BEGAN - timedelta(seconds=1)), False, id="older than the update"),
        pytest.param(Lock("ana", "box", 7, BEGAN), False, id="another process"),
        pytest.param(Lock("ana", "other", GONE, BEGAN), False, id="another machine"),
    ],
)
def test_a_lock_is_ours_only_where_everything_fits(lock, ours):
    assert left_by(a_mark(), lock) is ours


def test_an_update_still_runs_as_long_as_its_process_is_there():
    here = socket.gethostname()
    assert still_runs(a_mark(host=here, pid=os.getpid()))
    assert not still_runs(a_mark(host=here))
    assert not still_runs(a_mark(host="elsewhere", pid=os.getpid()))


# --- recovery --------------------------------------------------------------------------------------------------


class ScriptedEngine:
    """Answers like the engine, one prepared answer after the other; what was asked is kept."""

    def __init__(self, *answers: tuple[int, str]) -> None:
        self.answers, self.commands = list(answers), list[str]()

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        self.commands.append(words[0])
        code, text = self.answers.pop(0)
        return subprocess.CompletedProcess(words, code, "", text)


OURS = f"locked by 1 lock(s)\n  x: created by ana@box (pid {GONE}) at 2026-11-26T03:00:00Z\n"
THEIRS = "locked by 1 lock(s)\n  x: created by ben@box (pid 3) at 2026-11-26T03:00:00Z\n"
LOCKED = "the stack is currently "


ALL = ["refresh", "cancel", "refresh"]
CLOUD = "[409] Conflict: Another update is currently in progress."
RECOVERIES: Mapping[str, tuple[list[tuple[int, str]], list[str], bool, str]] = {
    "nothing was left": ([(0, "")], ["refresh"], True, "no lock was left"),
    "its own lock": ([(255, LOCKED + OURS), (0, ""), (0, "")], ALL, True, "its own lock is released"),
    "a stranger's lock": ([(255, LOCKED + THEIRS)], ["refresh"], False, "ben@box (process 3)"),
    "its own and a stranger's": ([(255, LOCKED + OURS + THEIRS)], ["refresh"], False, "ben@box"),
    "a lock without a name, as in Pulumi Cloud": ([(255, CLOUD)], ["refresh"], False, "does not say by whom"),
    "another failure": ([(255, "error: no such stack")], ["refresh"], False, "no such stack"),
    "no right to release": ([(255, LOCKED + OURS), (1, "denied")], ["refresh", "cancel"], False, "denied"),
    "somebody came in between": (
        [(255, LOCKED + OURS), (0, ""), (255, LOCKED + THEIRS)],
        ALL,
        False,
        "could not go on",
    ),
}


@pytest.mark.parametrize(
    ("answers", "commands", "done", "says"), [pytest.param(*case, id=id_) for id_, case in RECOVERIES.items()]
)
def test_only_its_own_lock_is_released(answers, commands, done, says):
    engine = ScriptedEngine(*answers)
    result = recover(engine, a_mark(), stack="prod")
    assert (engine.commands, result.done) == (commands, done)
    assert says in result.sentence


def test_without_a_mark_and_beside_a_running_update_the_engine_is_not_asked():
    engine = ScriptedEngine()
    assert recover(engine, None, stack="prod").done
    running = recover(engine, a_mark(host=socket.gethostname(), pid=os.getpid()), stack="prod")
    assert (running.done, "still runs" in running.sentence) == (False, True)
