"""Schedules that were hard to say once: layers with hours, covers, and anchors beside a change of the clock."""

from __future__ import annotations

import pytest

from tests.factories import a_layer

NIGHTS = {"days": "mon-thu", "from": "18:00", "to": "09:00"}
WEEKEND = {"from": "fri 18:00", "to": "mon 09:00"}
OFFICE = {"days": "mon-fri", "from": "09:00", "to": "18:00"}
DAYS = a_layer(people=("ana", "ben"), only=OFFICE)

# Eight that needed two to nine layers while a layer had one window of less than a day.
ONE_OR_TWO_LAYERS = [
    pytest.param((DAYS, a_layer(people=("chi", "dee"), only=(NIGHTS, WEEKEND))), id="office hours, and all the rest"),
    pytest.param((a_layer(only={"from": "fri 17:00", "to": "mon 09:00"}),), id="a weekend in one window"),
    pytest.param((a_layer(only={"from": "sun 02:00", "to": "mon 02:00"}),), id="a sunday from two to two at night"),
    pytest.param((a_layer(only={"from": "sun 02:30", "to": "sun 02:00"}),), id="all of the week but half an hour"),
    pytest.param(
        (a_layer(only=({"from": "mon 00:00", "to": "wed 12:00"}, {"from": "thu 12:00", "to": "sun 00:00"})),),
        id="a week in two halves with a pause between them",
    ),
    pytest.param(
        (a_layer(turn="12h", only=({"from": "06:00", "to": "08:00"}, {"from": "20:00", "to": "22:00"})),),
        id="mornings and evenings of every day",
    ),
    pytest.param(
        (
            a_layer(
                people=("ana",), only=tuple({"days": day, "from": "00:00", "to": "08:00"} for day in ("mon", "wed"))
            ),
            a_layer(people=("ben",), only=({"days": "tue,thu"}, {"from": "sat 04:00", "to": "sun 20:00"})),
        ),
        id="days that alternate, and a weekend with other hours",
    ),
    pytest.param(
        (
            a_layer(people=("ana", "ben")),
            a_layer(people=("chi",), only=(WEEKEND, {"days": "wed", "from": "22:00", "to": "06:00"})),
        ),
        id="somebody else at the weekend and in one night, over a rotation of all hours",
    ),
]

COVERED = (a_layer(people=("ana", "ben")), a_layer(turn="1d", people=("chi", "dee"), only=(NIGHTS, WEEKEND)))
"""Two layers of which the covers take some turns."""


def covering(who: str, instead_of: str, begins: str, ends: str) -> dict[str, str]:
    return {"who": who, "instead-of": instead_of, "from": begins, "to": ends}


COVERS = [
    pytest.param([covering("kit", "ana", "2026-03-26 09:00", "2026-03-29 12:00")], id="some days of a turn"),
    pytest.param([covering("kit", "ana", "2026-03-20 09:00", "2026-04-20 09:00")], id="every turn of a month"),
    pytest.param(
        [
            covering("ben", "ana", "2026-03-23 09:00", "2026-04-06 09:00"),
            covering("ana", "ben", "2026-03-23 09:00", "2026-04-06 09:00"),
        ],
        id="two people swap their weeks",
    ),
    pytest.param(
        [
            covering("kit", "ana", "2026-03-20 09:00", "2026-03-30 09:00"),
            covering("dee", "ana", "2026-03-30 09:00", "2026-04-02 09:00"),
            covering("chi", "ben", "2026-03-25 09:00", "2026-04-10 09:00"),
        ],
        id="three covers of two people, one after the other and at once",
    ),
    pytest.param([covering("kit", "chi", "2026-03-24 09:00", "2026-04-03 09:00")], id="somebody of the layer above"),
]

ANCHORS = [
    pytest.param("Europe/Berlin", "2027-03-28 03:00", "2027-03-28T03:00:00+02:00", id="when the clock has jumped"),
    pytest.param("Europe/Berlin", "2026-10-25 02:30 +02:00", "2026-10-25T02:30:00+02:00", id="the first of two"),
    pytest.param("Europe/Berlin", "2026-10-25 02:30 +01:00", "2026-10-25T02:30:00+01:00", id="the second of two"),
    pytest.param(
        "Australia/Lord_Howe", "2026-04-05 01:45 +10:30", "2026-04-05T01:45:00+10:30", id="half an hour twice"
    ),
    pytest.param("Antarctica/Troll", "2026-03-29 03:00", "2026-03-29T03:00:00+02:00", id="two hours skipped"),
]
