"""manual/json.md names every field of every answer as JSON, and no other; problems are an answer too."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from monitoring.adoption.duplicates import Duplicate
from monitoring.cli import application
from monitoring.cli.adopt import Adoption, as_json
from monitoring.errors import Source, UsageError
from monitoring.naming.type_tokens import SCHEDULE
from monitoring.plan import Resource
from tests.cli.listening import endpoint
from tests.drift import events
from tests.factories import SHOP, texts
from tests.platforms import AGENCY

PAGE = (Path(__file__).parents[2] / "manual" / "json.md").read_text()
NAMED_OTHERWISE = {
    "compared-at",
    "people[].notifications",
    "engine-summary",
    "lookups[].arguments",
    "looked-at",
    "resources[].inputs",
    "resources[].options",
}
"""Objects whose fields are the catalog's names, or the engine's words."""

OUTAGE = (
    SHOP
    + """  - id: shop-gone
    title: The shop is gone
    severity: P0
    means: Nothing answers.
    composite: {all-of: [shop-slow]}
"""
)
TRIAL = SHOP.replace("    severity: P0\n", "    severity: P0\n    trial-until: 2026-12-24\n")
AGAIN = (
    "oncall.yaml",
    "      - {ask: [kit], escalate-after: 10m}\n",
    "      - {ask: [primary], escalate-after: 10m}\n",
)
ACCEPTED = """
waivers:
  - {check: reach, finding: "critical: the same person in steps 1 and 2: shop-slow", reason: in work, owner: platform,
     expires: 2026-12-01}
retired: {}
"""
BY_DAY = ("oncall.yaml", "people: [ana, ben]}", "people: [ana, ben], only: {days: mon-fri}}")
UPGRADE = """
upgrade: {title: Upgrade, time-zone: Europe/Berlin, from: "2026-12-01 00:00", to: "2026-12-02 00:00",
          services: [shop], environments: [prod], reason: everything moves}
"""

NOTE = {
    "docs/runbooks/shop-failing.md": b"# The shop is failing\n",
    "docs/operations/templates/note.md": b"""---
title: A note
audience: internal
severities: [P0]
never: [a cause that is a guess]
---
{{ rule }} fired.
""",
}

WAIVER = """
waivers:
  - {check: rule-runbook, finding: "platform: no runbooks", reason: in work, owner: platform, expires: 2026-12-01}
