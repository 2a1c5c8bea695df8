"""`monitoring test-alerting` as it is typed: a catalog against a service and accounts that hold all of it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from monitoring.acceptance.expected import Access, Expected
from monitoring.acceptance.from_catalog import expected
from monitoring.cli import test_alerting as command
from monitoring.errors import UsageError
from monitoring.health import Board, HealthCheck, health_app
from monitoring.health.fakes import Switch
from monitoring.loader import load
from monitoring.model.effective import effective_rules
from monitoring.model.platform import Platform
from tests.acceptance.accounts import Accounts, accounts
from tests.health.ports import on_a_port
from tests.platforms import AGENCY

TODAY = "2026-11-23"
app = typer.Typer()
app.callback()(lambda: None)
command.register(app)


def of_the_catalog(environment: str = "prod") -> Expected:
    catalog = load(AGENCY.catalog)
    return expected(catalog, effective_rules(catalog, environment, date.fromisoformat(TODAY)))


def ran(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["test-alerting", *arguments, "--catalog", str(AGENCY.catalog), "--today", TODAY])


@pytest.fixture(scope="module")
def deployed() -> Iterator[tuple[str, Accounts, Switch]]:
    """A service with the catalog's components, and accounts with its receivers, in a loop of their own."""
    switch, wanted = Switch(), of_the_catalog()
    ready: list[Any] = []
    started, stop = threading.Event(), threading.Event()

    async def run() -> None:
        async with accounts(expected=wanted) as held, on_a_port(health_app(a_board(wanted, switch))) as url:
            ready.extend((url, held))
            started.set()
            await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    assert started.wait(30)
    yield ready[0], ready[1], switch
    stop.set()
    thread.join()


def a_board(wanted: Expected, switch: Switch) -> Board:
    kept: dict[str, Any] = {"keep_for": 0.0, "keep_failure_for": 0.0}
    critical = set(wanted.readiness_components)
    return Board([HealthCheck(name, switch, critical=name in critical, **kept) for name in wanted.full_components])


@pytest.fixture
def at_the_accounts(deployed: tuple[str, Accounts, Switch], monkeypatch: pytest.MonkeyPatch) -> Accounts:
    """The command's keys lead to the loopback accounts."""
    held = deployed[1]

    def keys(_environ: Any, platform: Platform) -> Access:
        assert platform.vendors == ("sentry", "pagerduty", "datadog")
        return held.access()

    monkeypatch.setattr(command, "access", keys)
    return held


@pytest.mark.usefixtures("at_the_accounts")
def test_all_ten_pass(deployed: tuple[str, Accounts, Switch]) -> None:
    found = ran(deployed[0])
    assert found.exit_code == 0, found.output
    assert found.output.count("passed ") == 10
    assert "10 of 10 scenarios run, 0 failed." in found.output


@pytest.mark.usefixtures("at_the_accounts")
def test_json_has_every_scenario_with_its_time(deployed: tuple[str, Accounts, Switch]) -> None:
    found = json.loads(ran(deployed[0], "--format", "json").stdout)
    assert [each["verdict"] for each in found["scenarios"]] == ["passed"] * 10
    assert all(each["took"] > 0 for each in found["scenarios"])


def test_a_receiver_that_is_missing_fails_with_its_name(
    deployed: tuple[str, Accounts, Switch], at_the_accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, *others = at_the_accounts.expected.pagerduty_services
    monkeypatch.setattr(at_the_accounts, "expected", of_the_catalog())
    at_the_accounts.lacks(pagerduty_services=tuple(others))
    found = ran(deployed[0], "--only", "integration")
    assert found.exit_code == 1
    assert f'PagerDuty: there is no service "{lost}"' in found.output
    assert "1 of 1 scenarios run, 1 failed." in found.output


def test_a_dry_run_asks_nobody() -> None:
    found = ran("http://127.0.0.1:1", "--dry-run")
    assert found.exit_code == 0
    assert "0 of 10 scenarios run, 0 failed." in found.output


WRONG = [
    pytest.param(["app.youragency.com"], "is no address", id="what is no address"),
    pytest.param(["http://127.0.0.1:1", "--only", "heads"], 'did you mean "head"', id="a misspelt scenario"),
    pytest.param(["http://127.0.0.1:1", "--environment", "prd"], 'no environment is called "prd"', id="an environment"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_used_wrongly(arguments: list[str], says: str) -> None:
    found = ran(*arguments)
    assert isinstance(found.exception, UsageError)
    assert says in str(found.exception)


def test_the_catalog_s_receivers_are_expected() -> None:
    wanted = of_the_catalog()
    catalog = load(AGENCY.catalog)
    assert set(wanted.pagerduty_users) == {person.email for person in catalog.oncall.people.values()}
    assert {channel.name for channel in wanted.datadog_slack} <= {
        "alerts-critical",
        "alerts-performance",
        "alerts-errors",
    }
    assert set(wanted.pagerduty_services) == {*wanted.sentry_pagerduty_rows, *wanted.datadog_pagerduty}
    assert wanted.pagerduty_services
    assert set(wanted.readiness_components) < set(wanted.full_components)


def test_staging_expects_no_pager() -> None:
    wanted = of_the_catalog("staging")
    assert (wanted.pagerduty_services, wanted.datadog_pagerduty, wanted.sentry_pagerduty_rows) == ((), (), ())
    assert {channel.name for channel in wanted.datadog_slack} == {"alerts-staging"}
