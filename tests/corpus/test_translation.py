"""Whether the catalog says what the corpus says: each claim of a loss, and of none, held against the Plan."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pytest

from monitoring.checks import examine
from monitoring.model.catalog import Catalog
from monitoring.plan import Plan
from monitoring.reach.proof import Proof, prove_catalog
from tests.conftest import TODAY
from tests.corpus import VendorObject
from tests.corpus.table import TABLE, of_kinds, page, shares
from tests.corpus.translation.accepting import waivers_text
from tests.corpus.translation.company import CATALOG, catalog_texts, company, runbooks
from tests.corpus.translation.comparing_services import policies_differing, schedules_differing
from tests.corpus.translation.kinds import KINDS, PROMISED, Differences, Kind, translations
from tests.corpus.translation.losses import Loss, Translation

OBJECTS = translations()
SHOWS_AS: Mapping[Loss, set[str]] = {
    Loss.FULL_WINDOW: {"require_full_window"},
    Loss.LEVEL_BELOW_THE_LOWEST: {"warn level"},
    Loss.WAKES_NOBODY: {"priority"},
    Loss.NO_BOUND: {"priority"},
    Loss.ANOMALY_RECOVERS: {"threshold"},
    Loss.URGENT_ALONE: {"slack: urgency"},
    Loss.BY_PRIORITY: {"slack: priorities"},
    Loss.SEVERITY_OF_EVENT: {"incident_urgency_rule"},
    Loss.GROUPING: {"alert_grouping_parameters"},
    Loss.ORCHESTRATED: {"orchestration"},
    Loss.EVENTS_API_1: {"integration"},
    Loss.SAME_SUBJECT: {"email_incident_creation"},
    Loss.CLOSES_EARLY: {"auto_resolve_timeout"},
    Loss.PRIORITY_TRIGGER: {"triggers", "conditions"},
    Loss.RECOVERS_LOWER: {"recovery"},
    Loss.OTHER_OWNER: {"owner"},
    Loss.RECOVERY_RUNS: {"recovery_threshold"},
    Loss.INTERVAL: {"detectors"},
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
def proof(catalog: Catalog) -> Proof:
    """What is proved of the corpus, with what is accepted."""
    return prove_catalog(catalog, environment="prod", today=TODAY)


@pytest.fixture(scope="module")
def comparers(plan: Plan) -> Mapping[str, Differences]:
    """What compares an object with the Plan, by its kind."""
    return {kind.name: kind.comparer(plan) for kind in KINDS}


def test_the_checks_find_nothing_in_it(catalog: Catalog):
    assert [str(problem) for problem in examine(catalog, TODAY, runbooks(OBJECTS)).problems] == []


def test_previews_rules_refuse_nothing_in_it(plan: Plan):
    from monitoring.preview.verify import verify

    assert list(verify(plan)) == []


def test_what_wakes_is_proved_or_accepted(proof: Proof):
    assert proof.holds
    assert proof.unused_waivers == ()


EXPRESSIBLE = [
    pytest.param(kind, vendor_object, translation, id=f"{kind.name}: {translation.name}")
    for kind in KINDS
    for vendor_object in kind.objects
    if (translation := kind.translate(vendor_object)).is_expressible
]


@pytest.mark.parametrize(("kind", "vendor_object", "translation"), EXPRESSIBLE)
def test_what_is_lost_is_what_the_plan_does_not_say(
    kind: Kind, vendor_object: VendorObject, translation: Translation, comparers: Mapping[str, Differences]
):
    differing = comparers[kind.name](vendor_object, translation)
    claimed = [SHOWS_AS[loss] for loss in translation.losses]
    assert differing == set().union(*claimed)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_the_rules_of_another_object_do_not_say_what_one_says(kind: Kind, comparers: Mapping[str, Differences]):
    """A comparer that agreed to anything would prove nothing."""
    translated = [(row, kind.translate(row)) for row in kind.objects]
    expressible = [(row, translation) for row, translation in translated if translation.is_expressible]
    for (row, _), (_, another) in pairwise(expressible):
        assert comparers[kind.name](row, another), f"{row['name']} is said by {another.name}"


def test_every_schedule_and_policy_is_in_the_plan_as_it_is_at_pagerduty(plan: Plan):
    assert schedules_differing(plan) | policies_differing(plan) == set()


BOUNDS = [
    pytest.param(("monitor",), 0.98, 0.85, id="monitors"),
    pytest.param(("service",), 1, 0.6, id="services"),
    pytest.param(("alert",), 0.92, 0.69, id="alerts"),
    pytest.param(("test",), 0.95, 0.95, id="tests"),
    pytest.param(("job",), 0.96, 0.88, id="jobs"),
    pytest.param(PROMISED, 0.95, 0.78, id="all of these four"),
]
"""Which share is expressible, and which without loss; promised are 0.95 and 0.7."""


@pytest.mark.parametrize(("kinds", "expressible", "whole"), BOUNDS)
def test_a_bound_holds(kinds: tuple[str, ...], expressible: float, whole: float):
    reached = shares(of_kinds(OBJECTS, *kinds))
    assert reached[0] >= expressible
    assert reached[1] >= whole


def test_every_reason_is_used():
    assert {loss for each in OBJECTS for loss in each.losses} == set(Loss)


def test_the_page_is_as_it_is_generated(catalog: Catalog, proof: Proof):
    assert TABLE.read_text(encoding="utf-8") == page(OBJECTS, catalog, proof)


def test_the_catalog_is_as_it_is_generated():
    on_disk = {
        path.relative_to(CATALOG).as_posix(): path.read_text(encoding="utf-8")
        for path in CATALOG.rglob("*")
        if path.suffix in (".yaml", ".json")
    }
    assert on_disk == catalog_texts(OBJECTS, waivers_text(OBJECTS, TODAY))
