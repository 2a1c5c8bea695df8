"""Who loses a running shift when a change is deployed."""

from __future__ import annotations

import pytest

from monitoring.loader import load_texts
from monitoring.model.local_time import parse_local
from monitoring.model.oncall import Oncall
from monitoring.oncall.clock import instant
from monitoring.oncall.taken import taken_shifts
from tests.factories import texts

NOW = instant(parse_local("2026-11-26 12:00").instant("Europe/Berlin"))  # a Thursday in a turn of Ana's
LAYER = '{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}'
BEHIND = '{anchor: "2026-01-05 09:00", turn: 1w, people: [ben, ana]}'


def oncall(schedules: str, target: str = "primary") -> Oncall:
    text = texts()["oncall.yaml"].decode()
    people, _, rest = text.partition("schedules:\n")
    policies = rest[rest.index("policies:") :].replace("ask: [primary]", f"ask: [{target}]")
    return load_texts(texts(oncall=f"{people}schedules:\n{schedules}{policies}")).oncall


def schedule(name: str, *layers: str, more: str = "") -> str:
    listed = "".join(f"      - {layer}\n" for layer in layers)
    return f"  {name}:\n    time-zone: Europe/Berlin\n{more}    layers:\n{listed}"


PLAIN = oncall(schedule("primary", LAYER))
BOTH = oncall(schedule("primary", LAYER) + schedule("second", BEHIND))
END = instant(parse_local("2026-11-30 09:00").instant("Europe/Berlin"))
COVER = '    cover: [{who: kit, instead-of: ana, from: "2026-11-26 12:00", to: "2026-11-27 09:00"}]\n'

CASES = [
    pytest.param(PLAIN, PLAIN, [], id="nothing has changed"),
    pytest.param(PLAIN, oncall(schedule("primary", BEHIND)), [("primary", "ana", "ben", END)], id="another order"),
    pytest.param(
        PLAIN,
        oncall(
            schedule(
                "primary",
                LAYER.replace("}", ', until: "2026-11-30 09:00"}'),
                LAYER.replace("2026-01-05", "2026-11-30").replace("ben]", "ben, kit]"),
            )
        ),
        [],
        id="another order from the next handoff on",
    ),
    pytest.param(
        PLAIN,
        oncall(schedule("primary", LAYER, more=COVER)),
        [("primary", "ana", "kit", instant(parse_local("2026-11-27 09:00").instant("Europe/Berlin")))],
        id="a cover that begins in this minute",
    ),
    pytest.param(
        PLAIN,
        oncall(schedule("primary", LAYER, more=COVER.replace("11-26 12:00", "11-26 12:01"))),
        [],
        id="a cover that begins in the next minute",
    ),
    pytest.param(
        PLAIN,
        oncall(schedule("first", LAYER, more="    formerly: [primary]\n"), "first"),
        [],
        id="another name, and the same people",
    ),
    pytest.param(
        PLAIN,
        oncall(schedule("first", BEHIND, more="    formerly: [primary]\n"), "first"),
        [("first", "ana", "ben", END)],
        id="another name, and other people",
    ),
    pytest.param(PLAIN, BOTH, [], id="a new schedule"),
    pytest.param(BOTH, PLAIN, [("second", "ben", None, END)], id="a schedule that is gone"),
    pytest.param(
        oncall(schedule("primary", LAYER.replace("[ana, ben]", "[ana]"))),
        oncall(schedule("primary", LAYER.replace("[ana, ben]", "[kit]"))),
        [("primary", "ana", "kit", None)],
        id="for more than a year",
    ),
]


@pytest.mark.parametrize(("before", "after", "expected"), CASES)
def test_only_a_shift_that_runs_changes_hands_at_the_deployment(
    before: Oncall, after: Oncall, expected: list[tuple[str, str | None, str | None, int | None]]
) -> None:
    shifts = taken_shifts(before, after, NOW)
    assert [(each.schedule, each.was, each.becomes, each.end) for each in shifts] == expected
