"""Hostile values at every place of a green catalog: refused with a sentence, or contained wherever they get to."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.findings.running import run
from tests.hostile.catalogs import EXTRA, Written, replaced, scalars, write
from tests.hostile.containment import CONTAINED, MARK, Outcome, pages_in, plan_in
from tests.platforms import PARCELS

HOSTILE: tuple[object, ...] = (
    f"x \x1b[31m\x1b]0;{MARK}\x07",
    f"x\rP0 {MARK}",
    f"x\x00{MARK}",
    f"x\u202e{MARK}",
    f"\u200b{MARK}",
    f"x\u2028# {MARK}",
    f"# {MARK}",
    f"- {MARK}",
    "---",
    f"<script>{MARK}</script>",
    f'"><img src=x onerror={MARK}>',
    f"x --> <script>{MARK}</script>",
    f"[x](javascript:{MARK})",
    f"a|b|{MARK}",
    f"`{MARK}`",
    f"@pagerduty-Other @all {MARK}",
    f"<!channel> {MARK}",
    "{{#is_alert}}" + MARK,
    "{{host.name}} ${x} %s",
    f"[/] [red]{MARK}",
    f"a}} OR {{b:{MARK}",
    f'x" OR "{MARK}',
    "../../../etc/passwd",
    f"https://evil.example/{MARK}",
    f"::error::{MARK}",
    f"{MARK} " * 400,
    f"x\n# {MARK}",
)
EDGES: tuple[object, ...] = (
    0,
    -1,
    10**15,
    "0001-01-01 00:00",
    "9999-12-31 23:59",
    "2000-01-01 00:00",
    "2100-12-31 23:59",
    "2026-03-29 02:30",
    "2026-10-25 02:30",
    "0001-01-01",
    "9999-12-31",
    "0s",
    "1s",
    "59m",
    "999999999w",
    "24:00",
    "00:00",
    "0%",
    "100%",
    "1e400",
    "Pacific/Apia",
    "America/St_Johns",
    "UTC",
    "never",
    True,
    "",
    "é",
)
PLACES = tuple(scalars())
TODAY = ("--today", "2026-11-26")
CALM = settings(
    max_examples=120,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The green catalog as a project, in the current folder."""
    folder = Path(copytree(PARCELS.root, tmp_path / "parcels"))
    (folder / "Pulumi.yaml").write_text("name: parcels\nruntime: python\n")
    for file in EXTRA:
        write(folder / "catalog", file, lambda data: data)
    monkeypatch.chdir(folder)
    return folder


def outcome(project: Path) -> Outcome:
    """What every command says of the catalog in a project; the program only runs where a check may accept it."""
    answers = {"check": run("check", *TODAY), "reach": run("reach", *TODAY, "--horizon", "60d")}
    pages = project / "pages"
    answers["docs"] = run("docs", "--out", str(pages))
    if answers["check"].code:
        return Outcome(answers, pages_in(pages), None)
    preview = run("preview", "--format", "json", *TODAY)
    return Outcome(answers | {"preview": preview}, pages_in(pages), plan_in(preview))


def faults(project: Path, written: Written) -> list[str]:
    catalog = project / "catalog"
    write(catalog, written.file, partial(replaced, place=written.place, value=written.value))
    seen = outcome(project)
    write(catalog, written.file, lambda data: data)
    return [f"{written} {written.value!r}: {fault}" for holds in CONTAINED for fault in holds(seen)]


def test_there_are_hundreds_of_inputs() -> None:
    assert len(PLACES) * 5 >= 300


def test_the_catalog_that_is_changed_is_green(project: Path) -> None:
    seen = outcome(project)
    assert {name: answer.code for name, answer in seen.answers.items()} == dict.fromkeys(seen.answers, 0)
    assert seen.plan is not None
    assert len(seen.pages) == 2


@pytest.mark.parametrize("number", range(len(PLACES)), ids=list(map(str, PLACES)))
def test_a_hostile_value_is_refused_or_contained(number: int, project: Path) -> None:
    """Five of the values at each place, so that each value meets every kind of place."""
    place = PLACES[number]
    values = [HOSTILE[(number * 5 + offset) % len(HOSTILE)] for offset in range(5)]
    found = [fault for value in values for fault in faults(project, Written(place.file, place.place, value))]
    assert found == []


@CALM
@given(st.sampled_from(PLACES), st.sampled_from(EDGES) | st.integers() | st.text(max_size=20))
def test_a_value_at_the_edge_never_ends_a_command_badly(project: Path, place: Written, value: object) -> None:
    assert faults(project, Written(place.file, place.place, value)) == []
