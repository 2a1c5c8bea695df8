"""Which declared objects stand in an account without the state knowing them, and how they are taken over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from monitoring.adoption.duplicates import (
    Duplicate,
    Package,
    duplicates,
    import_file,
    keys_read,
    pending_operations,
    protected,
    unknown,
)
from monitoring.naming.type_tokens import CRON_MONITOR, SCHEDULE, SHIFT_BASED_SCHEDULE
from monitoring.plan import Plan, Resource
from monitoring.vendors.existing import ExistingObject, window_name
from tests.factories import a_catalog

MONITOR = "datadog:index/monitor:Monitor"
SERVICE = "pagerduty:index/service:Service"
KEY = "pagerduty:index/serviceIntegration:ServiceIntegration"
ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"
ALERT = "sentry:index/alert:Alert"
MUTE = "datadog:index/downtimeSchedule:DowntimeSchedule"
METRIC = "sentry:index/metricMonitor:MetricMonitor"
SLOW = "[P1] The shop is slow (shop-slow)"
CATALOG = a_catalog()
PACKAGES = {
    "datadog": Package("5.17.0"),
    "pagerduty": Package("4.37.0"),
    "sentry": Package("0.15.4", {"pluginName": "terraform-provider", "pluginVersion": "1.2.0", "value": "e30="}),
}


def a_resource(type_: str = MONITOR, name: str = "shop-slow", **more: Any) -> Resource:
    """A monitor of the small catalog's rule."""
    inputs = more.pop("inputs", {"name": SLOW})
    return Resource(type=type_, name=name, inputs=inputs, **more)


def a_plan(*resources: Resource) -> Plan:
    """What the program declares for prod."""
    return Plan(project="monitoring", stack="prod", resources=resources or (a_resource(),))


def a_state(*held: tuple[str, str], pending: int = 0) -> Mapping[str, Any]:
    """What `pulumi stack export` prints: TYPE::NAME and id of each resource."""
    resources = [{"urn": f"urn:pulumi:prod::monitoring::{key}", "id": id_} for key, id_ in held]
    return {"deployment": {"resources": resources, "pending_operations": [{}] * pending}}


def found(
    *standing: ExistingObject, plan: Plan | None = None, state: Any = None, chosen: Any = None
) -> tuple[Duplicate, ...]:
    return duplicates(plan or a_plan(), CATALOG, state or a_state(), standing, chosen)


@pytest.mark.parametrize(
    ("state", "names"),
    [
        pytest.param(a_state(), ["shop-slow"], id="an empty state knows nothing"),
        pytest.param({"deployment": None}, ["shop-slow"], id="a stack that never ran knows nothing"),
        pytest.param(a_state((f"{MONITOR}::shop-slow", "1")), [], id="what the state holds is known"),
        pytest.param(a_state((f"{MONITOR}::sluggish", "1")), [], id="a former name is known"),
        pytest.param(a_state((f"{SERVICE}::shop-slow", "1")), ["shop-slow"], id="another type is another resource"),
    ],
)
def test_what_the_state_does_not_know_will_be_created(state, names):
    plan = a_plan(a_resource(aliases=("sluggish",)))
    assert [one.name for one in unknown(plan, state)] == names


@pytest.mark.parametrize(
    ("standing", "state", "ids"),
    [
        pytest.param([ExistingObject(MONITOR, SLOW, "7")], a_state(), [("7",)], id="one of the name"),
        pytest.param(
            [ExistingObject(MONITOR, SLOW, "7"), ExistingObject(MONITOR, SLOW, "8")], a_state(), [("7", "8")], id="two"
        ),
        pytest.param([ExistingObject(MONITOR, "Another", "7")], a_state(), [], id="another name"),
        pytest.param([ExistingObject(SERVICE, SLOW, "7")], a_state(), [], id="another type"),
        pytest.param(
            [ExistingObject(MONITOR, SLOW, "7")],
            a_state((f"{MONITOR}::old", "7")),
            [],
            id="one that another resource owns",
        ),
    ],
)
def test_a_twin_is_found_by_its_name(standing, state, ids):
    assert [twin.ids for twin in found(*standing, state=state)] == ids


def test_the_mutes_of_one_window_are_three_things():
    tags = {name: ["env:prod", f"service:{name}"] for name in ("api", "platform", "website")}
    resources = [
        a_resource(MUTE, name, inputs={"scope": "*", "message": "Upgrade", "monitorIdentifier": {"monitorTags": own}})
        for name, own in tags.items()
    ]
    standing = [ExistingObject(MUTE, window_name("*", "Upgrade", reversed(own)), name) for name, own in tags.items()]
    twins_ = found(*standing, plan=a_plan(*resources))
    assert {twin.resource.name: twin.ids for twin in twins_} == {name: (name,) for name in tags}


