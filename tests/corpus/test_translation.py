"""Whether the catalog says what the corpus says: each claim of a loss, and of none, held against the Plan."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from monitoring.checks import examine
from monitoring.model.catalog import Catalog
from monitoring.plan import Plan
from tests.conftest import TODAY
from tests.corpus import VendorObject, monitors
from tests.corpus.table import TABLE, page, shares
from tests.corpus.translation.company import CATALOG, catalog_texts, company, runbooks, translations
from tests.corpus.translation.comparing import differences
from tests.corpus.translation.losses import Loss, Translation
from tests.corpus.translation.plan import handles_of, monitors_of

OBJECTS = translations()
LEAST = (0.98, 0.83)
"""Expressible and without loss, of the monitors; promised are 0.95 and 0.7."""
SHOWS_AS: Mapping[Loss, set[str]] = {
    Loss.FULL_WINDOW: {"require_full_window"},
    Loss.LEVEL_BELOW_THE_LOWEST: {"warn level"},
    Loss.WAKES_NOBODY: {"priority"},
    Loss.NO_BOUND: {"priority"},
    Loss.ANOMALY_RECOVERS: {"threshold"},
    Loss.REMINDS: {"reminders"},
    Loss.LAST_REMINDER: {"reminders"},
}
"""The properties in which each loss shows, once an object is expressible."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The corpus as a catalog."""
    return company(OBJECTS)


@pytest.fixture(scope="module")
def plan(catalog: Catalog) -> Plan:
    """What the corpus declares."""
    from tests.resources.every_signal import declared

    return declared(catalog)


@pytest.fixture(scope="module")
def handles(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Whom each of its monitors notifies."""
    return handles_of(plan)


def test_the_checks_find_nothing_in_it(catalog: Catalog):
    assert [str(problem) for problem in examine(catalog, TODAY, runbooks(OBJECTS)).problems] == []


def test_previews_rules_refuse_nothing_in_it(plan: Plan):
    from monitoring.preview.verify import verify

    assert list(verify(plan)) == []


EXPRESSIBLE = [
    pytest.param(monitor, translation, id=monitor["name"])
    for monitor, translation in zip(monitors(), OBJECTS, strict=True)
    if translation.is_expressible
]


@pytest.mark.parametrize(("monitor", "translation"), EXPRESSIBLE)
def test_what_is_lost_is_what_the_plan_does_not_say(
    monitor: VendorObject, translation: Translation, plan: Plan, handles: Mapping[str, tuple[str, ...]]
):
    ours = [monitors_of(plan)[rule["id"]] for rule in translation.rules]
    differing = differences(monitor, ours, handles)
    claimed = [SHOWS_AS[loss] for loss in translation.losses]
    assert differing == set().union(*claimed)


def test_the_bounds_hold():
    assert all(share >= least for share, least in zip(shares(OBJECTS), LEAST, strict=True))


def test_every_reason_is_used():
    assert {loss for each in OBJECTS for loss in each.losses} == set(Loss)


def test_the_page_is_as_it_is_generated():
    assert TABLE.read_text(encoding="utf-8") == page(OBJECTS)


def test_the_catalog_is_as_it_is_generated():
    on_disk = {
        path.relative_to(CATALOG).as_posix(): path.read_text(encoding="utf-8") for path in CATALOG.rglob("*.yaml")
    }
    assert on_disk == catalog_texts(OBJECTS)
