"""What a browser does otherwise is said step by step, at its line in the recording."""

from __future__ import annotations

from typing import Any

import pytest

from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from monitoring.review.reviewing import review
from tests.resources.every_signal import every_text
from tests.resources.recorded import STEPS, a_step, recording
from tests.review.pairs import AT

FIRST, SECOND, THIRD, *REST = STEPS
MORE = a_step("See the end", "assertPageContains", {"value": "Thank you"})


def recorded(*steps: dict[str, Any]) -> Catalog:
    return load_texts(every_text() | {"recordings/order.json": recording(*steps)})


CHANGES: list[Any] = [
    pytest.param(
        (FIRST, SECOND, THIRD | {"params": {"value": "/other"}}, *REST),
        ["Go to the sign-in.params.value"], id="a step opens another page",
    ),
    pytest.param((FIRST | {"timeout": 90}, SECOND, THIRD, *REST), ["Open a lamp.timeout"], id="it tries for longer"),
    pytest.param(
        (FIRST | {"allowFailure": True}, SECOND, THIRD, *REST), ["Open a lamp.allowFailure"], id="it may fail",
    ),
    pytest.param((*STEPS, MORE), ["See the end"], id="a step more"),
    pytest.param((SECOND, THIRD, *REST), ["Open a lamp"], id="a step less"),
    pytest.param((SECOND, FIRST, THIRD, *REST), ["steps"], id="the same steps in another turn"),
    pytest.param(STEPS, [], id="nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "details"), CHANGES)
def test_a_changed_step_is_an_effect_of_its_rule(steps: tuple[dict[str, Any], ...], details: list[str]):
    effects = review(recorded(*STEPS), recorded(*steps), AT).effects
    ids = [f"condition-changed: shop-order: uptime.asks.browser.recording.{detail}" for detail in details]
    assert [effect.id for effect in effects] == ids


def test_an_effect_stands_at_its_step():
    (effect,) = review(recorded(*STEPS), recorded(FIRST | {"timeout": 90}, SECOND, THIRD, *REST), AT).effects
    assert effect.source.file == "recordings/order.json"
    lines = recording(FIRST | {"timeout": 90}).decode().splitlines()
    assert '"timeout": 90' in lines[effect.source.line - 1]


WHOLES: list[Any] = [
    pytest.param((SECOND, FIRST, THIRD, *REST), id="steps in another turn"),
    pytest.param((SECOND, THIRD, *REST), id="a step that is gone"),
]


@pytest.mark.parametrize("steps", WHOLES)
def test_what_is_about_no_step_that_is_left_stands_in_the_recording(steps: tuple[dict[str, Any], ...]):
    (effect,) = review(recorded(*STEPS), recorded(*steps), AT).effects
    assert effect.source.file == "recordings/order.json"


def test_another_recording_stands_where_the_rule_names_it():
    files = every_text()
    files["recordings/other.json"] = files.pop("recordings/order.json")
    renamed = {name: text.replace(b"recording: order", b"recording: other") for name, text in files.items()}
    (effect,) = review(load_texts(every_text()), load_texts(renamed), AT).effects
    assert effect.source.file.startswith("services/")


def test_the_form_of_a_recording_is_no_change():
    spaced = recording(*STEPS).replace(b"\n", b"\n\n")
    assert review(recorded(*STEPS), load_texts(every_text() | {"recordings/order.json": spaced}), AT).effects == ()