def test_an_object_that_a_list_gave_twice_is_one():
    one = ExistingObject(MONITOR, SLOW, "7")
    assert [twin.ids for twin in found(one, one)] == [("7",)]


def test_a_monitor_of_another_project_is_somebody_elses():
    own, other = (ExistingObject(METRIC, SLOW, id_, project) for id_, project in (("7", "web"), ("8", "billing")))
    plan = a_plan(a_resource(METRIC, inputs={"name": SLOW, "project": "web"}))
    assert [twin.ids for twin in found(own, other, plan=plan)] == [("7",)]
    assert found(other, plan=plan) == ()


def test_a_job_of_another_project_is_in_the_way_and_never_taken_over():
    """Its slug is its name, once for the organisation; a second job would get one that nobody checks in to."""
    plan = a_plan(a_resource(CRON_MONITOR, inputs={"name": "shop-slow", "project": "web"}))
    (twin,) = found(ExistingObject(CRON_MONITOR, "shop-slow", "8", "billing"), plan=plan)
    assert str(twin) == (
        'services/shop.yaml:12: CronMonitor "shop-slow": Sentry has a job "shop-slow" in another project (8), and a '
        "slug belongs to one alone; give the rule another id, or that job another slug (adopt)"
    )
    assert import_file([twin], PACKAGES) == {"resources": []}


PRIMARY = a_plan(a_resource(SCHEDULE, "primary", inputs={"name": "Agency platform: primary"}))
SHIFTS = ExistingObject(SHIFT_BASED_SCHEDULE, "Agency platform: primary", "PS1")


def test_a_shift_based_schedule_of_the_name_is_named_and_never_taken_over():
    (twin,) = found(SHIFTS, plan=PRIMARY)
    assert str(twin) == (
        'oncall.yaml:10: Schedule "primary": PagerDuty has "Agency platform: primary" as a shift-based schedule (PS1), '
        "which cannot be taken over; rename it there, or delete it once nothing uses it (adopt)"
    )
    assert import_file([twin], PACKAGES) == {"resources": []}
    assert keys_read(PRIMARY, [twin], stack="prod") == ()


def test_a_layered_schedule_beside_a_shift_based_one_is_taken_over():
    layered = ExistingObject(SCHEDULE, "Agency platform: primary", "P1")
    twins_ = found(SHIFTS, layered, plan=PRIMARY)
    assert [(twin.ids, twin.adoptable) for twin in twins_] == [(("P1",), True), (("PS1",), False)]
    assert [entry["id"] for entry in import_file(twins_, PACKAGES)["resources"]] == ["P1"]


def test_a_schedule_with_layers_of_the_name_is_never_taken_over_as_shifts():
    plan = a_plan(a_resource(SHIFT_BASED_SCHEDULE, "primary", inputs={"name": "Agency platform: primary"}))
    layered = ExistingObject(SCHEDULE, "Agency platform: primary", "P1")
    twins_ = found(SHIFTS, layered, plan=plan)
    assert [(twin.ids, twin.adoptable) for twin in twins_] == [(("PS1",), True), (("P1",), False)]
    assert str(twins_[1]).endswith(
        'has "Agency platform: primary" as a schedule with layers (P1), which cannot be taken over; rename it there, '
        "or delete it once nothing uses it (adopt)"
    )


def test_an_id_that_a_human_gives_counts_whatever_the_name():
    (twin,) = found(ExistingObject(MONITOR, SLOW, "7"), chosen={f"{MONITOR}::shop-slow": "99"})
    assert twin.ids == ("99",)


def test_a_twin_is_told_by_file_and_line_with_what_to_do():
    (one,) = found(ExistingObject(MONITOR, SLOW, "7"))
    (two,) = found(ExistingObject(MONITOR, SLOW, "7"), ExistingObject(MONITOR, SLOW, "8"))
    assert str(one) == (
        f'services/shop.yaml:12: Monitor "shop-slow": Datadog has "{SLOW}" already, as 7; '
        "take it over with pulumi import, or rename it there (adopt)"
    )
    assert str(two).endswith(
        f"2 times, as 7, 8; compare them there, and say which is meant with --id '{MONITOR}::shop-slow=7' (adopt)"
    )


WINDOW = {"scope": "*", "message": "Upgrade", "monitorIdentifier": {"monitorTags": ["env:prod", "service:api"]}}
TWICE = a_plan(a_resource(MUTE, "december-api", inputs=WINDOW), a_resource(MUTE, "january-api", inputs=WINDOW))
UPGRADE = "*: Upgrade [env:prod, service:api]"


