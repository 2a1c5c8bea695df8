"""A program's registrations kept as a Plan: references, secrets, options, and what must not be."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable

import pulumi
import pulumi_datadog as datadog
import pulumi_pagerduty as pagerduty
import pytest

from monitoring.errors import PlanError
from monitoring.plan import Lookup, Plan
from monitoring.preview.capture import capture

USER = "pagerduty:index/getUser:getUser"


def captured(program: Callable[[], object], **config: str) -> Plan:
    def run() -> None:
        program()

    return capture(run, project="monitoring", stack="prod", config=config)


def a_monitor(name: str = "slow", opts: pulumi.ResourceOptions | None = None, **changes: object) -> datadog.Monitor:
    words: dict[str, object] = {
        "name": name,
        "type": "query alert",
        "query": "avg(last_5m):avg:a{*} > 1",
        "message": "m",
    }
    return datadog.Monitor(name, datadog.MonitorArgs(**(words | changes)), opts=opts)  # type: ignore[arg-type]


def inputs(program: Callable[[], object], key: str = "datadog:index/monitor:Monitor::slow") -> dict[str, object]:
    return dict(captured(program).by_key[key].inputs)


def test_a_plan_holds_what_was_given_and_nothing_else():
    assert inputs(a_monitor) == {
        "name": "slow",
        "type": "query alert",
        "query": "avg(last_5m):avg:a{*} > 1",
        "message": "m",
    }


def test_another_resources_output_is_a_reference():
    def program() -> None:
        service = pagerduty.Service("shop", pagerduty.ServiceArgs(name="shop", escalation_policy="p"))
        key = pagerduty.ServiceIntegration("way", pagerduty.ServiceIntegrationArgs(service=service.id, type="t"))
        a_monitor(message=pulumi.Output.concat("ask ", service.id, " with ", key.integration_key))

    service = {"ref": "pagerduty:index/service:Service::shop", "output": "id"}
    key = {"ref": "pagerduty:index/serviceIntegration:ServiceIntegration::way", "output": "integrationKey"}
    assert inputs(program)["message"] == {"format": ["ask ", service, " with ", key]}


def test_what_another_resource_was_given_is_read_from_it():
    def program() -> None:
        service = pagerduty.Service("shop", pagerduty.ServiceArgs(name="shop", escalation_policy="p"))
        a_monitor(message=pulumi.Output.concat("ask ", service.name, " and ", service.response_play.apply(str)))

    assert inputs(program)["message"] == "ask shop and None"


def test_a_number_of_another_resource_is_a_reference():
    def program() -> None:
        test = datadog.SyntheticsTest(
            "up", datadog.SyntheticsTestArgs(name="up", type="api", status="live", locations=["a"])
        )
        a_monitor(
            query=pulumi.Output.format("{0} && {0}", test.monitor_id),
            renotify_interval=test.monitor_id,
        )

    up = {"ref": "datadog:index/syntheticsTest:SyntheticsTest::up", "output": "monitorId"}
    found = inputs(program)
    assert found["renotifyInterval"] == up
    assert found["query"] == {"format": [up, " && ", up]}


def test_a_text_that_looks_like_a_long_number_stays_a_text():
    assert inputs(lambda: a_monitor(message="call 14000000000001 or 400000000000"))["message"] == (
        "call 14000000000001 or 400000000000"
    )


def test_a_secret_is_hidden_and_a_secret_reference_is_kept():
    def program() -> None:
        service = pagerduty.Service("shop", pagerduty.ServiceArgs(name="shop", escalation_policy="p"))
        a_monitor(
            message=pulumi.Output.secret("hunter2"),
            escalation_message=pulumi.Output.secret(service.id),  # type: ignore[arg-type]
        )

    found = inputs(program)
    assert found["message"] == {"secret": "hidden"}
    assert found["escalationMessage"] == {"secret": {"ref": "pagerduty:index/service:Service::shop", "output": "id"}}


def test_options_are_kept():
    def program() -> None:
        first = a_monitor("first")
        a_monitor(
            opts=pulumi.ResourceOptions(
                protect=True,
                aliases=[pulumi.Alias(name="lame")],
                depends_on=[first],
                additional_secret_outputs=["message"],
                replace_on_changes=["name"],
                delete_before_replace=True,
                retain_on_delete=True,
                import_="7",
            )
        )

    found = captured(program).by_key["datadog:index/monitor:Monitor::slow"]
    assert found.protect
    assert found.delete_before_replace
    assert found.retain_on_delete
    assert found.import_id == "7"
    assert found.aliases == ("lame",)
    assert found.depends_on == ("datadog:index/monitor:Monitor::first",)
    assert found.secret_outputs == ("message",)
    assert found.replace_on_changes == ("name",)


def test_what_was_asked_is_kept_once():
    def program() -> None:
        ids = [pagerduty.get_user_output(email="ana@youragency.com").id for _ in range(2)]
        a_monitor(message=pulumi.Output.concat(*ids))

    found = captured(program)
    ana = {"lookup": USER, "arguments": {"email": "ana@youragency.com"}, "output": "id"}
    assert found.lookups == (Lookup(USER, {"email": "ana@youragency.com"}),)
    assert found.by_key["datadog:index/monitor:Monitor::slow"].inputs["message"] == {"format": [ana, ana]}


def test_two_resources_of_one_name_are_refused():
    with pytest.raises(PlanError, match="datadog:index/monitor:Monitor::slow: is declared twice"):
        captured(lambda: [a_monitor(), a_monitor()])


def test_two_types_may_share_a_name():
    def program() -> None:
        a_monitor("same")
        pagerduty.Team("same", pagerduty.TeamArgs(name="same"))

    assert len(captured(program).resources) == 2


def test_a_lookup_that_nobody_answers_is_refused():
    with pytest.raises(PlanError, match="is a look-up that is not known"):
        captured(lambda: pulumi.export("team", pagerduty.get_team_output(name="platform").id))


def test_what_the_program_raises_is_raised():
    def program() -> None:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        captured(program)


def test_a_resource_that_fails_is_told_once_although_others_read_it(caplog: pytest.LogCaptureFixture):
    def program() -> None:
        first = a_monitor("first", message=object())
        a_monitor("second", message=first.query)

    with pytest.raises(ValueError, match=r"(?s)'first'.*unexpected input of type"):
        captured(program)
    captured(a_monitor)  # until then the SDK keeps the error
    gc.collect()
    assert [record.message for record in caplog.records if record.name == "asyncio"] == []


def test_a_program_reads_its_own_configuration_and_leaves_none_behind():
    seen: list[str | None] = []
    captured(lambda: seen.append(pulumi.Config("monitoring").get("today")), **{"monitoring:today": "2026-11-23"})
    captured(lambda: seen.append(pulumi.Config("monitoring").get("today")))
    assert seen == ["2026-11-23", None]


def test_resources_that_wait_for_one_another_are_a_mistake_and_no_standstill():
    def program() -> None:
        last: asyncio.Future[list[pulumi.Resource]] = asyncio.Future()
        first = a_monitor("first", opts=pulumi.ResourceOptions(depends_on=pulumi.Output.from_input(last)))
        second = a_monitor("second", opts=pulumi.ResourceOptions(depends_on=[first]))
        last.set_result([a_monitor("third", opts=pulumi.ResourceOptions(depends_on=[second]))])

    with pytest.raises(RuntimeError, match="circular dependency"):
        captured(program)
    assert len(captured(a_monitor).resources) == 1, "the next program of the process knows nothing of it"
