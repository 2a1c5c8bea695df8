"""The recipes of `changing-schedules.md`: applied as they are printed, they move nobody before their date."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from typer.testing import CliRunner

from monitoring.checks import examine
from monitoring.cli import application
from monitoring.loader import load, load_runbooks, load_texts, read_files
from monitoring.model.catalog import Catalog
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Timeline
from monitoring.reach.proof import prove_catalog
from tests.platforms import AGENCY

PAGE = AGENCY.documents / "operations" / "changing-schedules.md"
BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 26)
BEGIN, END = (int(datetime(year, 11, 26, tzinfo=UTC).timestamp()) for year in (2026, 2028))
NOW = int(datetime(2026, 11, 26, 12, tzinfo=BERLIN).timestamp())

Pair = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a recipe's table: an instant, and primary and secondary before and after the change."""

    at: int
    before: Pair
    after: Pair


@dataclass(frozen=True, slots=True)
class Recipe:
    """A section of the page: its YAML, the instant from which it may change anything, its table, its command."""

    title: str
    words: Mapping[str, Any]
    since: int
    rows: tuple[Row, ...]
    command: tuple[str, ...]


def moment(written: str) -> int:
    """The instant at which the clock in Berlin shows a time."""
    return int(datetime.fromisoformat(written).replace(tzinfo=BERLIN).timestamp())


def recipes(page: str) -> Iterator[Recipe]:
    """Every section with a block of YAML, as the page prints it."""
    for title, section in re.findall(r"^## (.+)\n((?:(?!^## ).*\n)*)", page, re.MULTILINE):
        for block in re.findall(r"```yaml\n(.*?)```", section, re.DOTALL):
            since = re.match(r"# no minute changes hands before (\S+ \S+)\n", block)
            assert since, f"{title}: the first line of the block has no date"
            command = re.search(r"```sh\nmonitoring (schedule .+)\n```", section)
            assert command, f"{title}: no command"
            words = tuple(shlex.split(command[1]))
            yield Recipe(title, yaml.safe_load(block), moment(since[1]), tuple(rows(section)), words)


def rows(section: str) -> Iterator[Row]:
    """The table of a section."""
    for at, before, after in re.findall(r"^\| (\d{4}-\S+ \S+) \| (.+?) \| (.+?) \|$", section, re.MULTILINE):
        yield Row(moment(at), pair(before), pair(after))


def pair(cell: str) -> Pair:
    """Primary and secondary, as a cell names them."""
    primary, secondary = cell.split(", ")
    return primary, secondary


def shipped() -> dict[str, Any]:
    """The words of the shipped oncall.yaml."""
    words: dict[str, Any] = yaml.safe_load((AGENCY.catalog / "oncall.yaml").read_text(encoding="utf-8"))
    return words


def changed(words: Mapping[str, Any]) -> Catalog:
    """The shipped catalog with a recipe applied: people added, the words of its schedules replaced."""
    files, _ = read_files(AGENCY.catalog)
    oncall = shipped()
    oncall["people"] |= words.get("people", {})
    for name, schedule in words["schedules"].items():
        oncall["schedules"][name] |= schedule
    return load_texts(files | {"oncall.yaml": yaml.safe_dump(oncall, sort_keys=False).encode()})


def calendars(catalog: Catalog, start: int = BEGIN, end: int = END) -> dict[str, Timeline]:
    """Who is on call by each schedule, between two instants."""
    return {name: timeline(schedule, start, end) for name, schedule in catalog.oncall.schedules.items()}


def on_call(catalog: Catalog, at: int) -> Pair:
    """Primary and secondary at an instant."""
    minute = calendars(catalog, at, at + 60)
    return minute["primary"].at(at), minute["secondary"].at(at)


@cache
def runbooks() -> Mapping[str, str]:
    return load_runbooks(AGENCY.runbooks)


def in_a_hurry(lists: Mapping[str, list[str]]) -> Catalog:
    """The shipped catalog with other lists in the layers that run."""
    schedules = {
        name: {"layers": [layer | {"people": people} for layer in shipped()["schedules"][name]["layers"]]}
        for name, people in lists.items()
    }
    return changed({"people": RECIPES[0].words["people"], "schedules": schedules})


RECIPES = list(recipes(PAGE.read_text(encoding="utf-8")))
EVERY = [pytest.param(recipe, id=recipe.title) for recipe in RECIPES]
BY_TITLE = {recipe.title: recipe for recipe in RECIPES}


