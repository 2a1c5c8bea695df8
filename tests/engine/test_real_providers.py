"""Each difference that the real providers showed on the real engine is a row of facts, and one test of its name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent import futures
from dataclasses import dataclass, field
from typing import Any

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2_grpc, provider_pb2, provider_pb2_grpc

from tests.engine import declarations as d
from tests.engine.accounts.account import VENDORS, Account
from tests.engine.accounts.facts import ROOM
from tests.engine.accounts.faults import Fault
from tests.engine.accounts.http import answer
from tests.engine.accounts.plugin import Plugin
from tests.engine.accounts.values import from_struct, to_struct
from tests.engine.test_accounts import (
    ALERT,
    INTEGRATION,
    METRIC,
    MONITOR,
    POLICY,
    ROW,
    SCHEDULE,
    SERVICE,
    TEAM,
    TEST,
    concrete,
    made,
    paging,
)
from tests.engine.test_accounts import account as account  # the fixture

ROWS = [(vendor, row) for vendor in VENDORS for row in json.loads((ROOM / f"{vendor}.json").read_text("utf-8"))["seen"]]
NUMBERS = range(1, 18)
"""The differences that were found when the real providers ran beside the emulated accounts."""


@dataclass
class EngineLog(engine_pb2_grpc.EngineServicer):
    """The engine's side: it keeps what a plugin logs."""

    messages: list[str] = field(default_factory=list)

    def Log(self, request: Any, context: Any) -> Any:  # noqa: N802, ARG002  the protocol's names
        self.messages.append(request.message)
        return empty_pb2.Empty()


@dataclass(frozen=True)
class Provider:
    """A vendor's plugin, asked as the engine asks it."""

    stub: provider_pb2_grpc.ResourceProviderStub
    log: EngineLog

    def check(self, type_: str, news: Mapping[str, Any]) -> Any:
        """The completed inputs, and what is wrong with them."""
        request = provider_pb2.CheckRequest(urn=urn(type_), news=to_struct(news), randomSeed=b"seed")
        return self.stub.Check(request)

    def create(self, type_: str, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        """The outputs of a new object."""
        request = provider_pb2.CreateRequest(urn=urn(type_), properties=self.check(type_, inputs).inputs)
        return from_struct(self.stub.Create(request).properties)

    def diff(self, type_: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Any:
        """How new inputs, once completed, differ from a state."""
        completed = self.check(type_, news).inputs
        return self.stub.Diff(
            provider_pb2.DiffRequest(id=olds["id"], urn=urn(type_), olds=to_struct(olds), news=completed)
        )

    def read(self, type_: str, id_: str, state: Mapping[str, Any] | None = None) -> Any:
        """An object as it is now; without a state as an import reads it."""
        return self.stub.Read(provider_pb2.ReadRequest(id=id_, urn=urn(type_), properties=to_struct(state or {})))


def urn(type_: str) -> str:
    """The URN of the one resource of a type."""
    return f"urn:pulumi:prod::monitoring::{type_}::one"


@dataclass(frozen=True)
class Providers:
    """The plugins of all vendors over one account."""

    by_vendor: Mapping[str, Provider]
    account: Account

    def of(self, type_: str) -> Provider:
        """The plugin of a type's vendor."""
        return self.by_vendor[type_.partition(":")[0]]


@pytest.fixture
def providers(account: Account) -> Iterator[Providers]:
    """Each vendor's plugin behind a port of this machine, with an engine that listens to its log."""
    servers: list[grpc.Server] = []
    yield Providers({name: provider(account, name, servers) for name in VENDORS}, account)
    for server in servers:
        server.stop(None).wait()


def provider(account: Account, vendor: str, servers: list[grpc.Server]) -> Provider:
    """A vendor's plugin, served, and a client of it."""
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=4))
    port = server.add_insecure_port("127.0.0.1:0")
    channel = grpc.insecure_channel(f"127.0.0.1:{port}")
    log = EngineLog()
    engine_pb2_grpc.add_EngineServicer_to_server(log, server)
    plugin = Plugin(account.store, VENDORS[vendor], engine_pb2_grpc.EngineStub(channel))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(plugin, server)
    server.start()
    servers.append(server)
    return Provider(provider_pb2_grpc.ResourceProviderStub(channel), log)


def test_every_difference_has_a_row_and_a_test_of_its_name():
    assert {row["number"] for _, row in ROWS} == set(NUMBERS)
    assert [row["test"] for _, row in ROWS if f"test_{row['test']}" not in globals()] == []


@pytest.mark.parametrize(("vendor", "row"), [pytest.param(*row, id=row[1]["test"]) for row in ROWS])
def test_a_row_says_what_was_seen_of_which_types_and_where_it_is_written(vendor: str, row: Mapping[str, Any]):
    assert set(row) == {"number", "test", "types", "fact", "source"}
    assert row["fact"]
    assert row["source"].partition(": ")[0] in ("bridge", "provider", "getsentry/sentry")
    known = VENDORS[vendor].facts
    named = [row["types"]] if isinstance(row["types"], str) else row["types"]
    assert set(named) <= {*known.kinds, *known.implementations, known.package}


