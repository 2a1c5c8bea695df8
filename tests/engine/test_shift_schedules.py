"""Schedules of both kinds on the real engine: drawn again from what the account holds, and one kind after the other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitoring.model.oncall import Layer, Schedule
from monitoring.naming.type_tokens import ESCALATION_POLICY, GET_USER, SCHEDULE, SHIFT_BASED_SCHEDULE
from monitoring.oncall.clock import DAY, instant
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Shift
from monitoring.plan import Plan, Resource
from monitoring.reach.plan.oncall import planned_oncall
from tests import factories
from tests.engine import small
from tests.engine.accounts.facts import facts
from tests.engine.conftest import copied
from tests.engine.ours import rewrite
from tests.engine.workspace import Workspace
from tests.factories import a_catalog, a_schedule
from tests.oncall.cases import ANCHORS, COVERED, COVERS, ONE_OR_TWO_LAYERS

BOTH = ("schedules: layers", "schedules: both")
PEOPLE = ("ana", "ben", "chi", "dee", "kit")
WEEKS = 26
"""How far the timelines are compared: beyond the covers, which lie in the year after the present one."""
NEXT_YEAR = str(datetime.now(UTC).year + 1)


def to_come(value: Any) -> Any:
    """The same with every date of the cases' year in the next one, so that what is covered lies ahead."""
    return json.loads(json.dumps(value).replace("2026-", f"{NEXT_YEAR}-"))


def layers_of(case: Any) -> tuple[Layer, ...]:
    """The layers of a case about hours."""
    layers: tuple[Layer, ...] = case.values[0]
    return layers


def cases(*, every: bool) -> Mapping[str, Schedule]:
    """The suite's schedules by keys; a fixed sample of them, or every one, in every zone."""
    zones = ("Europe/Berlin", "America/New_York", "Australia/Sydney") if every else ("Europe/Berlin",)
    made = {
        f"hours-{number}-{place}": a_schedule(*layers_of(case), zone=zone)
        for place, zone in enumerate(zones)
        for number, case in enumerate(ONE_OR_TWO_LAYERS)
    }
    for number, case in enumerate(COVERS):
        made[f"cover-{number}"] = a_schedule(*COVERED, cover=to_come(case.values[0]))
    for number, case in enumerate(ANCHORS):
        zone, anchor, _ = map(str, case.values)
        if zone not in facts("pagerduty").enums["timeZone"]:
            continue
        layer = factories.a_layer(anchor=anchor, people=("ana", "ben", "chi"))
        made[f"anchor-{number}"] = a_schedule(layer, zone=zone)
    sample = ("hours-0-0", "hours-2-0", "hours-7-0", "cover-0", "cover-3", "anchor-2")
    return made if every else {name: made[name] for name in sample}


def catalog_texts(schedules: Mapping[str, Schedule], kinds: str) -> dict[str, str]:
    """The small catalog with more people and more schedules, made as the kinds say."""
    oncall = yaml.safe_load(factories.texts(*small.CHANGES)["oncall.yaml"])
    for name in PEOPLE:
        person = {"name": f"{name.title()} Example", "email": f"{name}@youragency.com"}
        oncall["people"][name] = {**oncall["people"]["ana"], **person}
    for name, schedule in schedules.items():
        oncall["schedules"][name] = schedule.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"oncall": json.dumps(oncall, indent=1), "platform": platform(kinds)}


def platform(kinds: str) -> str:
    """The platform, with the kinds of schedule that are made."""
    account = "pagerduty: {subdomain: youragency"
    return factories.PLATFORM.replace(account, f"{account}, schedules: {kinds}")


