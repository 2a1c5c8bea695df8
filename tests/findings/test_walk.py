"""An own catalog, written by somebody who has read the manual once: everything is said in one round, the next is green.

Round one is the catalog in `parcelo/`, as it was typed. Each of its messages is followed to the letter; round two is
the answer to that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import copytree

import pytest

from tests.findings.running import run
from tests.platforms import AGENCY

TYPED = Path(__file__).parent / "parcelo"
TODAY = ("--today", "2026-11-26")
Edit = tuple[str, str, str]
"""A file, what stands in it, and what is written there instead; nothing to replace means a new file."""

# The beginning of each message -> what somebody does who follows it.
FOLLOWED: Mapping[str, tuple[Edit, ...]] = {
    'oncall.yaml:15: person "arjun": time-zone: "IST" is not a time zone; write the name of a place': (
        ("catalog/oncall.yaml", "time-zone: IST", "time-zone: Asia/Kolkata"),
    ),
    'oncall.yaml:28: schedule "secondary": layers.1.people.2: no person is called "arjum"; take it out, or add it': (
        ("catalog/oncall.yaml", "[luis, arjum, ana]", "[luis, arjun, ana]"),
    ),
    "platform.yaml:8: links.dashboard: is missing; add it, for example dashboard: https://": (
        ("catalog/platform.yaml", "links:\n", "links:\n  dashboard: https://app.datadoghq.eu/dashboard/lists\n"),
    ),
    "platform.yaml:13: sentry.pagerduty-account: is missing; add it, for example pagerduty-account: ": (
        ("catalog/platform.yaml", "sentry:\n", "sentry:\n  pagerduty-account: parcelo\n"),
    ),
    'platform.yaml:13: sentry.teams: the team "parcelo" has a rule for Sentry, and no team there; write its slug': (
        ("catalog/platform.yaml", "sentry:\n", "sentry:\n  teams: {parcelo: parcelo}\n"),
    ),
    "platform.yaml:22: datadog.metrics.trace.django.request.sent-by: is missing; add it, for example sent-by: ": (
        ("catalog/platform.yaml", "interval: 10s\n", "interval: 10s\n      sent-by: the application\n"),
    ),
    'services/api.yaml:6: rule "api-failing": its runbook "runbooks/api-failing.md" has no "Diagnosis"': (
        ("docs/runbooks/api-failing.md", "Look", "## Diagnosis\n\nLook"),
    ),
    'services/api.yaml:6: rule "api-failing": its runbook "runbooks/api-failing.md" has no "Impact"': (
        ("docs/runbooks/api-failing.md", "# The API fails\n", "# The API fails\n\n## Impact\n\nNo parcels.\n"),
    ),
    'services/api.yaml:6: rule "api-failing": its runbook "runbooks/api-failing.md" has no "Meaning"': (
        ("docs/runbooks/api-failing.md", "# The API fails\n", "# The API fails\n\n## Meaning\n\nErrors.\n"),
    ),
    'services/api.yaml:6: rule "api-failing": its runbook "runbooks/api-failing.md" has no "Mitigation"': (
        ("docs/runbooks/api-failing.md", "Sentry.\n", "Sentry.\n\n## Mitigation\n\nRoll back.\n"),
    ),
    'services/api.yaml:10: rule "api-failing": errors.where.endpoint: project "api" sends no tag "endpoint"': (
        ("catalog/platform.yaml", "{prod: production}}", "{prod: production}, tags: {endpoint: {}}}"),
    ),
    'services/api.yaml:11: rule "api-down": has no runbook': (
        ("docs/runbooks/api-down.md", "", "The API does not answer"),
    ),
    'services/api.yaml:15: rule "api-down": wakes a human on a single failed try; write retry: {times: 1, after: 5s}': (
        ("catalog/services/api.yaml", "failing-in: 2}", "failing-in: 2, retry: {times: 1, after: 5s}}"),
    ),
    'services/api.yaml:16: rule "api-slow": has no runbook': (("docs/runbooks/api-slow.md", "", "The API is slow"),),
    'services/api.yaml:16: rule "api-slow": means: is missing; add it, for example means: ': (
        ("catalog/services/api.yaml", "    metric:", "    means: Shops wait.\n    metric:"),
    ),
    'services/api.yaml:19: rule "api-slow": does not say what it means when no data arrives; ': (
        ("catalog/services/api.yaml", "above: 2s}", "above: 2s, when-silent: alert}"),
    ),
    'services/worker.yaml:5: service "worker": depends-on.2: no service is called "sqs"': (
        (
            "catalog/services/sqs.yaml",
            "",
            "service: sqs\ntitle: SQS\nteam: parcelo\ntier: standard\nkind: external\n"
            "status-page: https://health.youragency.com\n",
        ),
    ),
    'services/worker.yaml:7: rule "labels-late": has no runbook': (
        ("docs/runbooks/labels-late.md", "", "Labels are late"),
    ),
    'services/worker.yaml:11: rule "labels-late": does not say what it means when no data arrives; ': (
        ("catalog/services/worker.yaml", "above: 15m}", "above: 15m, when-silent: alert}"),
    ),
    'services/worker.yaml:11: rule "labels-late": metric.max: no metric is called "aws.sqs.approximate_age': (
        (
            "catalog/platform.yaml",
            "  metrics:\n",
            "  metrics:\n    aws.sqs.approximate_age_of_oldest_message: {unit: s, kind: gauge, interval: 60s, "
            "sent-by: the application, tags: {env: {}, queuename: {}}}\n",
        ),
    ),
    'services/worker.yaml:12: rule "worker-failing": has no runbook': (
        ("docs/runbooks/worker-failing.md", "", "The worker fails"),
    ),
    'services/worker.yaml:16: rule "worker-failing": errors.project: no project is called "worker"': (
        (
            "catalog/platform.yaml",
            "  projects:\n",
            "  projects:\n    worker: {platform: python-django, environments: {prod: prod}, tags: {}}\n",
        ),
    ),
    'teams.yaml:1: team "parcelo": email: is missing; add it, for example email: ': (
        ("catalog/teams.yaml", "title: Parcelo\n", "title: Parcelo\n  email: parcelo@youragency.com\n"),
    ),
    'teams.yaml:4: team "parcelo": routes.P1.slack.1: "#alerts" is written with #; write "alerts"': (
        ("catalog/teams.yaml", '["#alerts"]', "[alerts]"),
    ),
    'teams.yaml:4: team "parcelo": no P1 rule of it reaches slack "alerts": sentry.slack-workspace is not written; '
    "datadog.slack-account is not written": (
        ("catalog/platform.yaml", "sentry:\n", "sentry:\n  slack-workspace: Parcelo\n"),
        ("catalog/platform.yaml", "datadog:\n", "datadog:\n  slack-account: parcelo\n"),
    ),
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(copytree(TYPED, tmp_path / "parcelo"))
    (folder / "Pulumi.yaml").write_text("name: parcelo\nruntime: python\n")
    monkeypatch.chdir(folder)
    return folder


def followed(folder: Path, edit: Edit) -> None:
    file, old, new = edit
    path = folder / file
    if file.endswith(".md") and not old:
        headings = "".join(f"\n## {name}\n\nWords.\n" for name in ("Meaning", "Impact", "Diagnosis", "Mitigation"))
        path.write_text(f"# {new}\n{headings}")
    elif not old:
        path.write_text(new)
    else:
        assert path.read_text().count(old) == 1, edit
        path.write_text(path.read_text().replace(old, new))


def problems(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.endswith(")") and ": " in line and "Parcelo (" not in line)


@pytest.mark.usefixtures("project")
def test_round_one_says_everything_that_is_wrong() -> None:
    answer = run("check", *TODAY)
    said = list(problems(answer.text))
    assert answer.code == 1
    assert [message for message in said if not message.startswith(tuple(FOLLOWED))] == []
    assert len(said) == len(FOLLOWED)
    assert answer.text.endswith("as if its mistakes were mended\n")


def test_round_two_is_green_after_each_message_was_followed(project: Path) -> None:
    for edits in FOLLOWED.values():
        for edit in edits:
            followed(project, edit)
    answer = run("check", *TODAY)
    assert answer.text.splitlines()[1].startswith("0 problems, 0 waived, ")
    assert answer.code == 0
    assert run("reach", *TODAY).code == 0


def test_a_rule_for_a_new_metric_needs_one_round(tmp_path: Path) -> None:
    """Its declaration, its silence and its runbook are asked for together, and the declaration is complete."""
    project = Path(copytree(AGENCY.root, tmp_path / "agency"))
    service = project / "catalog" / "services" / "payments.yaml"
    service.write_text(
        f"{service.read_text()}\n"
        "  - id: payouts-late\n"
        "    title: Payouts are late\n"
        "    severity: P1\n"
        "    means: Shops wait for their money.\n"
        "    metric: {max: aws.sqs.age, where: {queuename: payouts}, over: 10m, above: 15m}\n"
    )
    told = run("check", "--catalog", str(project / "catalog"), *TODAY)
    said = [line.rpartition("; ")[2] if "declare it" in line else line for line in problems(told.text)]
    assert len(said) == 3
    declaration = told.text.partition("for example ")[2].partition(" (shape)")[0]
    platform = project / "catalog" / "platform.yaml"
    platform.write_text(platform.read_text().replace("  metrics:\n", f"  metrics:\n    {declaration}\n"))
    service.write_text(service.read_text().replace("above: 15m}", "above: 15m, when-silent: alert}"))
    followed(project, ("docs/runbooks/payouts-late.md", "", "Payouts are late"))
    assert run("check", "--catalog", str(project / "catalog"), *TODAY).code == 0
