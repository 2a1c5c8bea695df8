"""The steps of preview.yml, run in their order on a clean checkout: green for a good change, red at the right step."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.pipelines.checkouts import checkout, rewrite
from tests.pipelines.workflows import Runner, StepRun

TINY = {"LINTED": "monitoring/errors.py", "PYTEST_ADDOPTS": "tests/test_incidents_page.py"}
"""What keeps the two steps of the job `suite` short: the linters look at one file, pytest runs one file of tests."""
SERVICES = Path("catalog/services")


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A clean checkout."""
    return checkout(tmp_path / "checkout")


def outcomes(runs: list[StepRun]) -> dict[str, str]:
    return {run.step.name: run.outcome for run in runs}


def run_of(runs: list[StepRun], name: str) -> StepRun:
    return next(run for run in runs if run.step.name == name)


def test_a_good_change_from_a_fork_is_green_at_every_step_and_reads_what_was_skipped(clean):
    runbook = clean / "docs" / "runbooks" / "high-memory.md"
    runbook.write_text(runbook.read_text() + "\nLook at the last deployment first.\n")
    runner = Runner(clean, environ={**TINY, "GITHUB_EVENT_PATH": str(fork_event(clean))})
    runs = [*runner.job("preview.yml", "judge"), *runner.job("preview.yml", "suite")]
    assert {run.outcome for run in runs} == {"success"}, [run.out + run.err for run in runs if run.outcome != "success"]
    assert outcomes(runs).keys() >= {"Check the catalog", "Prove who is woken", "Compare the golden Plans", "Test"}
    assert "0 problems" in run_of(runs, "Check the catalog").summary
    assert "every promise holds" in run_of(runs, "Prove who is woken").summary
    assert "comes from a fork" in run_of(runs, "Compare the golden Plans").summary
    assert re.search(r"\d+ passed", run_of(runs, "Test").out)
    assert [run.annotations for run in runs if run.annotations] == []


def fork_event(folder: Path) -> Path:
    """The event of a pull request from a fork, as GitHub leaves it beside a job."""
    head, base = ({"repo": {"full_name": name}} for name in ("eve/monitoring", "youragency/monitoring"))
    path = folder / ".event.json"
    path.write_text(json.dumps({"pull_request": {"head": head, "base": base, "user": {"login": "eve"}}}))
    return path


def test_fifteen_bad_rules_are_red_where_the_catalog_is_checked_and_ten_annotations_stand_at_their_lines(clean):
    places = spoil(clean, 15)
    runs = Runner(clean).job("preview.yml", "judge")
    assert outcomes(runs) == {
        "Install the program": "success",
        "Check the catalog": "failure",
        "Prove who is woken": "skipped",
        "Compare the documents": "skipped",
        "Compare the golden Plans": "skipped",
    }
    red = run_of(runs, "Check the catalog")
    assert len(red.annotations) == 10
    shown = [re.match(r"::error file=(.+),line=(\d+),", line) for line in red.annotations[:9]]
    assert [(place[1], int(place[2])) for place in shown if place] == places[:9]
    assert "… and 6 more; the whole list is in the job's summary" in red.annotations[9]
    listed = re.findall(r"^(\S+):(\d+): ", red.summary, re.MULTILINE)
    assert [(file, int(line)) for file, line in listed] == places


def spoil(folder: Path, number: int) -> list[tuple[str, int]]:
    """Gives so many rules a severity that does not exist; where each stands, in the order of the files."""
    places: list[tuple[str, int]] = []
    for path in sorted((folder / SERVICES).glob("*.yaml")):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for at, line in enumerate(lines):
            if re.match(r"    severity: P\d$", line) and len(places) < number:
                lines[at] = "    severity: P9\n"
                places.append((path.relative_to(folder).as_posix(), at + 1))
        path.write_text("".join(lines), encoding="utf-8")
    assert len(places) == number
    return places


def test_a_stale_document_is_red_at_its_line(clean):
    pages = clean / "docs" / "alert-rules.md"
    text = pages.read_text(encoding="utf-8")
    line = text[: text.index("\n### high-memory\n")].count("\n") + 2
    pages.write_text(text.replace("\n### high-memory\n", "\n### memory\n"), encoding="utf-8")
    runs = Runner(clean).job("preview.yml", "judge", before="Compare the golden Plans")
    assert [name for name, outcome in outcomes(runs).items() if outcome != "success"] == ["Compare the documents"]
    (annotation,) = run_of(runs, "Compare the documents").annotations
    assert annotation.startswith(f"::error file=docs/alert-rules.md,line={line},title=docs::")
    assert "run monitoring docs" in annotation


def test_a_signal_that_comes_too_late_is_green_where_the_catalog_is_checked_and_red_where_it_is_proved(clean):
    slow = "catalog/services/api.yaml"
    rewrite(clean, slow, "      over: 10m\n      above: 2s", "      over: 30m\n      above: 2s")
    runs = Runner(clean).job("preview.yml", "judge", before="Compare the documents")
    assert outcomes(runs)["Check the catalog"] == "success"
    assert outcomes(runs)["Prove who is woken"] == "failure"
    red = run_of(runs, "Prove who is woken")
    assert all(line.startswith(f"::error file={slow},line=") for line in red.annotations)
    assert 'rule "performance-degradation" in prod: at the hop signal' in red.annotations[0]
    assert "Witness 1: performance-degradation" in red.summary
