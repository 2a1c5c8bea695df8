"""What an older program brought up on the engine: the states of its stacks and the accounts, kept in one file.

A file in `states/` is compressed JSON, called after its platform and the commit whose program made it. So it is made:
a checkout of that commit gets its `.venv` and its engine, and there

    prod = workspace_in(ROOM, engine=ENGINE, stack="prod")
    prod.up()
    staging = dataclasses.replace(prod, stack="staging")
    staging.init()
    staging.up()

with `workspace_in` of its own `tests/engine/preview.py`. Then, here: `python -m tests.engine.older ROOM FILE`.
For `every-signal` the catalog is that of its own `tests/resources/every_signal.py`, and its program requires no checks.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from monitoring.loader import load
from tests.engine.accounts.account import Account
from tests.engine.accounts.store import Store
from tests.engine.small import every_workspace, give_secrets, workspace_of
from tests.engine.workspace import REPOSITORY, Workspace
from tests.platforms import AGENCY

STATES = Path(__file__).parent / "states"
STACKS = ("prod", "staging")
TABLES = ("objects", "settings", "numbers")
OF_THE_MACHINE = ("sourcePosition", "stackTrace", "created", "modified")
"""What a state says of the computer and the hour that made it, which no preview reads."""


def agency_workspace(room: Path, *, engine: Path) -> Workspace:
    """Today's program with the agency's catalog."""
    return workspace_of(AGENCY.catalog, room, engine=engine)


PLATFORMS: Mapping[str, Callable[..., Workspace]] = {"agency": agency_workspace, "every-signal": every_workspace}
"""Today's program for each platform of which an older state is kept."""


def kept(workspace: Workspace) -> dict[str, Any]:
    """The accounts and the states of both stacks."""
    programs = (dataclasses.replace(workspace, stack=stack) for stack in STACKS)
    return {
        "accounts": {table: workspace.account.store.rows(f"select * from {table}") for table in TABLES},
        "stacks": {program.stack: portable(json.loads(program.must("stack", "export").out)) for program in programs},
    }


def portable(exported: dict[str, Any]) -> dict[str, Any]:
    """An exported state without what it says of the machine."""
    for resource in exported["deployment"]["resources"]:
        for word in OF_THE_MACHINE:
            resource.pop(word, None)
    return exported


def read(file: Path) -> dict[str, Any]:
    """What a file keeps."""
    content: dict[str, Any] = json.loads(gzip.decompress(file.read_bytes()))
    return content


def restored(file: Path, room: Path, *, engine: Path) -> Workspace:
    """Today's program in a room where an older one has brought up both stacks."""
    content = read(file)
    room.mkdir(parents=True, exist_ok=True)
    fill(Account.at(room / "accounts.sqlite").store, content["accounts"])
    workspace = PLATFORMS[file.name.rpartition("-")[0]](room, engine=engine)
    catalog = load(workspace.program / "catalog")
    for stack, exported in content["stacks"].items():
        stacked = dataclasses.replace(workspace, stack=stack)
        put(stacked, exported)
        give_secrets(stacked, catalog)
    return workspace


def fill(store: Store, tables: Mapping[str, list[list[Any]]]) -> None:
    """Write the rows of accounts that were kept into empty ones."""
    with store.transaction() as connection:
        for table, rows in tables.items():
            places = ", ".join("?" * len(rows[0]))
            connection.executemany(f"insert into {table} values ({places})", rows)


def put(workspace: Workspace, exported: Mapping[str, Any]) -> None:
    """Make an exported state the stack's own, which is made where it is missing."""
    path = workspace.room / f"{workspace.stack}.json"
    path.write_text(json.dumps(exported))
    workspace.must("stack", "select", "--create")
    workspace.must("stack", "import", "--file", str(path))


def main(room: Path, file: Path) -> None:
    """Keep what stands in a room."""
    engine = REPOSITORY / ".pulumi" / "bin" / "pulumi"
    workspace = Workspace(engine, room, Account.at(room / "accounts.sqlite"), room / "program")
    file.write_bytes(gzip.compress(json.dumps(kept(workspace), sort_keys=True).encode(), mtime=0))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