def test_there_is_a_recipe_for_each_reason() -> None:
    assert list(BY_TITLE) == [
        "Somebody joins",
        "Somebody leaves",
        "Two people swap weeks",
        "Somebody is on holiday",
        "Another order",
    ]


@pytest.mark.parametrize("recipe", EVERY)
def test_no_minute_changes_hands_before_the_date(recipe: Recipe) -> None:
    before = calendars(load(AGENCY.catalog), end=recipe.since)
    after = calendars(changed(recipe.words), end=recipe.since)
    assert list(before) == list(after)
    assert before == after


@pytest.mark.parametrize("recipe", EVERY)
def test_the_command_writes_what_the_block_says(recipe: Recipe, tmp_path: Path) -> None:
    shutil.copytree(AGENCY.root, tmp_path / "agency")
    people = yaml.safe_dump(recipe.words.get("people", {}), default_flow_style=True, width=4_000)[1:-2]
    file = tmp_path / "agency" / "catalog" / "oncall.yaml"
    added = f"people:\n  {people}\n" if people else "people:\n"
    file.write_text(file.read_text(encoding="utf-8").replace("people:\n", added), encoding="utf-8")
    words = [*recipe.command, "--catalog", str(file.parent), "--today", str(TODAY)]
    result = CliRunner().invoke(application(words), words)
    assert (result.exit_code, result.exception) == (0, None), result.output
    assert load(file.parent).oncall == changed(recipe.words).oncall


@pytest.mark.parametrize("recipe", EVERY)
def test_the_change_takes_effect_after_the_date(recipe: Recipe) -> None:
    assert calendars(load(AGENCY.catalog)) != calendars(changed(recipe.words))


@pytest.mark.parametrize("recipe", EVERY)
def test_the_table_shows_who_is_on_call(recipe: Recipe) -> None:
    catalog = changed(recipe.words)
    assert recipe.rows
    assert {row.at: row.before for row in recipe.rows} == {
        row.at: on_call(load(AGENCY.catalog), row.at) for row in recipe.rows
    }
    assert {row.at: row.after for row in recipe.rows} == {row.at: on_call(catalog, row.at) for row in recipe.rows}


@pytest.mark.parametrize("recipe", EVERY)
def test_the_change_is_green(recipe: Recipe) -> None:
    catalog = changed(recipe.words)
    assert examine(catalog, TODAY, runbooks()).problems == ()
    assert prove_catalog(catalog, environment="prod", today=TODAY).holds


@pytest.mark.parametrize("recipe", EVERY)
def test_nobody_has_two_turns_in_a_row_at_the_seam(recipe: Recipe) -> None:
    shifts = calendars(changed(recipe.words))["primary"]
    assert shifts.at(recipe.since - 1) != shifts.at(recipe.since)


def test_a_name_appended_to_the_lists_changes_today_and_stays_green() -> None:
    lists = {"primary": ["ana", "ben", "chi", "dee", "max"], "secondary": ["chi", "dee", "max", "ana", "ben"]}
    hurried = in_a_hurry(lists)
    assert (on_call(load(AGENCY.catalog), NOW), on_call(hurried, NOW)) == (("chi", "ana"), ("ben", "dee"))
    assert examine(hurried, TODAY, runbooks()).problems == ()
    assert prove_catalog(hurried, environment="prod", today=TODAY).holds


def test_ended_layers_that_are_deleted_too_early_are_refused() -> None:
    schedules = BY_TITLE["Somebody leaves"].words["schedules"]
    early = {name: {"layers": schedule["layers"][1:]} for name, schedule in schedules.items()}
    checks = {judged.check for judged in examine(changed({"schedules": early}), TODAY, runbooks()).unwaived}
    assert "schedule-alive" in checks


def test_a_cover_who_is_secondary_already_is_refused_as_the_page_shows() -> None:
    (cover,) = BY_TITLE["Somebody is on holiday"].words["schedules"]["primary"]["cover"]
    collision = {"primary": {"cover": [cover | {"who": "ana"}]}}
    (problem,) = examine(changed({"schedules": collision}), TODAY, runbooks()).problems
    printed = re.search(r"```text\n(.+)\n```", PAGE.read_text(encoding="utf-8"))
    assert printed
    assert without_line(printed[1]) == without_line(str(problem))


def without_line(message: str) -> str:
    """A problem's sentence without the number of its line, which the words written anew do not keep."""
    return re.sub(r":\d+:", ":", message, count=1)
