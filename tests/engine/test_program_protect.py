"""Nobody loses a schedule, a policy, a PagerDuty service or a way into one by taking lines out of the catalog."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from textwrap import dedent

import pytest

from tests.engine.ours import TODAY, rewrite
from tests.engine.workspace import REPOSITORY, Run, Workspace

SCHEDULE = "pagerduty:index/schedule:Schedule"
POLICY = "pagerduty:index/escalationPolicy:EscalationPolicy"
SERVICE = "pagerduty:index/service:Service"
INTEGRATION = "pagerduty:index/serviceIntegration:ServiceIntegration"
ROW = "sentry:index/integrationPagerduty:IntegrationPagerduty"
WAYS_IN = (SERVICE, INTEGRATION, ROW)
RAISED = "title: Requests fail more often than usual\n    severity: P2"
REMEDY = re.compile(r"`pulumi state unprotect '(urn:[^']+)'`")


def cut(workspace: Workspace, file: str, start: str, end: str) -> None:
    """Take lines out of a file of the catalog, from one that starts so to before the next that starts so."""
    path = workspace.program / "catalog" / file
    text = path.read_text()
    first = text.index(start)
    last = text.index(end, first) if end else len(text)
    path.write_text(text[:first] + text[last:])


def swap(workspace: Workspace, file: str, old: str, new: str) -> None:
    """Write something else wherever a text stands in a file of the catalog."""
    path = workspace.program / "catalog" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def without_schedule(workspace: Workspace) -> None:
    """Ask the secondary in place of the security team's own schedule, and let its people share the lead."""
    swap(workspace, "oncall.yaml", "ask: [security]", "ask: [secondary]")
    swap(workspace, "oncall.yaml", "ask: [primary, secondary, security]", "ask: [primary, secondary]")
    swap(workspace, "oncall.yaml", "people: [kit, lou]", "people: [kit, lou, eve, fay]")
    cut(workspace, "oncall.yaml", "  security:\n    title: Security\n    time-zone", "  lead:\n")


def without_policy(workspace: Workspace) -> None:
    """Let the security team page as the platform team does, without a policy, a service or a schedule of its own."""
    without_schedule(workspace)
    (workspace.program / "catalog" / "expectations.yaml").unlink()
    swap(workspace, "teams.yaml", "{page: security,", "{page: critical,")
    cut(workspace, "oncall.yaml", "  security:\n    title: Security\n    team", "")


def without_service(workspace: Workspace) -> None:
    """Let the security team page its own policy for P1 only, of which it has no rule."""
    swap(workspace, "teams.yaml", "{page: security,", "{page: critical,")
    swap(
        workspace,
        "teams.yaml",
        "{page: standard, slack: [alerts-critical]}",
        "{page: security, slack: [alerts-critical]}",
    )


def stopped_at(run: Run) -> list[str]:
    """The URNs that a run refused to delete, from what it tells people to do."""
    assert run.code != 0, run.said
    assert "it is protected" in run.said
    return list(dict.fromkeys(REMEDY.findall(run.said)))


@pytest.mark.parametrize(
    ("remove", "type_", "name"),
    [
        pytest.param(without_schedule, SCHEDULE, "security", id="a schedule"),
        pytest.param(
            without_service, ROW, "customers-security-high", id="the first way into a service", marks=pytest.mark.full
        ),
    ],
)
def test_a_removal_is_stopped_before_anything_happens(ours, remove, type_, name):
    before = ours.account.everything()
    remove(ours)
    stopped = stopped_at(ours.run("up", "--yes"))
    assert [urn.split("::", 2)[2] for urn in stopped] == [f"{type_}::{name}"]
    assert ours.account.everything() == before


def test_a_removal_that_nobody_previewed_loses_no_way_to_a_pager(ours):
    before = {type_: ours.account.objects(type_) for type_ in WAYS_IN}
    without_service(ours)
    stopped_at(ours.run("up", "--yes", "--skip-preview"))
    lost = {type_: before[type_].keys() - ours.account.objects(type_).keys() for type_ in WAYS_IN}
    assert all(before.values())
    assert not any(lost.values()), lost


