"""A policy with support hours, brought up on the real engine; the hours go and the service stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.ours import rewrite
from tests.engine.small import CHANGES, small_workspace
from tests.engine.workspace import Workspace
from tests.factories import texts

SERVICE = "pagerduty:index/service:Service"
HOURS = '    support-hours: {time-zone: Europe/Berlin, days: mon-fri, from: "09:00", to: "17:00"}\n'
STANDARD = "  standard:\n"


@pytest.fixture(scope="module")
def workspace(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A rule that wakes, and one that pages in support hours, brought up."""
    found = texts(*CHANGES)
    own = {name: found[f"{name}.yaml"].decode() for name in ("oncall", "teams")}
    own["services_shop"] = found["services/shop.yaml"].decode()
    own["oncall"] = own["oncall"].replace(STANDARD, f"{STANDARD}{HOURS}")
    own["teams"] = own["teams"].replace("    P2: {slack: [alerts]}", "    P2: {page: standard, slack: [alerts]}")
    own["services_shop"] = own["services_shop"].replace(
        "    severity: P0\n    means: Pages", "    severity: P2\n    means: Pages"
    )
    made = small_workspace(tmp_path_factory.mktemp("hours"), engine=engine, **own)
    made.up()
    return made


def test_nothing_differs_after_the_first_update(workspace):
    assert workspace.preview("--expect-no-changes").changes == {}
    drift = workspace.drift()
    assert drift.code == 0, drift.said


def test_the_urgency_follows_the_hours_of_the_policy(workspace):
    services = {service["name"]: service for service in workspace.account.objects(SERVICE).values()}
    assert services["shop-critical-high"]["incidentUrgencyRule"] == {"type": "constant", "urgency": "high"}
    by_hours = services["shop-standard-low"]
    assert by_hours["incidentUrgencyRule"]["type"] == "use_support_hours"
    assert by_hours["supportHours"]["daysOfWeeks"] == [1, 2, 3, 4, 5]


def test_without_its_hours_the_service_stays_and_is_quiet(workspace):
    ids = set(workspace.account.objects(SERVICE))
    rewrite(workspace.program, "oncall.yaml", HOURS, "")
    workspace.up()
    services = workspace.account.objects(SERVICE)
    assert set(services) == ids
    (quiet,) = (service for service in services.values() if service["name"] == "shop-standard-low")
    assert quiet["incidentUrgencyRule"] == {"type": "constant", "urgency": "low"}
    assert workspace.preview("--expect-no-changes").changes == {}
