"""Each kind of signal is known wherever one has to be: a new one turns these red until it is whole."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from monitoring.model.service import SIGNAL_FIELDS, Rule
from monitoring.model.signals import Signal
from tests.loader.test_broken import CASES
from tests.resources.every_signal import every_signal

WORDS = [pytest.param(word, id=word) for word in SIGNAL_FIELDS]


def test_a_rule_has_a_field_for_each_signal():
    typed = {part for name in SIGNAL_FIELDS.values() for part in get_args(Rule.model_fields[name].annotation)}
    assert typed - {type(None)} == set(get_args(Signal))


def test_the_word_of_a_signal_is_the_name_of_its_field():
    assert {name.replace("_", "-") for name in SIGNAL_FIELDS.values()} == SIGNAL_FIELDS.keys()


@pytest.mark.parametrize("word", WORDS)
def test_a_signal_has_a_rule_among_those_of_every_signal(word: str):
    assert word in {rule.signal_word for _, rule in every_signal().each_rule()}


@pytest.mark.parametrize("word", WORDS)
def test_a_signal_is_refused_where_it_is_broken(word: str):
    assert any(re.search(rf'": {word}[.:]', case.says) for case in CASES)