@pytest.mark.parametrize("standing", [["1"], ["1", "2"], ["1", "2", "3"]], ids=lambda ids: f"{len(ids)} of the name")
def test_what_two_resources_are_called_is_taken_over_by_neither(standing):
    both = found(*(ExistingObject(MUTE, UPGRADE, id_) for id_ in standing), plan=TWICE)
    assert [(twin.ids, twin.settled) for twin in both] == [(tuple(standing), False)] * 2
    assert import_file(both, PACKAGES) == {"resources": []}
    assert all("2 of the program's resources have this name; compare them there" in str(twin) for twin in both)


def test_once_one_of_two_is_named_by_hand_the_other_is_what_is_left():
    standing = [ExistingObject(MUTE, UPGRADE, "1"), ExistingObject(MUTE, UPGRADE, "2")]
    both = found(*standing, plan=TWICE, chosen={f"{MUTE}::december-api": "2"})
    assert {twin.resource.name: (twin.ids, twin.settled) for twin in both} == {
        "december-api": (("2",), True),
        "january-api": (("1",), True),
    }


def test_nothing_here_ever_says_to_delete_what_may_be_somebodys_own():
    objects = [[ExistingObject(MONITOR, SLOW, id_) for id_ in ids] for ids in ("7", "78", "789")]
    twins = [*(twin for standing in objects for twin in found(*standing)), *found(*objects[0], plan=TWICE)]
    assert len(twins) == 3
    assert [str(twin) for twin in twins if "delete" in str(twin)] == []


def test_the_import_file_leaves_out_what_a_human_has_to_choose():
    one = found(ExistingObject(MONITOR, SLOW, "7"))
    two = found(ExistingObject(MONITOR, SLOW, "7"), ExistingObject(MONITOR, SLOW, "8"))
    entry = {"type": MONITOR, "name": "shop-slow", "id": "7", "version": "5.17.0"}
    assert import_file([*one, *two], PACKAGES) == {"resources": [entry]}


@pytest.mark.parametrize(
    ("type_", "inputs", "wanted"),
    [
        (ALERT, {"name": "A", "organization": "youragency"}, "youragency/7"),
        (METRIC, {"name": "A", "organization": "youragency", "project": "web"}, "youragency/web/7"),
        (ROW, {"service": "A", "organization": "youragency"}, "youragency/7"),
    ],
)
def test_an_object_of_sentry_is_imported_by_where_it_belongs(type_, inputs, wanted):
    plan = a_plan(a_resource(type_, inputs=inputs))
    (entry,) = import_file(found(ExistingObject(type_, "A", "7"), plan=plan), PACKAGES)["resources"]
    assert entry["id"] == wanted
    assert entry["parameterization"]["pluginName"] == "terraform-provider"


def paging() -> Plan:
    """A service, its integration whose key is a secret, and the row at Sentry that uses the key."""
    service = a_resource(SERVICE, "shop", inputs={"name": "shop"})
    key = a_resource(
        KEY,
        "shop-sentry",
        inputs={"name": "Sentry", "service": {"ref": service.key, "output": "id"}},
        secret_outputs=("integrationKey",),
    )
    secret = {"secret": {"ref": key.key, "output": "integrationKey"}}
    row = a_resource(ROW, "shop", inputs={"service": "shop", "organization": "youragency", "integrationKey": secret})
    return a_plan(service, key, row)


@pytest.mark.parametrize(
    ("standing", "names"),
    [
        pytest.param(ExistingObject(SERVICE, "shop", "P1"), [], id="a service has no key"),
        pytest.param(
            ExistingObject(KEY, "shop: Sentry", "P1.P2"), ["shop-sentry"], id="an integration's own key is read"
        ),
        pytest.param(ExistingObject(ROW, "shop", "3/4"), ["shop-sentry"], id="a row shows the key that it uses"),
    ],
)
def test_a_key_that_an_import_reads_is_to_be_replaced(standing, names):
    plan = paging()
    urns = keys_read(plan, found(standing, plan=plan), stack="youragency/prod")
    assert urns == tuple(f"urn:pulumi:prod::monitoring::{KEY}::{name}" for name in names)


def test_operations_that_were_cut_short_are_counted():
    assert pending_operations(a_state(pending=2)) == 2
    assert pending_operations({"deployment": {}}) == 0


def test_what_the_engine_will_not_replace_is_known():
    fast, loose = {"urn": "urn:fast", "protect": True}, {"urn": "urn:loose"}
    assert protected({"deployment": {"resources": [fast, loose]}}) == {"urn:fast"}
    assert protected({"deployment": None}) == frozenset()
