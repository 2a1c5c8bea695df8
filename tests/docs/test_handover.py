"""The note of a handover: shifts, roles, what ends and what was merged, at an instant."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitoring.cli.drill import moment
from monitoring.cli.handover import merged_changes
from monitoring.docs.handover import MergedChange, MergedChanges, endings, handover_note
from monitoring.oncall.clock import DAY
from tests import git
from tests.factories import Change, a_catalog

ROLES: Change = (
    "oncall.yaml",
    "policies:\n",
    "roles:\n  lead: {title: Incident lead, ask: [primary, kit], does: Decides.}\npolicies:\n",
)
BY_DAY: Change = ("oncall.yaml", "people: [ana, ben]}", "people: [ana, ben], only: {from: '08:00', to: '20:00'}}")
TRIAL: Change = ("services/shop.yaml", "severity: P1", "severity: P1\n    trial-until: 2026-12-10")
WAIVER = """
waivers:
  - {check: rule-runbook, finding: "platform: no runbooks", reason: in work, owner: platform, expires: 2026-12-01}
retired: {}
"""
WINDOW = """
upgrade: {title: Upgrade, time-zone: Europe/Berlin, from: "2026-12-06 04:00", to: "2026-12-06 05:00",
          services: [shop], environments: [prod], reason: a new version}
"""
NIGHT = "2026-11-27 03:00"


def at(text: str) -> int:
    return moment(text, "Europe/Berlin")


def note(*changes: Change, when: str = NIGHT, merged: MergedChanges | None = None, **files: str) -> list[str]:
    text = handover_note(a_catalog(*changes, **files), at(when), 14 * DAY, merged or MergedChanges(), ["How was it?"])
    return text.splitlines()


def test_it_names_who_is_on_call_now_next_and_then() -> None:
    (row,) = (line for line in note() if line.startswith("| primary |"))
    assert row.strip("| ").split(" | ")[1:] == [
        "ana until Mon 2026-11-30 09:00 CET",
        "ben until Mon 2026-12-07 09:00 CET",
        "ana until Mon 2026-12-14 09:00 CET",
    ]


def test_it_says_that_nobody_is_on_call() -> None:
    (row,) = (line for line in note(BY_DAY) if line.startswith("| primary |"))
    assert row.startswith("| primary | nobody until Fri 2026-11-27 08:00 CET | ana until Fri 2026-11-27 20:00 CET |")


@pytest.mark.parametrize(
    ("when", "asked"),
    [
        pytest.param(NIGHT, "ana (primary until Mon 2026-11-30 09:00 CET), then Kit Example", id="before the handoff"),
        pytest.param(
            "2026-11-30 09:00",
            "ben (primary until Mon 2026-12-07 09:00 CET), then Kit Example",
            id="at the handoff itself",
        ),
    ],
)
def test_a_role_names_whoever_can_be_asked_just_then(when: str, asked: str) -> None:
    assert f"| **Incident lead** | {asked} |" in note(ROLES, when=when)


@pytest.mark.parametrize(
    ("when", "kinds"),
    [
        pytest.param("2026-11-17 01:00", [], id="too early for all of them"),
        pytest.param("2026-11-27 01:00", ["trial", "waiver", "maintenance"], id="all three are near"),
        pytest.param("2026-12-02 00:59", ["trial", "waiver", "maintenance"], id="a waiver counts all of its last day"),
        pytest.param("2026-12-02 01:00", ["trial", "maintenance"], id="the waiver has ended"),
        pytest.param("2026-12-06 04:59", ["trial", "maintenance"], id="a window that runs"),
        pytest.param("2026-12-06 05:00", ["trial"], id="the window is over"),
        pytest.param("2026-12-10 01:00", [], id="the trial has ended"),
    ],
)
def test_what_ends_within_two_weeks(when: str, kinds: list[str]) -> None:
    catalog = a_catalog(TRIAL, waivers=WAIVER, maintenance=WINDOW)
    assert [ending.kind for ending in endings(catalog, at(when), 14 * DAY)] == kinds


WINDOWS_THAT_RECUR = """
nightly: {title: Nightly, time-zone: Europe/Berlin, from: "2026-11-01 04:00", to: "2026-11-01 05:00", every: 1d,
          services: all, environments: [prod], reason: a batch}
