"""What the vendors will be asked to do, as effects: the kind and risk of each operation, in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from typer.testing import CliRunner, Result

from monitoring.cli import application
from monitoring.errors import Source
from monitoring.naming.owners import owners
from monitoring.naming.type_tokens import DASHBOARD, DOWNTIME, GET_USER, MONITOR, SCHEDULE, SERVICE
from monitoring.plan import Lookup, Plan, Resource
from monitoring.review.comment import comment
from monitoring.review.effects import Effect
from monitoring.review.headline import MAX_HEADLINE, NO_EFFECT, headline
from monitoring.review.plans import VendorChange, VendorOperation, VendorWord
from monitoring.review.reviewing import Review
from monitoring.review.risks import EffectKind, Risk
from monitoring.review.vendor_effects import KINDS, SENTENCES, kinds, vendor_effects, with_vendors
from tests.factories import a_catalog, texts
from tests.review.pairs import AT, COUNTS, whole_catalog
from tests.review.test_plans import CHANGES, PLANS, SLOW, a_plan, a_resource, an_operation, changed, done

WHOLE = whole_catalog()


def effects(before: Plan, after: Plan) -> list[Effect]:
    side = owners(WHOLE)
    return list(vendor_effects(VendorChange("prod", done(before, after)), side, side))


def risks_and_ids(before: list[Resource], after: list[Resource]) -> list[str]:
    return [f"{each.risk} {each.id}" for each in effects(a_plan(*before), a_plan(*after))]


EFFECTS: Mapping[str, tuple[list[str], list[str]]] = {
    "nothing": ([], []),
    "a new resource": (["low resource-created: prod"], ["high history-lost: prod"]),
    "one that the account holds": (["medium resource-imported: prod"], ["high history-lost: prod"]),
    "one that is held already is another one": (["high history-lost: prod"], ["none state-changed: prod"]),
    "an import that is done and taken out": (["none state-changed: prod"], ["high history-lost: prod"]),
    "one is gone": (["high history-lost: prod"], ["low resource-created: prod"]),
    "one is gone that has no history": (["medium resource-deleted: prod"], ["low resource-created: prod"]),
    "one is gone that is protected": (["high update-stops: prod"], ["low resource-created: prod"]),
    "one is left to the vendor": (["medium resource-forgotten: prod"], ["low resource-created: prod"]),
    "a protected one is left to the vendor": (["high update-stops: prod"], ["low resource-created: prod"]),
    "a property differs": (["low resource-updated: prod"], ["low resource-updated: prod"]),
    "a property is gone": (["low resource-updated: prod"], ["low resource-updated: prod"]),
    "a property is null and was not there": (["low resource-updated: prod"], ["low resource-updated: prod"]),
    "many properties differ": (["low resource-updated: prod"], ["low resource-updated: prod"]),
    "a property differs that the vendor never changes": (["high history-lost: prod"], ["high history-lost: prod"]),
    "a property that the program lets replace": (
        ["medium resource-replaced: prod"],
        ["medium resource-replaced: prod"],
    ),
    "a path below a property that the program lets replace": (["high history-lost: prod"], ["high history-lost: prod"]),
    "any property that the program lets replace": (["high history-lost: prod"], ["high history-lost: prod"]),
    "a replaced one that is protected": (["high update-stops: prod"], ["high update-stops: prod"]),
    "a replaced one that was protected until now": (
        ["high history-lost: prod", "medium protection-lost: prod"],
        ["high history-lost: prod"],
    ),
    "a replaced one that is protected from now on": (
        ["high history-lost: prod"],
        ["high history-lost: prod", "medium protection-lost: prod"],
    ),
    "a replaced one whose former self is retained": (
        ["medium resource-replaced: prod"],
        ["medium resource-replaced: prod"],
    ),
    "another name, by an alias": (
        ["none resource-renamed: prod"],
        ["high history-lost: prod", "low resource-created: prod"],
    ),
    "another name, by a whole URN": (
        ["none resource-renamed: prod"],
        ["high history-lost: prod", "low resource-created: prod"],
    ),
    "another name and another property": (
        ["low resource-updated: prod"],
        ["high history-lost: prod", "low resource-created: prod"],
    ),
    "another name and no alias": (
        ["high history-lost: prod", "low resource-created: prod"],
        ["high history-lost: prod", "low resource-created: prod"],
    ),
    "an alias that nobody had": (["low resource-created: prod"], ["high history-lost: prod"]),
    "an alias of another type": (
        ["medium resource-deleted: prod", "low resource-created: prod"],
        ["high history-lost: prod", "low resource-created: prod"],
    ),
    "two that want the same former self": (
        ["low resource-created: prod", "none resource-renamed: prod"],
        ["high history-lost: prod", "low resource-created: prod"],
    ),
    "an alias that is declared itself": (["low resource-created: prod"], ["high history-lost: prod"]),
    "an alias that is taken out later": (["none state-changed: prod"], ["none state-changed: prod"]),
    "only the protection": (["none state-changed: prod"], ["medium protection-lost: prod"]),
    "what waits for whom": (["none state-changed: prod"], ["none state-changed: prod"]),
}
"""The effects of each pair of Plans, and of its undoing."""


def test_each_pair_of_plans_has_its_effects() -> None:
    assert EFFECTS.keys() == CHANGES.keys()


@pytest.mark.parametrize("name", EFFECTS)
def test_a_change_and_its_undoing(name: str) -> None:
    before, after, _ = CHANGES[name]
    assert (risks_and_ids(before, after), risks_and_ids(after, before)) == EFFECTS[name]


def test_a_look_up_that_is_new_and_one_that_is_gone() -> None:
    ana = a_plan(SLOW, lookups=[Lookup(GET_USER, {"email": "ana@youragency.com"})])
    assert [each.id for each in effects(a_plan(SLOW), ana)] == ["look-up-added: prod"]
    assert [each.id for each in effects(ana, a_plan(SLOW))] == ["state-changed: prod"]


def test_each_kind_about_a_vendor_is_shown_by_a_pair() -> None:
    shown = {line.split(" ")[1].rstrip(":") for pair in EFFECTS.values() for side in pair for line in side}
    assert shown | {EffectKind.LOOK_UP_ADDED} == {str(kind) for kind in SENTENCES}


def test_each_word_has_a_kind_and_each_kind_a_sentence() -> None:
    assert KINDS.keys() == set(VendorWord)
    consequences = {EffectKind.UPDATE_STOPS, EffectKind.HISTORY_LOST, EffectKind.PROTECTION_LOST}
    assert {*KINDS.values(), *consequences} == SENTENCES.keys()


@given(PLANS, PLANS)
def test_each_operation_that_is_told_is_in_an_effect_and_nothing_else_is(before: Plan, after: Plan) -> None:
    operations = VendorChange("prod", done(before, after)).differing
    expected = {kind for operation in operations for kind in kinds(operation)}
    assert {each.kind for each in effects(before, after)} == expected
    assert all(list(kinds(operation)) for operation in operations)


def test_resources_are_named_with_what_is_done_to_each_and_the_others_are_counted() -> None:
    old = [a_resource(name=f"shop-{number}") for number in range(4)]
    new = a_resource(name="shop-0", inputs={"type": "composite"})
    (effect,) = effects(a_plan(*old), a_plan(new))
    assert effect.sentence == (
        'history is lost in prod: Monitor "shop-0" (replace), Monitor "shop-1" (delete), Monitor "shop-2" (delete) '
        "and 1 more"
    )


def test_equal_look_ups_are_counted() -> None:
    lookups = [Lookup(GET_USER, {"email": f"{name}@youragency.com"}) for name in ("ana", "ben")]
    (effect,) = effects(a_plan(), a_plan(lookups=lookups))
    assert effect.sentence == "looked up in prod and was not before: getUser ×2"


PLACES = {
    "a rule's monitor": (a_resource(), ("rule", "shop-slow")),
    "a schedule": (a_resource(SCHEDULE, "primary"), ("schedule", "primary")),
    "a service at PagerDuty": (a_resource(SERVICE, "shop-critical"), ("service", "shop")),
    "what nobody owns any more": (a_resource(DOWNTIME, "no-such-window"), ("platform", "")),
}


@pytest.mark.parametrize(("resource", "entry"), PLACES.values(), ids=PLACES.keys())
def test_an_effect_stands_where_the_entry_stands_to_which_the_resource_belongs(
    resource: Resource, entry: tuple[str, str]
) -> None:
    (new,), (gone,) = effects(a_plan(), a_plan(resource)), effects(a_plan(resource), a_plan())
    assert (new.source, new.gone) == (WHOLE.at(*entry), False)
    assert (gone.source, gone.gone) == (WHOLE.at(*entry), True)


def test_the_place_is_that_of_a_rule_rather_than_of_the_board_that_changes_with_it() -> None:
    (effect,) = effects(a_plan(), a_plan(a_resource(DASHBOARD, "shop"), SLOW))
    assert effect.sentence == 'new in prod: DashboardJson "shop", Monitor "shop-slow"'
    assert effect.source == WHOLE.at("rule", "shop-slow")


def test_what_is_gone_has_its_place_in_the_old_catalog() -> None:
    before, after = a_catalog(), a_catalog(("services/shop.yaml", "shop-slow", "shop-late"))
    removed = (VendorChange("prod", (VendorOperation(f"{MONITOR}::shop-slow", VendorWord.DELETE),)),)
    (effect,) = with_vendors(Review(AT, (), COUNTS), removed, before, after).effects
    assert (effect.source, effect.gone) == (before.at("rule", "shop-slow"), True)


# --- among the other effects -----------------------------------------------------------------------------------


def a_review(*operations: VendorOperation, people: tuple[Effect, ...] = ()) -> Review:
    """A review of which this is what the vendors will be asked to do."""
    return with_vendors(Review(AT, people, COUNTS), changed(*operations), WHOLE, WHOLE)


def on_people(kind: EffectKind, **words: Any) -> Effect:
    return Effect(kind=kind, subject="shop-slow", sentence="who is woken differs", source=Source("a.yaml"), **words)


def test_they_stand_among_the_effects_by_their_risk_and_count() -> None:
    answer = a_review(
        an_operation(VendorWord.UPDATE),
        an_operation(VendorWord.DELETE, loses_history=True),
        people=(on_people(EffectKind.RULE_REMOVED), on_people(EffectKind.RULE_WAKES)),
    )
    assert [str(each.kind) for each in answer.effects] == [
        "rule-removed", "history-lost", "rule-wakes", "resource-updated",
    ]  # fmt: skip
    assert answer.by_risk == {Risk.HIGH: 2, Risk.MEDIUM: 1, Risk.LOW: 1, Risk.NONE: 0}


@pytest.mark.parametrize("word", VendorWord)
@pytest.mark.parametrize("people", [(), (on_people(EffectKind.RULE_WAKES),)], ids=["nobody", "somebody"])
def test_headline_and_comment_know_each_word_beside_an_effect_on_people(
    word: VendorWord, people: tuple[Effect, ...]
) -> None:
    answer = a_review(an_operation(word), people=people)
    assert headline(answer).startswith("who is woken differs" if people else NO_EFFECT)
    assert ("at the vendors: 1 " in headline(answer)) is (word is not VendorWord.SAME)
    assert all(each.sentence.partition(": ")[0] in comment(answer, "a", "b") for each in answer.effects)


STOPS, LOST = an_operation(VendorWord.DELETE, refused=True), an_operation(VendorWord.REPLACE, loses_history=True)
LONG = "x" * 40


@pytest.mark.parametrize(
    ("operations", "worst"),
    [
        pytest.param((STOPS,), ["the update stops"], id="the update stops"),
        pytest.param((LOST,), ["history"], id="history is lost"),
        pytest.param((STOPS, LOST), ["the update stops", "history"], id="both"),
        pytest.param(tuple(map(an_operation, VendorWord)) * 1000 + (STOPS, LOST) * 999, ["the update stops", "history"],
                     id="more than a headline holds"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("others", [0, 1, 5], ids=["nobody else", "one", "many"])
def test_the_headline_never_misses_the_worst_at_the_vendors(
    operations: tuple[VendorOperation, ...], worst: list[str], others: int
) -> None:
    people = tuple(on_people(EffectKind.RULE_REMOVED, detail=str(n)) for n in range(others))
    holes = tuple(on_people(EffectKind.HOLE_OPENED, after="26w", detail=f"{LONG} {n}") for n in range(others))
    text = headline(a_review(*operations, people=(*people, *holes)))
    assert all(word in text for word in worst)
    assert len(text) <= MAX_HEADLINE


def test_with_nothing_to_ask_a_review_is_as_it_was() -> None:
    answer = Review(AT, (on_people(EffectKind.RULE_WAKES),), COUNTS)
    assert with_vendors(answer, (), WHOLE, WHOLE).effects == answer.effects


# --- the command -----------------------------------------------------------------------------------------------


def written(root: Path, files: Mapping[str, bytes]) -> str:
    for name, content in files.items():
        path = root / "catalog" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return str(root)


def review(*words: str) -> Result:
    arguments = ["review", *words, "--at", "2026-11-26 09:00", "--fail-on", "high"]
    return CliRunner().invoke(application(arguments), arguments)


ANOTHER_SIGNAL = (
    "services/shop.yaml",
    "metric: {p95: trace.request, where: {service: shop}, over: 10m, above: 2s, when-silent: alert}",
    "sentry-metric: {project: web, measure: p95, over: 10m, above: 2s}",
)
NO_METRIC = (
    "platform.yaml",
    """  metrics:
    trace.request:
      unit: s
      kind: distribution
      interval: 10s
      sent-by: tracing
      tags: {env: {values: [prod, staging]}, service: {values: [shop]}}
""",
    "",
)


@pytest.mark.parametrize(
    ("words", "code"), [pytest.param((), 0, id="without the Plans"), pytest.param(("--plans",), 1, id="with them")]
)
def test_a_history_that_is_lost_is_what_the_plans_alone_show_to_a_pipeline(
    tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    old, new = written(tmp_path / "old", texts()), written(tmp_path / "new", texts(ANOTHER_SIGNAL, NO_METRIC))
    result = review(old, new, *words)
    assert result.exit_code == code, result.output + str(result.exception)
    assert ("history is lost in prod" in result.stdout) is bool(code)
