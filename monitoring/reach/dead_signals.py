"""Rules whose signal can never fire, as the check `can-fire` knows them; it is the one place that says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from monitoring.checks import can_fire, check_in, examine
from monitoring.checks.can_fire import DEAD
from monitoring.model.catalog import Catalog
from monitoring.reach.paths import BrokenHop


def dead_signals(catalog: Catalog, today: date) -> Mapping[str, BrokenHop]:
    """Why a rule of the catalog can never fire, by its id; what a waiver accepts in the check is accepted here too."""
    report = examine(catalog, today, {}, [check_in(can_fire)])
    dead: dict[str, BrokenHop] = {}
    for reported in report.unwaived:
        rule, _, key = reported.finding.key.partition(": ")
        if key in DEAD:
            finding = reported.finding
            dead.setdefault(rule, BrokenHop("signal", finding.what, finding.remedy, finding.source))
    return dead