def drawn(workspace: Workspace, type_: str, title: str, span: tuple[int, int]) -> list[Shift]:
    """Who is on call by a schedule of the account, as the walk over a Plan reads it."""
    body = json.loads(json.dumps(dict(workspace.account.one(type_, name=title).body)))
    users = workspace.account.objects("pagerduty:index/user:User")
    emails = {
        id_: {"lookup": GET_USER, "arguments": {"email": user["email"]}, "output": "id"} for id_, user in users.items()
    }
    target = {"type": "schedule_reference", "id": {"ref": f"{type_}::one", "output": "id"}}
    policy = {"name": "critical", "rules": [{"escalationDelayInMinutes": 1, "targets": [target]}]}
    held = Resource(type_, "one", LOOKS[type_](body, emails))
    plan = Plan("monitoring", "prod", (Resource(ESCALATION_POLICY, "critical", policy), held))
    planned = planned_oncall(plan, a_catalog(), *span)
    assert not planned.unresolved
    shifts = list(planned.oncall_data.timelines[title])
    return [
        Shift(shift.start, min(shift.end, span[1]), shift.person and shift.person.partition("@")[0])
        for shift in shifts
        if shift.start < span[1]
    ]


def as_layers(body: Mapping[str, Any], users: Mapping[str, Any]) -> dict[str, Any]:
    """A schedule of the account without what only the account computes."""
    words = ("name", "start", "end", "rotationVirtualStart", "rotationTurnLengthSeconds", "restrictions")
    layers = [
        {word: layer[word] for word in words if layer[word]} | {"users": [users[id_] for id_ in layer["users"]]}
        for layer in body["layers"]
    ]
    return {"name": body["name"], "timeZone": body["timeZone"], "layers": layers}


def as_shifts(body: Mapping[str, Any], users: Mapping[str, Any]) -> dict[str, Any]:
    """A shift-based schedule of the account: its events have begun when the account took them."""
    rotations = []
    for rotation, started in zip(body["rotations"], body["_taken"], strict=True):
        for event, since in zip(rotation["events"], started, strict=True):
            del event["id"]
            event["effectiveSince"] = since
            for strategy in event["assignmentStrategies"]:
                strategy["members"] = [{**member, "userId": users[member["userId"]]} for member in strategy["members"]]
        rotations.append({"events": rotation["events"]})
    return {"name": body["name"], "timeZone": body["timeZone"], "rotations": rotations}


LOOKS = {SCHEDULE: as_layers, SHIFT_BASED_SCHEDULE: as_shifts}


def span_from_now() -> tuple[int, int]:
    """From a minute after the present on, since what is past is PagerDuty's record and nobody's plan."""
    now = int(datetime.now(UTC).timestamp()) + 60
    return now, now + WEEKS * 7 * DAY


def differing(workspace: Workspace, schedules: Mapping[str, Schedule]) -> list[str]:
    """The schedules of which a kind in the account is not what the catalog says from now on."""
    span = span_from_now()
    others = []
    for name, schedule in schedules.items():
        ours = list(timeline(schedule, *span))
        for type_, title in (
            (SCHEDULE, f"Agency platform: {name}, layers"),
            (SHIFT_BASED_SCHEDULE, f"Agency platform: {name}"),
        ):
            if drawn(workspace, type_, title, span) != ours:
                others.append(f"{type_} {name}")
    return others


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.full)], ids=["a sample", "every case"])
def test_each_kind_holds_what_the_catalog_says_and_a_second_preview_is_empty(engine, tmp_path, every):
    schedules = cases(every=every)
    workspace = small.small_workspace(tmp_path, engine=engine, **catalog_texts(schedules, "both"))
    (workspace.program / "__main__.py").write_text(small.UNCHECKED)
    workspace.up()
    assert differing(workspace, schedules) == []
    assert workspace.preview("--expect-no-changes").changes == {}
    workspace.must("refresh", "--yes", "--skip-preview")
    assert workspace.preview("--expect-no-changes").changes == {}


