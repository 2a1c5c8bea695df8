"""Plans of a catalog that may be a stranger's: made in a child process, by this tool's own program alone.

The child runs nothing that lies beside the catalog or in the current folder, and asks no account. Neither checks nor
proof stop it: what it declares is to be compared, also while a promise fails.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from monitoring.errors import MonitoringError, UsageError
from monitoring.loader import load
from monitoring.plan import Plan, dumps, loads
from monitoring.preview.run import PROJECT, offline

MAX_SECONDS = 300.0
"""How long the Plans of one side may take; those of sixteen rules take about four."""
CREDENTIAL = re.compile("TOKEN|SECRET|PASSWORD|PASSPHRASE|CREDENTIAL|KEY", re.IGNORECASE)
"""The names of variables that the child does not get: it asks no account."""


def plans_apart(files: Mapping[str, bytes], environments: Iterable[str], today: date, label: str) -> Mapping[str, Plan]:
    """The Plan of each environment of a catalog given by its files; `label` names it.

    Raises UsageError where it cannot be made.
    """
    names = list(environments)
    with tempfile.TemporaryDirectory(prefix="monitoring-review-") as folder:
        catalog = Path(folder) / "catalog"
        for name, content in files.items():
            _place(catalog, name, label).write_bytes(content)
        texts = _answered([str(catalog), today.isoformat(), *names], label)
    return dict(zip(names, map(loads, texts), strict=True))


def _place(catalog: Path, name: str, label: str) -> Path:
    """Where a file of the catalog is put; UsageError for a name that leads out of it."""
    path = catalog / name
    if not path.resolve().is_relative_to(catalog.resolve()):
        raise UsageError(f'"{name}" in {label} leads out of the catalog; rename it')
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _answered(words: Sequence[str], label: str) -> list[str]:
    """What the child prints; -P keeps the current folder from being where modules are looked for."""
    command = [sys.executable, "-P", "-m", "monitoring.preview.apart", *words]
    environ = without_credentials(os.environ) | {"PYTHONPATH": str(Path(__file__).parents[2])}
    try:
        run = subprocess.run(
            command, capture_output=True, text=True, env=environ, stdin=subprocess.DEVNULL, timeout=MAX_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise UsageError(f"the Plan of {label} takes longer than {MAX_SECONDS:.0f} s to make") from None
    if run.returncode:
        reason = next(iter(run.stderr.strip().splitlines()[-1:]), f"exit code {run.returncode}")
        raise UsageError(f"the Plan of {label} cannot be made: {reason}")
    texts: list[str] = json.loads(run.stdout)
    return texts


def without_credentials(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables whose names do not sound like those of a credential."""
    return {name: value for name, value in environ.items() if not CREDENTIAL.search(name)}


# --- in the child ----------------------------------------------------------------------------------------------


def declared(catalog: Path, environment: str, today: date) -> Plan:
    """What this tool's own program declares, whatever checks and proof say of the catalog."""
    from monitoring.preview.capture import capture
    from monitoring.resources import sdks  # noqa: F401  imported first, with the collector at rest

    config = offline(environment, today, catalog)
    return capture(_declare, project=PROJECT, stack=environment, config=config)


def _declare() -> None:
    from monitoring.program import declare_stack
    from monitoring.resources.stack import silence_sdk_debug_log, stack_config

    silence_sdk_debug_log()
    stack = stack_config()
    declare_stack(stack, load(stack.catalog))


def _print_plans(catalog: str, today: str, *environments: str) -> None:
    day = date.fromisoformat(today)
    print(json.dumps([dumps(declared(Path(catalog), name, day)) for name in environments]))


if __name__ == "__main__":
    try:
        _print_plans(*sys.argv[1:])
    except MonitoringError as error:
        sys.exit(str(error).partition("\n")[0])
