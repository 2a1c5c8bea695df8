"""manual/json.md names every field of what check, verify, reach, drill and drift print as JSON, and no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from monitoring.cli import application
from tests.drift import events
from tests.factories import SHOP, texts

PAGE = (Path(__file__).parents[2] / "manual" / "json.md").read_text()
NAMED_OTHERWISE = {"people[].notifications", "engine-summary"}
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
  - {check: rule-runbook, finding: "shop-slow: no runbook", reason: in work, owner: platform, expires: 2026-12-01}
retired: {}
"""


def folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(text)
    return path


def answer(*words: str) -> Any:
    return json.loads(CliRunner().invoke(application(list(words)), [*words, "--format", "json"]).stdout)


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


def compared(found: set[str]) -> set[str]:
    """Without what is only there as the empty form of something longer."""
    return {one for one in found if not any(other.startswith((f"{one}.", f"{one}[]")) for other in found)}


@pytest.fixture
def printed(tmp_path: Path) -> dict[str, set[str]]:
    whole = str(folder(tmp_path / "trial", texts(AGAIN, services_shop=TRIAL, maintenance=UPGRADE)))
    gone = str(folder(tmp_path / "gone", texts(services_shop=OUTAGE)))
    hole = str(folder(tmp_path / "hole", texts(BY_DAY)))
    waived = str(folder(tmp_path / "waived", texts(waivers=WAIVER)))
    noted = folder(tmp_path / "noted", {f"catalog/{name}": text for name, text in texts().items()} | NOTE)
    today = ("--today", "2026-11-23")
    off = events.changed(events.ALERT, {"enabled": True}, {"enabled": False})
    (tmp_path / "refresh.json").write_text(events.stream(off))
    return {
        "reach": {
            field
            for where in (whole, hole)
            for field in fields(answer("reach", "--catalog", where, "--horizon", "30d", *today))
        },
        "drill": set(fields(answer("drill", "shop-gone", "--catalog", gone, "--at", "2026-12-24 03:00"))),
        "drill with a template": set(
            fields(answer("drill", "shop-failing", "--catalog", str(noted / "catalog"), "--template", "note"))
        ),
        "drill of an outage": set(fields(answer("drill", "--outage", "shop", "--catalog", gone))),
        "drift": set(fields(answer("drift", "--from", str(tmp_path / "refresh.json")))),
        "check": set(fields(answer("check", "--catalog", waived, *today))),
        "verify": set(fields(answer("verify", "--catalog", waived, *today))),
    }


COMMANDS = ["check", "verify", "reach", "drill", "drill with a template", "drill of an outage", "drift"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_field_is_documented_and_no_other(printed: dict[str, set[str]], command: str) -> None:
    assert printed[command] > WHOSE
    assert compared(printed[command]) - WHOSE == documented(command)