@pytest.fixture(scope="module")
def shifts_once(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The small program with a schedule of layers, deployed; only for copying."""
    room = tmp_path_factory.mktemp("changeover")
    workspace = small.small_workspace(room, engine=engine, platform=platform("layers"))
    workspace.up()
    return workspace


@pytest.fixture
def layered(shifts_once: Workspace, tmp_path: Path) -> Workspace:
    """A workspace of the test's own in which a schedule of layers is deployed."""
    return copied(shifts_once, tmp_path / "room")


def ids_in_policies(workspace: Workspace) -> set[str]:
    """The ids of the schedules that some policy asks."""
    policies = workspace.account.objects(ESCALATION_POLICY).values()
    targets = [target for policy in policies for rule in policy["rules"] for target in rule["targets"]]
    return {target["id"] for target in targets if target["type"] == "schedule_reference"}


def test_policies_move_from_layers_to_shifts_and_the_old_schedules_go(layered):
    old = set(layered.account.objects(SCHEDULE))
    rewrite(layered.program, "platform.yaml", *BOTH)
    layered.up()
    new = set(layered.account.objects(SHIFT_BASED_SCHEDULE))
    assert (set(layered.account.objects(SCHEDULE)), ids_in_policies(layered)) == (old, new)
    assert layered.preview("--expect-no-changes").changes == {}
    rewrite(layered.program, "platform.yaml", "schedules: both", "schedules: shifts")
    refused = layered.run("up", "--yes")
    assert refused.code != 0
    assert "it is protected" in refused.said
    assert ids_in_policies(layered) == new, "nothing has happened"
    for urn, resource in layered.state().items():
        if resource["type"] == SCHEDULE:
            layered.must("state", "unprotect", urn, "--yes")
    layered.up()
    assert layered.account.objects(SCHEDULE) == {}
    assert (set(layered.account.objects(SHIFT_BASED_SCHEDULE)), ids_in_policies(layered)) == (new, new)
    assert layered.preview("--expect-no-changes").changes == {}
    assert small.adopt(layered).code == 0


@pytest.mark.full
def test_a_cover_comes_and_goes_and_nobody_else_is_moved(engine, tmp_path):
    schedule = a_schedule()
    plain = catalog_texts({"shop": schedule}, "both")
    workspace = small.small_workspace(tmp_path, engine=engine, **plain)
    (workspace.program / "__main__.py").write_text(small.UNCHECKED)
    workspace.up()
    begins = int(datetime.now(UTC).timestamp()) // DAY * DAY + 2 * DAY
    times = [datetime.fromtimestamp(begins + days * DAY, UTC).strftime("%Y-%m-%d 12:00") for days in (0, 9)]
    covered = a_schedule(cover=[{"who": "kit", "instead-of": "ana", "from": times[0], "to": times[1]}])
    for texts, wanted in ((catalog_texts({"shop": covered}, "both"), covered), (plain, schedule)):
        (workspace.program / "catalog" / "oncall.yaml").write_text(texts["oncall"])
        workspace.up()
        assert differing(workspace, {"shop": wanted}) == []
        assert workspace.preview("--expect-no-changes").changes == {}
    assert instant(datetime.now(UTC)) < begins


def members_of(body: Mapping[str, Any]) -> list[Any]:
    """The members of each event, in order."""
    events = [event for rotation in body["rotations"] for event in rotation["events"]]
    return [strategy["members"] for event in events for strategy in event["assignmentStrategies"]]


@pytest.mark.full
def test_a_member_whom_somebody_changes_by_hand_is_seen_and_put_back(layered):
    rewrite(layered.program, "platform.yaml", *BOTH)
    layered.up()
    before = layered.account.one(SHIFT_BASED_SCHEDULE, name="Agency platform: primary")
    ben = layered.account.one("pagerduty:index/user:User", email="ben@youragency.com").id
    rotations = json.loads(json.dumps(before.body["rotations"]))
    rotations[0]["events"][0]["assignmentStrategies"][0]["members"][0]["userId"] = ben
    layered.account.edit(before, rotations=rotations)
    seen = layered.drift()
    assert seen.code != 0
    assert "rotations" in seen.said
    layered.up("--refresh")
    after = layered.account.one(SHIFT_BASED_SCHEDULE, name="Agency platform: primary")
    assert members_of(after.body) == members_of(before.body)