retired: {}
"""


def folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(text)
    return path


def answer(*words: str) -> Any:
    return json.loads(CliRunner().invoke(application(list(words)), [*words, "--format", "json"]).stdout)


def answer_of_a_process(*words: str) -> Any:
    """The same from a process of its own, for what keeps Pulumi's state in the process."""
    command = [sys.executable, "-m", "monitoring", *words, "--format", "json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)


ADOPTION = Adoption(
    stack="prod",
    creates=2,
    looked_at={"pagerduty": 7},
    pending_operations=0,
    duplicates=(Duplicate(Resource(SCHEDULE, "primary", {}), "Primary", ("PABC123",), Source("oncall.yaml", 9)),),
    commands=("pulumi up --stack prod",),
)


def fields(value: Any, path: str = "") -> Iterator[str]:
    """The dotted path of every field that holds no further fields, `[]` for each element of a list."""
    if isinstance(value, dict) and path not in NAMED_OTHERWISE:
        for name, inner in value.items():
            yield from fields(inner, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for inner in value:
            yield from fields(inner, f"{path}[]")
    else:
        yield path


WHOSE = {"platform", "catalog"}  # in every answer, and said once for all


def documented(heading: str) -> set[str]:
    """The fields in the table under a heading."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))


def compared(printed: set[str]) -> set[str]:
    """Without what is only there as the empty form of something longer."""
    return {path for path in printed if not any(other.startswith((f"{path}.", f"{path}[]")) for other in printed)}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The fields of each answer, by the heading under which the page lists them."""
    tmp_path = tmp_path_factory.mktemp("printed")
    whole = str(folder(tmp_path / "trial", texts(AGAIN, services_shop=TRIAL, maintenance=UPGRADE, waivers=ACCEPTED)))
    gone = str(folder(tmp_path / "gone", texts(services_shop=OUTAGE)))
    hole = str(folder(tmp_path / "hole", texts(BY_DAY)))
    waived = str(folder(tmp_path / "waived", texts(waivers=WAIVER)))
    noted = folder(tmp_path / "noted", {f"catalog/{name}": text for name, text in texts().items()} | NOTE)
    today = ("--today", "2026-11-23")
    off = events.changed(events.ALERT, {"enabled": True}, {"enabled": False})
    (tmp_path / "refresh.json").write_text(events.stream(off))
    return {
        "reach": {field for where in (whole, hole) for field in fields(answer("reach", "--catalog", where, *today))},
        "reach without a vendor": set(fields(answer("reach", "--catalog", whole, *today, "--without", "sentry"))),
        "drill": set(fields(answer("drill", "shop-gone", "--catalog", gone, "--at", "2026-12-24 03:00"))),
        "drill with a template": set(
            fields(answer("drill", "shop-failing", "--catalog", str(noted / "catalog"), "--template", "note"))
        ),
        "drill of an outage": set(fields(answer("drill", "--outage", "shop", "--catalog", gone))),
        "drift": set(fields(answer("drift", "--from", str(tmp_path / "refresh.json")))),
        "check": set(fields(answer("check", "--catalog", waived, *today))),
        "verify": set(fields(answer("verify", "--catalog", waived, *today))),
        "review": set(fields(answer("review", whole, hole, "--at", "2026-11-26 09:00", "--plans"))),
        "list": set(fields(answer("list", "--catalog", waived, *today))),
        "show": set(fields(answer("show", "shop-failing", "--catalog", waived, *today))),
        "oncall": set(fields(answer("oncall", "--catalog", waived, "--at", "2026-12-24 03:00"))),
        "oncall of a calendar": set(fields(answer("oncall", "--catalog", waived, "--from", "2026-12-24"))),
        "schedule": {
            field
            for words in (("remove", "ben"), ("swap", "ana", "ben"))
            for field in fields(
                answer("schedule", "primary", *words, "--from", "2027-01-04", *today, "--catalog", waived)
            )
        },
        "preview": set(fields(answer_of_a_process("preview", "--catalog", str(AGENCY.catalog), *today))),
        "test-alerting": set(
            fields(answer("test-alerting", "https://app.youragency.com", "--dry-run", "--catalog", waived))
        ),
        "adopt": set(fields(as_json(ADOPTION))) | WHOSE,
    }


COMMANDS = [
    "check",
    "list",
    "show",
    "oncall",
    "oncall of a calendar",
    "schedule",
    "review",
    "preview",
    "test-alerting",
    "adopt",
    "verify",
    "reach",
    "reach without a vendor",
    "drill",
    "drill with a template",
    "drill of an outage",
    "drift",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_field_is_documented_and_no_other(printed: dict[str, set[str]], command: str) -> None:
    assert printed[command] > WHOSE
    assert compared(printed[command]) - WHOSE == documented(command)


def test_an_answer_of_a_health_endpoint_is_documented() -> None:
    with endpoint() as url:
        printed = set(fields(answer("health", "check", url)))
    assert compared(printed) == documented("health check")


def test_no_answer_of_a_health_endpoint_is_an_answer() -> None:
    words = ["health", "check", "http://127.0.0.1:1", "--format", "json"]
    result = CliRunner().invoke(application(words), words)
    printed = json.loads(result.stdout)
    assert (result.exit_code, printed["status"]) == (1, None)
    assert printed["why"].startswith("no connection")
    assert set(printed) == {path.partition("[")[0].partition(".")[0] for path in documented("health check")}


EVERY_COMMAND = {
    "check": (),
    "verify": (),
    "reach": (),
    "drill": ("shop-failing",),
    "list": (),
    "show": ("shop-failing",),
    "oncall": (),
    "schedule": ("primary", "remove", "ben", "--from", "2027-01-04"),
    "preview": (),
    "test-alerting": ("https://app.youragency.com",),
    "drift": (),
    "adopt": (),
}
PROBLEM = {"file", "line", "where", "what", "remedy", "check"}


@pytest.mark.parametrize("command", EVERY_COMMAND)
def test_a_catalog_that_cannot_be_read_is_an_object_with_its_problems(tmp_path: Path, command: str) -> None:
    files = texts(("services/shop.yaml", "tier: critical", "tier: vital"))
    del files["severities.yaml"]
    words = [command, *EVERY_COMMAND[command], "--catalog", str(folder(tmp_path, files)), "--format", "json"]
    result = CliRunner().invoke(application(words), words)
    printed = json.loads(result.stdout)
    assert (result.exit_code, printed["platform"], printed["catalog"]) == (1, None, str(tmp_path))
    assert {frozenset(problem) for problem in printed["problems"]} == {frozenset(PROBLEM)}
    assert {problem["file"]: problem["line"] for problem in printed["problems"]}["severities.yaml"] is None


def test_a_program_that_is_refused_is_an_object_with_its_problems(tmp_path: Path) -> None:
    printed = answer_of_a_process("preview", "--catalog", str(folder(tmp_path, texts())))
    assert (printed["platform"], set(printed["problems"][0])) == ("Agency platform", PROBLEM)


def test_a_template_with_faults_is_an_object_with_its_problems(tmp_path: Path) -> None:
    files = {f"catalog/{name}": text for name, text in texts().items()} | NOTE
    files["docs/operations/templates/note.md"] = b"no front matter"
    words = ["drill", "shop-failing", "--template", "note", "--catalog", str(folder(tmp_path, files) / "catalog")]
    printed = answer(*words)
    assert set(printed["problems"][0]) == PROBLEM


@pytest.mark.parametrize("command", EVERY_COMMAND)
def test_wrong_usage_prints_no_json(tmp_path: Path, command: str) -> None:
    words = [command, *EVERY_COMMAND[command], "--format", "json", "--catalog", str(tmp_path / "none")]
    result = CliRunner().invoke(application(words), words)
    assert isinstance(result.exception, UsageError)
    assert result.stdout == ""
