"""The manual's page of tests in a browser: its rules and steps are loaded, those that pass and those that fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitoring.loader import parse, read_partly
from monitoring.model.recording import Recording
from tests.factories import texts
from tests.signal_page import table_rows, what_is_said

PAGE = Path(__file__).parents[1] / "manual" / "browser-tests.md"
ORDER = PAGE.read_text(encoding="utf-8").partition("```json\n")[2].partition("```")[0]
FILE = "recordings/order.json"


def problems_of(signal: str) -> list[str]:
    return what_is_said(signal, {FILE: ORDER.encode()})


@pytest.fixture(scope="module")
def recording() -> Recording:
    document = parse(FILE, ORDER.encode(), [])
    assert document is not None
    return Recording.model_validate(document.data)


def test_the_recording_of_the_page_types_a_secret(recording: Recording):
    assert recording.secrets == ("probe-password",)


def test_the_time_of_the_page_is_that_of_its_recording(recording: Recording):
    assert 60 + recording.seconds == 4 * 60 + 20


@pytest.mark.parametrize("signal", [row[1] for row in table_rows(PAGE, "Written like this")])
def test_an_example_passes(signal: str):
    assert problems_of(signal) == []


@pytest.mark.parametrize(("signal", "answer"), table_rows(PAGE, "What is refused"))
def test_an_example_is_refused(signal: str, answer: str):
    assert [line for line in problems_of(signal) if answer in line]


@pytest.mark.parametrize(("step", "answer"), table_rows(PAGE, "What a recording cannot hold"))
def test_a_step_is_refused(step: str, answer: str):
    recording = json.dumps({"steps": [json.loads(step.strip("`"))]})
    problems = [str(problem) for problem in read_partly(texts() | {FILE: recording.encode()}).problems]
    assert [line for line in problems if answer in line]


def test_every_word_of_the_page_is_one_of_a_step():
    words = {word for row in table_rows(PAGE, "The recording") for word in row[0].replace("`", "").split(", ")}
    assert words == {"name", "type", "params", "timeout", "allowFailure", "isCritical", "noScreenshot"}
