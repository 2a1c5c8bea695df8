"""The words by which a finding's key says where it stands."""

from __future__ import annotations

import pytest

from monitoring.checks._context import place


@pytest.mark.parametrize(
    ("kind", "field", "words"),
    [
        pytest.param("rule", "means", "means", id="a rule's finding names the rule already"),
        pytest.param("service", "title", "the service's title", id="an entry of another kind is named"),
    ],
)
def test_a_field_is_told_from_that_of_another_kind(kind: str, field: str, words: str) -> None:
    assert place(kind, field) == words
