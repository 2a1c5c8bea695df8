"""Catalogs whose right answer the proof once missed, each with what it has to say now."""

from __future__ import annotations

from datetime import date

import pytest

from monitoring.loader import load_texts, read_files
from monitoring.model.catalog import Catalog
from monitoring.reach.proof import Proof, ProofVerdict, prove_catalog
from tests.platforms import AGENCY

TODAY = date(2026, 11, 23)
WINDOW, ONCALL = "maintenance.yaml", "oncall.yaml"
PLATFORM, PAYMENTS, DATABASE = "platform.yaml", "services/payments.yaml", "services/database.yaml"
ENDS = 'to: "2026-12-06 05:00"'
METRICS = "  metrics:\n"
ORDERS = METRICS + "".join(
    f"    {name}: {{kind: count, interval: 10s, sent-by: the shop, tags: {{env: {{values: [prod, staging]}}}}}}\n"
    for name in ("shop.orders", "shop.orders.ok")
)
SLO = "slo: {good: {sum: shop.orders.ok}, total: {sum: shop.orders}, objective: 99.9%, over: 30d}"
MONTHLY = (
    'cron: {project: web, schedule: "0 3 1 * *", time-zone: Europe/Berlin, late-after: 5m, at-most: 10m, failures: 3}'
)
NIGHTLY = 'cron: {project: web, schedule: "30 2 * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h}'
TURNS = "turn: 1w, people: [eve, fay]}"
DAY_SHIFT = 'turn: 1w, people: [eve, fay], only: {days: mon-fri, from: "09:00", to: "17:00"}}'
LEAD = 'anchor: "2026-01-05 09:00", turn: 4w, people: [kit, lou]}'
OFFICE = (
    f"{LEAD}\n  office:\n    title: Office hours\n    time-zone: Europe/Berlin\n    layers:\n"
    '      - {anchor: "2026-01-05 09:00", turn: 1w, people: [chi, dee],'
    ' only: {days: mon-fri, from: "09:00", to: "17:00"}}'
)
Change = tuple[str, str, str]


def agency(*changes: Change, more: str = "") -> Catalog:
    """The agency's catalog with changes (file, from, to), and with one more rule of the payments."""
    files, problems = read_files(AGENCY.catalog)
    assert problems == []
    texts = {name: content.decode() for name, content in files.items()}
    for file, old, new in changes:
        assert old in texts[file], f"{old!r} stands nowhere in {file}"
        texts[file] = texts[file].replace(old, new, 1)
    texts[PAYMENTS] += more
    return load_texts({name: text.encode() for name, text in texts.items()})


def one_more(severity: str, signal: str) -> str:
    return f"\n  - id: x1\n    title: Something fails\n    severity: {severity}\n    means: It fails.\n    {signal}\n"


def proved(catalog: Catalog) -> Proof:
    return prove_catalog(catalog, environment="prod", today=TODAY)


