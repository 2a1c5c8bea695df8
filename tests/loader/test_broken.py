"""Each mistake that a catalog can hold is told in one exact sentence, and all of them in one run."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from monitoring.errors import CatalogError
from monitoring.loader import load_texts
from tests.factories import texts
from tests.loader.broken import (
    absent,
    expected,
    files,
    formats,
    ids,
    kinds,
    recordings,
    references,
    signals,
    times,
    units,
    wholes,
    words,
)
from tests.loader.broken.case import Broken, oncall, shop, tenants

CASES = [
    case
    for module in (
        absent,
        words,
        kinds,
        ids,
        references,
        signals,
        units,
        times,
        wholes,
        files,
        expected,
        formats,
        recordings,
    )
    for case in module.CASES
]
ROOT = Path(__file__).parents[2]
# Names of formats and products, which keep their capitals.
NAMES = {
    "UTF-8",
    "Sentry",
    "Datadog",
    "PagerDuty",
    "YAML",
    "JSON",
    "AND",
    "OR",
    "NAME",
    "P0",
    "P1",
    "P2",
    "P3",
    "B",
    "MB",
    "GB",
    "TB",
    "kB",
    "KiB",
    "MiB",
    "GiB",
    "TiB",
}


def mistakes(given: dict[str, bytes]) -> list[str]:
    with pytest.raises(CatalogError) as wrong:
        load_texts(given)
    return [str(problem) for problem in wrong.value.problems]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.about) for case in CASES])
def test_a_catalog_with_one_mistake_says_this_and_no_more(case: Broken) -> None:
    assert mistakes(case.files) == [case.says]


def test_the_table_is_large_and_holds_nothing_twice() -> None:
    assert len({case.about for case in CASES}) == len(CASES) >= 150
    assert len({case.says for case in CASES}) >= 140


@pytest.mark.parametrize("case", [pytest.param(case, id=case.about) for case in CASES])
def test_a_message_says_where_what_and_what_to_do_in_small_letters(case: Broken) -> None:
    form = re.fullmatch(
        r"(?P<file>[a-z/.]+\.(yaml|json))(:\d+)?: (?P<said>.+); (?P<remedy>[^;]+|.+) \([a-z-]+\)", case.says
    )
    assert form is not None
    ours = re.sub(
        r'"[^"]*"|routes\.P\d\S*|steps\.\d+\.params\S*', "", form["said"]
    )  # what the user wrote keeps its capitals
    capitals = {word.strip(",:;") for word in ours.split() if word != word.lower()}
    assert {word for word in capitals if word not in NAMES} == set()


TEN = (
    oncall("ask: [kit]", "ask: [kitt]"),
    oncall("    time-zone: Europe/Berlin\n", "    time-zone: Europe/Berln\n"),
    tenants("plan: enterprise", "plan: enterprize, plann: x"),
    shop("team: platform", "team: platfrom"),
    shop("tier: critical", "tier: vital"),
    shop("more-than: 10, within: 5m", "more-then: many, within: 7x"),
    shop("{service: shop}", "{servce: shop}"),
)
TEN_TOLD = """\
oncall.yaml:11: schedule "primary": time-zone: "Europe/Berln" is not a time zone; write the name of a place, such as "Europe/Berlin" or "Asia/Kolkata" (shape)
oncall.yaml:18: policy "critical": steps.2.ask.1: no schedule or person is called "kitt"; take it out, or add it to schedules or people in oncall.yaml (shape)
services/shop.yaml:4: service "shop": team: no team is called "platfrom"; did you mean "platform"? (shape)
services/shop.yaml:5: service "shop": tier: "vital" is not a word for this; it is one of critical, standard, internal (shape)
services/shop.yaml:11: rule "shop-failing": errors.more-than: "many" is not a whole number; write digits only, at most 15 (shape)
services/shop.yaml:11: rule "shop-failing": errors.more-then: is an unknown field; did you mean "more-than"? (shape)
services/shop.yaml:11: rule "shop-failing": errors.within: "7x" is not a length of time; write a whole number and s, m, h, d or w, like 5m (shape)
services/shop.yaml:16: rule "shop-slow": metric.where.servce: metric "trace.request" sends no tag "servce"; did you mean "service"? (shape)
tenants.yaml:1: tenant "acme": plan: no plan is called "enterprize"; did you mean "enterprise"? (shape)
tenants.yaml:1: tenant "acme": plann: is an unknown field; did you mean "plan"? (shape)
"""


def test_ten_mistakes_in_three_files_are_told_in_one_run_and_in_order() -> None:
    assert mistakes(texts(*TEN)) == TEN_TOLD.splitlines()
    assert len(TEN_TOLD.splitlines()) == 10


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_order_of_the_mistakes_does_not_depend_on_how_words_are_hashed(seed: str) -> None:
    program = (
        "from tests.loader.test_broken import TEN\n"
        "from tests.factories import texts\n"
        "from monitoring.errors import CatalogError\n"
        "from monitoring.loader import load_texts\n"
        "try:\n    load_texts(texts(*TEN))\nexcept CatalogError as wrong:\n    print(wrong)\n"
    )
    command = [sys.executable, "-c", program]
    said = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
    )
    assert said.stdout == TEN_TOLD
