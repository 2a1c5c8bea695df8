"""Catalogs whose right answer the proof once missed, each with what it has to say now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from monitoring.loader import load_texts, read_files
from monitoring.model.catalog import Catalog
from monitoring.reach.problems import proof_problems
from monitoring.reach.proof import Proof, ProofVerdict, prove_catalog
from monitoring.reach.verdicts import conclusion, wait_in_words, when_in_words
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
CUSTOMERS, SEVERITIES, WAIVERS = "services/customers.yaml", "severities.yaml", "waivers.yaml"
SHARE = "max:vercel.function.memory.used_share{env:prod}"
RAW = 'query: {{query: "avg(last_5m):{}", above: 0.9, when-silent: show}}\n    environments: [prod]'
UPTIME = (
    "uptime: {asks: {page: {path: /x}}, every: 1m, regions: [aws:eu-central-1, aws:us-east-1], failing-in: 2, "
    "retry: {times: 1, after: 5s}}"
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


ORDERS_ABOVE = "metric: {sum: shop.orders, above: 10, over: 5m, when-silent: resolve}"

FAILING = [
    pytest.param(
        agency((PLATFORM, METRICS, ORDERS), more=one_more("P3", SLO.replace("99.9%", "20%"))),
        "x1",
        "waits for a burn rate of 1.5, and a budget of 20% burns at most 1.25 times too fast",
        "write an objective above 33.33%",
        id="an objective whose budget cannot burn fast enough",
    ),
    pytest.param(
        agency((PLATFORM, METRICS, ORDERS.replace("[prod, staging]", "[staging]")), more=one_more("P3", SLO)),
        "x1",
        'metric "shop.orders.ok" is never sent with env "prod", so it matches nothing there',
        "add prod to the tag's values",
        id="an objective over counts that the environment never sends",
    ),
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
    pytest.param(
        agency(more=one_more("P1", "metric: {max: vercel.function.memory.used_share, over: 5m, at-least: 0%, when-silent: show}")),  # noqa: E501
        "x1",
        "fires always",
        "write a value inside that",
        id="a rule that fires always fires never anew, so it fails",
    ),
    pytest.param(
        agency((PLATFORM, METRICS, ORDERS), more=one_more("P1", "ratio: {of: {sum: shop.orders}, minus: {sum: shop.orders.ok}, to: {sum: shop.orders}, over: 10m, above: 100%, min-traffic: 100, when-silent: show}")),  # noqa: E501
        "x1",
        'can never fire above "100%", since the value lies at 100% or below',
        "write a value inside that",
        id="a part of a whole that is to exceed it can never fire",
    ),
    pytest.param(
        agency((CUSTOMERS, "except: {acme: {more-than: 5}}", "except: {acme: {more-than: 999999999999}}")),
        "enterprise-customer-impact-acme",
        'for "acme" can never fire',
        "write a number that has been seen",
        id="what one tenant has of its own can never fire",
    ),
    *(
        pytest.param(
            agency(more=one_more("P1", RAW.format(query))),
            "x1",
            why,
            f"take {function} out of the query, or give it a severity that detects later",
            id=f"a query that {function} makes late",
        )
        for function, query, why in (
            ("timeshift", f"timeshift({SHARE}, -3600)", "5m of values, evaluated every 1m, 1h more by timeshift"),
            ("hour_before", f"hour_before({SHARE})", "1h more by hour_before"),
            ("moving_rollup", f"moving_rollup({SHARE}, 7200, 'avg')", "2h more by moving_rollup"),
            ("rollup", f"{SHARE}.rollup(avg, 3600)", "1h more by rollup"),
        )
    ),
    pytest.param(
        agency(more=one_more("P0", "composite: {all-of: [high-memory, website-uptime]}")),
        "x1",
        "its slowest part 16m",
        'in its part "high-memory", write over: 5m',
        id="the remedy of a composite names the part that is too slow",
    ),
    pytest.param(
        agency(
            (WAIVERS, "waivers: []", "waivers:\n  - {check: can-fire, finding: \"x0: can never fire\", reason: later, owner: platform, expires: 2026-12-22}"),  # noqa: E501
            more=one_more("P3", "metric: {max: vercel.function.memory.used_share, over: 5m, above: 100%, when-silent: show}")  # noqa: E501
            .replace("x1", "x0").replace("Something", "Another") + one_more("P0", "composite: {all-of: [website-uptime, x0]}"),  # noqa: E501
        ),
        "x1",
        'can never fire, since its part "x0" never does',
        'mend "x0", or take it out',
        id="a composite fails of a part that never fires, though that is accepted of the part",
    ),
    pytest.param(
        agency(
            more=one_more("P3", "metric: {max: vercel.function.memory.used_share, over: 5m, above: 90%, when-silent: show}")  # noqa: E501
            .replace("x1", "x0").replace("Something", "Another")
            + one_more("P3", "metric: {max: vercel.function.memory.used_share, over: 5m, below: 70%, when-silent: show}")  # noqa: E501
            .replace("x1", "x2").replace("Something", "Less")
            + one_more("P0", "composite: {all-of: [x0, x2]}"),
        ),
        "x1",
        'can never fire, since "x0" and "x2" never fire together',
        "take one of the two out",
        id="a composite fails of two parts that never fire together",
    ),
    *(
        pytest.param(
            agency(more=one_more("P1", MONTHLY.replace("0 3 1 * *", schedule).replace(", failures: 3", ""))),
            "x1",
            why,
            fix,
            id=f"a crontab that never comes, {schedule}, awaits no run",
        )
        for schedule, why, fix in (
            ("0 0 30 2 *", '"0 0 30 2 *" is not a crontab', "mend the field"),
            ("0 0 31 4 *", '"0 0 31 4 *" is not a crontab', "mend the field"),
            ("61 0 * * *", '"61 0 * * *" is not a crontab', "mend the field"),
        )
    ),
    *(
        pytest.param(
            agency(more=one_more("P1", RAW.format(query))),
            "x1",
            why,
            fix,
            id=f"a query of what nobody sends has no data: {query}",
        )
        for query, why, fix in (
            ("avg:nobody.sends{env:prod}", 'nobody sends the metric "nobody.sends"', "there is"),
            (f"{SHARE} / avg:nobody.sends{{env:prod}}", 'nobody sends the metric "nobody.sends"', "there is"),
            (SHARE.replace("}", ",service:shop}"), 'is never "shop"', "there is"),
            (SHARE.replace("}", ",nothing:x}"), 'sends no tag "nothing"', "there is"),
            (f"default_zero({SHARE.replace('}', ',service:shop}')})", 'is never "shop"', "there is"),
        )
    ),
    pytest.param(
        agency(
            (WAIVERS, "waivers: []", "waivers:\n  - {check: raw-query, finding: \"x0: metric nobody.sends\", reason: later, owner: platform, expires: 2026-12-22}"),  # noqa: E501
            more=one_more("P3", RAW.format("avg:nobody.sends{env:prod}")).replace("x1", "x0").replace("Something", "Another")  # noqa: E501
            + one_more("P0", "composite: {all-of: [website-uptime, x0]}\n    environments: [prod]"),
        ),
        "x1",
        'can never fire, since its part "x0" never does',
        'mend "x0", or take it out',
        id="a composite fails of a query that has no data",
    ),
    pytest.param(
        agency((PLATFORM, "plan: {values: [enterprise, business, starter]}", "plan: {values: [business, starter]}")),
        "enterprise-customer-impact-acme",
        'the tag "plan" of project "web" is never "enterprise"',
        "add the plan to the tag's values",
        id="a rule for each tenant of a plan that no event has",
    ),
    pytest.param(
        agency(more=one_more("P1", "metric: {max: vercel.function.memory.used_share, over: 5m, above: 90%, arrives-after: 15m, when-silent: show}")),  # noqa: E501
        "x1",
        "15m late",
        "no over is short enough; write arrives-after: 5m, or give it a severity that detects later",
        id="a wait that makes it late is what the remedy shortens",
    ),
    pytest.param(
        agency(more=one_more("P1", "service-check: {check: http.can_connect, by: [url], failures: 1, every: 15s, new-groups-after: 1d, when-silent: alert}")),  # noqa: E501
        "x1",
        "1 run every 15s, as its author says: 15s of values",
        "write new-groups-after: 10m, or give it a severity that detects later",
        id="a service check that waits for new groups is told a shorter wait",
    ),
    pytest.param(
        agency(more=one_more("P1", UPTIME[:-1] + ", failing-for: 20m}")),
        "x1",
        "then failing for 20m and one more run",
        "write failing-for: 10m",
        id="a test that has to fail for too long is told a shorter time",
    ),
    pytest.param(
        agency(more=one_more("P1", UPTIME.replace("every: 1m", "every: 10m")[:-1] + ", failing-for: 20m}")),
        "x1",
        "then failing for 20m and one more run",
        "write every: 1m and failing-for: 10m",
        id="a test that asks seldom and has to fail for long is told both",
    ),
    pytest.param(
        agency((PLATFORM, METRICS, f"{METRICS}    queue.len: {{kind: gauge, interval: 1h, sent-by: the shop, tags: {{env: {{}}}}}}\n"),  # noqa: E501
               more=one_more("P1", "metric: {max: queue.len, over: 2h, above: 100, when-silent: show}")),
        "x1",
        "2h of values",
        'send "queue.len" more often than every 1h, or give it a severity that detects later',
        id="no window is shorter than the time between two points",
    ),
    pytest.param(
        agency((ONCALL, "{ask: [primary, secondary], escalate-after: 5m}", "{ask: [primary, secondary], escalate-after: 1m}")),  # noqa: E501
        "auth-system-down",
        "whose phone comes 2m after being asked, when the step has escalated after 1m",
        'lengthen escalate-after of step 1 of "critical" to 5m',
        id="a step that asks several is not told a delay that PagerDuty refuses",
    ),
    pytest.param(
        agency((WINDOW, ENDS, 'to: "2026-12-06 06:00"'),
               (SEVERITIES, "maintenance-at-most: 4h", "maintenance-at-most: 1h"),
               (SEVERITIES, "maintenance-at-most: 4h", "maintenance-at-most: 90m")),
        "platform-outage",
        "mutes it for 2h without a break, and P0 allows 1h in any seven days",
        "shorten it by 1h",
        id="of several severities the strictest one is told",
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
    pytest.param(
        agency(
            (WAIVERS, "waivers: []", "waivers:\n  - {check: raw-query, finding: \"x1: tag service:shop\", reason: later, owner: platform, expires: 2026-12-22}"),  # noqa: E501
            more=one_more("P1", RAW.format(SHARE.replace("env:prod", "env:prod AND (service:api OR service:shop)"))),
        ),
        "x1",
        id="a filter that something meets beside what nobody sends",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("catalog", "rule"), HOLDING)
def test_what_holds_is_not_refused(catalog: Catalog, rule: str) -> None:
    (answer,) = (each for each in proved(catalog).rules if each.path.rule == rule)
    assert answer.witnesses == ()
    assert answer.verdict is ProofVerdict.HOLDS


@pytest.mark.parametrize(
    ("silent", "below", "cause"),
    [("resolve", False, "can never fire"), ("alert", False, "fires always"), ("alert", True, "fires always")],
)
def test_what_only_another_environment_sends_is_dead_in_one_alone(silent: str, below: bool, cause: str) -> None:
    signal = ORDERS_ABOVE.replace("above", "below" if below else "above").replace("resolve", silent)
    catalog = agency((PLATFORM, METRICS, ORDERS.replace("[prod, staging]", "[prod]")), more=one_more("P3", signal))
    proofs = {place: prove_catalog(catalog, environment=place, today=TODAY) for place in ("prod", "staging")}
    (witness,) = (each for each in proofs["staging"].witnesses if "x1" in each.rules)
    assert witness.key.endswith(f": {cause}")
    assert when_in_words(witness) == "at every instant"
    assert [each for each in proofs["prod"].witnesses if "x1" in each.rules] == []


@pytest.mark.parametrize(
    ("read", "compared", "silent", "cause"),
    [
        ("avg:nobody.sends{env:prod}", "above: 0.9", "show", "can never fire"),
        ("avg:nobody.sends{env:prod}", "below: 0.9", "show", "can never fire"),
        ("avg:nobody.sends{env:prod}", "above: 0.9", "alert", "fires always"),
        ("default_zero(avg:nobody.sends{env:prod})", "above: 0.9", "show", "can never fire"),
        ("default_zero(avg:nobody.sends{env:prod})", "below: 0.9", "show", "fires always"),
        ("avg:vercel.function.memory.used_share{env:prod,service:shop}", "above: 0.9", "alert", "fires always"),
        ("avg:vercel.function.memory.used_share{env:prod,service IN (shop,api)}", "above: 0.9", "show", None),
        ("avg:vercel.function.memory.used_share{env:prod,!service:shop}", "above: 0.9", "show", None),
        ("avg:vercel.function.memory.used_share{env:prod,service:sh*}", "above: 0.9", "show", None),
        ("avg:vercel.function.memory.used_share{env:prod} by {page}", "above: 0.9", "show", None),
    ],
)
def test_what_a_query_without_data_does_depends_on_what_silence_means(
    read: str, compared: str, silent: str, cause: str | None
) -> None:
    query = f'query: {{query: "avg(last_5m):{read}", {compared}, when-silent: {silent}}}\n    environments: [prod]'
    keys = {witness.key for witness in proved(agency(more=one_more("P1", query))).witnesses}
    assert keys == ({f"x1: {cause}"} if cause else set())


def test_the_answer_says_at_which_failure_ratio_an_objective_is_bounded() -> None:
    catalog = agency((PLATFORM, METRICS, ORDERS), more=one_more("P0", SLO))
    (answer,) = (each for each in proved(catalog).rules if each.path.rule == "x1")
    assert answer.path.detection.how == (
        "when all events fail, a 99.9% objective burns 14.4x after 52s, evaluated every 1m"
    )


def test_an_unknown_time_of_detection_is_not_proved_and_fails_a_rule_that_wakes() -> None:
    unread = 'query: {query: "something else", above: 5, when-silent: alert}'
    for query in (unread, RAW.format(f"ewma_20({SHARE})"), RAW.format(f"{SHARE} / cumsum({SHARE})")):
        for severity, holds in (("P1", False), ("P3", True)):
            found = proved(agency(more=one_more(severity, query)))
            (answer,) = (each for each in found.rules if each.path.rule == "x1")
            assert answer.verdict is ProofVerdict.NOT_PROVED
            assert found.holds is holds


def test_a_rule_of_an_unknown_time_that_wakes_nobody_is_not_said_to_wake() -> None:
    """Beside `not proved` stood `is woken`, of a rule that is only mailed."""
    forecast = (
        "forecast: {max: vercel.function.memory.used_share, by: [function], within: 1w, at-least: 95%,"
        " when-silent: show}"
    )
    (answer,) = (each for each in proved(agency(more=one_more("P3", forecast))).rules if each.path.rule == "x1")
    assert answer.verdict is ProofVerdict.NOT_PROVED
    assert wait_in_words(answer.first, answer) == ("not woken", "")


def test_a_rule_that_wakes_though_it_must_not_is_said_to_wake() -> None:
    loud = (
        ONCALL,
        "contact: {high: {push: 0m, phone: 1m}, low: {email: 0m}}",
        "contact: {high: {phone: 1m}, low: {phone: 0m}}",
    )
    (answer,) = (each for each in proved(agency(loud)).rules if each.path.rule == "high-memory")
    assert wait_in_words(answer.first, answer) == ("is woken", "")


TWO = """
first:
  title: Work
  time-zone: Europe/Berlin
  from: "2026-12-13 04:00"
  to: "2026-12-13 08:00"
  services: all
  environments: [prod]
  still-wakes: [critical-page-errors]
  reason: Work
