"""One run of the program for one environment."""

from __future__ import annotations

import runpy
from datetime import date
from importlib import import_module
from pathlib import Path

from monitoring.errors import MonitoringError, PlanError
from monitoring.loader import PlatformFiles, load
from monitoring.plan import Plan

PROJECT = "monitoring"


def preview(*, environment: str, today: date, files: PlatformFiles) -> Plan:
    """What a platform's program declares for an environment on a day.

    The program is the `__main__.py` beside the catalog, or the tool's own where there is none. Raises CatalogError
    where the catalog has problems, and PlanError where a vendor would refuse what is declared.
    """
    from monitoring.preview.capture import capture
    from monitoring.preview.verify import verify
    from monitoring.resources import sdks  # noqa: F401  imported first, with the collector at rest

    config = offline(environment, today, files.catalog)
    plan = capture(lambda: _run(files.program), project=PROJECT, stack=environment, config=config)
    if verify(plan):
        raise PlanError(verify(plan, load(files.catalog)))
    return plan


def offline(environment: str, today: date, catalog: Path) -> dict[str, str]:
    """The configuration of a stack that asks nobody."""
    return {
        "monitoring:environment": environment,
        "monitoring:today": today.isoformat(),
        "monitoring:offline": "true",
        "monitoring:catalog": str(catalog.resolve()),
    }


def _run(program: Path) -> None:
    """Runs the program; what it says to the engine in one sentence is raised here as what it was."""
    from pulumi import RunError

    try:
        if program.is_file():
            runpy.run_path(str(program), run_name="__main__")
        else:
            import_module("monitoring.program").run()
    except RunError as error:
        raise (error.__cause__ if isinstance(error.__cause__, MonitoringError) else error) from None
