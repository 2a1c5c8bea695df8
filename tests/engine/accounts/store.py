"""The accounts' contents in one SQLite file that outlives every plugin: objects, calls, faults, settings."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Properties = dict[str, Any]

SCHEMA = """
create table if not exists objects (
    number integer primary key autoincrement, type text not null, id text not null, body text not null,
    unique (type, id));
create table if not exists calls (
    number integer primary key autoincrement, vendor text not null, method text not null, type text not null,
    name text not null, preview integer not null);
create table if not exists faults (
    number integer primary key autoincrement, kind text not null, vendor text, method text, type text, name text,
    nth integer not null, times integer not null, seconds real not null, message text not null,
    seen integer not null default 0, hits integer not null default 0);
create table if not exists settings (name text primary key, value text not null);
create table if not exists numbers (name text primary key, last integer not null);
"""
WAIT_SECONDS = 60.0


@dataclass(frozen=True)
class Stored:
    """One object of an account, with what the vendor keeps about it; keys with a leading `_` are never shown."""

    type: str
    id: str
    body: Mapping[str, Any]

    @property
    def visible(self) -> Properties:
        """What the vendor's API answers."""
        return {name: value for name, value in self.body.items() if not name.startswith("_")}


@dataclass(frozen=True)
class Call:
    """One request of the engine to a plugin, in the order of arrival."""

    number: int
    vendor: str
    method: str
    type: str
    name: str
    preview: bool


@dataclass(frozen=True)
class Store:
    """The file that holds the accounts. Every method is one transaction, safe between processes and threads."""

    path: Path

    def connection(self) -> sqlite3.Connection:
        """A connection that commits at once; what is written outlives a killed process, though not a power failure."""
        connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
        connection.execute("pragma synchronous = off")
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction, rolled back when the block raises."""
        with closing(self.connection()) as connection:
            connection.execute("begin immediate")
            try:
                yield connection
                connection.execute("commit")
            except BaseException:
                connection.execute("rollback")
                raise

    def prepare(self) -> None:
        """Create the tables where they are missing."""
        with closing(self.connection()) as connection:
            connection.executescript(SCHEMA)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All the rows of a question."""
        with closing(self.connection()) as connection:
            return connection.execute(query, values).fetchall()

    def objects(self, type_: str) -> list[Stored]:
        """All objects of a type, oldest first."""
        rows = self.rows("select type, id, body from objects where type = ? order by number", type_)
        return [Stored(kind, id_, json.loads(body)) for kind, id_, body in rows]

    def get(self, type_: str, id_: str) -> Stored | None:
        """An object, None when it does not exist."""
        rows = self.rows("select type, id, body from objects where type = ? and id = ?", type_, id_)
        return Stored(rows[0][0], rows[0][1], json.loads(rows[0][2])) if rows else None

    def put(self, type_: str, id_: str, body: Mapping[str, Any]) -> None:
        """Write an object, new or not."""
        text = json.dumps(body)
        with self.transaction() as connection:
            connection.execute(
                "insert into objects (type, id, body) values (?, ?, ?) "
                "on conflict (type, id) do update set body = excluded.body",
                (type_, id_, text),
            )

    def remove(self, type_: str, id_: str) -> None:
        """Take an object away; nothing happens when it is not there."""
        with self.transaction() as connection:
            connection.execute("delete from objects where type = ? and id = ?", (type_, id_))

    def next_number(self, name: str) -> int:
        """The next number of a series, starting at 1."""
        with self.transaction() as connection:
            row = connection.execute(
                "insert into numbers values (?, 1) on conflict (name) do update set last = last + 1 returning last",
                (name,),
            ).fetchone()
        return int(row[0])

    def setting(self, name: str, *, default: Any = None) -> Any:
        """A setting of the accounts, such as the expected token of a vendor."""
        rows = self.rows("select value from settings where name = ?", name)
        return json.loads(rows[0][0]) if rows else default

    def set(self, name: str, value: Any) -> None:
        """Change a setting."""
        with self.transaction() as connection:
            connection.execute("insert or replace into settings values (?, ?)", (name, json.dumps(value)))

    def log(self, *, vendor: str, method: str, type_: str, name: str, preview: bool) -> None:
        """Remember a call."""
        with self.transaction() as connection:
            connection.execute(
                "insert into calls (vendor, method, type, name, preview) values (?, ?, ?, ?, ?)",
                (vendor, method, type_, name, int(preview)),
            )

    def calls(self) -> list[Call]:
        """All calls since the last `forget_calls`."""
        rows = self.rows("select number, vendor, method, type, name, preview from calls order by number")
        return [Call(*row) for row in rows]

    def forget_calls(self) -> None:
        """Start a new list of calls."""
        with self.transaction() as connection:
            connection.execute("delete from calls")
