"""Rules whose signal can never fire, or never anew, as the check `can-fire` knows them; the one place that says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from monitoring.checks import can_fire, check_in, examine
from monitoring.checks.can_fire import ALWAYS, DEAD, NEVER
from monitoring.errors import Source
from monitoring.model.catalog import Catalog

CAN_NEVER_FIRE, FIRES_ALWAYS = NEVER, ALWAYS


class BrokenSignal(NamedTuple):
    """Why a signal says nothing of what it watches: it can never fire, or fires always and so never anew."""

    cause: str
    why: str
    fix: str
    source: Source


def dead_signals(catalog: Catalog, today: date) -> Mapping[str, BrokenSignal]:
    """What is wrong with the signals of rules, by the id with which a rule acts, or its own where all of it is meant.

    What a waiver accepts in the check is accepted here too.
    """
    report = examine(catalog, today, {}, [check_in(can_fire)])
    dead: dict[str, BrokenSignal] = {}
    for reported in report.unwaived:
        finding = reported.finding
        rule, _, key = finding.key.partition(": ")
        key, _, tenant = key.partition(" for ")
        if key in DEAD or key == ALWAYS:
            cause = FIRES_ALWAYS if key == ALWAYS else CAN_NEVER_FIRE
            acting = f"{rule}-{tenant}" if tenant else rule
            dead.setdefault(acting, BrokenSignal(cause, finding.what, finding.remedy, finding.source))
    return dead
