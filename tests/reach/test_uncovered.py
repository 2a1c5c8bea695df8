"""The hours in which a schedule has nobody, whoever carries them."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.reach.uncovered import uncovered_json, uncovered_line, uncovered_schedules
from tests.factories import a_catalog, texts
from tests.reach.ask import at

LAYER = '- {anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}'
START, END = at("2026-11-23 00:00"), at("2026-12-21 00:00")


def layers(*only: str) -> tuple[str, str, str]:
    return "oncall.yaml", LAYER, "\n      ".join(LAYER.replace("]}", f"], only: {hours}}}") for hours in only)


CASES = [
    pytest.param([], [], id="somebody at every instant"),
    pytest.param(
        [
            layers(
                '{days: mon-fri, from: "09:00", to: "17:00"}',
                '{days: mon-thu, from: "17:00", to: "09:00"}',
                '{days: fri-mon, from: "17:00", to: "09:00"}',
            )
        ],
        ['Nobody is on call in "primary" for 2d 16h in all: 09:00 to 17:00 (8 times, on Sat and Sun).'],
        id="a weekend that was written as four nights",
    ),
    pytest.param(
        [layers('{from: "00:00", to: "23:30"}')],
        ['Nobody is on call in "primary" for 14h in all: 23:30 to 00:00 (28 times, on every day).'],
        id="half an hour of each night",
    ),
    pytest.param(
        [layers("{from: mon 09:00, to: fri 17:00}")],
        ['Nobody is on call in "primary" for 10d 16h in all: Fri 17:00 to Mon 09:00 (3 times), Mon 2026-11-23 '
         "01:00 CET to Mon 2026-11-23 09:00 CET, Fri 2026-12-18 17:00 CET to Mon 2026-12-21 01:00 CET."],
        id="weekends, cut where the horizon begins and ends",
    ),
    pytest.param(
        [("oncall.yaml", '"2026-01-05 09:00"', '"2026-12-01 09:00"')],
        [
            'Nobody is on call in "primary" for 8d 8h in all: Mon 2026-11-23 01:00 CET to Tue 2026-12-01 09:00 CET.',
        ],
        id="a layer that begins later, once, with its dates",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "lines"), CASES)
def test_each_schedules_hole_is_one_sentence(changes, lines):
    assert [uncovered_line(hole) for hole in uncovered_schedules(a_catalog(*changes), START, END)] == lines


def test_as_data_the_stretches_are_capped_and_counted():
    catalog = a_catalog(layers('{from: "00:00", to: "23:30"}'))
    (hole,) = uncovered_schedules(catalog, START, START + 366 * 86_400)
    written = uncovered_json(hole)
    assert (written["schedule"], len(written["stretches"]), written["left-out"]) == ("primary", 100, 266)
    assert written["stretches"][0] == {"from": "2026-11-23T22:30:00Z", "to": "2026-11-23T23:00:00Z"}
    assert written["seconds"] == sum(stretch.end - stretch.start for stretch in hole.stretches)


def test_reach_names_the_hole_that_a_later_step_carries(tmp_path):
    promise = ("severities.yaml", "second-human-within: 15m", "second-human-within: 20m")
    steps = ("oncall.yaml", "- {ask: [kit], escalate-after: 10m}", "- {ask: [kit, ana, ben], escalate-after: 10m}")
    for name, content in texts(promise, steps, layers('{from: "00:00", to: "23:30"}')).items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    words = ["reach", "--catalog", str(tmp_path), "--today", "2026-11-23", "--horizon", "28d"]
    answer = CliRunner().invoke(application(), words)
    assert answer.exit_code == 0, answer.stdout
    assert 'Nobody is on call in "primary" for 14h in all' in answer.stdout
    written = json.loads(CliRunner().invoke(application(), [*words, "--format", "json"]).stdout)
    assert [(hole["schedule"], hole["seconds"]) for hole in written["uncovered"]] == [("primary", 14 * 3_600)]
