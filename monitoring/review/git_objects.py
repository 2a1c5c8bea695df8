"""A git repository read as objects: nothing is checked out, no hook, filter, helper or remote of it is run.

What git would obey in a foreign repository's configuration, and how it is told not to (git-config(1), git(1)): a
monitor of the file system (core.fsmonitor), hooks (core.hooksPath), replaced objects (GIT_NO_REPLACE_OBJECTS), objects
fetched on demand by a program that the configuration names (GIT_NO_LAZY_FETCH, GIT_ALLOW_PROTOCOL), questions on a
terminal (GIT_TERMINAL_PROMPT). `cat-file --batch` gives a blob's own bytes, without any filter or conversion.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitoring.errors import UsageError

REGULAR, LINK, SUBMODULE = frozenset({"100644", "100755"}), "120000", "160000"
_SAFE = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "--no-pager", "--literal-pathspecs")
_ENVIRONMENT = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
_PLAIN_PATHS = ("-c", "core.quotePath=false", "-c", "log.follow=false")
_HUNKS = (
    *("--patch", "--unified=0", "--inter-hunk-context=0", "--indent-heuristic", "--no-renames", "--no-color"),
    *("--no-ext-diff", "--no-textconv", "--no-relative", "--src-prefix=a/", "--dst-prefix=b/"),
)
MAX_COMMITS = 1_000
"""How many commits of a folder are looked at, the newest first."""
_CUT_OFF = "this clone knows only its newest commits; run git fetch --unshallow"


@dataclass(frozen=True, slots=True)
class GitEntry:
    """A file of a revision: its mode, its object and how many bytes it has, 0 for what is no blob."""

    path: bytes
    mode: str
    object: str
    size: int


@dataclass(frozen=True, slots=True)
class GitCommit:
    """A commit: its name, when it was made, in seconds, and the first line of its message."""

    name: str
    at: int
    subject: str


@dataclass(frozen=True, slots=True)
class GitRepository:
    """A repository, by the folder of its working tree."""

    root: Path

    def commit(self, revision: str) -> str | None:
        """The commit that a revision names; None where there is none."""
        if revision.startswith("-"):
            return None
        answer = _git(self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return answer.stdout.decode().strip() if answer.returncode == 0 else None

    def required_commit(self, revision: str) -> str:
        """The commit that a revision names; UsageError where there is none."""
        commit = self.commit(revision)
        if commit is None:
            remedy = _CUT_OFF if self.is_shallow else "write a branch, a tag or a commit, such as origin/main"
            raise UsageError(f'"{revision}" is no folder with a catalog, and no revision of this repository; {remedy}')
        return commit

    @property
    def is_shallow(self) -> bool:
        """Whether its older commits are missing."""
        return _git(self.root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    @property
    def hash_name(self) -> str:
        """By what objects are named: sha1 or sha256."""
        return _output(self.root, "rev-parse", "--show-object-format").decode().strip()

    def fork_point(self, base: str, head: str) -> str:
        """Where a commit left another one; the other one itself where that has all of it, as when a change is undone.

        Raises UsageError where the two have no commit in common.
        """
        answer = _git(self.root, "merge-base", base, head)
        if answer.returncode:
            remedy = _CUT_OFF if self.is_shallow else "review two folders instead: monitoring review OLD NEW"
            raise UsageError(f"{base[:10]} and {head[:10]} have no commit in common; {remedy}")
        common = answer.stdout.decode().split()[0]
        return base if common == head else common

    def merged(self, below: Path, since: int, until: int) -> tuple[GitCommit, ...]:
        """The commits of the checked-out branch itself, not of what was merged into it, that changed a folder.

        From `since` to just before `until`, the newest first, among the newest MAX_COMMITS. UsageError where the
        repository has no commit, and where it is cut off before `since`.
        """
        form = ("-z", "--format=%H %ct %s", "--no-show-signature", "--no-color", f"--max-count={MAX_COMMITS}")
        listing = _output(self.root, "log", "--first-parent", *form, "HEAD", "--", str(below.resolve()))
        commits = [_commit(line) for line in listing.split(b"\0") if line]
        if self.is_shallow and not any(commit.at < since for commit in commits):
            raise UsageError(_CUT_OFF)
        return tuple(commit for commit in commits if since <= commit.at < until)

    def entries(self, commit: str, below: str) -> list[GitEntry]:
        """Every file of a commit below a folder, "." for all."""
        where = () if below == "." else (f"{below}/",)
        listing = _output(self.root, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, *where)
        return [_entry(line) for line in listing.split(b"\0") if line]

    def kept(self, below: str) -> list[bytes]:
        """The files of the working tree below a folder that git keeps, or would keep."""
        listing = _output(
            self.root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--full-name", "--", below
        )
        return sorted({line for line in listing.split(b"\0") if line})

    def line_changes(self, folders: Sequence[str], revisions: int) -> str:
        """Which lines of files below folders each of the newest commits changed, along first parents, newest first.

        A commit is a line of a zero byte, its name, its second since 1970 and its parents; what follows are hunks
        without context. No program of a configuration shows or converts a file.
        """
        name = ("--format=%x00%H %ct %P", "--first-parent", "--diff-merges=first-parent", f"--max-count={revisions}")
        answer = _output(self.root, *_PLAIN_PATHS, "log", *name, "--no-show-signature", *_HUNKS, "HEAD", "--", *folders)
        return answer.decode(errors="replace")

    def uncommitted_changes(self, folders: Sequence[str]) -> str:
        """The same of the working tree against its newest commit, without a line before."""
        return _output(self.root, *_PLAIN_PATHS, "diff", *_HUNKS, "HEAD", "--", *folders).decode(errors="replace")

    def blobs(self, objects: Iterable[str]) -> Mapping[str, bytes]:
        """The bytes of objects, by their names."""
        wanted = list(dict.fromkeys(objects))
        answer = _output(self.root, "cat-file", "--batch", given="".join(f"{name}\n" for name in wanted).encode())
        return dict(_batch(answer))


def repository_of(folder: Path) -> GitRepository:
    """The repository in which a folder lies; UsageError where it lies in none, or git refuses to look."""
    start = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.is_dir())
    answer = _git(start, "rev-parse", "--show-toplevel")
    complaint = answer.stderr.decode(errors="replace")
    if "dubious ownership" in complaint:
        what = f'"{start}" belongs to somebody else, so git does not read it'
        raise UsageError(f'{what}; if you trust it, run git config --global --add safe.directory "{start}"')
    if answer.returncode:
        what = f'"{folder}" lies in no git repository'
        raise UsageError(f"{what}; review two folders instead: monitoring review OLD NEW")
    return GitRepository(Path(os.fsdecode(answer.stdout.rstrip(b"\n"))))


def _commit(line: bytes) -> GitCommit:
    name, at, subject = line.decode(errors="replace").split(" ", 2)
    return GitCommit(name, int(at), subject)


def _entry(line: bytes) -> GitEntry:
    facts, _, path = line.partition(b"\t")
    mode, _, name, size = facts.decode().split()
    return GitEntry(path, mode, name, int(size) if size.isdigit() else 0)


def _batch(answer: bytes) -> Iterator[tuple[str, bytes]]:
    """What `cat-file --batch` answers: NAME TYPE SIZE, a line break, the bytes, a line break."""
    position = 0
    while position < len(answer):
        end = answer.index(b"\n", position)
        name, *rest = answer[position:end].decode().split()
        if rest[:1] != ["blob"]:
            raise UsageError(f"the object {name[:10]} is missing from this clone; run git fetch, then try again")
        begin = end + 1
        position = begin + int(rest[1]) + 1
        yield name, answer[begin : position - 1]


def _output(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    answer = _git(folder, *arguments, given=given)
    if answer.returncode:
        complaint = answer.stderr.decode(errors="replace").strip().splitlines() or ["no reason"]
        raise UsageError(
            f"git {_subcommand(arguments)} cannot be run: {complaint[-1]}; see whether all is there with git fsck"
        )
    return answer.stdout


def _subcommand(arguments: Sequence[str]) -> str:
    """The first word that is neither an option nor its value."""
    return next(word for word in arguments if not word.startswith("-") and "=" not in word)


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """A git command's answer, whatever the repository's configuration would have it run."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or "CONFIG" in name}
    command = ["git", "-C", str(folder), *_SAFE, *arguments]
    try:
        return subprocess.run(command, input=given or b"", capture_output=True, env=ours | _ENVIRONMENT, check=False)
    except FileNotFoundError:
        raise UsageError("git is not installed; install it, or review two folders: monitoring review OLD NEW") from None
