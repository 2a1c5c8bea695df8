"""Times and windows that were proved as one thing and sent as another, or read as one thing and meant another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.findings.changes import Change, apply
from tests.findings.running import Answer, run

TODAY = ("--today", "2026-11-23")
SECURITY = """      - {anchor: "2026-01-05 10:00", turn: 1w, people: [eve, fay]}
      - {anchor: "2026-01-05 10:00", turn: 1w, people: [fay, eve], only: {days: sat-sun, from: "09:00", to: "21:00"}}
"""
PRIMARY = '      - {anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben, chi, dee]}\n'
WINDOW = '  from: "2026-12-06 04:00"\n  to: "2026-12-06 05:00"\n'


def answer(root: Path, file: str, old: str, new: str, command: str = "check") -> Answer:
    """What a command says after one change of the catalog."""
    apply(root / "catalog", [Change(file, old, new)])
    return run(command, "--catalog", str(root / "catalog"), *TODAY)


def test_skipped_anchor(root: Path) -> None:
    """It was proved from 03:00 on and sent to PagerDuty as 03:30, so that nobody was asked in between."""
    moved = (
        '      - {anchor: "2026-01-05 10:00", turn: 1w, people: [eve, fay], until: "2027-03-28 02:00"}\n'
        '      - {anchor: "2027-03-28 02:30", turn: 1w, people: [fay]}\n'
    )
    printed = answer(root, "oncall.yaml", SECURITY, moved)
    assert printed.code == 1
    for place, wall in (("layers.1.until", "02:00"), ("layers.2.anchor", "02:30")):
        assert f'{place}: "2027-03-28 {wall}" does not exist in "Europe/Berlin"' in printed.text
    assert printed.text.count('write "2027-03-28 03:00", or "2027-03-28 01:59"') == 2


def test_skipped_anchor_as_the_message_says_it_is_written(root: Path) -> None:
    moved = (
        '      - {anchor: "2026-01-05 10:00", turn: 1w, people: [eve, fay], until: "2027-03-28 03:00"}\n'
        '      - {anchor: "2027-03-28 03:00", turn: 1w, people: [fay]}\n'
    )
    printed = answer(root, "oncall.yaml", SECURITY, moved, "reach")
    assert printed.code == 0
    assert "Nobody is on call" not in printed.text


def test_window_in_skipped_hour(root: Path) -> None:
    printed = answer(root, "maintenance.yaml", WINDOW, '  from: "2027-03-28 02:30"\n  to: "2027-03-28 03:10"\n')
    assert printed.code == 1
    assert (
        'from: "2027-03-28 02:30" does not exist in "Europe/Berlin", whose clock is put forward then; write '
        '"2027-03-28 03:00", or "2027-03-28 01:59"'
    ) in printed.text


@pytest.mark.parametrize("year", ["0001", "1999", "2101", "9999"])
def test_date_0001(root: Path, year: str) -> None:
    printed = answer(root, "maintenance.yaml", 'from: "2026-12-06 04:00"', f'from: "{year}-12-06 04:00"')
    assert printed.code == 1
    assert f'"{year}-12-06 04:00" is not between 2000 and 2100; write it as "2026-01-05 09:00"' in printed.text


def test_weekend_shift_misread(root: Path) -> None:
    shift = (
        '      - {anchor: "2026-01-09 18:00", turn: 1w, people: [ben, chi, dee, ana], only: {days: fri-mon, '
        'from: "18:00", to: "09:00"}}\n'
    )
    printed = answer(root, "oncall.yaml", PRIMARY, PRIMARY + shift)
    assert printed.code == 1
    assert 'and "fri-mon" reads like fri 18:00 to mon 09:00' in printed.text


WINDOWS = (
    'days: mon-fri, from: "09:00", to: "17:00"',
    'days: mon-thu, from: "17:00", to: "09:00"',
    'days: fri-mon, from: "17:00", to: "09:00"',
)
EACH = '      - {{anchor: "2026-01-05 10:00", turn: 1w, people: [eve, fay], only: {{{}}}}}\n'
WEEKEND = "".join(map(EACH.format, WINDOWS))


def test_weekend_window(root: Path) -> None:
    """Nobody was on call on Saturday and Sunday by day, and a later step carried it: nothing said so."""
    printed = answer(root, "oncall.yaml", SECURITY, WEEKEND)
    assert printed.code == 1
    assert "layer 3 has 4 nights, fri 17:00 to sat 09:00, sat 17:00 to sun 09:00" in printed.text
    proved = run("reach", "--catalog", str(root / "catalog"), *TODAY)
    line = 'Nobody is on call in "security" for 34d 16h in all: 09:00 to 17:00 (104 times, on Sat and Sun).'
    assert line in " ".join(proved.text.split())


def test_weekend_window_as_it_was_meant(root: Path) -> None:
    meant = WEEKEND.replace('days: fri-mon, from: "17:00", to: "09:00"', "from: fri 17:00, to: mon 09:00")
    assert answer(root, "oncall.yaml", SECURITY, meant).code == 0
    assert "Nobody is on call" not in run("reach", "--catalog", str(root / "catalog"), *TODAY).text
