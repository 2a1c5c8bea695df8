"""The headline: people and things by their names, whatever a change does."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from monitoring.errors import Source
from monitoring.oncall.moved import MovedShift
from monitoring.review.effects import Effect
from monitoring.review.headline import MAX_HEADLINE, NO_EFFECT, headline
from monitoring.review.people import LoadChange
from monitoring.review.promises import AnswerChange
from monitoring.review.reviewing import Review
from monitoring.review.risks import EffectKind
from monitoring.review.short_forms import SHORT_FORMS, example_of, name_of, short_form
from monitoring.review.vendor_effects import SENTENCES
from tests.factories import Change
from tests.review.pairs import AT, COUNTS, reviewed
from tests.review.test_pairs import ONCALL, PLATFORM, SHOP, TENANTS

ANSWER = AnswerChange("prod", "first", 300, 480, 1_774_744_200, "Europe/Berlin", ("shop-slow",))
LONG = "x" * 300
KINDS = [kind for kind in EffectKind if kind not in SENTENCES]
"""Those about vendors stand beside the operations themselves, in test_vendor_effects.py."""


def an_effect(kind: EffectKind, subject: str = "shop-slow", sentence: str = LONG, detail: str = "prod") -> Effect:
    return Effect(kind, subject, sentence, Source("a.yaml", 4), people=("ana",), before="2s", after="3s", detail=detail)


def a_review(*effects: Effect, people: tuple[LoadChange, ...] = (), answers: tuple[AnswerChange, ...] = ()) -> Review:
    return Review(AT, tuple(sorted(effects, key=lambda each: each.order)), COUNTS, people=people, answers=answers)


# --- each kind alone -------------------------------------------------------------------------------------------


def test_each_kind_of_effect_has_a_short_form() -> None:
    assert list(SHORT_FORMS) == list(EffectKind)


@pytest.mark.parametrize("kind", KINDS)
def test_an_effect_alone_is_named(kind: EffectKind) -> None:
    effect = an_effect(kind)
    words = headline(a_review(effect))
    assert words.startswith(short_form(effect))
    names = {EffectKind.ON_CALL_NOW: (effect.before,), EffectKind.CODE_CHANGED: ("code",)}
    assert any(name in words for name in names.get(kind, (effect.subject, *effect.people)))


@pytest.mark.parametrize("kind", KINDS)
def test_an_effect_alone_is_named_however_long_its_names_are(kind: EffectKind) -> None:
    effect = replace(an_effect(kind, LONG, detail=LONG), people=(LONG, LONG, LONG, LONG), before=LONG, after=LONG)
    words = headline(a_review(effect))
    assert len(words) <= MAX_HEADLINE
    assert "xxx..." in words or kind is EffectKind.CODE_CHANGED


@pytest.mark.parametrize("kind", KINDS)
def test_the_gravest_effect_is_named_before_the_others_are_counted(kind: EffectKind) -> None:
    effects = (an_effect(kind), *(an_effect(EffectKind.SCHEDULE_EDITED, f"later-{number}") for number in range(9)))
    words = headline(a_review(*effects))
    assert words.startswith(short_form(effects[0]) if kind is not EffectKind.SCHEDULE_EDITED else "later-0 is edited")
    assert words.endswith("; 9 effects more")


@pytest.mark.parametrize(
    ("effect", "name"),
    [
        pytest.param(an_effect(EffectKind.PROMISE_BROKEN, "critical: no phone in step 2"), "critical", id="a policy"),
        pytest.param(an_effect(EffectKind.ENVIRONMENT_LOST), "shop-slow in prod", id="a rule in an environment"),
        pytest.param(an_effect(EffectKind.LOOSENED, "r" * 50), "r" * 37 + "...", id="a long name"),
    ],
)
def test_it_is_called_by_its_name(effect: Effect, name: str) -> None:
    assert name_of(effect) == name


@pytest.mark.parametrize("kind", EffectKind)
def test_each_kind_has_an_example_without_a_gap(kind: EffectKind) -> None:
    assert not re.search(r"  |: $| → $|^ | $|: →|until $", example_of(kind))


# --- several together ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(a_review(), NO_EFFECT, id="nothing"),
        pytest.param(
            a_review(an_effect(EffectKind.LOOSENED, sentence="it fires")), "it fires", id="one short sentence"
        ),
        pytest.param(
            a_review(
                an_effect(EffectKind.ANSWER_LATER),
                people=(LoadChange("ana", 0, 0, 0, rules_more=("a", "b")), LoadChange("ben", -9, -2, -100)),
                answers=(ANSWER,),
            ),
            "ana can be woken by 2 rules more; ben loses 9 nights; worst first answer 5m → 8m (Sun 29 Mar 01:30)",
            id="people first, then the worst minute",
        ),
        pytest.param(
            a_review(
                an_effect(EffectKind.ANSWER_LATER),
                people=tuple(
                    LoadChange(name, 2, 0, 9, rules_more=("shop-up",)) for name in ("ana", "ben", "chi", "dee")
                ),
            ),
            "ana, ben and 2 more can be woken by shop-up; ana, ben and 2 more get 2 nights each; "
            "shop-slow is answered later: 2s → 3s",
            id="people for whom the same changes stand together",
        ),
        pytest.param(
            a_review(an_effect(EffectKind.RULE_SLEEPS), an_effect(EffectKind.RULE_REMOVED, "shop-up")),
            "shop-slow wakes nobody any more; it could wake ana; shop-up is gone",
            id="what wakes nobody any more",
        ),
        pytest.param(
            a_review(*(an_effect(EffectKind.RULE_REMOVED, f"shop-{number}") for number in range(5))),
            "shop-0, shop-1 and 3 more are gone",
            id="many rules that are gone",
        ),
        pytest.param(
            a_review(*(an_effect(EffectKind.RULE_REMOVED, f"{number}{'x' * 60}") for number in range(3))),
            f"0{'x' * 20}..., 1{'x' * 20}... and 2{'x' * 20}... are gone",
            id="rules with long names that are gone",
        ),
        pytest.param(
            a_review(*(an_effect(EffectKind.UNEXPLAINED, f"shop-{number}") for number in range(5))),
            "unexplained: 5 differences",
            id="what nobody can explain",
        ),
    ],
)
def test_the_headline(answer: Review, expected: str) -> None:
    assert headline(answer) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            [(ONCALL, "people: [ana, ben, chi]", "people: [ben, ana, chi]")],
            "ana is on call now, not ben; ana gets 7 nights; 9 shifts change hands; 1 effect more",
            id="whoever is on call now and would not be any more stands first",
        ),
        pytest.param(
            [(SHOP, "title: The shop is slow\n    severity: P1", "title: The shop is slow\n    severity: P2")],
            "shop-slow wakes nobody any more; it could wake dee and kit",
            id="a rule that wakes nobody any more, and nothing that only says so again",
        ),
        pytest.param(
            [(ONCALL, "people: [ana, ben, chi]", 'only: {from: "08:00", to: "20:00"}, people: [ana, ben, chi]')],
            "nobody is on call in primary for 183d of the year; ana loses 21 nights; "
            "ben and chi lose 28 nights each; 1 effect more",
            id="a hole",
        ),
        pytest.param(
            [(TENANTS, "bolt: {title: Bolt Tools, plan: enterprise}\n", "")],
            'tenant "bolt" is gone; dee and kit are not woken any more by shop-tenants-bolt',
            id="the gravest effect, though people are concerned by another",
        ),
        pytest.param(
            [(ONCALL, "turn: 1w, people: [ana", 'turn: 1w, until: "2027-06-01 09:00", people: [ana')],
            "nobody is on call in primary for 179d 2h of the year; 1 effect more",
            id="what happens in more than twelve weeks",
        ),
        pytest.param(
            [(PLATFORM, "organization: youragency", "organization: agency")],
            "the platform: sentry organization youragency → agency",
            id="an account",
        ),
    ],
)
def test_the_headline_of_a_change(changes: list[Change], expected: str) -> None:
    assert headline(reviewed(*changes)) == expected


def test_what_several_effects_have_in_common_is_said_once() -> None:
    effects = [an_effect(EffectKind.LOOSENED, detail=f"prod {word}") for word in ("every", "retry", "failing-in")]
    assert headline(a_review(*effects)) == short_form(effects[0])


def test_shifts_that_move_without_a_night_are_named_by_the_first() -> None:
    shift = MovedShift(AT, AT + 3_600, "ana", None)
    answer = replace(
        a_review(an_effect(EffectKind.SHIFTS_MOVE)),
        shifts=(("primary", shift),),
        schedule_zones={"primary": "Europe/Berlin"},
    )
    assert headline(answer) == "1 shift changes hands, the first in primary on Thu 26 Nov 10:00 from ana to nobody"


def test_a_headline_is_short_whatever_it_is_about() -> None:
    people = tuple(LoadChange(f"person-{number:02}-{'x' * 60}", number, 0, 0) for number in range(1, 30))
    effects = tuple(an_effect(EffectKind.RULE_REMOVED, f"{'rule' * 15}-{number}") for number in range(30))
    words = headline(a_review(*effects, people=people, answers=(ANSWER,)))
    assert len(words) <= MAX_HEADLINE
    assert "and 28 more are gone" in words
