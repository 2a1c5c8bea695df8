"""Rules whose signal can never fire, or never anew, as the checks know them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from monitoring.checks import (
    ALWAYS,
    NEVER,
    burn_rate,
    can_fire,
    check_in,
    cron_schedule,
    environment_data,
    examine,
    raw_query,
    tenancy_tags,
)
from monitoring.errors import Source
from monitoring.model.catalog import Catalog

CAN_NEVER_FIRE, FIRES_ALWAYS = NEVER, ALWAYS
SAYING_SO = tuple(map(check_in, (burn_rate, can_fire, cron_schedule, environment_data, raw_query, tenancy_tags)))
"""The checks whose findings say how a rule fires."""


class BrokenSignal(NamedTuple):
    """Why a signal says nothing of what it watches: it can never fire, or fires always and so never anew."""

    cause: str
    why: str
    fix: str
    source: Source


def dead_signals(catalog: Catalog, environment: str, today: date) -> Mapping[str, BrokenSignal]:
    """What is wrong with the signals of rules in one environment.

    The key is the id with which a rule acts, or its own where all of it is meant.

    What a waiver accepts in a check is accepted here too.
    """
    report = examine(catalog, today, {}, SAYING_SO)
    dead: dict[str, BrokenSignal] = {}
    for reported in report.unwaived:
        finding = reported.finding
        rule, _, key = finding.key.partition(": ")
        tenant = key.partition(" for ")[2]
        if finding.fires and finding.environment in ("", environment):
            acting = f"{rule}-{tenant}" if tenant else rule
            dead.setdefault(acting, BrokenSignal(finding.fires, finding.what, finding.remedy, finding.source))
    return dead
