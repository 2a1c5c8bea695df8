"""`monitoring verify`: whatever is broken in a platform makes the right part fail, and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.cli import verify as command
from monitoring.cli.console import open_platform
from monitoring.cli.verify import Run, steps
from monitoring.errors import Problem, Source, UsageError
from monitoring.loader import PlatformFiles
from monitoring.preview.run import preview
from monitoring.verify import Part, unasked
from tests.conftest import TODAY
from tests.platforms import ALL, PARCELS

BrokenHop = Callable[[Path], None]
CHECKS, PROOF, PLAN = "checks", "proof over the catalog, live", "proof over the Plan, live"
GOLDEN, DOCUMENTS, SCHEMAS, EXPECTATIONS = "golden Plans", "documents", "schemas", "expectations"
PROGRAM = {PLAN, GOLDEN, EXPECTATIONS}


def parts(catalog: Path, today: date = TODAY) -> Mapping[str, Part]:
    """Every part of one run, by its name."""
    return {part.name: part for _, make in steps(Run(open_platform(catalog), today)) for part in [make()]}


@pytest.fixture
def platform(tmp_path: Path) -> Path:
    """A copy of the small platform."""
    return Path(shutil.copytree(PARCELS.root, tmp_path / "desk"))


def gone(name: str) -> BrokenHop:
    def breaks(root: Path) -> None:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return breaks


def written(name: str, text: str) -> BrokenHop:
    def breaks(root: Path) -> None:
        (root / name).write_text(text, encoding="utf-8")

    return breaks


def changed(name: str, old: str, new: str) -> BrokenHop:
    def breaks(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        (root / name).write_text(text.replace(old, new), encoding="utf-8")

    return breaks


TRACKER = "catalog/services/tracker.yaml"
RUNBOOK = "docs/runbooks/tracker-down.md"
BROKEN = [
    pytest.param(
        changed("catalog/severities.yaml", "first-human-within: 10m", "first-human-within: 30s"),
        {PROOF, DOCUMENTS, *PROGRAM}, "(reach)", id="a promise that nobody can keep",
    ),
    pytest.param(gone("docs/runbooks/labels-failing.md"), {CHECKS, DOCUMENTS, *PROGRAM}, "rule-runbook",
                 id="a runbook that is missing"),
    pytest.param(gone("golden"), {GOLDEN}, "run monitoring golden", id="no golden Plan yet"),
    pytest.param(written("golden/live.json", "{"), {GOLDEN}, "is not a golden Plan",
                 id="a golden Plan that is no Plan"),
    pytest.param(changed("golden/live.json", '"today": "2026-11-23"', '"today": "2026-11-24"'), set(), "",
                 id="a golden Plan of another day"),
    pytest.param(changed("golden/live.json", "max(last_15m):", "max(last_5m):"), {GOLDEN},
                 "the program declares something else", id="a golden Plan that is stale"),
    pytest.param(gone("docs/alert-rules.md"), {DOCUMENTS}, "alert-rules.md: is missing; run monitoring docs",
                 id="a page that is missing"),
    pytest.param(changed("docs/alert-rules.md", "edit that instead", "edit this"), {DOCUMENTS},
                 "is not what the catalog says", id="a page that is stale"),
    pytest.param(changed(RUNBOOK, "# The tracker does not answer", "# The tracker is slow"), {DOCUMENTS},
                 'tracker-down.md:1: its first line is not the rule\'s title; write "# The tracker does not answer"',
                 id="a runbook with another title"),
    pytest.param(changed(RUNBOOK, "call the desk", "call [the desk](desk.md)"), {DOCUMENTS},
                 'tracker-down.md:9: the link "desk.md" leads nowhere', id="a runbook with a dead link"),
    pytest.param(changed(RUNBOOK, "call the desk", "call [the desk](#desk)"), {DOCUMENTS},
                 'tracker-down.md:9: the link "#desk" names no heading of that page', id="a link to no heading"),
    pytest.param(changed(RUNBOOK, "call the desk", "[call](#impact) [the desk](https://desk.youragency.com)"), set(),
                 "", id="links that lead somewhere"),
    pytest.param(gone("catalog/schema"), {SCHEMAS}, "run monitoring schema --write", id="no schemas yet"),
    pytest.param(written("catalog/schema/teams.json", "{}"), {SCHEMAS}, "teams.json: is not what the models say",
                 id="a schema that is stale"),
    pytest.param(gone("catalog/expectations.yaml"), {EXPECTATIONS},
                 'rule "tracker-down": wakes somebody and has no entry', id="no expectations yet"),
    pytest.param(changed("catalog/expectations.yaml", "above: 5", "above: 6"), {EXPECTATIONS},
                 "metric-monitor.above: 6 is expected, and the program declares 5", id="another expectation"),
    pytest.param(written("__main__.py", ""), PROGRAM, "the program declares nothing that fires for it",
                 id="a program that declares nothing"),
    pytest.param(written("__main__.py", "from monitoring.program import run\n\nrun()\n"), set(), "",
                 id="a program of the platform's own"),
]  # fmt: skip


@pytest.mark.parametrize(("breaks", "failing", "says"), BROKEN)
def test_what_is_broken_fails_and_nothing_else(platform: Path, breaks: BrokenHop, failing: set[str], says: str):
    breaks(platform)
    found = parts(platform / "catalog")
    assert {name for name, part in found.items() if not part.holds} == failing
    problems = [str(problem) for part in found.values() for problem in part.problems]
    assert bool(problems) == bool(failing)
    assert not says or [text for text in problems if says in text]


@pytest.mark.parametrize("name", ALL)
def test_a_platform_of_the_tests_holds_in_every_part(name: str):
    found = parts(ALL[name].catalog)
    assert {name for name, part in found.items() if not part.holds} == set()
    assert all(part.looked_at for part in found.values())


def test_a_platform_without_documents_is_told_where_they_go(platform: Path):
    shutil.rmtree(platform / "docs")
    says = [str(problem) for problem in parts(platform / "catalog")[DOCUMENTS].problems]
    assert says[0].endswith(f"is missing; run monitoring docs --out {platform / 'docs'} (docs)")


def test_a_form_is_shown_and_can_be_pasted(platform: Path):
    (platform / "catalog" / "expectations.yaml").unlink()
    form = parts(platform / "catalog")[EXPECTATIONS].form
    assert form.splitlines()[:5] == ["policies:", "  all-hands:", "    steps:", "      - ask:", "        minutes:"]


def test_each_plan_is_made_once(platform: Path, monkeypatch: pytest.MonkeyPatch):
    made: list[tuple[str, date]] = []
    real = preview

    def counted(*, environment: str, today: date, files: PlatformFiles):
        made.append((environment, today))
        return real(environment=environment, today=today, files=files)

    monkeypatch.setattr(command, "preview", counted)
    parts(platform / "catalog")
    assert made == [("live", TODAY)]


WRONG = Problem(Source("teams.yaml", 1), "", "is wrong", "mend it", "team")


@pytest.mark.parametrize(
    ("part", "holds"),
    [
        pytest.param(Part("rules", 2, 2, "rules"), True, id="all of them, and nothing wrong"),
        pytest.param(Part("rules", 2, 2, "rules", (WRONG,)), False, id="all of them, and something wrong"),
        pytest.param(Part("rules", 1, 2, "rules"), False, id="some of them"),
        pytest.param(Part("rules", 0, 0, "rules"), False, id="nothing to look at"),
        pytest.param(unasked("rules", 2, "rules", "it rains"), False, id="not looked at"),
    ],
)
def test_what_looked_at_nothing_or_at_less_does_not_hold(part: Part, holds: bool):
    assert part.holds is holds


def test_a_day_that_is_too_far_away_is_a_sentence(platform: Path):
    with pytest.raises(UsageError, match='--today: "9999-12-31" is not between 2000 and 2100'):
        command.verify(catalog=platform / "catalog", today="9999-12-31")


@pytest.mark.parametrize(
    ("breaks", "code"),
    [pytest.param(lambda _: None, 0, id="all holds"), pytest.param(gone("golden"), 1, id="something does not")],
)
def test_json_says_what_the_exit_code_says(platform: Path, breaks: BrokenHop, code: int):
    breaks(platform)
    words = ["verify", "--catalog", str(platform / "catalog"), "--today", TODAY.isoformat(), "--format", "json"]
    done = CliRunner().invoke(application(words), words)
    answer = json.loads(done.stdout)
    assert done.exit_code == code
    assert answer["holds"] is (code == 0)
    assert len(answer["parts"]) == 7
