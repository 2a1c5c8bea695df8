"""Run the real `pulumi preview` of the program against emulated accounts, for whoever has none.

`python -m tests.engine.preview` previews prod; `--stack staging` the other one, `--diff` shows every property, `--up`
also updates and shows that nothing differs afterwards. Everything happens in a temporary folder.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.engine.accounts.account import Account
from tests.engine.ours import make_what_humans_make, our_program
from tests.engine.workspace import REPOSITORY, Workspace, running, write_plugins


def workspace_in(room: Path, *, engine: Path, stack: str) -> Workspace:
    """A workspace with the project's own program, its stack and accounts in which only humans have been."""
    write_plugins(room / "home")
    (room / "backend").mkdir()
    account = Account.at(room / "accounts.sqlite")
    make_what_humans_make(account)
    workspace = Workspace(engine=engine, room=room, account=account, program=our_program(room / "program"), stack=stack)
    workspace.init()
    return workspace


def shown(workspace: Workspace, *words: str) -> int:
    """Run the engine and let it speak for itself; its exit code."""
    with running(workspace.start(*words, aloud=True)) as process:
        return process.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of the last run of the engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stack", default="prod", help="prod or staging")
    parser.add_argument("--diff", action="store_true", help="show every property")
    parser.add_argument("--up", action="store_true", help="update the emulated accounts as well, then preview again")
    said = parser.parse_args(arguments)
    found = subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / "pulumi" / "engine.py")], stdout=subprocess.PIPE, text=True
    )
    if found.returncode:
        return found.returncode
    with tempfile.TemporaryDirectory() as room:
        workspace = workspace_in(Path(room), engine=Path(found.stdout.strip()), stack=said.stack)
        runs = [["preview", *(["--diff"] if said.diff else [])]]
        runs += [["up", "--yes", "--skip-preview"], ["preview", "--expect-no-changes"]] if said.up else []
        print("accounts are emulated: nothing here reaches a vendor", flush=True)
        return next((code for run in runs if (code := shown(workspace, *run))), 0)


if __name__ == "__main__":
    sys.exit(main())
