"""reach and drill as they are typed: exit codes, messages, JSON, and what they never load."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.cli.reach import rules_view
from monitoring.errors import CatalogError, UsageError
from monitoring.loader import load
from monitoring.reach.proof import prove_catalog
from tests.factories import texts
from tests.platforms import AGENCY

DAY = ("--today", "2026-11-23")
HOLE = ("oncall.yaml", "people: [ana, ben]}", "people: [ana, ben], only: {days: mon-fri}}")


@pytest.fixture
def catalog(tmp_path) -> Path:
    return written(tmp_path)


def written(folder: Path, *changes: tuple[str, str, str], **files: str) -> Path:
    for name, text in texts(*changes, **files).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text)
    return folder


def run(*arguments: object):
    words = [str(word) for word in arguments]
    return CliRunner().invoke(application(words), words)


def test_reach_says_for_each_rule_who_is_woken_and_exits_0(catalog):
    answer = run("reach", "--catalog", catalog, *DAY)
    assert answer.exit_code == 0
    assert "2 of 2 rules looked at, and every promise holds." in answer.stdout
    for word in ("shop-failing", "2m ben, phone", "6m kit, phone", "Assumptions:", " 20. "):
        assert word in answer.stdout


def test_reach_prints_witnesses_with_both_clocks_and_exits_1(tmp_path):
    answer = run("reach", "--catalog", written(tmp_path, HOLE), *DAY, "--horizon", "14d")
    assert answer.exit_code == 1
    said = " ".join(answer.stdout.split())
    assert "Witness 1: shop-failing, shop-slow, at the hop schedule (oncall.yaml:15)" in said
    assert "first from Sat 2026-11-28 00:00 Europe/Berlin (2026-11-27 23:00 UTC) until Sun 2026-11-29 23:50 CET" in said
    assert 'in "primary": ana until Sat 2026-11-28 00:00 CET, then ana from Mon 2026-11-30 00:00 CET on' in said
    assert 'fix: put somebody on call in "primary" at that time, whom phone reaches within 4m' in said
    assert 'waivers.yaml: {check: reach, finding: "critical: nobody on call in primary"}' in said


@pytest.mark.parametrize("width", [pytest.param(80, id="some lines a rule"), pytest.param(160, id="a table")])
def test_nothing_is_cut_off_however_wide_the_terminal_is(catalog, width):
    proof = prove_catalog(load(catalog), environment="prod", today=date(2026, 11, 23))
    console = Console(width=width, record=True, file=StringIO())
    console.print(rules_view(proof, console))
    said = console.export_text()
    for word in ("shop-failing", "2m ben, phone", "6m kit, phone", "Mon 2026-11-23 01:00 CET", "holds"):
        assert word in said
    assert max(map(len, said.splitlines())) <= width


def test_reach_as_json_is_whole(tmp_path):
    answer = run("reach", "--catalog", written(tmp_path, HOLE), *DAY, "--format", "json")
    said = json.loads(answer.stdout)
    assert (answer.exit_code, said["holds"], said["from"]) == (1, False, "2026-11-23T00:00:00Z")
    assert said["counts"]["rules"] == said["counts"]["rules-to-prove"] == 2
    first = said["witnesses"][0]
    assert (first["rules"], first["hop"]) == (["shop-failing", "shop-slow"], "schedule")
    assert (first["at"], first["until"]) == ("2026-11-27T23:00:00Z", "2026-11-29T22:50:00Z")
    assert [list(each) for each in first["stretches"]] == [["from", "to"]] * first["times"]
    assert first["stretches-left-out"] == 0
    assert {"rule", "severity", "first", "second", "detects-within", "source"} <= set(said["rules"][0])
    assert len(said["assumptions"]) >= 8


def test_the_same_answer_is_the_same_text_every_time(catalog):
    one, other = (run("reach", "--catalog", catalog, *DAY).stdout for _ in range(2))
    assert one == other


def test_reach_walks_a_plan(plan_file):
    answer = run("reach", "--catalog", AGENCY.catalog, "--plan", plan_file, *DAY)
    assert (answer.exit_code, "every promise holds" in answer.stdout) == (0, True)


def test_a_plan_of_another_environment_is_a_mistake_in_use(plan_file):
    answer = run("reach", "--catalog", AGENCY.catalog, "--plan", plan_file.parent / "staging.json", *DAY)
    assert isinstance(answer.exception, UsageError)
    assert str(answer.exception) == 'the plan is of "staging"; add --environment staging'


def test_a_signal_that_does_not_tell_how_long_it_takes_is_named(tmp_path):
    change = (
        "services/shop.yaml",
        "metric: {p95: trace.request, where: {service: shop}, over: 10m, above: 2s,",
        "query: {query: 'x', above: 2,",
    )
    answer = run("reach", "--catalog", written(tmp_path, change), *DAY)
    assert "How long their signal takes is not known: shop-slow." in answer.stdout


def test_drill_explain_says_until_when_somebody_is_on_call(catalog):
    answer = run("drill", "shop-failing", "--catalog", catalog, "--at", "2026-12-24 03:00", "--explain")
    why = 'because "primary" has ana since Mon 2026-12-21 09:00 CET until Mon 2026-12-28 09:00 CET (oncall.yaml:10)'
    assert why in " ".join(answer.stdout.split())


def test_drill_tells_an_incident(catalog):
    answer = run("drill", "shop-failing", "--catalog", catalog, "--at", "2026-12-24 03:00", "--ack", "ana@1m")
    assert answer.exit_code == 0
    assert "shop-failing fires on Thu 2026-12-24 03:00 Europe/Berlin (2026-12-24 02:00 UTC)" in answer.stdout
    assert "ana acknowledges" in answer.stdout


def test_drill_explains_each_hop_with_its_line(catalog):
    answer = run("drill", "shop-failing", "--catalog", catalog, "--at", "2026-12-24 03:00", "--explain")
    assert 'route: P0 pages by policy "critical" (teams.yaml:6)' in answer.stdout
    assert "(oncall.yaml:18)" in answer.stdout


def test_drill_as_json_is_whole(catalog):
    said = json.loads(run("drill", "shop-slow", "--catalog", catalog, "--format", "json").stdout)
    assert {event["what"] for event in said["events"]} >= {"fires", "incident", "asks", "notifies", "gives up"}
    assert said["hops"][0]["source"].startswith("services/shop.yaml:")


@pytest.mark.parametrize("words", [["shop-slow"], ["--outage", "shop"]], ids=["of a rule", "of an outage"])
def test_a_drill_as_json_writes_its_instant_as_every_other_answer_does(catalog, words):
    answer = run("drill", *words, "--catalog", catalog, "--at", "2026-12-24 03:00 +01:00", "--format", "json")
    assert json.loads(answer.stdout)["at"] == "2026-12-24T02:00:00Z"


def test_an_outage_says_who_gets_what(catalog):
    answer = run("drill", "--outage", "shop", "--catalog", catalog, "--at", "2026-12-24 03:00")
    assert answer.exit_code == 0
    assert "2 rules fire, all at once" in answer.stdout
    said = json.loads(run("drill", "--outage", "shop", "--catalog", catalog, "--format", "json").stdout)
    assert {one["person"] for one in said["people"]} >= {"kit"}


def test_each_customer_has_a_drill_of_its_own(tmp_path):
    change = ("services/shop.yaml", "within: 5m}\n", "within: 5m}\n    for-each-tenant: {plan: enterprise}\n")
    folder = written(tmp_path, change)
    assert run("drill", "shop-failing", "--tenant", "acme", "--catalog", folder).exit_code == 0
    refused = run("drill", "shop-failing", "--catalog", folder)
    assert isinstance(refused.exception, UsageError)
    assert str(refused.exception).endswith("name one with --tenant: acme, others")


AT = [
    pytest.param(
        "2026-10-25 02:30",
        "Sun 2026-10-25 02:30 Europe/Berlin (2026-10-25 00:30 UTC)\n"
        '02:30 comes twice on that day: this is the first; "2026-10-25 02:30 +01:00" is the second.',
        id="twice: the first",
    ),
    pytest.param(
        "2026-10-25 02:30 +01:00",
        "Sun 2026-10-25 02:30 Europe/Berlin (2026-10-25 01:30 UTC)\n"
        '02:30 comes twice on that day: this is the second; "2026-10-25 02:30 +02:00" is the first.',
        id="twice: the second, by its offset",
    ),
    pytest.param("2026-07-01 12:00 UTC", "Wed 2026-07-01 14:00 Europe/Berlin (2026-07-01 12:00 UTC)", id="in utc"),
    pytest.param("2026-07-01T12:00:00Z", "Wed 2026-07-01 14:00 Europe/Berlin (2026-07-01 12:00 UTC)", id="iso 8601"),
    pytest.param("2026-07-01 12:00+05:30", "Wed 2026-07-01 08:30 Europe/Berlin (2026-07-01 06:30 UTC)", id="offset"),
    pytest.param(
        "2026-07-01 12:00 America/New_York", "Wed 2026-07-01 18:00 Europe/Berlin (2026-07-01 16:00 UTC)", id="a zone"
    ),
]


@pytest.mark.parametrize(("text", "shown"), AT)
def test_the_time_of_a_drill_is_read_in_the_schedules_zone_or_its_own(catalog, text, shown):
    answer = run("drill", "shop-failing", "--catalog", catalog, "--at", text)
    assert f"shop-failing fires on {shown}" in answer.stdout


HUGE = [
    pytest.param("escalate-after: 10m", "escalate-after: 1w", id="a step of a week, the longest that is read"),
    pytest.param("phone: 1m", "phone: 1w", id="a phone in a week"),
    pytest.param("extra-rounds: 1", "extra-rounds: 9", id="as many rounds as there can be"),
    pytest.param("extra-rounds: 1", "acknowledgement-expires: never", id="an acknowledgement for ever"),
    pytest.param("2026-01-05 09:00", "2100-12-31 09:00", id="an anchor in the last year that is read"),
    pytest.param("2026-01-05 09:00", "2000-01-01 09:00", id="an anchor in the first year that is read"),
]


@pytest.mark.parametrize(("old", "new"), HUGE)
def test_what_is_absurdly_large_is_answered_all_the_same(tmp_path, old, new):
    folder = written(tmp_path, ("oncall.yaml", old, new))
    for words in (("reach", *DAY), ("drill", "shop-failing", "--at", "2026-12-24 03:00", "--ack", "ben@1m")):
        answer = run(*words, "--catalog", folder)
        assert isinstance(answer.exception, CatalogError | SystemExit | None)
        assert answer.exit_code in (0, 1)


WRONG = [
    pytest.param(("reach", "--horizon", "366"), '--horizon: "366" is not a length of time', id="a bare horizon"),
    pytest.param(("reach", "--horizon", "1m"), '--horizon "1m" is not between 1h and 3660d', id="too short a horizon"),
    pytest.param(("reach", "--horizon", "9999w"), "is not between 1h and 3660d", id="too long a horizon"),
    pytest.param(("reach", "--environment", "prd"), 'no environment is called "prd"', id="an unknown environment"),
    pytest.param(("reach", "--today", "2026-02-30"), "--today", id="a day that does not exist"),
    pytest.param(("reach", "--today", "9999-12-31"), '"9999-12-31" is not between 2000 and 2100', id="the last day"),
    pytest.param(("reach", "--plan", "nowhere.json"), '--plan "nowhere.json"', id="no such plan"),
    pytest.param(("drill",), "name one rule to drill, or one service with --outage", id="nothing to drill"),
    pytest.param(("drill", "shop-slow", "--outage", "shop"), "name one rule to drill", id="a rule and an outage"),
    pytest.param(("drill", "--outage", "shop", "--ack", "ana@1m"), "go with one rule", id="an outage acknowledged"),
    pytest.param(("drill", "shop-slo"), 'did you mean "shop-slow"?', id="a rule misspelt"),
    pytest.param(("drill", "--outage", "shap"), 'did you mean "shop"?', id="a service misspelt"),
    pytest.param(("drill", "shop-slow", "--tenant", "acme"), "has no rules for each customer", id="a needless tenant"),
    pytest.param(("drill", "shop-slow", "--ack", "ana"), 'write it as "ana@7m"', id="an acknowledgement without time"),
    pytest.param(("drill", "shop-slow", "--ack", "anna@7m"), 'is called "anna"; name one of', id="nobody acknowledges"),
    pytest.param(("drill", "shop-slow", "--ack", "ana@7"), "is not a length of time", id="a time without unit"),
    pytest.param(("drill", "shop-slow", "--ack", "ana@31d"), "is later than", id="after a month nobody waits"),
    pytest.param(("drill", "shop-slow", "--at", "tomorrow"), '--at "tomorrow" is not a time', id="a word for a time"),
    pytest.param(("drill", "shop-slow", "--at", "2026-02-30 10:00"), "does not exist", id="a time on no day"),
    pytest.param(("drill", "shop-slow", "--at", "2026-02-03 10:00 Europe/Atlantis"), "is not a time zone", id="a zone"),
    pytest.param(("drill", "shop-slow", "--at", "9999-12-31 23:59"), "not between 2000 and 2100", id="a year too late"),
    pytest.param(
        ("drill", "shop-slow", "--at", "2026-03-29 02:30"),
        'does not exist in "Europe/Berlin", whose clock is put forward then; write "2026-03-29 03:00", or '
        '"2026-03-29 01:59"',
        id="a time that the clock skips",
    ),
    pytest.param(("drill", "shop-slow", "--at", "2026-02-03 10:00+99:99"), "--at", id="an offset that is none"),
    pytest.param(
        ("drill", "shop-slow", "--ack", "ana@999999999w"), "--ack", id="an acknowledgement in a million years"
    ),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_a_mistake_in_use_is_a_sentence(catalog, arguments, said):
    answer = run(*arguments, "--catalog", catalog)
    assert isinstance(answer.exception, UsageError)
    assert said in str(answer.exception)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("reach", *DAY), id="reach"),
        pytest.param(("reach", *DAY, "--plan", "PLAN"), id="reach over a plan"),
        pytest.param(("drill", "auth-system-down", "--at", "2026-12-24 03:00"), id="drill"),
        pytest.param(("drill", "--outage", "supabase", "--at", "2026-12-24 03:00"), id="an outage"),
    ],
)
def test_pulumi_is_never_loaded(arguments, plan_file):
    program = (
        "import sys\nfrom monitoring.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "loaded = sorted(name for name in sys.modules if name.startswith('pulumi'))\n"
        "assert not loaded, loaded\n"
    )
    words = [str(plan_file) if word == "PLAN" else word for word in arguments] + ["--catalog", str(AGENCY.catalog)]
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
