"""A place to run the real engine in: its own home, backend and accounts, and what its runs say."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.engine.accounts.account import Account
from tests.engine.accounts.http import address_of
from tests.engine.accounts.values import UNKNOWN

REPOSITORY = Path(__file__).resolve().parents[2]
PLUGINS = {
    "resource-datadog-v5.17.0/pulumi-resource-datadog": "datadog",
    "resource-pagerduty-v4.37.0/pulumi-resource-pagerduty": "pagerduty",
    "resource-terraform-provider-v1.2.0/pulumi-resource-terraform-provider": "sentry",
}
PASSPHRASE = "a passphrase of the tests"
CREDENTIALS = {
    "DD_API_KEY": "datadog-api-key", "DD_APP_KEY": "datadog-app-key", "PAGERDUTY_TOKEN": "pagerduty-token",
    "SENTRY_AUTH_TOKEN": "sentry-token",
}  # fmt: skip
SITE = {"DD_HOST": "https://api.datadoghq.eu"}
"""That of every catalog of the tests; an emulated account is at no address."""
PATIENCE_SECONDS = 600.0
"""After which a test gives up on something that never comes; nothing that is only slow takes as long."""
KILLED = -signal.SIGKILL
SECRET = "4dabf18193072939515e22adb298388d"
"""The key that marks a secret in a state; the same in every Pulumi SDK."""


@dataclass(frozen=True)
class Run:
    """What one run of the engine said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything on both streams."""
        return self.out + self.err


@dataclass(frozen=True)
class Step:
    """One step of a preview: what happens to which resource, and which properties differ."""

    op: str
    urn: str
    diff: Mapping[str, str]
    inputs: Mapping[str, Any]
    outputs: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The resource's logical name."""
        return self.urn.rsplit("::", 1)[1]

    @property
    def type(self) -> str:
        """The resource's type."""
        return self.urn.split("::")[2].rsplit("$", 1)[-1]


@dataclass(frozen=True)
class Preview:
    """What a preview says will happen, without the stack and the providers."""

    steps: tuple[Step, ...]

    @property
    def changes(self) -> dict[str, str]:
        """The step of each resource that will not stay as it is, by logical name."""
        return {step.name: step.op for step in self.steps if step.op != "same"}

    def step(self, name: str) -> Step:
        """The step of a resource that will change, by its logical name."""
        return next(step for step in self.steps if step.name == name and step.op != "same")


def is_plumbing(urn: str) -> bool:
    """Whether a URN is the stack's or a provider's."""
    return "::pulumi:pulumi:Stack::" in urn or "::pulumi:providers:" in urn


def step_from(data: Mapping[str, Any]) -> Step:
    """One step of `preview --json`."""
    after = data.get("newState") or data.get("oldState") or {}
    diff = {place: entry["kind"] for place, entry in (data.get("detailedDiff") or {}).items()}
    return Step(data["op"], data["urn"], diff, after.get("inputs", {}), after.get("outputs", {}))


def preview_from(text: str) -> Preview:
    """The answer of `preview --json`; lines that the program printed before it are passed over."""
    data = json.loads(text[text.index("\n{\n") + 1 if not text.startswith("{") else 0 :])
    steps = (step_from(step) for step in data.get("steps", []))
    return Preview(tuple(step for step in steps if not is_plumbing(step.urn)))


def agree(promised: Any, stored: Any) -> bool:
    """Whether a stored value is what a preview promised, where it could promise one."""
    if promised in (UNKNOWN, stored):
        return True
    if isinstance(promised, dict) and isinstance(stored, dict):
        return promised.keys() == stored.keys() and all(agree(part, stored[name]) for name, part in promised.items())
    if isinstance(promised, list) and isinstance(stored, list):
        return len(promised) == len(stored) and all(map(agree, promised, stored))
    return False


def masked(value: Any) -> Any:
    """A part of a state or a preview with every secret replaced by the same word."""
    if isinstance(value, dict):
        return "[secret]" if SECRET in value else {name: masked(part) for name, part in value.items()}
    return [masked(element) for element in value] if isinstance(value, list) else value


def complaints(run: Run) -> str:
    """What a failed run complains about: its diagnostics when it speaks JSON, else everything that it said."""
    try:
        said = json.loads(run.out)["diagnostics"]
    except (ValueError, KeyError):
        return run.said
    return "".join(one["message"] for one in said if one["severity"] != "info")


def write_plugins(home: Path) -> None:
    """Put the emulated vendors where the engine looks for provider plugins."""
    for path, vendor in PLUGINS.items():
        script = home / "plugins" / path
        script.parent.mkdir(parents=True)
        script.write_text(
            f'#!/bin/sh\nPYTHONPATH="{REPOSITORY}" exec "{sys.executable}" -P -m tests.engine.accounts {vendor} "$@"\n'
        )
        script.chmod(0o755)


