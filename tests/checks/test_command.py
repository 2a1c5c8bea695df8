"""`monitoring check` as a function: what it writes in each format, and with which exit code it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from monitoring.checks import check_names
from monitoring.cli.check import register
from monitoring.errors import UsageError
from tests.checks.good import FILES, RUNBOOK, RUNBOOKS, Change, shop
from tests.factories import texts
from tests.platforms import AGENCY

SILENT = shop(", recovers-at: 1500ms, when-silent: alert", ", recovers-at: 1500ms")
WAIVED: Change = (
    "waivers.yaml",
    "retired:",
    'waivers:\n  - {check: no-data-decided, finding: "shop-slow: silence undecided", reason: known, owner: platform, '
    "expires: 2027-01-31}\nretired:",
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs the command on the good catalog after some changes, in a directory of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)

    def runs(*changes: Change, options: tuple[str, ...] = (), orphan: str = "shop-slow") -> Result:
        for name, content in texts(*changes, **FILES).items():
            path = tmp_path / "catalog" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name, text in {orphan: RUNBOOK, **RUNBOOKS}.items():
            (tmp_path / "runbooks").mkdir(exist_ok=True)
            (tmp_path / "runbooks" / f"{name}.md").write_text(text, encoding="utf-8")
        return CliRunner().invoke(app, ["check", "--catalog", "catalog", "--today", "2026-11-23", *options])

    return runs


def test_a_good_catalog_is_counted_and_ends_well(run):
    found = run()
    assert (found.exit_code, found.output.partition("\n")[2]) == (
        0,
        f"0 problems, 0 waived, {len(check_names())} checks, 12 rules, 3 services, 3 people\n",
    )


def test_problems_come_one_a_line_with_a_summary(run):
    found = run(SILENT)
    assert found.exit_code == 1
    assert found.output.splitlines()[1] == (
        'services/shop.yaml:19: rule "shop-slow": does not say what it means when no data arrives; '
        "write when-silent: alert, resolve or show (no-data-decided)"
    )
    assert found.output.splitlines()[-1].startswith("1 problem, 0 waived, ")


def test_waived_findings_are_counted(run):
    found = run(SILENT, WAIVED)
    assert (found.exit_code, "\n0 problems, 1 waived, " in found.output) == (0, True)


def test_json_names_the_finding_of_each_problem(run):
    answer = json.loads(run(SILENT, options=("--format", "json")).output)
    assert answer["problems"] == [
        {
            "file": "services/shop.yaml",
            "line": 19,
            "where": 'rule "shop-slow"',
            "what": "does not say what it means when no data arrives",
            "remedy": "write when-silent: alert, resolve or show",
            "check": "no-data-decided",
            "finding": "shop-slow: silence undecided",
        }
    ]
    assert {one["check"]: one["looked-at"] for one in answer["checks"]}["no-data-decided"] == 3


def test_json_tells_who_accepted_what_until_when(run):
    [waived] = json.loads(run(SILENT, WAIVED, options=("--format", "json")).output)["waived"]
    assert (waived["finding"], waived["reason"], waived["owner"], waived["expires"]) == (
        "shop-slow: silence undecided",
        "known",
        "platform",
        "2027-01-31",
    )


def test_annotations_name_the_file_from_where_the_command_runs(run):
    first, *_, last = run(SILENT, options=("--format", "github")).output.splitlines()
    assert first == (
        "::error file=catalog/services/shop.yaml,line=19,title=no-data-decided::"
        'rule "shop-slow": does not say what it means when no data arrives; write when-silent: alert, resolve or show'
    )
    assert last.startswith("::notice::1 problem, ")


def test_annotations_name_the_file_from_the_workspace(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path.parent))
    first = run(SILENT, options=("--format", "github")).output.splitlines()[0]
    assert first.startswith(f"::error file={tmp_path.name}/catalog/services/shop.yaml,line=19,")


@pytest.mark.parametrize("output", ["text", "json", "github"])
def test_what_cannot_be_read_is_a_problem_in_every_format(run, output: str):
    found = run(shop("team: platform", "team: platfrom"), options=("--format", output))
    assert found.exit_code == 1
    assert "platfrom" in found.output
    if output == "json":
        assert json.loads(found.output)["problems"][0]["check"] == "shape"


FIFTEEN = shop("team: platform\n", "team: platform\n" + "".join(f"word-{number}: 1\n" for number in range(15)))


def test_annotations_stop_at_ten_and_say_where_the_others_are(run):
    *nine, last = run(FIFTEEN, options=("--format", "github")).output.splitlines()
    assert len(nine) == 9
    assert last == "::error title=more problems::… and 6 more; monitoring check prints all of them"


def test_annotations_lead_to_the_summary_where_there_is_one(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    last = run(FIFTEEN, options=("--format", "github")).output.splitlines()[-1]
    assert last == "::error title=more problems::… and 6 more; the whole list is in the job's summary"
    assert len([line for line in summary.read_text().splitlines() if ": word-" in line]) == 15


def test_annotations_of_a_runbook_name_its_own_directory(run):
    found = run(options=("--runbooks", "runbooks", "--format", "github"), orphan="shop-gone-too")
    assert found.output.startswith("::error file=runbooks/shop-gone-too.md,title=rule-runbook::no rule is called")


def test_the_page_of_a_check_is_explained(run):
    found = run(options=("--explain", "fan-out"))
    assert (found.exit_code, "What it finds" in found.output) == (0, True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param(
            ("--explain", "fan-outs"),
            'no message ends with "fan-outs"; did you mean "fan-out"?',
            id="an unknown check names the nearest",
        ),
        pytest.param(
            ("--runbooks", "nowhere"),
            'there is no runbooks directory "nowhere"; name one with --runbooks',
            id="a runbooks directory that does not exist",
        ),
        pytest.param(
            ("--catalog", "nowhere"),
            'there is no catalog directory "nowhere"; name one with --catalog',
            id="a catalog that does not exist",
        ),
    ],
)
def test_a_wrong_use_is_told(run, options: tuple[str, ...], message: str):
    wrong = run(options=options).exception
    assert isinstance(wrong, UsageError)
    assert str(wrong) == message


def test_a_runbook_that_is_not_utf8_is_told(run, tmp_path: Path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "shop-slow.md").write_bytes(b"\xff\xfe")
    wrong = run(options=("--runbooks", "broken")).exception
    assert isinstance(wrong, UsageError)
    assert str(wrong).endswith('shop-slow.md" cannot be read; save it as a file in UTF-8')


def test_neither_the_checks_nor_the_command_load_what_they_do_not_need():
    code = (
        "import sys; from datetime import date\n"
        "from monitoring.checks import require_no_problems\n"
        "from pathlib import Path\n"
        "from monitoring.loader import load, load_runbooks\n"
        f"runbooks = load_runbooks(Path({str(AGENCY.runbooks)!r}))\n"
        f"require_no_problems(load(Path({str(AGENCY.catalog)!r})), date(2026, 11, 23), runbooks)\n"
        "assert not {'typer', 'rich'} & sys.modules.keys()\n"
        "import monitoring.cli.check\n"
        "print([name for name in sys.modules if name.split('.')[0] in {'holidays', 'pulumi', 'pulumi_datadog'}])\n"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