@pytest.mark.parametrize(
    ("type_", "inputs", "changed", "paths"),
    [
        pytest.param(TEAM, {"name": "Web"}, {"name": "Website"}, [], id="a team of the newer implementation"),
        pytest.param(METRIC, d.a_metric_monitor(), {"name": "Other"}, [], id="all of Sentry"),
        pytest.param(MONITOR, d.a_monitor(), {"name": "Other"}, ["name"], id="a monitor of the older one"),
    ],
)
def test_a_difference_of_the_newer_implementation_names_no_paths(
    providers: Providers, type_: str, inputs: d.Entry, changed: d.Entry, paths: Sequence[str]
):
    state = providers.of(type_).create(type_, inputs)
    difference = providers.of(type_).diff(type_, state, {**inputs, **changed})
    assert list(difference.diffs) == ["name"]
    assert list(difference.detailedDiff) == paths
    assert difference.hasDetailedDiff is bool(paths)


def test_empty_and_deprecated_defaults_are_sent_and_stand_in_no_input(providers: Providers):
    inputs = from_struct(providers.of(MONITOR).check(MONITOR, d.a_monitor()).inputs)
    assert {"newHostDelay", "notifyNoData"} & set(inputs) == set()
    assert {"newHostDelay", "notifyNoData"} & set(inputs["__defaults"]) == set()
    sent = made(providers.account, MONITOR, d.a_monitor()).body
    assert (sent["newHostDelay"], sent["notifyNoData"], sent["includeTags"]) == (300, False, True)


def test_an_older_provider_reports_zero_values_and_a_note_of_the_bridge(providers: Providers):
    state = providers.of(MONITOR).create(MONITOR, d.a_monitor())
    assert (state["escalationMessage"], state["renotifyInterval"], state["renotifyStatuses"]) == ("", 0, [])
    assert state["__pulumi_raw_state_delta"]
    team = providers.of(TEAM).create(TEAM, {"name": "Web"})
    assert not {"parent", "__pulumi_raw_state_delta"} & set(team), "only the older implementation does"


def test_a_schedule_comes_back_with_all_that_it_left_out(account: Account):
    schedule = made(account, SCHEDULE, d.a_schedule()).visible
    assert [(layer["end"], layer["restrictions"]) for layer in schedule["layers"]] == [("", [])]
    assert [each["name"] for each in schedule["finalSchedules"]] == ["Final Schedule"]


def test_a_service_comes_back_with_two_settings_of_the_account(account: Account):
    ids = paging(account)
    service = account.objects(SERVICE)[ids[SERVICE]]
    assert service["autoPauseNotificationsParameters"] == {"enabled": False, "timeout": 120}
    assert service["alertGroupingTimeout"] == "null"


def test_a_step_comes_back_with_whom_it_asks_first(account: Account):
    ids = paging(account)
    policy = account.objects(POLICY)[ids[POLICY]]
    assert [rule["escalationRuleAssignmentStrategy"] for rule in policy["rules"]] == [{"type": "assign_to_everyone"}]


def test_a_team_comes_back_with_the_role_of_its_members(account: Account):
    assert made(account, TEAM, {"name": "Web"}).body["defaultRole"] == "manager"


def test_a_metric_monitor_scales_in_an_unknown_way_and_hides_its_query_type(providers: Providers):
    inputs = d.a_metric_monitor(queryType="error")
    state = providers.of(METRIC).create(METRIC, inputs)
    assert (state["extrapolationMode"], state["queryType"]) == ("unknown", "error")
    imported = providers.of(METRIC).read(METRIC, f"youragency/web/{state['id']}")
    read = from_struct(imported.inputs)
    assert read["extrapolationMode"] == "unknown"
    assert "queryType" not in read
    refreshed = providers.of(METRIC).read(METRIC, state["id"], state)
    assert from_struct(refreshed.properties)["queryType"] == "error", "a refresh remembers it"


def test_a_channel_is_the_same_with_and_without_its_sign(providers: Providers):
    def alert(channel: str) -> d.Entry:
        slack = {"integrationId": installed, "channelName": channel}
        filters = [{"logicType": "all", "conditions": [], "actions": [{"slack": slack}]}]
        return d.an_alert(monitorIds=[], actionFilters=filters)

    installed = providers.account.seed_sentry_installation("slack", "Your Agency")
    state = providers.of(ALERT).create(ALERT, alert("#alerts"))
    assert list(providers.of(ALERT).diff(ALERT, state, alert("alerts")).diffs) == []
    imported = from_struct(providers.of(ALERT).read(ALERT, f"youragency/{state['id']}").inputs)
    assert imported["actionFilters"][0]["actions"][0]["slack"]["channelId"] == "CALERTS"


