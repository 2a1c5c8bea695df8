"""Who is compared with whom, and that pages, commands and checks say one number."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.model.oncall import Layer
from monitoring.oncall.clock import DAY, midnight
from monitoring.oncall.fairness import Spread, always_in_turn, spreads
from monitoring.oncall.load import Load
from tests.conftest import TODAY
from tests.factories import a_layer, a_schedule
from tests.platforms import AGENCY
from tests.site.building import agency

START = midnight(TODAY)
COVER = {"who": "kit", "instead-of": "ana", "from": "2026-12-07 09:00", "to": "2026-12-14 09:00"}
SEAM = "2027-03-01 09:00"


@pytest.mark.parametrize(
    ("layers", "people"),
    [
        pytest.param([a_layer()], ("ana", "ben"), id="nobody who only covers"),
        pytest.param(
            [a_layer(until=SEAM), a_layer(anchor=SEAM, people=("dee", "ben", "ana"))],
            ("ana", "ben"),
            id="nobody who joins",
        ),
        pytest.param(
            [a_layer(until=SEAM), a_layer(anchor=SEAM, people=("ana", "dee"))], ("ana",), id="nobody who leaves"
        ),
        pytest.param(
            [a_layer(until=SEAM), a_layer(anchor="2027-03-02 09:00")], (), id="nobody over a day without a layer"
        ),
        pytest.param(
            [a_layer(), a_layer(people=("dee",), only={"days": "sat-sun"})],
            ("ana", "ben", "dee"),
            id="whoever has weekends alone",
        ),
        pytest.param([a_layer(anchor="2026-12-07 09:00")], (), id="nobody before the schedule begins"),
    ],
)
def test_who_takes_turns_all_the_time(layers: list[Layer], people: tuple[str, ...]) -> None:
    assert always_in_turn(a_schedule(*layers, cover=[COVER]), START, START + 366 * DAY) == people


ANA, BEN, KIT = Load("ana", 36_000, 7, 1, 2), Load("ben", 14_400, 9, 1, None), Load("kit", 0, 0, 0, 0)


def test_how_far_people_are_apart() -> None:
    assert spreads([ANA, BEN, KIT]) == {
        "hours": Spread("ana", "kit", 10, 0),
        "nights": Spread("ben", "kit", 9, 0),
        "weekends": Spread("ana", "kit", 1, 0),
    }
    assert spreads([ANA, KIT])["holidays"] == Spread("ana", "kit", 2, 0)
    assert [spread.difference for spread in spreads([ANA, BEN]).values()] == [6, 2, 0]


@pytest.mark.parametrize("shares", [pytest.param([], id="nobody"), pytest.param([ANA], id="one person")])
def test_nobody_is_compared_with_nobody(shares: list[Load]) -> None:
    assert spreads(shares) == {}


def test_the_command_says_what_the_pages_and_the_check_say() -> None:
    command = ["oncall", "--from", "2026-11-23 00:00 UTC", "--to", "2027-11-24 00:00 UTC", "--format", "json"]
    result = CliRunner().invoke(application(command), [*command, "--catalog", str(AGENCY.catalog)])
    answer = json.loads(result.stdout)
    assert answer["balance"] == [
        {
            "schedule": name,
            "measure": measure,
            "most": spread.most,
            "least": spread.least,
            "highest": spread.highest,
            "lowest": spread.lowest,
            "difference": spread.difference,
        }
        for name, shares in agency().shares.items()
        for measure, spread in shares.spreads.items()
    ]
    assert {each["person"]: (each["seconds"], each["holidays"]) for each in answer["people"]} == {
        name: (load.seconds, load.holidays) for name, load in agency().loads.items()
    }
