"""What is true of every check: it looks, it is silent on a good catalog, it has a table and a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from monitoring import checks
from monitoring.checks import (
    Check,
    Context,
    Subjects,
    all_checks,
    catalog_check,
    check_in,
    check_names,
    examine,
    require_no_problems,
)
from monitoring.cli.check import OTHER_NAMES
from monitoring.errors import CatalogError
from monitoring.loader import PlatformFiles, load, load_runbooks
from monitoring.model.catalog import Catalog
from tests.checks import good
from tests.checks.good import RUNBOOKS, TODAY, report, shop
from tests.factories import a_catalog
from tests.platforms import AGENCY

PAGES = Path(__file__).parents[2] / "manual" / "checks"
HEADINGS = ["What it finds", "Why", "How to mend it", "How to accept it"]
MAY_BE_EMPTY = {"waivers", "opsgenie-ends"}


def without_line(message: str) -> str:
    return re.sub(r"^([^:]+):\d+: ", r"\1: ", message)


def test_a_good_catalog_has_no_problems():
    assert report().problems == ()


def test_the_shipped_catalog_has_no_problems_and_no_waivers():
    found = require_no_problems(load(AGENCY.catalog), TODAY, load_runbooks(AGENCY.runbooks))
    assert (found.problems, found.waived) == ((), ())


@pytest.mark.parametrize("day", ["2026-01-01", "2027-02-28", "2029-11-23"])
def test_the_shipped_catalog_is_good_on_other_days_too(day: str):
    assert (
        require_no_problems(load(AGENCY.catalog), date.fromisoformat(day), load_runbooks(AGENCY.runbooks)).problems
        == ()
    )


def test_every_check_has_something_to_look_at_in_the_good_catalog():
    assert {check.check for check in report().examined if not check.there_are} == MAY_BE_EMPTY


def test_every_check_looks_at_all_of_its_subjects():
    assert [check.check for check in report().examined if check.looked_at != check.there_are] == []


@pytest.mark.parametrize("name", check_names())
def test_a_check_has_a_table_and_a_page_of_its_name(name: str):
    assert (Path(__file__).parent / f"test_{name.replace('-', '_')}.py").is_file()
    assert (PAGES / f"{name}.md").is_file()


def test_no_page_and_no_table_is_left_over():
    tables = {path.stem.removeprefix("test_").replace("_", "-") for path in Path(__file__).parent.glob("test_*.py")}
    own = {"every-check", "names-in-brackets", "counting", "adding-a-check", "waived", "incidents", "command"}
    assert {path.stem for path in PAGES.glob("*.md")} - {OTHER_NAMES} == set(check_names()) == tables - own


@pytest.mark.parametrize("name", check_names())
def test_a_page_has_its_headings_and_a_message_that_the_check_really_says(name: str):
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    cases = import_module(f"tests.checks.test_{name.replace('-', '_')}").CASES
    said = {message for param in cases for message in param.values[0].says}
    example = re.search(r"```text\n(.+)\n```", text)
    assert example
    assert without_line(example[1]) in said


@pytest.mark.parametrize("check", [pytest.param(check, id=check.name) for check in all_checks()])
def test_a_check_says_what_it_looks_at(check: Check):
    assert check.about.word
    assert str(check.look.__doc__).startswith("Looks at ")


# --- which checks there are ------------------------------------------------------------------------------------


def test_each_module_without_an_underscore_is_a_check():
    names = {path.stem for path in Path(str(checks.__file__)).parent.glob("[!_]*.py")}
    assert check_names() == tuple(sorted(name.replace("_", "-") for name in names))


def made(name: str) -> Check:
    return catalog_check(name, about=Subjects("things", lambda _: ()))(lambda _: iter(()))


@pytest.mark.parametrize(
    ("own", "held"),
    [
        pytest.param([], "no check", id="none"),
        pytest.param(["fan-in"], '"fan-in"', id="one of another name"),
        pytest.param(["fan-out", "fan-in"], '"fan-out" and "fan-in"', id="two"),
        pytest.param(["fan-out", "fan-out"], '"fan-out" and "fan-out"', id="two of its name"),
    ],
)
def test_a_module_without_exactly_the_check_of_its_name_is_refused(own: list[str], held: str):
    module = ModuleType("monitoring.checks.fan_out")
    module.__file__ = "monitoring/checks/fan_out.py"
    vars(module).update((f"check{number}", made(name)) for number, name in enumerate(own))
    with pytest.raises(ImportError) as raised:
        check_in(module)
    assert str(raised.value) == (
        f"monitoring/checks/fan_out.py: holds {held}; decorate exactly one function with "
        '@rule_check("fan-out", about=…) or @catalog_check("fan-out", about=…)'
    )


def test_a_finding_has_one_key_and_one_line_within_the_file():
    found = report(shop(", recovers-at: 1500ms, when-silent: alert", ""))
    assert [(reported.check, reported.finding.key) for reported in found.unwaived] == [
        ("no-data-decided", "shop-slow: silence undecided")
    ]


def test_a_problem_points_to_the_line_of_its_word():
    [problem] = report(shop("failing-in: 2", "failing-in: 1")).problems
    lines = good.SHOP.splitlines()
    assert lines[problem.source.line - 1].strip() == "failing-in: 2"


# --- guards of the guards --------------------------------------------------------------------------------------


def only_the_first(context: Context) -> Iterator[str]:
    """Looks at one rule of a check that is about every rule."""
    yield next(iter(context.catalog.rules))


def test_a_check_that_looks_at_fewer_than_there_are_is_a_problem():
    [honest] = [check for check in all_checks() if check.name == "rule-route"]
    [problem] = examine(_good(), TODAY, RUNBOOKS, [honest._replace(look=only_the_first)]).problems
    assert str(problem) == (
        'catalog: check "rule-route": looked at 1 of 12 rules; mend the check, so that it looks at each (rule-route)'
    )


def test_a_check_that_counts_fewer_than_it_looks_at_is_a_problem():
    [honest] = [check for check in all_checks() if check.name == "second-human"]
    nobody = honest._replace(about=honest.about._replace(names=lambda _: ()))
    [problem] = examine(_good(), TODAY, RUNBOOKS, [nobody]).problems
    assert str(problem) == (
        'catalog: check "second-human": counts 0 policies that must wake, and looked at 2 that are none of these; '
        "mend the count, so that it names each (second-human)"
    )


def test_require_raises_with_all_problems_at_once():
    catalog = a_catalog(shop("when-silent: alert", "when-silent: show"), **good.FILES)
    with pytest.raises(CatalogError) as raised:
        require_no_problems(catalog, TODAY, {})
    assert len(raised.value.problems) == len(catalog.rules)


def test_require_gives_the_report_of_a_good_catalog():
    assert require_no_problems(_good(), TODAY, RUNBOOKS).problems == ()


def test_the_order_of_the_answer_does_not_depend_on_the_run():
    changes = (shop("when-silent: alert", "when-silent: show"), shop("failing-in: 2", "failing-in: 1"))
    assert report(*changes).problems == report(*changes).problems == tuple(sorted(report(*changes).problems))


def test_runbooks_are_found_beside_the_catalog(tmp_path: Path):
    (tmp_path / "catalog").mkdir()
    files = PlatformFiles(tmp_path / "catalog")
    (tmp_path / "docs" / "runbooks").mkdir(parents=True)
    (tmp_path / "docs" / "runbooks" / "x.md").write_text("text", encoding="utf-8")
    assert load_runbooks(files.runbooks) == {"x": "text"}


def test_a_catalog_without_any_runbook_is_examined():
    assert {problem.check for problem in examine(_good(), TODAY, {}).problems} == {"rule-runbook"}


def _good() -> Catalog:
    return a_catalog(**good.FILES)
