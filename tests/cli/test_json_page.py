"""docs/json.md names every field that check, verify, reach and drill print as JSON, and no field that they do not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from monitoring.cli import application
from tests.factories import SHOP, texts

PAGE = (Path(__file__).parents[2] / "docs" / "json.md").read_text()
NAMED_BY_THE_CATALOG = {"people[].notifications"}

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
UPGRADE = """
upgrade: {title: Upgrade, time-zone: Europe/Berlin, from: "2026-12-01 00:00", to: "2026-12-02 00:00",
          services: [shop], environments: [prod], reason: everything moves}
"""

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
    if isinstance(value, dict) and path not in NAMED_BY_THE_CATALOG:
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
    waived = str(folder(tmp_path / "waived", texts(waivers=WAIVER)))
    today = ("--today", "2026-11-23")
    return {
        "reach": set(fields(answer("reach", "--catalog", whole, *today))),
        "drill": set(fields(answer("drill", "shop-gone", "--catalog", gone, "--at", "2026-12-24 03:00"))),
        "drill of an outage": set(fields(answer("drill", "--outage", "shop", "--catalog", gone))),
        "check": set(fields(answer("check", "--catalog", waived, *today))),
        "verify": set(fields(answer("verify", "--catalog", waived, *today))),
    }


@pytest.mark.parametrize("command", ["check", "verify", "reach", "drill", "drill of an outage"])
def test_every_field_is_documented_and_no_other(printed: dict[str, set[str]], command: str) -> None:
    assert printed[command] > WHOSE
    assert compared(printed[command]) - WHOSE == documented(command)
