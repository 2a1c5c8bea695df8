"""One run of the program for one environment."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path

from monitoring.errors import MonitoringError, PlanError, UsageError
from monitoring.loader import SHIPPED, load
from monitoring.plan import Plan

PROJECT = "monitoring"
PROGRAM = Path(__file__).parents[2] / "__main__.py"


def preview(*, environment: str, today: date, catalog: Path | None = None, program: Path = PROGRAM) -> Plan:
    """What the program declares for an environment on a day.

    Raises CatalogError where the catalog has problems, PlanError where a vendor would refuse what is declared, and
    UsageError where there is no such program.
    """
    if not program.is_file():
        raise UsageError(f'there is no program at "{program}"; run this from a checkout')
    from monitoring.preview.capture import capture
    from monitoring.preview.verify import verify
    from monitoring.resources import sdks  # noqa: F401  imported first, with the collector at rest

    config = {
        "monitoring:environment": environment,
        "monitoring:today": today.isoformat(),
        "monitoring:offline": "true",
    }
    if catalog is not None:
        config["monitoring:catalog"] = str(catalog)
    plan = capture(lambda: _run(program), project=PROJECT, stack=environment, config=config)
    if verify(plan):
        raise PlanError(verify(plan, load(catalog or SHIPPED)))
    return plan


def _run(program: Path) -> None:
    """Runs the program; what it says to the engine in one sentence is raised here as what it was."""
    from pulumi import RunError

    try:
        runpy.run_path(str(program), run_name="__main__")
    except RunError as wrong:
        raise (wrong.__cause__ if isinstance(wrong.__cause__, MonitoringError) else wrong) from None
