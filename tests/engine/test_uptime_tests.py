"""Uptime tests of every sort, brought up on the real engine against the emulated Datadog account."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.accounts.http import address_of
from tests.engine.ours import TODAY, configure
from tests.engine.small import CHANGES, adopt, small_workspace
from tests.engine.workspace import Workspace
from tests.factories import texts
from tests.resources.recorded import ORDER

TEST = "datadog:index/syntheticsTest:SyntheticsTest"
VARIABLE = "datadog:index/syntheticsGlobalVariable:SyntheticsGlobalVariable"
NAME = "AGENCY__PROD__PROBE_TOKEN"
VALUE = "Bearer 7f3a-not-to-be-seen"
RUN = "every: 15m, regions: [aws:eu-central-1]"
STEPS = (
    "[{name: Fill a basket, method: POST, page: {path: /baskets, sends: {secret-headers: {x-probe: probe-token}}}, "
    "keeps: {basket: $.id}}, "
    '{name: Throw it away, method: DELETE, on-failure: ignore, page: {path: "/baskets/${basket}", status: 204}}, '
    '{name: See that it is gone, page: {path: "/baskets/${basket}", status: 404}}]'
)
QUESTIONS = {
    "shop-sends": "page: {path: /orders, sends: {secret-headers: {authorization: probe-token}}}",
    "shop-steps": f"steps: {STEPS}",
    "shop-name": "dns: {name: shop.youragency.com, records: {A: 203.0.113.10}}",
    "shop-line": "ping: {host: vpn.youragency.com, loses-below: 0.001%, within: 200ms}",
    "shop-stock": 'page: {path: /stock, json-values: {"$.share": {more-than: 0.00001}}}',
    "shop-notes": "grpc: {host: notes.youragency.com, port: 443, service: notes.v1.Notes}",
    "shop-order": "browser: {recording: order, path: /lamps}",
    "shop-port": "connection: {host: mail.youragency.com, port: 465}",
}
RULES = "".join(
    f"  - {{id: {name}, title: A test of {name}, severity: P3, means: It fails.,\n"
    f"      uptime: {{asks: {{{asks}}}, {RUN}}}}}\n"
    for name, asks in QUESTIONS.items()
)


@pytest.fixture(scope="module")
def workspace(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The small catalog with a test of each sort, with the secret that they send configured, and brought up."""
    shop = texts(*CHANGES)["services/shop.yaml"].decode()
    files = {"services_shop": shop + RULES, "recordings_order": ORDER.decode()}
    made = small_workspace(tmp_path_factory.mktemp("tests"), engine=engine, **files)
    made.must("config", "set", "datadog:apiUrl", f"{address_of(made.account.store)}/")
    made.must("config", "set", "--secret", "--path", "monitoring:secrets.probe-token", VALUE)
    made.up()
    return made


def test_nothing_differs_after_the_first_update(workspace):
    assert len(workspace.account.objects(TEST)) == len(QUESTIONS)
    assert workspace.preview("--expect-no-changes").changes == {}
    drift = workspace.drift()
    assert drift.code == 0, drift.said


def test_datadog_holds_the_secret_under_a_name_that_the_tests_write(workspace):
    (variable,) = workspace.account.objects(VARIABLE).values()
    assert (variable["name"], variable["value"], variable["secure"]) == (NAME, VALUE, True)
    tests = {test["name"].rpartition("(")[2].strip(")"): test for test in workspace.account.objects(TEST).values()}
    assert tests["shop-sends"]["requestHeaders"] == {"authorization": f"{{{{ {NAME} }}}}"}
    assert tests["shop-steps"]["apiSteps"][0]["requestHeaders"] == {"x-probe": f"{{{{ {NAME} }}}}"}
    (known,) = tests["shop-steps"]["configVariables"]
    assert known["name"] == NAME
    (typed,) = (step for step in tests["shop-order"]["browserSteps"] if step["name"] == "Type the password")
    assert typed["params"]["value"] == f"{{{{ {NAME} }}}}"
    (known,) = tests["shop-order"]["browserVariables"]
    assert known["name"] == NAME


def test_the_secret_stands_in_no_file_and_no_preview_as_plain_text(workspace):
    files = [path for path in (workspace.room / "backend").rglob("*") if path.is_file()]
    assert files
    assert [path.name for path in files if VALUE in path.read_text()] == []
    assert VALUE not in workspace.run("preview", "--diff").said


def test_what_exists_already_is_found_before_it_is_made_twice(workspace):
    assert "Datadog has" not in adopt(workspace).said


def test_a_secret_without_a_value_is_named_before_anything_changes(workspace):
    stack = workspace.program / f"Pulumi.{workspace.stack}.yaml"
    before = stack.read_text()
    try:
        configure(stack, {"monitoring:secrets": None, "monitoring:today": TODAY})
        run = workspace.run("preview")
        assert run.code != 0
        assert 'monitoring:secrets has no value of "probe-token"' in run.said
    finally:
        stack.write_text(before)