def test_a_form_that_each_update_of_a_test_shows_is_left_out(providers: Providers):
    state = providers.of(TEST).create(TEST, d.an_uptime_test())
    assert list(providers.of(TEST).diff(TEST, state, d.an_uptime_test()).diffs) == []
    difference = providers.of(TEST).diff(TEST, state, {**d.an_uptime_test(), "name": "Other"})
    assert sorted(difference.detailedDiff) == ["name"]


@pytest.mark.parametrize(("target", "kept"), [("1.5", "0"), ("14", "14")])
def test_a_target_that_is_no_whole_number_is_sent_as_none(account: Account, target: str, kept: str):
    assertion = {"type": "certificate", "operator": "isInMoreThan", "target": target}
    test = made(account, TEST, {**d.an_uptime_test(), "assertions": [assertion]})
    assert [each["target"] for each in test.body["assertions"]] == [kept]


def test_a_row_of_pagerduty_is_read_back_with_its_key(providers: Providers):
    account = providers.account
    installed = account.seed_sentry_installation("pagerduty", "youragency")
    row = {"organization": "youragency", "integrationId": installed, "service": "A", "integrationKey": "key"}
    state = providers.of(ROW).create(ROW, row)
    account.edit(account.one(ROW, service="A"), integrationKey="changed by hand")
    seen = from_struct(providers.of(ROW).read(ROW, state["id"], state).properties)
    assert seen["integrationKey"] == "changed by hand"
    account.remove(account.one(ROW, service="A"))
    with pytest.raises(grpc.RpcError, match="service table item not found"):
        providers.of(ROW).read(ROW, state["id"], state)
    assert ["service table item not found" in message for message in providers.of(ROW).log.messages] == [True]


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_vendor_is_asked_when_its_provider_is_configured(providers: Providers, vendor: str):
    known = VENDORS[vendor].facts
    arguments = {credential["argument"]: "a key" for credential in known.credentials}
    request = provider_pb2.ConfigureRequest(args=to_struct(arguments))
    providers.by_vendor[vendor].stub.Configure(request)
    providers.account.cause(Fault.REFUSE, vendor=vendor, method="configure", message="not here")
    with pytest.raises(grpc.RpcError, match=known.configured_by):
        providers.by_vendor[vendor].stub.Configure(request)


def test_a_preview_asks_about_monitors_that_did_not_change(providers: Providers):
    part = made(providers.account, MONITOR, d.a_monitor())
    composite = d.a_monitor(type="composite", query=f"!{part.id}", onMissingData=None, monitorThresholds=None)
    assert not providers.of(MONITOR).check(MONITOR, composite).failures
    providers.account.remove(part)
    (failure,) = providers.of(MONITOR).check(MONITOR, composite).failures
    assert failure.reason == f"no monitor has the id '{part.id}'"


def test_a_rotation_starts_in_the_words_of_go(account: Account):
    schedule = made(account, SCHEDULE, d.a_schedule())
    assert schedule.body["_sent"] == ["2026-01-05 08:00:00 +0000 UTC"]
    assert schedule.body["layers"][0]["rotationVirtualStart"] == "2026-01-05T09:00:00+01:00"


def test_an_integration_of_a_vendor_is_sent_as_a_service_integration(account: Account):
    service, vendor = paging(account)[SERVICE], account.one("pagerduty:index/vendor:Vendor", name="Datadog")
    sent = made(account, INTEGRATION, {"name": "Datadog", "service": service, "vendor": vendor.id}).body["_sent"]
    assert sent == {"type": "service_integration", "vendor": {"id": vendor.id, "type": "vendor"}}


def test_a_row_over_http_is_called_service(account: Account):
    installed = account.seed_sentry_installation("pagerduty", "youragency")
    account.make_by_hand(
        ROW, organization="youragency", integrationId=installed, service="shop-critical-high", integrationKey="key"
    )
    (installation,) = answer(account.store, "/api/0/organizations/youragency/integrations/", {})
    (row,) = installation["configData"]["service_table"]
    assert {**row, "id": 0} == {"id": 0, "service": "shop-critical-high", "integration_key": "key"}


def test_an_environment_that_sentry_never_saw_is_refused(providers: Providers):
    inputs = concrete(providers.account, d.a_metric_monitor(environment="staging"))
    assert not providers.of(METRIC).check(METRIC, inputs).failures, "a preview asks nothing"
    with pytest.raises(grpc.RpcError, match="Environment is not part of this organization"):
        providers.of(METRIC).create(METRIC, inputs)
    providers.account.seed_organization("youragency", environments=("staging",))
    assert providers.of(METRIC).create(METRIC, inputs)["id"]
