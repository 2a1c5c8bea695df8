"""What is wrong with a stack's configuration is one sentence, before anything is created."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.engine import ours as own
from tests.engine.accounts.sentry import ENVIRONMENT
from tests.engine.workspace import Workspace


def no_organization(workspace: Workspace) -> None:
    """A catalog that names no organisation."""
    own.rewrite(workspace.program, "platform.yaml", "  organization: youragency\n", "")


def foreign_organization(workspace: Workspace) -> None:
    """An organisation that the token does not see."""
    own.rewrite(workspace.program, "platform.yaml", "organization: youragency", "organization: elsewhere")


def foreign_workspace(workspace: Workspace) -> None:
    """A Slack workspace that nobody installed in Sentry."""
    own.rewrite(workspace.program, "platform.yaml", "slack-workspace: Your Agency", "slack-workspace: Their Agency")


def uninvited_person(workspace: Workspace) -> None:
    """Somebody on call whom PagerDuty does not know."""
    own.rewrite(workspace.program, "oncall.yaml", "email: ana@youragency.com", "email: new@youragency.com")


def missing_team(workspace: Workspace) -> None:
    """A team that Sentry does not have."""
    own.rewrite(workspace.program, "platform.yaml", "security: security}", "security: secops}")


def missing_member(workspace: Workspace) -> None:
    """Somebody to whom Sentry shall write, and who is no member there."""
    line = "P0: {page: security, slack: [alerts-critical], email: [security-team@youragency.com"
    own.rewrite(workspace.program, "teams.yaml", line, f"{line}, gone@youragency.com")


def missing_project(workspace: Workspace) -> None:
    """A project that Sentry does not have."""
    own.rewrite(workspace.program, "platform.yaml", "    web:\n      platform:", "    site:\n      platform:")
    for path in (workspace.program / "catalog" / "services").iterdir():
        path.write_text(path.read_text().replace("project: web,", "project: site,"))


def refused_token(workspace: Workspace) -> None:
    """A token that Sentry does not take."""
    workspace.account.expect_credential("SENTRY_AUTH_TOKEN", "another one")


def refused_key(workspace: Workspace) -> None:
    """A key that Datadog does not take."""
    workspace.account.expect_credential("DD_APP_KEY", "another one")


def unseen_environment(workspace: Workspace) -> None:
    """An environment that has sent Sentry no event."""
    environment = workspace.account.one(ENVIRONMENT, name="production")
    workspace.account.remove(environment)


def reading_key(workspace: Workspace) -> None:
    """A key of Sentry's that may only read."""
    workspace.account.allow_sentry_key("alerts:read", "org:read", "project:read", "team:read", "member:read")


def no_such_location(workspace: Workspace) -> None:
    """A region that Datadog has, and not for this account."""
    for path in (workspace.program / "catalog").rglob("*.yaml"):
        path.write_text(path.read_text().replace("aws:eu-central-1", "aws:eu-west-1"))


