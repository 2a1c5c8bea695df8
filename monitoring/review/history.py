"""When each rule was last changed, and by which revision: from one log of all files, without a name of anybody.

The log goes along first parents, so that each commit is compared with what the branch held before it. A rule is the
lines from its own to the next rule's, with the whole recording of what its browser does; they are followed back
through the hunks until one of them touches the rule.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from monitoring.errors import UsageError
from monitoring.loader.files import FOLDERS
from monitoring.model.catalog import Catalog
from monitoring.oncall.clock import utc
from monitoring.review.git_objects import MAX_COMMITS, GitRepository, repository_of

NO_GIT = "unknown: git knows no history of this catalog"
CUT_OFF = "unknown: this clone knows only its newest commits; git fetch --unshallow brings the others"
UNCOMMITTED = "not committed yet"
_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_NEXT_RULE = re.compile(r"-\s*- id:")


@dataclass(frozen=True, slots=True)
class RuleLines:
    """The lines of a rule, or of its recording, in a file of some revision, the first and the last."""

    rule: str
    file: str
    first: int
    last: int


class Hunk(NamedTuple):
    """Lines that a commit put in the place of others: how many were removed, where and how many are added.

    `removed_text` is the first of those that were removed.
    """

    removed: int
    begin: int
    added: int
    removed_text: str

    def touches(self, lines: RuleLines) -> bool:
        """Whether it changes one of these lines, or takes one away."""
        if self.added:
            return self.begin <= lines.last and self.begin + self.added > lines.first
        return lines.first <= self.begin <= lines.last and not _NEXT_RULE.match(self.removed_text)

    def is_before(self, lines: RuleLines) -> bool:
        """Whether it moves these lines."""
        return self.begin < lines.first


@dataclass(frozen=True, slots=True)
class LineChanges:
    """What one commit changed: its name and day, whether it has a parent, and the hunks of each file."""

    revision: str
    day: date
    has_parent: bool
    hunks: Mapping[str, Sequence[Hunk]]

    def in_words(self) -> str:
        """The day and the revision."""
        return f"{self.day.isoformat()}, by revision {self.revision[:10]}"


def last_changes(catalog: Catalog, folder: Path) -> dict[str, str]:
    """For each rule when it was last changed, in words, or why that is not known."""
    try:
        repository = repository_of(folder)
        below = folder.resolve().relative_to(repository.root.resolve())
        newest_last = reversed(list(_followed(catalog, repository, below)))
    except (UsageError, ValueError):  # no git, no commit, or a folder that a link leads out of it
        return dict.fromkeys(catalog.rules, NO_GIT)
    return dict(newest_last)


def _followed(catalog: Catalog, repository: GitRepository, below: Path) -> Iterator[tuple[str, str]]:
    """When the lines of each rule, and those of its recording, were changed, the newest change first."""
    left = [replace(lines, file=(below / lines.file).as_posix()) for lines in rule_lines(catalog)]
    folders = [(below / folder).as_posix() for folder in FOLDERS]
    touched, left = followed(left, hunks_of(repository.uncommitted_changes(folders).split("\n")))
    yield from ((lines.rule, UNCOMMITTED) for lines in touched)
    commits = list(commits_of(repository.line_changes(folders, MAX_COMMITS)))
    for commit in commits:
        touched, left = followed(left, commit.hunks)
        is_cut_off = not commit.has_parent and repository.is_shallow
        words = CUT_OFF if is_cut_off else commit.in_words()
        yield from ((lines.rule, words) for lines in touched)
    older = UNCOMMITTED if len(commits) < MAX_COMMITS else f"more than {MAX_COMMITS} revisions ago"
    yield from ((lines.rule, older) for lines in left)


def rule_lines(catalog: Catalog) -> Iterator[RuleLines]:
    """The lines of each rule as the catalog's files stand now; the last one in a file and a recording have no end."""
    by_file: dict[str, list[tuple[int, str]]] = {}
    for name in catalog.rules:
        source = catalog.at("rule", name)
        by_file.setdefault(source.file, []).append((source.line, name))
    for file, starts in by_file.items():
        for (first, name), (after, _) in pairwise([*sorted(starts), (sys.maxsize, "")]):
            yield RuleLines(name, file, first, after - 1)
    for name, (_, rule) in catalog.rules.items():
        if rule.uptime and rule.uptime.asks.browser:
            recording = catalog.at("recording", rule.uptime.asks.browser.recording.name)
            yield RuleLines(name, recording.file, 0, sys.maxsize - 1)


def followed(
    rules: Iterable[RuleLines], hunks: Mapping[str, Sequence[Hunk]]
) -> tuple[list[RuleLines], list[RuleLines]]:
    """The rules that some hunk touches, and the others with their lines as they stood before."""
    touched, left = [], []
    for lines in rules:
        own = hunks.get(lines.file, ())
        if any(hunk.touches(lines) for hunk in own):
            touched.append(lines)
        else:
            moved = sum(hunk.removed - hunk.added for hunk in own if hunk.is_before(lines))
            left.append(replace(lines, first=lines.first + moved, last=lines.last + moved))
    return touched, left


# --- what git prints -------------------------------------------------------------------------------------------


def commits_of(log: str) -> Iterator[LineChanges]:
    """The commits of a log, in its order."""
    for text in f"\n{log}".split("\n\0")[1:]:
        head, *lines = text.split("\n")
        revision, at, *parents = head.split()
        yield LineChanges(revision, utc(int(at)).date(), bool(parents), hunks_of(lines))


def hunks_of(lines: Sequence[str]) -> dict[str, list[Hunk]]:
    """The hunks of each file of a patch, by the file's new name."""
    hunks: dict[str, list[Hunk]] = {}
    file, position = "", 0
    while position < len(lines):
        line = lines[position]
        position += 1
        if line.startswith("+++ "):
            file = line.removeprefix("+++ ").removeprefix("b/").removesuffix("\t")
        elif match := _HUNK.match(line):
            removed, added = (1 if number is None else int(number) for number in match.group(1, 3))
            text = lines[position] if position < len(lines) else ""
            hunks.setdefault(file, []).append(Hunk(removed, int(match[2]), added, text))
            position += removed + added
    return hunks
