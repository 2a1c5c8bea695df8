"""What is true of every check: it looks, it is silent on a good catalog, it has a table and a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from monitoring.checks import (
    Case,
    Finding,
    Subjects,
    check_module,
    check_names,
    examine,
    require,
)
from monitoring.checks import _report as runner
from monitoring.errors import CatalogError
from monitoring.loader import PlatformFiles, load, read_runbooks
from monitoring.model.catalog import Catalog
from tests.checks import good
from tests.checks.good import RUNBOOKS, TODAY, report, shop
from tests.factories import a_catalog
from tests.platforms import AGENCY

PAGES = Path(__file__).parents[2] / "docs" / "checks"
HEADINGS = ["What it finds", "Why", "How to mend it", "How to accept it"]
MAY_BE_EMPTY = {"waivers"}


def without_line(message: str) -> str:
    return re.sub(r"^([^:]+):\d+: ", r"\1: ", message)


def test_a_good_catalog_has_no_problems():
    assert report().problems == ()


def test_the_shipped_catalog_has_no_problems_and_no_waivers():
    found = require(load(AGENCY.catalog), TODAY, read_runbooks(AGENCY.runbooks))
    assert (found.problems, found.waived) == ((), ())


@pytest.mark.parametrize("day", ["2026-01-01", "2027-02-28", "2029-11-23"])
def test_the_shipped_catalog_is_good_on_other_days_too(day: str):
    assert require(load(AGENCY.catalog), date.fromisoformat(day), read_runbooks(AGENCY.runbooks)).problems == ()


def test_every_check_has_something_to_look_at_in_the_good_catalog():
    assert {one.check for one in report().examined if not one.there_are} == MAY_BE_EMPTY


def test_every_check_looks_at_all_of_its_subjects():
    assert [one.check for one in report().examined if one.looked_at != one.there_are] == []


@pytest.mark.parametrize("name", check_names())
def test_a_check_has_a_table_and_a_page_of_its_name(name: str):
    assert (Path(__file__).parent / f"test_{name.replace('-', '_')}.py").is_file()
    assert (PAGES / f"{name}.md").is_file()


def test_no_page_and_no_table_is_left_over():
    tables = {path.stem.removeprefix("test_").replace("_", "-") for path in Path(__file__).parent.glob("test_*.py")}
    own = {"every-check", "waived", "incidents", "command"}
    assert {path.stem for path in PAGES.glob("*.md")} == set(check_names()) == tables - own


@pytest.mark.parametrize("name", check_names())
def test_a_page_has_its_headings_and_a_message_that_the_check_really_says(name: str):
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    cases = import_module(f"tests.checks.test_{name.replace('-', '_')}").CASES
    said = {message for param in cases for message in param.values[0].says}
    example = re.search(r"```text\n(.+)\n```", text)
    assert example
    assert without_line(example[1]) in said


@pytest.mark.parametrize("name", check_names())
def test_a_check_says_what_it_is_about(name: str):
    module = check_module(name)
    assert isinstance(module.ABOUT, Subjects)
    assert module.__doc__
    looking = [getattr(module, name) for name in ("looks_at", "looks") if hasattr(module, name)]
    assert looking
    assert all(one.__doc__.startswith("Looks at ") for one in looking)


def test_a_finding_has_one_key_and_one_line_within_the_file():
    found = report(shop(", recovers-at: 1500ms, when-silent: alert", ""))
    assert [(one.check, one.finding.key) for one in found.unwaived] == [
        ("no-data-decided", "shop-slow: silence undecided")
    ]


def test_a_problem_points_to_the_line_of_its_word():
    [problem] = report(shop("failing-in: 2", "failing-in: 1")).problems
    lines = good.SHOP.splitlines()
    assert lines[problem.source.line - 1].strip() == "failing-in: 2"


# --- guards of the guards --------------------------------------------------------------------------------------


class Blind:
    """A check that is about every rule, and looks at one of them."""

    ABOUT = check_module("rule-route").ABOUT

    @staticmethod
    def looks(case: Case) -> Iterator[str | Finding]:
        yield next(iter(case.catalog.rules))


def test_a_check_that_looks_at_fewer_than_there_are_is_a_problem(monkeypatch: pytest.MonkeyPatch):
    honest = runner.check_module

    def modules(name: str) -> Any:
        return Blind if name == "rule-route" else honest(name)

    monkeypatch.setattr(runner, "check_module", modules)
    [problem] = report().problems
    assert str(problem) == (
        'catalog: check "rule-route": looked at 1 of 12 rules; mend the check, so that it looks at each (rule-route)'
    )


def test_require_raises_with_all_problems_at_once():
    catalog = a_catalog(shop("when-silent: alert", "when-silent: show"), **good.FILES)
    with pytest.raises(CatalogError) as raised:
        require(catalog, TODAY, {})
    assert len(raised.value.problems) == len(catalog.rules)


def test_require_gives_the_report_of_a_good_catalog():
    assert require(_good(), TODAY, RUNBOOKS).problems == ()


def test_the_order_of_the_answer_does_not_depend_on_the_run():
    changes = (shop("when-silent: alert", "when-silent: show"), shop("failing-in: 2", "failing-in: 1"))
    assert report(*changes).problems == report(*changes).problems == tuple(sorted(report(*changes).problems))


@pytest.mark.parametrize("at_hand", [1, 5])
def test_the_answer_does_not_depend_on_how_many_rules_are_at_hand(monkeypatch: pytest.MonkeyPatch, at_hand: int):
    changes = (shop("when-silent: alert", "when-silent: show"), shop("failing-in: 2", "failing-in: 1"))
    usual = report(*changes)
    monkeypatch.setattr(runner, "AT_HAND", at_hand)
    assert usual.problems
    assert report(*changes) == usual


def test_runbooks_are_found_beside_the_catalog(tmp_path: Path):
    (tmp_path / "catalog").mkdir()
    files = PlatformFiles(tmp_path / "catalog")
    (tmp_path / "docs" / "runbooks").mkdir(parents=True)
    (tmp_path / "docs" / "runbooks" / "x.md").write_text("text", encoding="utf-8")
    assert read_runbooks(files.runbooks) == {"x": "text"}


def test_a_catalog_without_any_runbook_is_examined():
    assert {problem.check for problem in examine(_good(), TODAY, {}).problems} == {"rule-runbook"}


def _good() -> Catalog:
    return a_catalog(**good.FILES)
