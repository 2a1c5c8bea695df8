"""`monitoring site`: what it writes, what it removes, and which folders it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.cli.site_building import LIST_OF_FILES, put, written_before
from monitoring.errors import UsageError
from tests.platforms import AGENCY


def built(out: Path, *words: str) -> str:
    command = ["site", "--out", str(out), "--catalog", str(AGENCY.catalog), "--today", "2026-11-23", *words]
    result = CliRunner().invoke(application(command), command)
    if isinstance(result.exception, UsageError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_site_is_written_and_can_be_written_again(tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert "open" in built(out)
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    built(out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first
    assert "index.html" in first


def test_another_environment_has_pages_of_its_own(tmp_path: Path) -> None:
    built(tmp_path / "site", "--environment", "staging")
    assert "pages nobody" in (tmp_path / "site" / "index.html").read_text()


def test_pages_that_are_gone_are_removed_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path, {"rule-old.html": "old", "index.html": "old"}, ())
    (tmp_path / "notes.txt").write_text("mine")
    put(tmp_path, {"index.html": "new"}, written_before(tmp_path))
    assert {path.name: path.read_text() for path in tmp_path.iterdir() if path.name != LIST_OF_FILES} == {
        "index.html": "new",
        "notes.txt": "mine",
    }
    assert json.loads((tmp_path / LIST_OF_FILES).read_text()) == ["index.html"]


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param(json.dumps(["../outside.html", "/etc/x.html", "a/b.html"]), id="names that lead elsewhere"),
        pytest.param(json.dumps({"index.html": 1}), id="not a list"),
        pytest.param(json.dumps([1, None, ["x.html"]]), id="not names"),
        pytest.param("{", id="not JSON"),
        pytest.param("[" * 100_000, id="nested without end"),
        pytest.param("", id="empty"),
    ],
)
def test_a_list_that_is_not_ours_removes_nothing(tmp_path: Path, listed: str) -> None:
    (tmp_path / LIST_OF_FILES).write_text(listed)
    assert written_before(tmp_path) == frozenset()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.html").write_text("mine")
    with pytest.raises(UsageError, match="holds files that no site is made of"):
        built(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.html"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(UsageError, match="is no folder"):
        built(tmp_path / "site")


def test_what_was_cut_short_is_known_to_the_next_run(tmp_path: Path) -> None:
    """A run that ends while it writes leaves a list that names the files of both runs."""
    put(tmp_path, {"rule-old.html": "old"}, ())
    (tmp_path / "index.html").mkdir()
    with pytest.raises(UsageError):
        put(tmp_path, {"index.html": "new"}, written_before(tmp_path))
    assert written_before(tmp_path) == {"index.html", "rule-old.html"}


def test_calendar_files_follow_those_of_the_site_before(tmp_path: Path) -> None:
    built(tmp_path / "first")
    before = (tmp_path / "first" / "person-kit.ics").read_bytes()
    changed = before.replace(b"SUMMARY:On call: Platform lead", b"SUMMARY:On call: Lead")
    (tmp_path / "first" / "person-kit.ics").write_bytes(changed)
    built(tmp_path / "second", "--previous", str(tmp_path / "first"))
    built(tmp_path / "third")
    built(tmp_path / "first")
    revised = (tmp_path / "second" / "person-kit.ics").read_bytes()
    assert revised.count(b"SEQUENCE:1") == before.count(b"SEQUENCE:0") > 5
    assert (tmp_path / "first" / "person-kit.ics").read_bytes() == revised
    assert (tmp_path / "third" / "person-kit.ics").read_bytes() == before


def test_events_link_to_where_the_site_is_served(tmp_path: Path) -> None:
    built(tmp_path / "site", "--address", "https://oncall.youragency.com")
    assert b"URL:https://oncall.youragency.com/drill.html#rule=" in (tmp_path / "site" / "person-kit.ics").read_bytes()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("--address", "oncall"), "--address: .oncall. is not an https address", id="no address"),
        pytest.param(
            ("--address", "https://a.example/?"), "cannot be followed by a path", id="an address with a query"
        ),
        pytest.param(("--previous", "nowhere"), "leave --previous out for the first site", id="no site before"),
    ],
)
def test_wrong_words_for_calendar_files(tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        built(tmp_path / "site", *words)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param(b"", "is no calendar file that this command wrote; remove it", id="empty"),
        pytest.param(b"\xff", "is not UTF-8 at byte 0; remove it", id="no text"),
    ],
)
def test_a_calendar_file_that_is_none_stops_nothing_halfway(tmp_path: Path, content: bytes, fault: str) -> None:
    built(tmp_path / "site")
    (tmp_path / "site" / "person-kit.ics").write_bytes(content)
    with pytest.raises(UsageError, match=fault):
        built(tmp_path / "site")
    assert (tmp_path / "site" / "person-kit.ics").read_bytes() == content
