"""A program below a command: whoever ends the command asks the program to end, and kills it only where it does not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from monitoring.pipelines.children import captured

HELD = "import os, signal; signal.pthread_sigmask(signal.SIG_BLOCK, {{signal.SIGINT}})"
UP = "open({up!r}, 'w').write(str(os.getpid()))"
POLITE = f"{HELD}; {UP}; signal.sigwait({{{{signal.SIGINT}}}}); open({{ended!r}}, 'w').write('tidied')"
DEAF = f"import os, signal; signal.signal(signal.SIGINT, signal.SIG_IGN); {UP}; signal.pause()"
CALL = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from monitoring.pipelines.children import captured
try:
    captured({command!r}, grace={grace})
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def interrupted(tmp_path: Path, code: str, number: signal.Signals, *, grace: float) -> tuple[str, str]:
    """What a caller prints that gets a signal while its program runs, and what the program wrote at its end."""
    up, ended = tmp_path / "up", tmp_path / "ended"
    program = [sys.executable, "-c", code.format(up=str(up), ended=str(ended))]
    up.unlink(missing_ok=True)
    os.mkfifo(up)
    call = CALL.format(command=program, grace=grace)
    with subprocess.Popen([sys.executable, "-c", call], stdout=subprocess.PIPE, text=True) as caller:
        up.read_text()  # waits until the program is up
        caller.send_signal(number)
        printed, _ = caller.communicate()
    return printed, ended.read_text() if ended.exists() else ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["interrupted", "asked to end"])
def test_a_program_that_listens_ends_by_itself(tmp_path: Path, number: signal.Signals) -> None:
    assert interrupted(tmp_path, POLITE, number, grace=60) == ("interrupted\n", "tidied")


def test_a_program_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    assert interrupted(tmp_path, DEAF, signal.SIGTERM, grace=0.1) == ("interrupted\n", "")


def test_a_program_that_ends_is_given_back_whole() -> None:
    run = captured([sys.executable, "-c", "import sys; print('said'); print('cried', file=sys.stderr); sys.exit(3)"])
    assert (run.returncode, run.stdout, run.stderr) == (3, "said\n", "cried\n")
