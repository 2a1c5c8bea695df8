"""The project's own program in a workspace: its folder, its catalog, and accounts with what humans make."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from monitoring.loader import PlatformFiles, load
from monitoring.model.catalog import Catalog
from monitoring.model.platform import DatadogAccount, SentryAccount
from tests.engine.accounts.account import Account
from tests.engine.workspace import REPOSITORY
from tests.platforms import AGENCY

FILES = ("Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.staging.yaml", "__main__.py")
CATALOG = AGENCY.catalog
TODAY = "2026-11-23"
"""The day of every run here: answers that depend on the date stay the same."""


def our_program(folder: Path, *, catalog: Path = CATALOG) -> Path:
    """A copy of the program's folder with a catalog of its own, so that no run writes into the repository."""
    folder.mkdir(parents=True)
    for name in FILES:
        shutil.copy2(REPOSITORY / name, folder / name)
    (folder / ".venv").symlink_to(REPOSITORY / ".venv")
    shutil.copytree(catalog, folder / "catalog")
    runbooks = PlatformFiles(catalog).runbooks
    if runbooks.is_dir():
        shutil.copytree(runbooks, folder / "runbooks")
    use_own_catalog(folder)
    return folder


def use_own_catalog(folder: Path) -> None:
    """Let every stack of a program's folder read the catalog in that folder, on the same day."""
    for path in folder.glob("Pulumi.*.yaml"):
        configure(path, {"monitoring:catalog": str(folder / "catalog"), "monitoring:today": TODAY})


def rewrite(folder: Path, file: str, old: str, new: str) -> None:
    """Change one place in a file of a program's catalog. Fails unless the old text stands there exactly once."""
    path = folder / "catalog" / file
    text = path.read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new))


def configure(stack_file: Path, values: Mapping[str, Any]) -> None:
    """Set configuration values in a stack's file; None takes one away."""
    said = yaml.safe_load(stack_file.read_text()) or {}
    config = {**said.get("config", {}), **values}
    said["config"] = {name: value for name, value in config.items() if value is not None}
    stack_file.write_text(yaml.safe_dump(said, sort_keys=False))


def make_what_humans_make(account: Account, catalog: Catalog | None = None) -> None:
    """People, organisations and installed integrations that a catalog speaks of; nothing that a program declares."""
    known = catalog or load(CATALOG)
    emails = [person.email for person in known.oncall.people.values()]
    account.seed_users(*emails)
    elsewhere = (rule.elsewhere for _, rule in known.each_rule())
    account.seed_vendors("Datadog", "Sentry", *(signal.vendor for signal in elsewhere if signal and signal.vendor))
    if known.platform.sentry:
        _make_at_sentry(account, known.platform.sentry, emails)
    if known.platform.datadog:
        _connect_datadog(account, known.platform.datadog)


def _connect_datadog(account: Account, datadog: DatadogAccount) -> None:
    account.connect_datadog("pagerduty")
    if datadog.slack_account:
        account.connect_datadog("slack", datadog.slack_account)
    if datadog.microsoft_teams:
        channels = [(channel.tenant, channel.team, channel.channel) for channel in datadog.microsoft_teams.values()]
        account.connect_datadog("microsoft-teams", *("/".join(quote(n, safe="") for n in names) for names in channels))
    for service in datadog.opsgenie:
        account.seed_opsgenie_service(service)


def _make_at_sentry(account: Account, sentry: SentryAccount, emails: Sequence[str]) -> None:
    environments = {name for project in sentry.projects.values() for name in project.environments.values()}
    account.seed_organization(
        sentry.organization,
        teams=list(sentry.teams.values()),
        members=emails,
        environments=sorted(environments),
    )
    for project in sentry.projects:
        account.seed_project(project, organization=sentry.organization)
    account.seed_sentry_installation("pagerduty", sentry.pagerduty_account)
    if sentry.slack_workspace:
        account.seed_sentry_installation("slack", sentry.slack_workspace)
    for slug in sentry.webhooks.values():
        account.seed_internal_integration(slug)
