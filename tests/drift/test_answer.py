"""What is no whole answer of the engine, or contradicts itself, is refused with one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitoring.drift.answer import SAVE, UnreadableError, refresh
from monitoring.drift.blind_spots import BLIND_SPOTS
from tests.drift import events as e

PAGE = Path(__file__).parents[2] / "manual" / "drift.md"
OFF = e.changed(e.ALERT, {"enabled": True}, {"enabled": False})
FAILED = e.complaint("", "preview failed")
DISAGREE = "speaks of 2 resources, {} of which differ, and the engine's own summary counts 2 resources, {} of which"
NOT_ONE = "no answer of the engine's refresh"


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        pytest.param("", "the engine could not compare:\nit printed nothing", id="nothing at all"),
        pytest.param("error: no stack selected", "could not compare:\nerror: no stack selected", id="a complaint"),
        pytest.param('{\n"steps": 3', '"steps": 3', id="half a digest"),
        pytest.param('{\n"other": []}', "other", id="another document"),
        pytest.param("{" * 1_000_000, "the engine could not compare", id="a flood of braces"),
        pytest.param('{"a":' * 1_000_000, "the engine could not compare", id="a flood of objects"),
        pytest.param('{"sequence": 1, "summaryEvent": []}\n', NOT_ONE, id="another stream"),
        pytest.param('{\n"steps": [1], "changeSummary": {}}', NOT_ONE, id="steps of no form"),
        pytest.param(
            e.stream(e.came_of(e.MONITOR)).partition('{"sequence": 4')[0],
            "ends before its summary",
            id="a stream that was cut short",
        ),
        pytest.param(
            e.stream(*e.complaint(e.PROVIDER, "SENTRY_AUTH_TOKEN is not accepted"), *FAILED),
            "could not compare:\nSENTRY_AUTH_TOKEN is not accepted$",
            id="a token that is refused",
        ),
        pytest.param(
            e.stream(*e.complaint(e.MONITOR, "503"), *e.complaint(e.ALERT, e.GONE), *FAILED),
            "\n503$",
            id="an outage of a vendor, after which nothing is certain",
        ),
        pytest.param(
            e.stream(*e.complaint(e.ALERT, e.GONE, "Preview failed: 500: gateway"), *FAILED),
            "\n500: gateway$",
            id="a resource that is not only gone",
        ),
        pytest.param(
            e.stream(e.came_of(e.ALERT), *e.complaint(e.ALERT, e.GONE), *FAILED),
            "status code 404",
            id="a resource that answers, and is said to be gone",
        ),
        pytest.param(
            e.stream(*e.complaint(e.MONITOR, "403: key"), *e.complaint(e.POLICY, "403: key"), *FAILED),
            "compare:\n403: key$",
            id="the same refusal for everything, said once",
        ),
        pytest.param(
            e.stream(e.came_of(e.MONITOR, "delete", new=None), *e.complaint("", "locked")),
            "locked",
            id="an error that concerns no resource",
        ),
        pytest.param(e.stream(*FAILED), "compare:\npreview failed$", id="a failure without a reason"),
        pytest.param(
            e.stream(e.came_of(e.MONITOR), begun=(e.ALERT, e.POLICY)),
            "4 resources were begun and 2 answered; ask again",
            id="resources of which nothing came",
        ),
        pytest.param(
            e.stream(e.came_of(e.MONITOR), summary={"same": 1, "update": 1}),
            DISAGREE.format(0, 1),
            id="a summary that counts a difference more",
        ),
        pytest.param(
            e.stream(OFF, summary={"same": 2}),
            DISAGREE.format(1, 0),
            id="a summary that counts a difference less",
        ),
        pytest.param(
            e.digest(OFF, summary={"same": 1, "update": 1}),
            f"counts 2 resources, 1 of which differ; ask again, and save an answer for --from with {re.escape(SAVE)}",
            id="the engine's digest, which leaves out what has no paths",
        ),
        pytest.param(e.digest(OFF, summary={}), "counts 0 resources", id="a digest without a summary"),
        pytest.param(e.stream(e.came_of(e.MONITOR, "create")), '"create" is no word of a refresh', id="another word"),
        pytest.param(
            e.stream(e.came_of(e.MONITOR), result="failed"),
            "compare:\npreview failed$",
            id="a silent failure",
        ),
        pytest.param(
            e.stream(e.came_of(e.MONITOR)).partition('{"sequence": 4')[0] + "\nerror: the stack is locked",
            "ends before its summary; ask again\nerror: the stack is locked$",
            id="a run that was refused",
        ),
        pytest.param(e.stream(), "holds no resource of a vendor", id="the stack alone"),
    ],
)
def test_what_is_no_comparison_is_refused(report, reason):
    with pytest.raises(UnreadableError, match=reason) as refused:
        refresh(report)
    assert "Traceback" not in str(refused.value)


def test_two_answers_in_one_file_are_no_answer():
    with pytest.raises(UnreadableError, match="own summary"):
        refresh(e.stream(e.came_of(e.MONITOR)) * 2)


def test_the_page_tells_every_blind_spot():
    rows = "".join(f"| {spot.where} | {spot.why} | {spot.source} |\n" for spot in BLIND_SPOTS)
    assert f"|---|---|---|\n{rows}\n" in PAGE.read_text()


def test_the_command_that_saves_an_answer_stands_on_the_page():
    assert f"{SAVE} --stack prod > refresh.json" in PAGE.read_text()