def no_such_day(workspace: Workspace) -> None:
    """A day that the calendar does not have."""
    own.configure(workspace.program / "Pulumi.prod.yaml", {"monitoring:today": "2026-02-30"})


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        pytest.param(no_organization, "sentry.organization: is missing", id="no organisation", marks=pytest.mark.full),
        pytest.param(
            foreign_organization,
            'sentry.slack-workspace: the organisation "elsewhere" shows no slack installation "Your Agency"',
            id="an organisation that the token does not see",
        ),
        pytest.param(
            foreign_workspace,
            'the organisation "youragency" shows no slack installation "Their Agency"',
            id="a workspace that nobody installed",
            marks=pytest.mark.full,
        ),
        pytest.param(
            uninvited_person,
            'person "ana": PagerDuty shows nobody as "new@youragency.com"',
            id="somebody whom PagerDuty does not know",
            marks=pytest.mark.full,
        ),
        pytest.param(
            missing_team,
            'team "security": Sentry\'s organisation "youragency" shows no team "secops"',
            id="a team that Sentry does not have",
            marks=pytest.mark.full,
        ),
        pytest.param(
            missing_member,
            'route of team "security": Sentry\'s organisation "youragency" shows no member "gone@youragency.com"',
            id="somebody who is no member of Sentry",
            marks=pytest.mark.full,
        ),
        pytest.param(
            missing_project,
            'project "site": Sentry\'s organisation "youragency" shows no project "site"',
            id="a project that Sentry does not have",
        ),
        pytest.param(
            refused_token, "SENTRY_AUTH_TOKEN is not accepted", id="a token that is refused", marks=pytest.mark.full
        ),
        pytest.param(
            refused_key,
            "datadog: Datadog shows no locations of synthetic tests (datadog: DD_APP_KEY is not accepted",
            id="a key that Datadog refuses",
        ),
        pytest.param(
            no_such_location,
            'Datadog tests from no location "aws:eu-west-1"; did you mean "aws:eu-west-3"?',
            id="a region from which Datadog does not test",
            marks=pytest.mark.full,
        ),
        pytest.param(
            unseen_environment,
            'has seen no event of the environment "production"; send one event of environment "production" to it first',
            id="an environment that Sentry never saw",
        ),
        pytest.param(
            reading_key,
            "may not make monitors; add the scope alerts:write to it in Sentry",
            id="a key of Sentry's that may only read",
            marks=pytest.mark.full,
        ),
        pytest.param(no_such_day, "2026-02-30", id="a day that does not exist", marks=pytest.mark.full),
    ],
)
def test_a_mistake_is_one_sentence_before_anything_is_created(
    ours_untouched: Workspace, spoil: Callable[[Workspace], None], sentence: str
) -> None:
    before = ours_untouched.account.everything()
    spoil(ours_untouched)
    run = ours_untouched.try_up()
    assert run.code != 0
    assert "Traceback" not in run.said
    complaints = [line for line in run.out.partition("Diagnostics:")[2].splitlines() if " error: " in line]
    assert len(complaints) == 1, run.said
    assert sentence in run.out.partition("Diagnostics:")[2]
    assert ours_untouched.account.everything() == before


def test_everything_that_is_missing_at_all_vendors_is_said_in_one_answer(ours_untouched: Workspace) -> None:
    before = ours_untouched.account.everything()
    for spoil in (unseen_environment, uninvited_person, foreign_workspace, no_such_location, reading_key):
        spoil(ours_untouched)
    run = ours_untouched.try_up()
    assert run.code != 0
    diagnostics = run.out.partition("Diagnostics:")[2]
    for sentence in (
        'no event of the environment "production"',
        'PagerDuty shows nobody as "new@youragency.com"',
        'shows no slack installation "Their Agency"',
        'Datadog tests from no location "aws:eu-west-1"',
        "may not make monitors",
        "may not write rows of PagerDuty's services",
    ):
        assert sentence in diagnostics, run.said
    assert ours_untouched.account.everything() == before


@pytest.mark.full
def test_a_key_that_only_reads_is_enough_for_a_preview(ours_untouched: Workspace) -> None:
    reading_key(ours_untouched)
    assert ours_untouched.run("preview").code == 0


def window_of_a_year(workspace: Workspace) -> None:
    """A planned window that mutes rules for longer than their severities allow."""
    own.rewrite(workspace.program, "maintenance.yaml", 'to: "2026-12-06 05:00"', 'to: "2027-12-06 05:00"')


def test_a_proof_that_fails_ends_the_run_unless_the_stack_says_why_it_cannot_wait(ours_untouched: Workspace) -> None:
    window_of_a_year(ours_untouched)
    refused = ours_untouched.run("preview")
    assert refused.code != 0
    assert "at the hop maintenance" in refused.out.partition("Diagnostics:")[2]
    until = (datetime.now(UTC) + timedelta(hours=2)).isoformat(timespec="minutes")
    for word, text in (("reason", "checkout is down"), ("until", until)):
        ours_untouched.must("config", "set", "--path", f"monitoring:deploy-unproved.{word}", text)
    let_through = ours_untouched.run("preview")
    assert let_through.code == 0, let_through.said
    assert "deployed without a proof until" in let_through.said
    assert "checkout is down" in let_through.said