FAILING = [
    pytest.param(
        agency((WINDOW, 'from: "2026-12-06 04:00"', 'from: "2026-11-01 04:00"'), (WINDOW, ENDS, 'to: "2099-12-31 05:00"')),  # noqa: E501
        "platform-outage",
        '"database-upgrade-2026-12" mutes it at every instant of the horizon, so it can never fire',
        'end "database-upgrade-2026-12" sooner',
        id="muted-for-ever",
    ),
    pytest.param(
        agency((WINDOW, ENDS, 'to: "2027-12-06 05:00"')),
        "api-uptime",
        '"database-upgrade-2026-12" mutes it for 365d 1h without a break, and P1 allows 4h in any seven days',
        "shorten it by 364d 21h",
        id="mute-1y",
    ),
    pytest.param(
        agency(more=one_more("P1", MONTHLY)),
        "x1",
        "3 failures in a row, 31d 1h apart at most, and after the run was due, 10m, looked at every minute",
        "write failures: 1",
        id="unknown-holds",
    ),
    pytest.param(
        agency(more=one_more("P1", NIGHTLY)),
        "x1",
        "the signal takes up to 1h 1m (after the run was due, 1h, looked at every minute), and P1 promises 15m",
        "write late-after and at-most of 14m or less",
        id="cron-remedy",
    ),
    pytest.param(
        agency(more=one_more("P3", NIGHTLY.replace("at-most: 1h", "at-most: 1d"))),
        "x1",
        "the signal takes up to 1d 1m (after the run was due, 1d, looked at every minute), and P3 promises 1d",
        "write late-after and at-most of 23h 59m or less",
        id="rounding does not make a minute late look kept",
    ),
    pytest.param(
        agency(
            (ONCALL, "email: eve@youragency.com\n    time-zone: Europe/Warsaw\n    region: PL\n    contact: {high: {push: 0m, phone: 2m}",  # noqa: E501
             "email: eve@youragency.com\n    time-zone: Europe/Warsaw\n    region: PL\n    contact: {high: {push: 0m, phone: 8m}"),  # noqa: E501
            (ONCALL, "email: fay@youragency.com\n    time-zone: Europe/Berlin\n    region: DE-BY\n    contact: {high: {push: 0m, phone: 2m}",  # noqa: E501
             "email: fay@youragency.com\n    time-zone: Europe/Berlin\n    region: DE-BY\n    contact: {high: {push: 0m, phone: 8m}"),  # noqa: E501
        ),
        "tenant-isolation-breach",
        'step 1 asks "fay", whose phone comes 8m after being asked, when the step has escalated after 5m',
        'let phone reach "eve" and "fay" within 4m; write phone: 4m in contact: high',
        id="fix-that-does-not-fix",
    ),
    pytest.param(
        agency((ONCALL, LEAD, OFFICE),
               (ONCALL, "{ask: [primary, secondary], escalate-after: 5m}\n      - {ask: [lead], escalate-after: 10m}",
                "{ask: [primary], escalate-after: 5m}\n      - {ask: [office], escalate-after: 10m}\n"
                "      - {ask: [lead], escalate-after: 10m}")),
        "auth-system-down",
        'step 2 asks "office", where nobody is on call, and waits 10m, as it may',
        'put somebody on call in "office" at that time, whom phone reaches within 9m',
        id="later-empty-step",
    ),
    pytest.param(
        agency((PLATFORM, METRICS, ORDERS), more=one_more("P1", "metric: {sum: shop.orders, over: 10m, below: 0, when-silent: alert}")),  # noqa: E501
        "x1",
        "can never fire",
        "write a value inside that",
        id="a rule that can never fire fails, as the check says why",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("catalog", "rule", "why", "fix"), FAILING)
def test_what_fails_is_said_with_its_reason_and_a_fix(catalog: Catalog, rule: str, why: str, fix: str) -> None:
    found = proved(catalog)
    witnesses = [witness for witness in found.witnesses if rule in witness.rules]
    assert any(why in witness.why and fix in witness.fix for witness in witnesses), witnesses
    (verdict,) = (each.verdict for each in found.rules if each.path.rule == rule)
    assert verdict is ProofVerdict.FAILS
    assert not found.holds


HOLDING = [
    pytest.param(agency((PLATFORM, METRICS, ORDERS), more=one_more(severity, SLO)), "x1", id=name)
    for name, severity in (("slo-p0", "P0"), ("an objective of P1", "P1"), ("slo-p3", "P3"))
] + [
    pytest.param(agency(), "platform-outage", id="a window of an hour is an exception of a promise that holds"),
]


@pytest.mark.parametrize(("catalog", "rule"), HOLDING)
def test_what_holds_is_not_refused(catalog: Catalog, rule: str) -> None:
    (answer,) = (each for each in proved(catalog).rules if each.path.rule == rule)
    assert answer.witnesses == ()
    assert answer.verdict is ProofVerdict.HOLDS


def test_the_answer_says_at_which_failure_ratio_an_objective_is_bounded() -> None:
    catalog = agency((PLATFORM, METRICS, ORDERS), more=one_more("P0", SLO))
    (answer,) = (each for each in proved(catalog).rules if each.path.rule == "x1")
    assert answer.path.detection.how == (
        "when all events fail, a 99.9% objective burns 14.4x after 52s, evaluated every 1m"
    )


def test_an_unknown_time_of_detection_is_not_proved_and_fails_a_rule_that_wakes() -> None:
    query = 'query: {query: "something else", above: 5, when-silent: alert}'
    for severity, holds in (("P1", False), ("P3", True)):
        found = proved(agency(more=one_more(severity, query)))
        (answer,) = (each for each in found.rules if each.path.rule == "x1")
        assert answer.verdict is ProofVerdict.NOT_PROVED
        assert found.holds is holds
