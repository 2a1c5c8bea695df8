"""A job that checks in with Sentry as a rule, whose alert is that of its workflow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from monitoring.model.scalars import Length
from tests.corpus import VendorObject, detectors, workflows
from tests.corpus.translation.losses import Loss, Translation
from tests.corpus.translation.receivers import project_of, team_of

MINUTE = 60


def jobs() -> list[VendorObject]:
    """The detectors that watch jobs."""
    return [detector for detector in detectors() if detector["type"] == "monitor_check_in_failure"]


def translated(job: VendorObject) -> Translation:
    """The rule of a job, none where its schedule cannot be said, and what is lost."""
    lost = frozenset(losses(job))
    return Translation("job", job["name"], () if Loss.INTERVAL in lost else (rule(job),), lost)


def config_of(job: VendorObject) -> VendorObject:
    """When a job has to check in."""
    (source,) = job["dataSources"]
    config: VendorObject = source["queryObj"]["config"]
    return config


def workflow_of(job: VendorObject) -> VendorObject:
    """The one alert that speaks for a job."""
    (workflow,) = (row for row in workflows() if row["id"] in job["workflowIds"])
    return workflow


def rule(job: VendorObject) -> dict[str, Any]:
    """The rule; its id is the slug with which the job checks in."""
    config, workflow = config_of(job), workflow_of(job)
    return {
        "id": job["name"],
        "title": job["name"],
        "severity": "P2",
        "means": workflow["name"],
        "cron": {
            "project": project_of(job),
            "schedule": config["schedule"],
            "time-zone": config["timezone"],
            "late-after": minutes(config["checkin_margin"]),
            "at-most": minutes(config["max_runtime"]),
            "failures": config["failure_issue_threshold"],
        },
        "team": team_of(workflow),
        "reminds-every": minutes(workflow["config"]["frequency"]),
    }


def minutes(number: int) -> str:
    """Minutes as the catalog writes a time."""
    return str(Length(number * MINUTE))


def losses(job: VendorObject) -> Iterator[Loss]:
    """Everything of it that its rule does not say."""
    config = config_of(job)
    if config["schedule_type"] != "crontab":
        yield Loss.INTERVAL
    if config["recovery_threshold"] > 1:
        yield Loss.RECOVERY_RUNS
