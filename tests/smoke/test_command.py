"""`monitoring test-alerting` as it is typed: a catalog against a service and accounts that hold all of it."""

from __future__ import annotations

import asyncio
import json
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from monitoring.cli import test_alerting as command
from monitoring.errors import UsageError
from monitoring.health import HealthCheck, HealthRegistry, health_app
from monitoring.health.fakes import Switch
from monitoring.loader import load
from monitoring.model.effective import effective_rules
from monitoring.smoke.expected import Expected
from monitoring.smoke.from_catalog import expected
from monitoring.vendors.needs import NeedKind
from tests.health.ports import on_a_port
from tests.platforms import AGENCY
from tests.smoke.accounts import ENVIRON, Accounts, accounts

TODAY = "2026-11-23"
app = typer.Typer()
app.callback()(lambda: None)
command.register(app)


def of_the_catalog(environment: str = "prod") -> Expected:
    catalog = load(AGENCY.catalog)
    return expected(catalog, environment, effective_rules(catalog, environment, date.fromisoformat(TODAY)))


def ran(*arguments: str, catalog: Path | str = AGENCY.catalog) -> Any:
    return CliRunner().invoke(app, ["test-alerting", *arguments, "--catalog", str(catalog), "--today", TODAY])


@pytest.fixture(scope="module")
def deployed() -> Iterator[tuple[str, Accounts, Switch]]:
    """A service with the catalog's components, and accounts with its receivers, in a loop of their own."""
    switch, wanted = Switch(), of_the_catalog()
    ready: list[Any] = []
    started, stop = threading.Event(), threading.Event()

    async def run() -> None:
        async with accounts(expected=wanted) as held, on_a_port(health_app(a_registry(wanted, switch))) as url:
            ready.extend((url, held))
            started.set()
            await asyncio.to_thread(stop.wait)

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    assert started.wait(30)
    yield ready[0], ready[1], switch
    stop.set()
    thread.join()


def a_registry(wanted: Expected, switch: Switch) -> HealthRegistry:
    kept: dict[str, Any] = {"keep_for": 0.0, "keep_failure_for": 0.0}
    critical = set(wanted.readiness_components)
    return HealthRegistry(
        [HealthCheck(name, switch, critical=name in critical, **kept) for name in wanted.full_components]
    )


@pytest.fixture
def at_the_accounts(
    deployed: tuple[str, Accounts, Switch], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Accounts:
    """A project whose stack leads to the loopback accounts, which the environment has the keys of."""
    held = deployed[1]
    places = "".join(f"  {key}: {held.url}\n" for key in ("datadog:apiUrl", "pagerduty:apiUrlOverride"))
    shutil.copytree(AGENCY.catalog, tmp_path / "catalog")
    (tmp_path / "Pulumi.yaml").write_text("name: monitoring\nruntime: python\n")
    (tmp_path / "Pulumi.prod.yaml").write_text(f"config:\n{places}  sentry:baseUrl: {held.url}/api/\n")
    for name, value in ENVIRON.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return held


@pytest.mark.usefixtures("at_the_accounts")
def test_all_ten_pass(deployed: tuple[str, Accounts, Switch]) -> None:
    found = ran(deployed[0], catalog="catalog")
    assert found.exit_code == 0, found.output
    assert found.output.count("passed ") == 10
    assert "10 of 10 scenarios run, 0 failed." in found.output


@pytest.mark.usefixtures("at_the_accounts")
def test_json_has_every_scenario_with_its_time(deployed: tuple[str, Accounts, Switch]) -> None:
    found = json.loads(ran(deployed[0], "--format", "json", catalog="catalog").stdout)
    assert [each["verdict"] for each in found["scenarios"]] == ["passed"] * 10
    assert all(each["took"] > 0 for each in found["scenarios"])


def test_a_receiver_that_is_missing_fails_with_its_name(
    deployed: tuple[str, Accounts, Switch], at_the_accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = at_the_accounts.names(NeedKind.SERVICE)[0]
    monkeypatch.setattr(at_the_accounts, "expected", of_the_catalog())
    at_the_accounts.lacks(NeedKind.SERVICE, lost)
    found = ran(deployed[0], "--only", "integration", catalog="catalog")
    assert found.exit_code == 1
    assert f'PagerDuty shows no service "{lost}"; run pulumi up' in found.output
    assert "services/" in found.output
    assert "1 of 1 scenario run, 1 failed." in found.output


def test_a_dry_run_asks_nobody() -> None:
    found = ran("http://127.0.0.1:1", "--dry-run")
    assert found.exit_code == 0
    assert "0 of 10 scenarios run, 0 failed." in found.output


WRONG = [
    pytest.param(["app.youragency.com"], "is not a URL", id="what is not a URL"),
    pytest.param(["http://127.0.0.1:1", "--only", "heads"], 'did you mean "head"', id="a misspelt scenario"),
    pytest.param(["http://127.0.0.1:1", "--environment", "prd"], 'no environment is called "prd"', id="an environment"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_used_wrongly(arguments: list[str], says: str) -> None:
    found = ran(*arguments)
    assert isinstance(found.exception, UsageError)
    assert says in str(found.exception)


def names(kind: NeedKind, environment: str = "prod") -> set[str]:
    return {need.name for need in of_the_catalog(environment).of(kind)}


def test_the_catalog_s_receivers_are_expected() -> None:
    wanted = of_the_catalog()
    catalog = load(AGENCY.catalog)
    assert names(NeedKind.USER) == {person.email for person in catalog.oncall.people.values()}
    assert names(NeedKind.CHANNEL) <= {"alerts-critical", "alerts-performance", "alerts-errors"}
    assert names(NeedKind.SERVICE) == names(NeedKind.PAGERDUTY_ROW) | names(NeedKind.SERVICE_OBJECT)
    assert names(NeedKind.SERVICE)
    assert len(names(NeedKind.SCHEDULE)) == len(catalog.oncall.schedules)
    assert len(names(NeedKind.POLICY)) == len(catalog.oncall.policies)
    assert set(wanted.readiness_components) < set(wanted.full_components)


def test_staging_expects_no_pager_and_nobody_on_call() -> None:
    kinds = (NeedKind.SERVICE, NeedKind.SERVICE_OBJECT, NeedKind.PAGERDUTY_ROW, NeedKind.USER, NeedKind.SCHEDULE)
    assert [names(kind, "staging") for kind in kinds] == [set()] * 5
    assert names(NeedKind.CHANNEL, "staging") == {"alerts-staging"}
