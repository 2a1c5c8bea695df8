"""What a pipeline shows of findings: nothing is cut off without a count, and no text is taken for markup."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from monitoring.cli.job import Places, append_summary, say
from monitoring.errors import Problem, Source, UsageError
from monitoring.pipelines.event import why_no_secrets
from monitoring.pipelines.findings import annotated, code_quality, fenced, notice, summary
from monitoring.pipelines.review_answer import ReviewAnswer, ReviewedEffect, effects_as_code_quality

HOSTILE = Problem(Source("a,b:c%.yaml", 7), "rule", "first\nsecond\r100%", "", "x:y,z")


def problems(number: int) -> list[Problem]:
    return [
        Problem(Source("teams.yaml", line), "team", "is wrong", "mend it", "shape") for line in range(1, number + 1)
    ]


@pytest.mark.parametrize(
    ("number", "lines", "more"),
    [
        pytest.param(0, 0, 0, id="nothing for no problem"),
        pytest.param(1, 1, 0, id="one for one"),
        pytest.param(10, 10, 0, id="ten for ten: GitHub shows as many"),
        pytest.param(11, 10, 2, id="nine and a count for eleven"),
        pytest.param(5_000, 10, 4_991, id="nine and a count for thousands"),
    ],
)
def test_annotations_never_exceed_what_github_shows(number: int, lines: int, more: int) -> None:
    shown = annotated(problems(number), rest="look there")
    assert len(shown) == lines
    assert ([line for line in shown if f"… and {more} more; look there" in line] != []) is bool(more)


def test_an_annotation_escapes_what_a_workflow_command_would_take_for_its_own() -> None:
    assert annotated([HOSTILE], rest="") == [
        "::error file=a%2Cb%3Ac%25.yaml,line=7,title=x%3Ay%2Cz::rule: first%0Asecond%0D100%25"
    ]
    assert notice("a\nb") == "::notice::a%0Ab"


def test_a_problem_of_a_whole_file_names_no_line() -> None:
    (line,) = annotated([Problem(Source("teams.yaml"), "", "is missing", "add it", "files")], rest="")
    assert line == "::error file=teams.yaml,title=files::is missing; add it"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("```\n# a heading\n<img src=x>\n@ana [link](https://example.com)", id="a fence, then markup"),
        pytest.param("`````````\nlonger fences\n````````````", id="long fences"),
        pytest.param("~~~\n~~~\n    indented", id="other fences"),
        pytest.param("</pre></details><!-- -->", id="html that closes"),
    ],
)
def test_nothing_in_a_block_is_interpreted(text: str) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(fenced(text))
    assert [(token.type, token.content) for token in tokens] == [("fence", f"{text}\n")]


def test_a_summary_that_is_too_long_keeps_whole_lines_and_counts_the_others() -> None:
    text = fenced("\n".join(f"line {number:03}" for number in range(100)), limit=90)
    assert [line for line in text.splitlines() if line.startswith("line")] == [f"line {n:03}" for n in range(10)]
    assert "… and 90 more lines." in text


def test_a_summary_has_a_heading_a_sentence_and_the_text() -> None:
    assert summary("Catalog", "0 problems.") == "## Catalog\n\n0 problems.\n\n"
    assert "```text\none\n```" in summary("Catalog", "1 problem.", "one")


def test_the_code_quality_report_names_the_place_and_tells_two_findings_apart() -> None:
    first, second = json.loads(code_quality([*problems(1), HOSTILE]))
    assert first["location"] == {"path": "teams.yaml", "lines": {"begin": 1}}
    assert first["description"] == "team: is wrong; mend it"
    assert first["fingerprint"] != second["fingerprint"]


def test_the_fingerprint_of_a_finding_does_not_change_with_its_line() -> None:
    first, second = json.loads(code_quality(problems(2)))
    assert first["fingerprint"] == second["fingerprint"]


def test_an_effect_stands_beside_its_line_and_what_is_gone_stands_nowhere() -> None:
    sleeps = ReviewedEffect(kind="rule-sleeps", risk="high", sentence="it wakes nobody", source="services/shop.yaml:12")
    whole = ReviewedEffect(kind="renamed", risk="none", sentence="it has another name", source="oncall.yaml")
    answer = ReviewAnswer(effects=(sleeps, whole, whole.model_copy(update={"gone": True})))
    paths = {effect.place: f"catalog/{effect.place.file}" for effect in answer.effects}
    first, second = json.loads(effects_as_code_quality(answer, paths))
    assert first.pop("fingerprint") != second.pop("fingerprint")
    assert first == {
        "description": "high: it wakes nobody",
        "check_name": "review-rule-sleeps",
        "severity": "critical",
        "location": {"path": "catalog/services/shop.yaml", "lines": {"begin": 12}},
    }
    assert second == {
        "description": "none: it has another name",
        "check_name": "review-renamed",
        "severity": "info",
        "location": {"path": "catalog/oncall.yaml", "lines": {"begin": 1}},
    }


# --- the job ---------------------------------------------------------------------------------------------------


def test_a_finding_is_named_from_the_root_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "link"))
    (tmp_path / "real" / "deep" / "catalog").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    places = Places(tmp_path / "real" / "deep" / "catalog", tmp_path / "real" / "runbooks")
    located = places.located([problems(1)[0], Problem(Source("runbooks/a.md", 2), "", "", "", "")])
    assert [str(problem.source) for problem in located] == ["deep/catalog/teams.yaml:1", "runbooks/a.md:2"]


def test_a_summary_that_cannot_be_written_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    with pytest.raises(UsageError, match="cannot be written: is a directory; correct GITHUB_STEP_SUMMARY"):
        append_summary("text")


def test_two_sections_stand_behind_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert append_summary("one\n")
    assert append_summary("two\n")
    assert (tmp_path / "summary.md").read_text() == "one\ntwo\n"


def event(head: str | None, author: str = "ana") -> str:
    repository = None if head is None else {"full_name": head}
    ends = {"head": {"repo": repository}, "base": {"repo": {"full_name": "us/it"}}}
    return json.dumps({"pull_request": {**ends, "user": {"login": author}}})


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        pytest.param(event("eve/it"), "a fork", id="the head is in another repository"),
        pytest.param(event("us/it"), "", id="the head is here"),
        pytest.param(event("us/it", "dependabot[bot]"), "Dependabot", id="Dependabot's"),
        pytest.param(event(None), "a fork", id="the fork was deleted"),
        pytest.param('{"merge_group": {}}', "", id="a merge queue"),
        pytest.param("[]", "", id="another shape"),
        pytest.param("", "", id="an empty file"),
    ],
)
def test_whoever_gets_no_secrets_is_named(tmp_path: Path, text: str, whose: str) -> None:
    (tmp_path / "event.json").write_text(text)
    assert why_no_secrets({"GITHUB_EVENT_PATH": str(tmp_path / "event.json")}) == whose


def test_without_an_event_nobody_can_tell() -> None:
    assert why_no_secrets({}) == ""


def test_no_line_of_a_text_is_taken_for_a_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    say("first\n::error::a stranger's\nlast")
    begin, *text, end = capsys.readouterr().out.splitlines()
    assert text == ["first", "::error::a stranger's", "last"]
    assert begin.removeprefix("::stop-commands::") == end.strip(":")
    assert len(end) == 36


def test_without_a_pipeline_a_text_is_printed_as_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    say("text")
    assert capsys.readouterr().out == "text\n"
