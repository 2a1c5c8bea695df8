"""The kinds of objects in the corpus: how each is translated, and how its translation is held against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from monitoring.plan import Plan
from tests.corpus import VendorObject, monitors, pagerduty, synthetic_tests, workflows
from tests.corpus.translation import (
    alerts,
    comparing,
    comparing_sentry,
    comparing_services,
    comparing_synthetics,
    jobs,
    services,
    synthetics,
)
from tests.corpus.translation import monitors as datadog_monitors
from tests.corpus.translation.losses import Translation
from tests.corpus.translation.plan import handles_of, monitors_of

Differences = Callable[[VendorObject, Translation], set[str]]


class Kind(NamedTuple):
    """Objects of one kind; `comparer` answers the properties of an object that a Plan does not say as it does."""

    name: str
    objects: Sequence[VendorObject]
    translate: Callable[[VendorObject], Translation]
    comparer: Callable[[Plan], Differences]
    uncompared: Mapping[str, str]


def _of_monitors(plan: Plan) -> Differences:
    declared, handles = monitors_of(plan), handles_of(plan)
    return lambda monitor, translation: comparing.differences(
        monitor, [declared[rule["id"]] for rule in translation.rules], handles
    )


def _over(differences: Callable[[VendorObject, Translation, Plan], set[str]]) -> Callable[[Plan], Differences]:
    return lambda plan: lambda vendor_object, translation: differences(vendor_object, translation, plan)


KINDS = (
    Kind("monitor", monitors(), datadog_monitors.translated, _of_monitors, comparing.UNCOMPARED),
    Kind(
        "service",
        pagerduty("services"),
        services.translated,
        _over(comparing_services.differences),
        comparing_services.UNCOMPARED,
    ),
    Kind(
        "alert",
        workflows(),
        alerts.translated,
        _over(comparing_sentry.differences_of_alert),
        comparing_sentry.UNCOMPARED_OF_ALERTS,
    ),
    Kind(
        "test",
        synthetic_tests(),
        synthetics.translated,
        _over(comparing_synthetics.differences),
        comparing_synthetics.UNCOMPARED,
    ),
    Kind(
        "job",
        jobs.jobs(),
        jobs.translated,
        _over(comparing_sentry.differences_of_job),
        comparing_sentry.UNCOMPARED_OF_JOBS,
    ),
)
PROMISED = ("monitor", "service", "alert", "test")
"""The kinds over which the shares are promised; a job has an alert of the list beside it."""


def translations() -> tuple[Translation, ...]:
    """Every object of the corpus, translated."""
    return tuple(kind.translate(vendor_object) for kind in KINDS for vendor_object in kind.objects)
