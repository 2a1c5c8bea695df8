"""A small catalog for the project's own program: one rule at each vendor, one schedule, and what carries them."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from unittest import mock

from typer.testing import CliRunner

from monitoring.cli import adopt as command
from monitoring.cli import application
from monitoring.errors import MonitoringError
from monitoring.loader import load
from monitoring.model.catalog import Catalog
from monitoring.plan import VENDORS
from monitoring.vendors.access import Access, Vendor
from tests import factories
from tests.engine.accounts.account import Account
from tests.engine.accounts.http import served
from tests.engine.ours import TODAY, make_what_humans_make, our_program
from tests.engine.workspace import Run, Workspace, is_plumbing, write_plugins
from tests.resources import every_signal

STANDARD = "  standard:\n    steps: [{ask: [primary], escalate-after: 10m}, {ask: [kit], escalate-after: 10m}]\n"
CHANGES = (
    ("services/shop.yaml", "tier: critical", "tier: internal"),
    ("services/shop.yaml", "severity: P1", "severity: P0"),
    ("services/shop.yaml", "over: 10m, above: 2s", "over: 5m, above: 2s"),
    (
        "teams.yaml",
        "    P1: {page: critical, slack: [alerts]}\n    P2: {page: critical, slack: [alerts]}",
        "    P1: {page: standard}\n    P2: {slack: [alerts]}",
    ),
    ("oncall.yaml", "    extra-rounds: 1\n", f"    extra-rounds: 1\n{STANDARD}"),
)
SECTIONS = ("Meaning", "Impact", "Diagnosis", "Mitigation")


def small_catalog(folder: Path, **others: str) -> Path:
    """The catalog's files with a runbook for each rule; a keyword is another text for a file, as in the factory.

    `recordings_NAME` is a recording.
    """
    files = {file_of(name): text.encode() for name, text in others.items()}
    for name, content in (factories.texts(*CHANGES, tenants="{}\n") | files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "runbooks").mkdir()
    for rule in load(folder).rules:
        sections = "".join(f"\n## {section}\n\nLook at the shop.\n" for section in SECTIONS)
        (folder / "runbooks" / f"{rule}.md").write_text(f"# {rule}\n{sections}")
    return folder


def file_of(keyword: str) -> str:
    """The file of a catalog that a keyword stands for."""
    folder, _, name = keyword.partition("_")
    return f"{folder}/{name}.json" if folder == "recordings" else f"{keyword.replace('services_', 'services/')}.yaml"


def small_workspace(room: Path, *, engine: Path, **others: str) -> Workspace:
    """The project's own program with the small catalog, before its first `up`."""
    return workspace_of(small_catalog(room / "catalog", **others), room, engine=engine)


def workspace_of(catalog: Path, room: Path, *, engine: Path) -> Workspace:
    """The project's own program with a catalog in the same room, before its first `up`."""
    write_plugins(room / "home")
    (room / "backend").mkdir()
    account = Account.at(room / "accounts.sqlite")
    known = load(catalog)
    make_what_humans_make(account, known)
    program = our_program(room / "program", catalog=catalog)
    workspace = Workspace(engine=engine, room=room, account=account, program=program)
    workspace.init()
    give_secrets(workspace, known)
    return workspace


def give_secrets(workspace: Workspace, catalog: Catalog) -> None:
    """Set a value in the stack's configuration for each secret that the catalog names."""
    for name in sorted(
        {secret for _, rule in catalog.each_rule() if rule.uptime for secret in rule.uptime.asks.secrets}
    ):
        workspace.must("config", "set", "--secret", "--path", f"monitoring:secrets.{name}", f"Bearer of {name}")


UNCHECKED = """
from unittest import mock

from monitoring import program

with mock.patch.object(program, "require_no_problems"), mock.patch.object(program, "require_proof"):
    program.run()
"""


def every_workspace(room: Path, *, engine: Path) -> Workspace:
    """The project's own program with a rule of every signal; checks and proof are left out."""
    for name, content in every_signal.every_text().items():
        path = room / "catalog" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    workspace = workspace_of(room / "catalog", room, engine=engine)
    (workspace.program / "__main__.py").write_text(UNCHECKED)
    return workspace


def adopt(workspace: Workspace, *words: str) -> Run:
    """What `monitoring adopt` says about a workspace's stack; the vendors are asked at this machine's address."""
    files = ["--catalog", str(workspace.program / "catalog"), "--cwd", str(workspace.program), "--today", TODAY]
    with served(workspace.account.store) as address:
        datadog, pagerduty, sentry = (Vendor(name, address, {}) for name in VENDORS.values())
        access = Access(datadog, pagerduty, sentry, pagerduty_events=address, vendors=tuple(VENDORS))
        with (
            mock.patch.dict(os.environ, workspace.environment, clear=True),
            mock.patch.object(command, "account_access", return_value=access),
        ):
            ran = CliRunner().invoke(application(["adopt"]), ["adopt", "--stack", workspace.stack, *files, *words])
    if ran.exception and not isinstance(ran.exception, SystemExit | MonitoringError):
        raise ran.exception
    return Run(ran.exit_code, ran.stdout, ran.stderr + str(ran.exception or ""))


def recover(workspace: Workspace) -> None:
    """The steps of manual/interrupted.md, all of them, whatever it was that ended the run before."""
    file = workspace.room / "adopt.json"
    workspace.must("cancel", "--yes")
    workspace.must("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
    take_over(workspace, adopt(workspace, "--write", str(file)))


def take_over(workspace: Workspace, said: Run) -> None:
    """Run the commands that `monitoring adopt` printed, or `up` alone where it found nothing."""
    commands = [shlex.split(line) for line in said.out.splitlines() if line.startswith("  pulumi ")]
    for _, word, *words in commands or [["pulumi", "up"]]:
        without_stack = [one for one in words if one not in ("--stack", workspace.stack)]
        silent = ["--yes", "--skip-preview"] if word == "up" else []
        workspace.must(word, *silent, *without_stack)


def keys_in_clear(workspace: Workspace) -> list[str]:
    """Files of the backend, its history and backups in which a key that is alive can be read."""
    integrations = workspace.account.objects("pagerduty:index/serviceIntegration:ServiceIntegration").values()
    keys = [one["integrationKey"] for one in integrations]
    files = (path for path in (workspace.room / "backend").rglob("*") if path.is_file())
    return [f"{path.name} shows a key" for path in files if any(key in path.read_text() for key in keys)]


def differences_from_declared(workspace: Workspace) -> list[str]:
    """What is wrong after a recovery: objects that the state does not know, lost ones, what else would change."""
    known = {(urn.split("::")[2], one["id"].rsplit("/", 1)[-1]) for urn, one in state(workspace).items()}
    there = {(type_, id_) for type_, objects in workspace.account.everything().items() for id_ in objects}
    there = {pair for pair in there if pair[0] != "sentry:index/project:Project"}
    wanted = workspace.preview().changes
    return [
        *keys_in_clear(workspace),
        *(f"{type_} {id_} stands twice or is not known" for type_, id_ in sorted(there - known)),
        *(f"{type_} {id_} is lost" for type_, id_ in sorted(known - there)),
        *(f"{name}: {op}" for name, op in sorted(wanted.items())),
    ]


def state(workspace: Workspace) -> dict[str, dict[str, str]]:
    """The resources in the state, by URN."""
    found = workspace.exported().get("resources") or []
    return {one["urn"]: one for one in found if not is_plumbing(one["urn"])}