one: {title: One rule, time-zone: Europe/Berlin, from: "2026-12-06 04:00", to: "2026-12-06 05:00",
      rules: [shop-slow], environments: [prod], reason: a new version}
ended: {title: Ended, time-zone: Europe/Berlin, from: "2026-11-01 04:00", to: "2026-11-01 05:00", every: 1w,
        until: 2026-11-15, services: [shop], environments: [prod], reason: a batch}
"""


def test_a_window_that_recurs_stands_there_with_its_next_opening() -> None:
    rows = [line for line in note(maintenance=WINDOWS_THAT_RECUR) if line.startswith("| maintenance |")]
    assert rows == [
        "| maintenance | Nightly: mutes every service from Fri 2026-11-27 03:00 UTC; it opens every day, 04:00 to "
        "05:00 Europe/Berlin, from 2026-11-01 on for ever | Fri 2026-11-27 04:00 UTC |",
        "| maintenance | One rule: mutes shop-slow from Sun 2026-12-06 03:00 UTC | Sun 2026-12-06 04:00 UTC |",
    ]


def test_nothing_that_ends_is_one_sentence() -> None:
    assert "Nothing: no trial, no waiver and no maintenance window." in note()


def test_a_question_is_asked_and_no_subject_marks_or_mentions_anything() -> None:
    change = MergedChange("0123456789", at(NIGHT), "Merge @everyone <script> [x](https://example.com)")
    lines = note(merged=MergedChanges((change,)))
    assert "1. How was it? …" in lines
    (line,) = (line for line in lines if "0123456789" in line)
    subject = line.partition("UTC ")[2]
    assert subject == r"Merge (at)everyone \<script\> \[x\](https: //example.com) (`0123456789`)"


# --- git -------------------------------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A merge of a branch of two commits, one change beside the catalog, and one that is older than a week."""
    git.git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "catalog").mkdir()

    def changed(subject: str, day: str, file: str) -> None:
        for role in ("AUTHOR", "COMMITTER"):
            monkeypatch.setitem(git.PERSON, f"GIT_{role}_DATE", f"{day}T12:00:00Z")
        (tmp_path / file).write_text(subject)
        git.commit(tmp_path, subject)

    changed("Begin", "2026-11-01", "catalog/teams.yaml")
    git.git(tmp_path, "switch", "--quiet", "--create", "branch")
    changed("Try", "2026-11-23", "catalog/oncall.yaml")
    changed("Try again", "2026-11-24", "catalog/oncall.yaml")
    git.git(tmp_path, "switch", "--quiet", "main")
    git.git(tmp_path, "merge", "--quiet", "--no-ff", "branch", "--message", "Put kit on call")
    changed("Tidy the pictures", "2026-11-25", "notes.txt")
    return tmp_path


def subjects(merged: MergedChanges) -> list[str]:
    return [change.subject for change in merged.changes]


def test_what_was_merged_is_named_once_and_nothing_beside_the_catalog(repository: Path) -> None:
    merged = merged_changes(repository / "catalog", at(NIGHT))
    assert (subjects(merged), merged.unknown) == (["Put kit on call"], "")


def test_a_later_week_has_no_change(repository: Path) -> None:
    assert subjects(merged_changes(repository / "catalog", at("2026-12-27 03:00"))) == []


def test_what_was_merged_after_the_instant_is_not_named(repository: Path) -> None:
    assert subjects(merged_changes(repository / "catalog", at("2026-11-05 03:00"))) == ["Begin"]


def test_without_git_it_says_that_changes_are_not_known(tmp_path: Path) -> None:
    merged = merged_changes(tmp_path, at(NIGHT))
    assert merged.unknown == f'"{tmp_path}" lies in no git repository'
    assert any(line.startswith("Not known: ") for line in note(merged=merged))


def test_a_clone_that_is_cut_off_does_not_pretend_that_nothing_changed(repository: Path, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    git.git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", str(shallow))
    assert merged_changes(shallow / "catalog", at(NIGHT)).unknown == "this clone knows only its newest commits"


def test_a_repository_without_a_commit_is_said_to_be_unknown(tmp_path: Path) -> None:
    git.git(tmp_path, "init", "--quiet")
    assert "git log cannot be run" in merged_changes(tmp_path, at(NIGHT)).unknown
