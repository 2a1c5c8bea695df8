"""`monitoring schedule`: what is asked wrongly, what is refused, and what is written into the file."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from monitoring.cli import application
from monitoring.cli.console import OpenPlatform
from monitoring.cli.edited_schedules import PlannedEdit, write_edited
from monitoring.errors import CatalogError, UsageError
from monitoring.loader import PlatformFiles, load
from tests.platforms import AGENCY

TODAY = ("--today", "2026-11-26")
SWAP = ("primary", "swap", "ana", "ben", "--from", "2026-12-07")
ENDED = 'people: [ana, ben, chi, dee], until: "2027-01-04 09:00"}'


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    """A copy of the catalog whose `oncall.yaml` can be written, and has two people more."""
    shutil.copytree(AGENCY.root, tmp_path / "agency")
    file = tmp_path / "agency" / "catalog" / "oncall.yaml"
    contact = "        contact: {high: {push: 0m, phone: 2m}, low: {email: 0m}}}\n"
    added = "".join(
        f"  {name}: {{name: {name.title()} Example, email: {name}@youragency.com, time-zone: Europe/Berlin,\n{contact}"
        for name in ("max", "pia")
    )
    file.write_text(file.read_text().replace("people:\n", f"people:\n{added}", 1))
    return file.parent


def run(catalog: Path, *words: str) -> Result:
    command = ["schedule", *words, "--catalog", str(catalog), *(() if "--today" in words else TODAY)]
    return CliRunner().invoke(application(command), command)


def changed(catalog: Path, *words: str) -> tuple[bytes, bytes]:
    """The file before and after a command that succeeds."""
    before = (catalog / "oncall.yaml").read_bytes()
    result = run(catalog, *words)
    assert result.exit_code == 0, result.output
    return before, (catalog / "oncall.yaml").read_bytes()


def lines(before: bytes, after: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines that are gone and those that are new, where all others stay in their order."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    gone, come = [line for line in old if line not in new], [line for line in new if line not in old]
    assert [line for line in old if line not in gone] == [line for line in new if line not in come]
    return gone, come


# --- what is written -------------------------------------------------------------------------------------------


def test_without_write_nothing_is_written(agency: Path) -> None:
    before, after = changed(agency, "primary,secondary", "add", "max", "--from", "2027-01-04")
    assert before == after


def test_what_is_shown_is_what_is_written(agency: Path) -> None:
    words = ("primary,secondary", "add", "max", "--from", "2027-01-04")
    printed = run(agency, *words).stdout
    gone, come = lines(*changed(agency, *words, "--write"))
    assert [line[1:] for line in printed.splitlines() if line.startswith("-")] == [
        line.decode().rstrip("\n") for line in gone
    ]
    assert [line[1:] for line in printed.splitlines() if line.startswith("+")] == [
        line.decode().rstrip("\n") for line in come
    ]
    assert (len(gone), len(come)) == (2, 4)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b"\n", b"\r\n", id="line ends of Windows"),
        pytest.param(b"# yaml", b"\xef\xbb\xbf# yaml", id="a byte order mark"),
        pytest.param(b"Ana Example", "Aña Exämple 你好 🙂".encode(), id="letters of more than a byte"),
        pytest.param(b"schedules:\n", b"# Who?\n\nschedules:   # and when\n\n", id="comments and empty lines"),
    ],
)
def test_every_other_byte_stays(agency: Path, old: bytes, new: bytes) -> None:
    file = agency / "oncall.yaml"
    file.write_bytes(file.read_bytes().replace(old, new))
    before, after = changed(agency, "primary,secondary", "remove", "dee", "--from", "2027-01-04", "--write")
    gone, come = lines(before, after)
    assert (len(gone), len(come)) == (2, 4)
    assert ENDED.encode() in after
    assert load(agency).oncall.schedules["primary"].layers[1].people == ("ana", "ben", "chi")


def test_names_may_have_spaces_between_them(agency: Path) -> None:
    words = ("primary, secondary", "reorder", "ana, chi, ben, dee", "--from", "2027-01-04", "--write")
    changed(agency, *words)
    assert load(agency).oncall.schedules["secondary"].layers[1].people == ("ben", "dee", "ana", "chi")


def test_a_change_after_a_change_keeps_the_first(agency: Path) -> None:
    changed(agency, *SWAP, "--write")
    changed(agency, "primary,secondary", "add", "max", "--from", "2027-01-04", "--write")
    changed(agency, "primary,secondary", "add", "pia", "--from", "2027-01-04", "--write")
    primary = load(agency).oncall.schedules["primary"]
    assert [layer.people for layer in primary.layers] == [
        ("ana", "ben", "chi", "dee"),
        ("ana", "ben", "chi", "dee", "max", "pia"),
    ]
    assert len(primary.cover) == 2


def test_a_link_within_the_catalog_stays_a_link(agency: Path) -> None:
    real = agency / "oncall.txt"
    (agency / "oncall.yaml").rename(real)
    (agency / "oncall.yaml").symlink_to("oncall.txt")
    before, after = changed(agency, *SWAP, "--write")
    assert (agency / "oncall.yaml").is_symlink()
    assert before != after == real.read_bytes()


def test_what_somebody_else_has_written_in_the_meantime_stays(agency: Path) -> None:
    file, platform = agency / "oncall.yaml", OpenPlatform(load(agency), PlatformFiles(agency))
    with pytest.raises(UsageError, match="was changed by somebody else in the meantime"):
        write_edited(platform, PlannedEdit(b"what was read", b"what is new", platform.catalog))
    assert file.read_bytes().startswith(b"# yaml")


def test_a_file_that_cannot_be_written_stays_whole(agency: Path) -> None:
    before = (agency / "oncall.yaml").read_bytes()
    agency.chmod(0o500)
    try:
        result = run(agency, *SWAP, "--write")
    finally:
        agency.chmod(0o700)
    if isinstance(result.exception, UsageError):  # whoever may write everywhere is not stopped
        assert "cannot be written" in str(result.exception)
        assert (agency / "oncall.yaml").read_bytes() == before
    assert [path.name for path in agency.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("zone_name", "words", "cover"),
    [
        pytest.param(
            "Africa/Cairo",
            ("--from", "2027-04-28", "--to", "2027-04-30"),
            'from: "2027-04-28 00:00", to: "2027-04-30 01:00"',
            id="until a day without a midnight",
        ),
        pytest.param(
            "America/Havana",
            ("--from", "2027-11-07", "--to", "2027-11-08"),
            'from: "2027-11-07 00:00 -04:00", to: "2027-11-08 00:00"',
            id="from a day of two midnights",
        ),
    ],
)
def test_a_cover_of_whole_days_begins_and_ends_with_them(
    agency: Path, zone_name: str, words: tuple[str, ...], cover: str
) -> None:
    file = agency / "oncall.yaml"
    file.write_text(re.sub("(lead:\n.*\n +time-zone: )Europe/Berlin", rf"\g<1>{zone_name}", file.read_text()))
    _, after = changed(agency, "lead", "cover", "max", "--instead-of", "lou", *words, "--write")
    assert cover.encode() in after


# --- what is refused -------------------------------------------------------------------------------------------

WRONG = [
    pytest.param(("third", "add", "max", "--from", "2027-01-04"), 'no schedule is called "third"; name one of lead',
                 id="an unknown schedule"),
    pytest.param(("primary", "add", "zoe", "--from", "2027-01-04"), 'no person is called "zoe"; add the person to',
                 id="an unknown person"),
    pytest.param(("primary", "add", "an", "--from", "2027-01-04"), 'no person is called "an"; add the person to',
                 id="an unknown person who is nearly called like another"),
    pytest.param(("primary", "add", "max", "--after", "zoe", "--from", "2027-01-04"), 'no person is called "zoe"',
                 id="after an unknown person"),
    pytest.param(("primary", "cover", "max", "--instead-of", "zoe", "--from", "2027-01-04", "--to", "2027-01-05"),
                 'no person is called "zoe"', id="in place of an unknown person"),
    pytest.param(("primary", "remove", "zoe", "--from", "2027-01-04"), '"zoe" takes no turns; name one of ana, ben',
                 id="removing an unknown person"),
    pytest.param(("primary", "add", "max", "--from", "2026-11-25"), '--from "2026-11-25" is over',
                 id="a date in the past"),
    pytest.param(("primary", "add", "max", "--from", "2026-11-25 23:59"), "is over (Thu 2026-11-26 01:00 CET is now)",
                 id="a time in the past"),
    pytest.param(("primary", "cover", "max", "--instead-of", "chi", "--from", "2026-11-26", "--to", "2026-11-27"),
                 '--from "2026-11-26" is over', id="a cover that has begun"),
    pytest.param(("primary", "add", "max", "--from", "2027-12-24"), "is more than a year ahead", id="a distant date"),
    pytest.param(("primary", "add", "max", "--from", "tomorrow"), '--from "tomorrow" is not a time', id="no date"),
    pytest.param(("primary", "add", "max", "--from", "2027-02-30"), "--from: ", id="a day that does not exist"),
    pytest.param(("primary", "add", "max", "eve", "--from", "2027-01-04"), "add is not complete, or names too many",
                 id="two people to add"),
    pytest.param(("primary", "swap", "ana", "--from", "2027-01-04"), "write monitoring schedule primary swap ana",
                 id="a swap with nobody"),
    pytest.param(("primary", "cover", "max", "--from", "2027-01-04"), "write monitoring schedule primary cover",
                 id="a cover of nobody"),
    pytest.param((*SWAP, "--after", "chi"), "--after does not belong to swap", id="an option of another action"),
    pytest.param(("primary", "add", "max", "--from", "2027-01-04", "--to", "2027-02-01"), "--to does not belong to add",
                 id="an end where there is none"),
    pytest.param(("primary", "add", "max", "--from", "2027-01-04", "--layer", "0"), "has no layer 0", id="no layer 0"),
    pytest.param(("lead", "remove", "kit", "--from", "2027-01-04", "--layer", "2"), "has no layer 2", id="no layer 2"),
    pytest.param(("primary", "add", "max", "--from", "2027-01-04"),
                 "at once, from Mon 2027-03-15 09:00 CET to Mon 2027-03-22 09:00 CET; choose somebody else or another "
                 "date, or change both schedules in one command, as primary,secondary",
                 id="one of two schedules that belong together"),
    pytest.param(("primary", "swap", "ana", "chi", "--from", "2026-12-07"), '"chi" would hold "primary" and "second',
                 id="a swap that puts one person on both"),
    pytest.param(("primary", "cover", "ana", "--instead-of", "chi", "--from", "2026-12-24", "--to", "2026-12-27"),
                 '"ana" would hold "primary" and "secondary" at once', id="a cover who is secondary already"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "reason"), WRONG)
def test_what_cannot_be_done_is_refused_in_one_sentence(agency: Path, words: Sequence[str], reason: str) -> None:
    before = (agency / "oncall.yaml").read_bytes()
    result = run(agency, *words, "--write")
    assert isinstance(result.exception, UsageError)
    assert reason in str(result.exception)
    assert "did you mean" not in str(result.exception)
    assert (agency / "oncall.yaml").read_bytes() == before


def test_what_checks_refuse_is_printed_and_not_written(agency: Path) -> None:
    before = (agency / "oncall.yaml").read_bytes()
    cover = ("secondary", "cover", "max", "--instead-of", "ana", "--from", "2026-12-07", "--to", "2026-12-09")
    result = run(agency, *cover, "--write")
    assert isinstance(result.exception, CatalogError)
    assert [problem.check for problem in result.exception.problems] == ["covers"]
    assert "Nothing is written" in result.stderr
    answer = json.loads(run(agency, *cover, "--format", "json").stdout)
    assert (answer["written"], [problem["check"] for problem in answer["problems"]]) == (False, ["covers"])
    assert (agency / "oncall.yaml").read_bytes() == before


def test_a_problem_that_was_there_before_stops_no_change(agency: Path) -> None:
    changed(agency, *SWAP, "--write")
    result = run(agency, "lead", "remove", "kit", "--from", "2027-01-04", "--write", "--today", "2026-12-24")
    assert result.exit_code == 0, result.output


def test_today_means_now_and_a_turn_that_runs_is_not_cut(agency: Path) -> None:
    answer = json.loads(run(agency, "lead", "remove", "kit", "--from", "2026-11-26", "--format", "json").stdout)
    assert answer["schedules"][0]["from"] == "2026-12-07T08:00:00Z"
    assert {shift["was"] for shift in answer["shifts"]} == {"kit"}


def test_somebody_who_leaves_one_layer_is_named_with_the_others(agency: Path) -> None:
    printed = run(agency, "security", "remove", "eve", "--layer", "1", "--from", "2026-12-07").stdout
    assert "security: eve still takes turns in layer 2 as it stands now." in printed
