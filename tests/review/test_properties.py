"""What holds of every review, whatever changes: nothing without a difference, no difference without a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.errors import CatalogError
from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from monitoring.model.oncall import Schedule
from monitoring.oncall.clock import instant
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.differences import CatalogDifference, differences
from monitoring.review.direct import EXPLANATIONS
from monitoring.review.reviewing import Review, all_effects, review, unexplained_effects
from monitoring.review.risks import RISKS, EffectKind
from monitoring.review.vendor_effects import SENTENCES
from tests.factories import Change, texts
from tests.oncall.oracle import on_call
from tests.oncall.schedules import schedules_near_a_change
from tests.review.pairs import AT, ids, whole_catalog
from tests.review.test_elsewhere import PAIRS as ELSEWHERE
from tests.review.test_pairs import PAIRS
from tests.review.whole import FILES

_KeyT = TypeVar("_KeyT")
_EntryT = TypeVar("_EntryT")
CHANGES: list[list[Change]] = [pair.values[0] for pair in PAIRS]  # type: ignore[misc]
WHOLE = texts(**FILES)
NEVER_OF_ONE_CHANGE = {EffectKind.UNEXPLAINED, EffectKind.CODE_CHANGED, EffectKind.CHECK_FAILS, *SENTENCES}
"""Kinds that no pair of catalogs shows: each has a test of its own, those about vendors a pair of Plans."""


def test_a_catalog_beside_itself_has_no_effect() -> None:
    assert review(whole_catalog(), whole_catalog(), AT).effects == ()


@settings(max_examples=15)
@given(st.lists(st.sampled_from(CHANGES), min_size=2, max_size=4, unique_by=repr))
def test_whatever_changes_together_is_explained(chosen: list[list[Change]]) -> None:
    before, after = whole_catalog(), _together(chosen)
    compared = ComparedCatalogs(before, after, AT)
    effects = all_effects(compared)
    assert [each.id for each in effects if each.kind is EffectKind.UNEXPLAINED] == []
    assert bool(effects) == bool(compared.differences)
    assert list(effects) == sorted(effects, key=lambda each: each.order)
    assert len({each.id for each in effects}) == len(effects)


def _together(chosen: list[list[Change]]) -> Catalog:
    """The catalog with as many of the changes as can be made after one another and still be read."""
    files = dict(WHOLE)
    for changes in chosen:
        changed = dict(files)
        for file, old, new in changes:
            changed[file] = changed[file].replace(old.encode(), new.encode(), 1)
        if _is_read(changed):
            files = changed
    return load_texts(files)


def _is_read(files: dict[str, bytes]) -> bool:
    try:
        load_texts(files)
    except CatalogError:
        return False
    return True


def test_no_pair_is_unexplained() -> None:
    lines = [line for pair in (*PAIRS, *ELSEWHERE) for side in (1, 2) for line in pair.values[side]]  # type: ignore[union-attr]
    assert [line for line in lines if str(EffectKind.UNEXPLAINED) in line] == []


def test_the_order_of_files_and_rules_does_not_matter() -> None:
    changed = [change for changes in CHANGES[10:20] for change in changes]
    before, after = load_texts(WHOLE), _together([changed])
    assert ids(review(before, after, AT)) == ids(review(_shuffled(before), _shuffled(after), AT))


def _shuffled(catalog: Catalog) -> Catalog:
    """The same catalog with its services, rules and entries the other way round."""
    services = {
        name: service.model_copy(update={"rules": tuple(reversed(service.rules))})
        for name, service in _reversed(catalog.services).items()
    }
    return Catalog(
        platform=catalog.platform,
        severities=_reversed(catalog.severities),
        oncall=catalog.oncall.model_copy(update={"people": _reversed(catalog.oncall.people)}),
        teams=_reversed(catalog.teams),
        tenants=_reversed(catalog.tenants),
        services=services,
        maintenance=catalog.maintenance,
        accepted=catalog.accepted,
        expectations=catalog.expectations,
        sources=catalog.sources,
    )


def _reversed(entries: Mapping[_KeyT, _EntryT]) -> dict[_KeyT, _EntryT]:
    return {name: entries[name] for name in reversed(list(entries))}


def test_how_files_are_written_does_not_matter() -> None:
    rewritten = {name: yaml.safe_dump(yaml.safe_load(text), sort_keys=False).encode() for name, text in WHOLE.items()}
    for name in ("oncall.yaml", "platform.yaml", "teams.yaml"):
        assert rewritten[name] != WHOLE[name]
    commented = {name: b"# a word\n" + WHOLE[name] for name in rewritten}
    assert review(load_texts(WHOLE), load_texts(commented), AT).effects == ()


def test_a_service_in_another_file_is_the_same_service() -> None:
    moved = {name.replace("services/api", "services/interface"): text for name, text in WHOLE.items()}
    assert review(load_texts(WHOLE), load_texts(moved), AT).effects == ()


def test_each_kind_of_effect_is_shown_by_a_pair() -> None:
    effects = [line for pair in (*PAIRS, *ELSEWHERE) for side in (1, 2) for line in pair.values[side]]  # type: ignore[union-attr]
    shown = {effect.split(" ")[1].rstrip(":") for effect in effects}
    assert {str(kind) for kind in EffectKind} - shown == {str(kind) for kind in NEVER_OF_ONE_CHANGE}


def test_each_kind_of_effect_has_one_risk_and_a_reason() -> None:
    assert set(RISKS) == set(EffectKind)
    ranks = [RISKS[kind].risk.rank for kind in EffectKind]
    assert ranks == sorted(ranks), "kinds are listed by their risk"
    assert len({row.reason for row in RISKS.values()}) == len(RISKS)


def test_the_manual_lists_each_kind_with_its_risk() -> None:
    page = (Path(__file__).parents[2] / "manual" / "review.md").read_text(encoding="utf-8")
    rows = [f"| `{kind}` | {row.risk} | {row.reason} |" for kind, row in RISKS.items()]
    assert [line for line in page.splitlines() if line.startswith("| `")] == rows


@pytest.mark.parametrize("kind", sorted(EXPLANATIONS))
def test_a_field_that_nobody_explains_is_an_effect_of_high_risk(kind: str) -> None:
    compared = ComparedCatalogs(whole_catalog(), whole_catalog(), AT)
    name = {"rule": "shop-slow", "severity": "P1"}.get(kind, "shop")
    strange = CatalogDifference((kind, name, "invented"), "old", "new")
    compared.__dict__["differences"] = (strange,)
    known = (
        list(EXPLANATIONS[kind](compared, strange)) if kind in ("rule", "service", "team", "schedule", "policy") else []
    )
    assert known == []
    [effect] = unexplained_effects(compared, known)
    assert (effect.risk, effect.sentence) == (
        "high",
        f'{kind} "{name}" differs, and what that does is not known: invented old → new',
    )


@settings(max_examples=10)
@given(schedules_near_a_change(), schedules_near_a_change())
def test_the_table_of_shifts_is_what_each_minute_says(
    old: tuple[Schedule, datetime], new: tuple[Schedule, datetime]
) -> None:
    (before, near), (after, _) = old, new
    start = near.replace(tzinfo=UTC)
    first = instant(start)
    answer = review(_with_schedule(before), _with_schedule(after), first)
    minutes = [start + timedelta(minutes=number) for number in range(2 * 1_440)]
    expected = {
        instant(minute): pair
        for minute in minutes
        if (pair := (on_call(before, minute), on_call(after, minute)))[0] != pair[1]
    }
    assert _by_minute(answer, first, instant(minutes[-1])) == expected


def _with_schedule(schedule: Schedule) -> Catalog:
    """The catalog with this schedule, whose people it has all, in place of the first one."""
    catalog = whole_catalog()
    oncall = catalog.oncall.model_copy(update={"schedules": catalog.oncall.schedules | {"primary": schedule}})
    return replace(catalog, oncall=oncall)


def _by_minute(answer: Review, first: int, last: int) -> dict[int, tuple[str | None, str | None]]:
    return {
        minute: (shift.was, shift.becomes)
        for schedule, shift in answer.shifts
        if schedule == "primary"
        for minute in range(shift.start, min(shift.end, last + 60), 60)
        if minute >= first
    }


def test_differences_are_found_whatever_is_renamed() -> None:
    assert differences(whole_catalog(), whole_catalog(), {("rule", "shop-slow"): "shop-slow"}) == ()
