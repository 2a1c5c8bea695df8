"""The locks: everything that is installed has its hashes, is what pyproject.toml asks for, and names no place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUN, DEV, MUTATION = "requirements.txt", "requirements-dev.txt", "requirements-mutation.txt"
TEXTS = {name: (ROOT / name).read_text() for name in (RUN, DEV, MUTATION)}
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*\])?==(?P<version>[^ ;\\]+)")
HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")


def pins(text: str) -> dict[str, tuple[str, frozenset[str]]]:
    """The version and the hashes of each distribution that a lock names."""
    entries = (PIN.match(entry) for entry in re.split(r"\n(?=\S)", re.sub(r"(?m)^ *#.*\n?", "", text)))
    return {
        canonicalize_name(entry["name"]): (entry["version"], frozenset(HASH.findall(entry.string)))
        for entry in entries
        if entry
    }


LOCKED: Mapping[str, Mapping[str, tuple[str, frozenset[str]]]] = {name: pins(text) for name, text in TEXTS.items()}


def asked(*requirements: list[str]) -> Iterator[Requirement]:
    return (Requirement(text) for group in requirements for text in group)


WANTED = {
    RUN: [
        *asked(PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values()),
        *asked(PROJECT["dependency-groups"]["build"]),
    ],
    DEV: [*asked(PROJECT["dependency-groups"]["dev"])],
    MUTATION: [*asked(PROJECT["dependency-groups"]["mutation"])],
}


@pytest.mark.parametrize("lock", TEXTS)
def test_every_line_of_a_lock_is_a_pin_or_a_hash_or_says_why(lock: str) -> None:
    lines = TEXTS[lock].splitlines()
    assert [line for line in lines if not (PIN.match(line) or HASH.search(line) or line.startswith("    # "))] == []


@pytest.mark.parametrize("lock", TEXTS)
def test_every_pin_has_hashes(lock: str) -> None:
    assert LOCKED[lock]
    assert [name for name, (_, hashes) in LOCKED[lock].items() if not hashes] == []


@pytest.mark.parametrize(
    ("lock", "requirement"),
    [
        pytest.param(lock, wanted, id=f"{lock}: {wanted}")
        for lock, all_wanted in WANTED.items()
        for wanted in all_wanted
    ],
)
def test_a_lock_holds_what_pyproject_asks_for(lock: str, requirement: Requirement) -> None:
    version, _ = LOCKED[lock][canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(version)


@pytest.mark.parametrize(("first", "second"), list(combinations(TEXTS, 2)))
def test_two_locks_agree_where_both_name_a_distribution(first: str, second: str) -> None:
    both = LOCKED[first].keys() & LOCKED[second].keys()
    assert {name: LOCKED[first][name] for name in both} == {name: LOCKED[second][name] for name in both}


def test_the_build_backend_is_locked_as_the_build_asks_for_it() -> None:
    assert PROJECT["build-system"]["requires"] == PROJECT["dependency-groups"]["build"]


@pytest.mark.parametrize("lock", TEXTS)
def test_a_lock_names_no_index_and_no_folder(lock: str) -> None:
    assert re.findall(r"://|--[a-z-]*index|--find-links|-e |^/|\./", TEXTS[lock]) == []


def test_make_installs_nothing_without_a_hash_but_this_project() -> None:
    installs = [line for line in (ROOT / "Makefile").read_text().splitlines() if "$(INSTALL)" in line]
    assert [line.split("$(INSTALL) ")[1] for line in installs] == [
        "--require-hashes -r requirements.txt",
        "--no-deps --no-build-isolation -e .",
        "--require-hashes -r requirements-dev.txt",
        "--require-hashes -r requirements-mutation.txt",
    ]
