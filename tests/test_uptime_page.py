"""The manual's page of uptime tests: its examples are loaded and checked, those that pass and those that fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.signal_page import table_rows, what_is_said

PAGE = Path(__file__).parents[1] / "manual" / "uptime-tests.md"


@pytest.mark.parametrize("signal", [row[1] for row in table_rows(PAGE, "Written like this")])
def test_an_example_passes(signal: str):
    assert what_is_said(signal) == []


@pytest.mark.parametrize(("signal", "answer"), table_rows(PAGE, "What is refused"))
def test_an_example_is_refused(signal: str, answer: str):
    assert [line for line in what_is_said(signal) if answer in line]