@dataclass(frozen=True)
class Workspace:
    """A project's folder, a backend and accounts of its own."""

    engine: Path
    room: Path
    account: Account
    program: Path
    stack: str = "prod"
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """Variables of every run: nothing of the user's own Pulumi is read or written."""
        path = f"{Path(sys.executable).parent}:{self.engine.parent}:{os.environ['PATH']}"
        drop = ("PULUMI_", "DD_", "DATADOG_", "PAGERDUTY_", "SENTRY_", "PYTHONDONTWRITEBYTECODE", "CI")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(drop)}
        own = {
            "PATH": path,
            "PULUMI_HOME": str(self.room / "home"),
            "PULUMI_BACKEND_URL": f"file://{self.room / 'backend'}?metadata=skip",
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_CREDENTIAL_STORE": "plaintext",
            "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
            "ACCOUNTS": str(self.account.store.path),
            "SENTRY_BASE_URL": f"{address_of(self.account.store)}/api/",
        }
        return {**kept, **own, **CREDENTIALS, **SITE, **self.extra}

    def command(self, *words: str) -> list[str]:
        """The engine's command line for this stack."""
        return [str(self.engine), *words, "--non-interactive", "--stack", self.stack]

    def start(self, *words: str, aloud: bool = False) -> subprocess.Popen[str]:
        """Start the engine, in a group of its own so that nothing of it outlives a test; aloud to the terminal."""
        stream = None if aloud else subprocess.PIPE
        return subprocess.Popen(
            self.command(*words),
            cwd=self.program,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            text=True,
            start_new_session=True,
        )

    def run(self, *words: str) -> Run:
        """Run the engine to its end, however it ends."""
        with running(self.start(*words)) as process:
            out, err = process.communicate(timeout=PATIENCE_SECONDS)
        return Run(process.returncode, out, err)

    def must(self, *words: str) -> Run:
        """Run the engine; fails with everything that it said unless it ends well."""
        run = self.run(*words)
        assert run.code == 0, f"pulumi {' '.join(words)} ended with {run.code}:\n{complaints(run)}"
        return run

    def init(self) -> None:
        """Make the stack."""
        run = subprocess.run(
            [str(self.engine), "stack", "init", self.stack, "--non-interactive"],
            cwd=self.program,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stdout + run.stderr

    def declare(self, *entries: Mapping[str, Any]) -> None:
        """Let the small program declare these entries."""
        (self.program / "resources.json").write_text(json.dumps(entries))

    def preview(self, *words: str) -> Preview:
        """What `preview --json` says; fails when it ends badly."""
        return preview_from(self.must("preview", "--json", *words).out)

    def up(self, *words: str) -> Run:
        """`up` without asking and without a preview; fails when it ends badly."""
        return self.must("up", "--yes", "--skip-preview", *words)

    def try_up(self, *words: str) -> Run:
        """`up` without asking and without a preview, however it ends."""
        return self.run("up", "--yes", "--skip-preview", *words)

    def drift(self) -> Run:
        """What `refresh --preview-only --expect-no-changes` says, however it ends."""
        return self.run("refresh", "--preview-only", "--expect-no-changes", "--diff")

    def state(self) -> dict[str, Mapping[str, Any]]:
        """The resources in the state, by URN, without the stack and the providers."""
        resources = self.exported().get("resources") or []
        return {one["urn"]: one for one in resources if not is_plumbing(one["urn"])}

    def exported(self) -> dict[str, Any]:
        """What the backend holds about the stack: resources and pending operations, secrets encrypted."""
        (path,) = (self.room / "backend" / ".pulumi" / "stacks").glob(f"*/{self.stack}.json")
        latest: dict[str, Any] | None = json.loads(path.read_text())["checkpoint"]["latest"]
        return latest or {}

    def pending(self) -> list[Mapping[str, Any]]:
        """The resources whose operations a killed run left open."""
        return [one["resource"] for one in self.exported().get("pending_operations") or []]

    def locked(self) -> bool:
        """Whether a run holds the stack, or died while it did."""
        return any((self.room / "backend" / ".pulumi" / "locks").rglob("*.json"))

    def files(self) -> Iterator[Path]:
        """Every file that the engine wrote: state, history, backups, logs."""
        return (path for path in self.room.rglob("*") if path.is_file() and path != self.account.store.path)


@contextlib.contextmanager
def running(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    """A started engine; at the end nothing of its group is left."""
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def wait_for(holds: Any, *, what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until something holds. Fails when it takes too long."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"waited {seconds:.0f} s in vain: {what}"
        time.sleep(0.02)


def project(folder: Path, *, main: str) -> Path:
    """A new project's folder with a program."""
    folder.mkdir(parents=True)
    (folder / "Pulumi.yaml").write_text("name: monitoring\nruntime: python\n")
    (folder / "__main__.py").write_text(main)
    return folder


def plugin_names() -> Sequence[str]:
    """The packages that have an emulated vendor."""
    return list(PLUGINS.values())
