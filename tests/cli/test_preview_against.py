"""`monitoring preview --against`: a line for each schedule whose running shift the deployment takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.cli.preview import deployment_lines
from monitoring.errors import UsageError
from monitoring.loader import load
from monitoring.model.local_time import parse_local
from monitoring.oncall.clock import instant
from monitoring.review.sides import named_side
from tests.factories import Change, a_catalog, texts
from tests.git import commit, git

NOW = instant(parse_local("2026-11-26 12:00").instant("Europe/Berlin"))

CASES = [
    pytest.param((), "prod", ["Nobody who is on call now loses the shift."], id="nothing has changed"),
    pytest.param(
        ("oncall.yaml", "people: [ana, ben]", "people: [ben, ana]"),
        "prod",
        ["primary: ben takes over from ana as soon as this is deployed, until Mon 2026-11-30 09:00 CET."],
        id="another order",
    ),
    pytest.param(
        ("oncall.yaml", "people: [ana, ben]}", "people: [ana, ben], only: {days: sat-sun}}"),
        "prod",
        ["primary: nobody takes over from ana as soon as this is deployed, until Sat 2026-11-28 00:00 CET."],
        id="nobody any more",
    ),
    pytest.param(
        ("oncall.yaml", "people: [ana, ben]}", "people: [kit]}"),
        "prod",
        ["primary: kit takes over from ana as soon as this is deployed, until Mon 2026-11-30 09:00 CET."],
        id="somebody else, to the end of the shift",
    ),
    pytest.param(
        ("oncall.yaml", "people: [ana, ben]", "people: [ben, ana]"),
        "staging",
        ["Schedules are deployed with prod: nobody's shift changes hands here."],
        id="an environment that has no schedules",
    ),
]


@pytest.mark.parametrize(("change", "environment", "expected"), CASES)
def test_a_running_shift_that_changes_hands_is_named(change: Change, environment: str, expected: list[str]) -> None:
    after = a_catalog(*([change] if change else []))
    assert list(deployment_lines(a_catalog(), after, environment, NOW)) == expected


def test_what_is_deployed_can_be_a_revision(tmp_path: Path) -> None:
    """The revision itself and not where the working tree left it, for that is what runs."""
    write_catalog(tmp_path / "catalog")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    commit(tmp_path)
    git(tmp_path, "tag", "deployed")
    write_catalog(tmp_path / "catalog", ("oncall.yaml", "people: [ana, ben]", "people: [ben, ana]"))
    base = named_side("deployed", tmp_path / "catalog").catalog
    (line,) = deployment_lines(base, load(tmp_path / "catalog"), "prod", NOW)
    assert line.startswith("primary: ben takes over from ana")


def write_catalog(folder: Path, *changes: Change) -> None:
    for name, content in texts(*changes).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        pytest.param(("--against", "nowhere"), "git", id="neither a folder nor a revision"),
        pytest.param(("--against", ".", "--format", "json"), "JSON is the Plan alone", id="JSON"),
    ],
)
def test_a_base_that_says_nothing_is_refused(tmp_path: Path, words: tuple[str, ...], reason: str) -> None:
    write_catalog(tmp_path)
    command = ["preview", "--catalog", str(tmp_path), *words]
    result = CliRunner().invoke(application(command), command)
    assert isinstance(result.exception, UsageError)
    assert reason in str(result.exception)