@pytest.mark.full
def test_the_way_that_the_message_names_leads_to_the_removal(ours):
    without_policy(ours)
    freed: list[str] = []
    expected = [
        f"{SCHEDULE}::security",
        f"{POLICY}::security",
        f"{SERVICE}::customers-security-high",
        f"{INTEGRATION}::customers-security-high-sentry",
        f"{ROW}::customers-security-high",
    ]
    while len(freed) < len(expected):
        stopped = stopped_at(ours.run("preview"))
        for urn in stopped:
            ours.must("state", "unprotect", urn, "--yes")
        freed += [urn.split("::", 2)[2] for urn in stopped]
    assert sorted(freed) == sorted(expected)
    ours.up()
    assert "security" not in str([body["name"] for body in ours.account.objects(SERVICE).values()])
    assert {len(ours.account.objects(SCHEDULE)), len(ours.account.objects(POLICY))} == {3, 2}


@pytest.mark.full
def test_the_page_leads_through_a_deletion_that_is_meant(ours):
    retired, commands = the_page()
    assert golden(ours).returncode == 0
    rewrite(ours.program, "services/api.yaml", RAISED, RAISED.replace("P2", "P1"))
    rewrite(ours.program, "maintenance.yaml", "still-wakes: [", "still-wakes: [elevated-error-rate, ")
    refused = golden(ours)
    assert (refused.returncode, refused.stderr.count("was declared before, and is not any more")) == (1, 2)
    rewrite(ours.program, "waivers.yaml", "retired: {}\n", retired)
    assert [words[0] for words in commands] == ["golden", "preview", "state", "state", "up"]
    assert golden(ours).returncode == 0
    stopped = stopped_at(ours.run(*commands[1]))
    before = ours.account.everything()
    for words in commands[2:4]:
        ours.must(*words)
    assert ours.account.everything() == before
    assert {*stopped} <= {words[2] for words in commands[2:4]}
    ours.must(*commands[4], "--yes")
    assert not {words[2] for words in commands[2:4]} & ours.state().keys()
    assert len(ours.account.objects(ROW)) == len(before[ROW])


def the_page() -> tuple[str, list[list[str]]]:
    """What the page writes into waivers.yaml, and the words of each command in its order, without program and stack."""
    _, _, after = (REPOSITORY / "manual" / "deploying.md").read_text().partition("### Delete what is protected\n")
    blocks = re.findall(r"```(yaml|sh)\n(.*?)```", dedent(after.partition("\n### ")[0]), re.DOTALL)
    (retired,) = (dedent(text) for language, text in blocks if language == "yaml")
    lines = [line for language, text in blocks if language == "sh" for line in dedent(text).strip().splitlines()]
    return retired, [shlex.split(line.replace(" --stack prod", ""))[1:] for line in lines]


def golden(workspace: Workspace) -> subprocess.CompletedProcess[str]:
    """What `monitoring golden` answers in a program's folder."""
    command = [sys.executable, "-m", "monitoring", "golden", "--today", TODAY]
    return subprocess.run(command, cwd=workspace.program, env=workspace.environment, capture_output=True, text=True)


@pytest.mark.full
def test_a_key_that_leaked_is_replaced_once_its_integration_is_released(ours):
    name = f"{INTEGRATION}::customers-security-high-sentry"
    (urn,) = (urn for urn in ours.state() if urn.endswith(f"::{name}"))
    leaked = the_key(ours)
    refused = ours.run("up", "--yes", "--replace", urn)
    assert refused.code != 0
    assert f'unable to replace resource "{urn}"' in refused.said
    assert the_key(ours) == leaked
    ours.must("state", "unprotect", urn, "--yes")
    ours.must("up", "--yes", "--replace", urn)
    assert the_key(ours) != leaked
    assert the_key(ours) in {row["integrationKey"] for row in ours.account.objects(ROW).values()}
    assert ours.state()[urn]["protect"]
    assert ours.preview("--expect-no-changes").changes == {}


def the_key(workspace: Workspace) -> str:
    """The key of the one integration of a service that only Sentry uses."""
    services = workspace.account.objects(SERVICE)
    (service,) = (id_ for id_, body in services.items() if "ustomer" in body["name"] and "ecurity" in body["name"])
    (one,) = (body for body in workspace.account.objects(INTEGRATION).values() if body["service"] == service)
    return str(one["integrationKey"])