second:
  title: Work
  time-zone: Europe/Berlin
  from: "2026-12-13 08:00"
  to: "2026-12-13 08:30"
  services: all
  environments: [prod]
  still-wakes: [critical-page-errors]
  reason: Work
"""


def test_windows_that_touch_are_one_silence_told_in_a_zone_that_people_read() -> None:
    ends = "reason: Supabase moves the project to a new Postgres version\n"
    (witness,) = proved(agency((WINDOW, ends, ends + TWO))).witnesses
    assert witness.why.startswith('"first" and "second" mute it for 4h 30m without a break')
    assert "from Sun 2026-12-13 04:00 Europe/Berlin (2026-12-13 03:00 UTC)" in when_in_words(witness)


def test_no_waiver_accepts_a_mute_of_the_whole_horizon_and_no_window_inside_it_is_named() -> None:
    ends = "reason: Supabase moves the project to a new Postgres version\n"
    for_ever = TWO.replace("2026-12-13 04:00", "2026-11-01 04:00").replace("2026-12-13 08:00", "2028-01-01 08:00", 1)
    entry = "waivers:\n  - {{check: reach, finding: {}, reason: later, owner: platform, expires: 2027-06-01}}\n"
    for cause in ("muted too long", "muted throughout"):
        accepting = (WAIVERS, "waivers: []\n", entry.format(f'"maintenance first: {cause}"'))
        found = proved(agency((WINDOW, ends, ends + for_ever.partition("second:")[0]), accepting))
        assert [witness.key for witness in found.witnesses] == ["maintenance first: muted throughout"]
        assert found.witnesses[0].why.startswith('"first" mutes it at every instant of the horizon')
        assert 'end "first" sooner' in found.witnesses[0].fix
        assert not found.holds
        assert found.accepted == ()


def test_where_no_rule_acts_nothing_is_proved() -> None:
    """It said `0 of 0 rules looked at, and every promise holds`."""
    elsewhere = (PLATFORM, "  staging:\n", "  us:\n    title: US\n    url: https://us.youragency.com\n  staging:\n")
    catalog = agency(elsewhere)
    rules = {
        name: service.model_copy(
            update={"rules": tuple(rule.model_copy(update={"environments": ("prod",)}) for rule in service.rules)}
        )
        for name, service in catalog.services.items()
    }
    found = prove_catalog(replace(catalog, services=rules), environment="us", today=TODAY)
    assert not found.holds
    assert conclusion(found) == "No rule acts in us, so nothing is proved."
    assert [str(problem) for problem in proof_problems(found)] == [
        "platform.yaml: environment us: no rule acts in it, so nothing is proved; let a rule act in it, or take it out"
        " (reach)"
    ]


EARLY = "waivers:\n  - {{check: reach, finding: {}, reason: later, owner: platform, expires: {}}}\n"
IN_MARCH = 'until: "2027-03-01 09:00"'
LATE_HOLE = (
    (ONCALL, "turn: 1w, people: [ana, ben, chi, dee]", f"{IN_MARCH}, turn: 1w, people: [ana, ben, chi, dee]"),
    (ONCALL, "turn: 1w, people: [chi, dee, ana, ben]", f"{IN_MARCH}, turn: 1w, people: [chi, dee, ana, ben]"),
    (ONCALL, "turn: 4w, people: [kit, lou]", f"{IN_MARCH}, turn: 4w, people: [kit, lou]"),
)
TRIAL = one_more("P1", "metric: {max: vercel.function.memory.used_share, over: 20m, above: 90%, when-silent: show}")
BEGINNING = [
    pytest.param(LATE_HOLE, "", "standard: nobody on call at all", "2027-02-28", "2027-03-01", id="a hole in March"),
    pytest.param(
        (), f"{TRIAL}    trial-until: 2027-01-15\n", "x1: slow signal", "2027-01-14", "2027-01-15", id="a trial's end"
    ),
]


@pytest.mark.parametrize(("changes", "more", "finding", "early", "late"), BEGINNING)
def test_a_waiver_that_ends_before_a_failure_begins_does_not_accept_it(
    changes: tuple[Change, ...], more: str, finding: str, early: str, late: str
) -> None:
    for expires, is_accepted in ((early, False), (late, True)):
        waiver = (WAIVERS, "waivers: []\n", EARLY.format(f'"{finding}"', expires))
        found = proved(agency(*changes, waiver, more=more))
        assert (finding in [each.witness.key for each in found.accepted]) is is_accepted
        assert (finding in [each.key for each in found.witnesses]) is not is_accepted


ON_TRIAL = one_more("P1", "metric: {max: vercel.function.memory.used_share, over: 5m, above: 90%, when-silent: show}")
BESIDE_TRIAL = [
    pytest.param("2026-11-20 00:00", "2026-12-10 01:00", "", id="over the whole trial"),
    pytest.param("2026-11-25 00:00", "2026-12-04 05:00", "", id="inside of the trial"),
    pytest.param("2026-12-09 20:00", "2026-12-10 04:00", "", id="three hours of it after the trial"),
    pytest.param("2026-12-09 20:00", "2026-12-10 06:00", "5h without a break", id="five hours of it after the trial"),
    pytest.param("2026-12-10 01:00", "2028-01-12 05:00", "at every instant after its trial", id="all after the trial"),
]


@pytest.mark.parametrize(("begins", "ends", "why"), BESIDE_TRIAL)
def test_a_window_beside_a_trial_counts_for_each_part_by_its_own_time(begins: str, ends: str, why: str) -> None:
    """Eight hours, of which one lay after the trial, were eight hours of a P1; a muted trial failed for ever."""
    window = TWO.partition("second:")[0].replace("2026-12-13 04:00", begins).replace("2026-12-13 08:00", ends)
    window = window.replace("services: all", "rules: [x1]").replace("  still-wakes: [critical-page-errors]\n", "")
    reason = "reason: Supabase moves the project to a new Postgres version\n"
    found = proved(agency((WINDOW, reason, reason + window), more=f"{ON_TRIAL}    trial-until: 2026-12-10\n"))
    assert [why in witness.why for witness in found.witnesses] == ([True] if why else [])
