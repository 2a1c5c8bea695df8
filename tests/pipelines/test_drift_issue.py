"""One issue for drift, over real HTTP against a stand-in: opened, changed in place, closed, whatever GitHub answers."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from monitoring.errors import VendorError
from monitoring.pipelines import forge
from monitoring.pipelines.drift_issue import DriftReport, marker, report, settle
from monitoring.pipelines.github import IssueTracker
from tests.pipelines.github_standin import BOT, REPOSITORY, TOKEN, GitHubStandIn, listening, patient_client

SLOW = {
    "what": "rule", "name": "shop-slow", "vendor": "Datadog", "resource": "Monitor", "property": "query",
    "declared": "a > 2", "held": "a > 20", "refusal": "", "source": "services/shop.yaml:12", "urn": "urn:…",
}  # fmt: skip


def answer(*drifts: dict[str, Any], **more: Any) -> str:
    return json.dumps({"drifts": list(drifts), "blind-spots": [{"where": "w", "why": "y"}], **more})


def judged(code: int, text: str, complaint: str = "") -> DriftReport:
    return report("prod", code=code, answer=text, complaint=complaint)


DIFFERS = judged(1, answer(SLOW, compared=89, differs=1))
EQUAL = judged(0, answer(compared=89, differs=0))


@pytest.fixture
def github() -> Iterator[GitHubStandIn]:
    """The stand-in, with nothing in it."""
    with listening(GitHubStandIn()) as standin:
        yield standin


def run(standin: GitHubStandIn, drift: DriftReport, waits: list[float] | None = None, token: str = TOKEN) -> str:
    async def settled() -> str:
        async with httpx.AsyncClient() as http:
            asking = forge.github(patient_client(http, waits), standin.address, token, "issues: write")
            return await settle(IssueTracker(asking, REPOSITORY), drift, stack="prod", author=BOT, run="a test")

    return asyncio.run(settled())


def test_the_first_difference_opens_an_issue(github):
    assert run(github, DIFFERS) == "issue 1 is opened"
    issue = github.issue(1)
    assert issue["title"] == "Drift of prod: 1 difference"
    assert issue["body"].splitlines()[0] == marker("prod")
    assert "89 resources were compared" in issue["body"]
    assert 'services/shop.yaml:12: rule "shop-slow": query of its Monitor: "a > 2" is declared' in issue["body"]


def test_no_difference_opens_nothing(github):
    assert run(github, EQUAL) == "no issue is open or needed"
    assert github.issues == []


def test_the_next_night_changes_the_same_issue_behind_150_others(github):
    run(github, DIFFERS)
    for number in range(150):
        github.add(f"something else {number}", None, author=BOT if number % 2 else "ana")
    assert run(github, judged(1, answer(SLOW, {**SLOW, "name": "other"}))) == "issue 1 is changed"
    assert github.issue(1)["title"] == "Drift of prod: 2 differences"
    assert len(github.issues) == 151
    assert [call for call in github.calls if "page=2" in call] != []


def test_the_same_answer_changes_nothing(github):
    run(github, DIFFERS)
    github.issue(1)["body"] = github.issue(1)["body"].replace("\n", "\r\n")
    assert run(github, DIFFERS) == "issue 1 says so already"
    assert not [call for call in github.calls if call.startswith("PATCH")]


def test_the_issue_is_closed_when_nothing_differs(github):
    run(github, DIFFERS)
    assert run(github, EQUAL) == "issue 1 is closed"
    assert (github.issue(1)["state"], github.issue(1)["state_reason"]) == ("closed", "completed")
    assert run(github, EQUAL) == "no issue is open or needed"


def test_what_a_person_closed_is_opened_anew_where_it_still_differs(github):
    run(github, DIFFERS)
    github.issue(1)["state"] = "closed"
    assert run(github, DIFFERS) == "issue 2 is opened"


@pytest.mark.parametrize(
    ("body", "author", "request_"),
    [
        pytest.param(f"{marker('prod')}\nmine", "eve", False, id="a stranger's issue with our first line"),
        pytest.param(f"{marker('staging')}\n", BOT, False, id="the other stack's issue"),
        pytest.param(f"> {marker('prod')}\n", BOT, False, id="an issue that quotes ours"),
        pytest.param(f"text\n{marker('prod')}", BOT, False, id="our first line further down"),
        pytest.param(f"{marker('prod')}\n", BOT, True, id="a pull request"),
        pytest.param(None, BOT, False, id="an issue without a text"),
    ],
)
def test_an_issue_that_is_not_ours_is_never_touched(github, body, author, request_):
    github.add("not ours", body, author=author, request=request_)
    before = dict(github.issue(1))
    assert run(github, DIFFERS) == "issue 2 is opened"
    assert run(github, EQUAL) == "issue 2 is closed"
    assert github.issue(1) == before


def test_what_could_not_be_compared_is_as_loud_as_a_difference(github):
    assert run(github, judged(2, "", "error: PAGERDUTY_TOKEN is not accepted")) == "issue 1 is opened"
    assert github.issue(1)["title"] == "Drift of prod is not known"
    assert "PAGERDUTY_TOKEN is not accepted" in github.issue(1)["body"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param(0, "", id="nothing at all, with exit code 0"),
        pytest.param(0, "no JSON", id="no JSON, with exit code 0"),
        pytest.param(1, '{"other": 1}', id="another object"),
        pytest.param(1, "[]", id="a list"),
        pytest.param(1, '{"drifts": [{"what": "rule"}]}', id="a difference without its fields"),
        pytest.param(-9, answer(), id="a killed command"),
        pytest.param(0, answer(SLOW), id="a difference in spite of exit code 0"),
        pytest.param(1, answer(), id="exit code 1 without a difference"),
    ],
)
def test_every_answer_but_a_plain_no_is_alarming(code, text):
    assert judged(code, text).alarming


def test_what_nobody_declares_says_what_it_means(github):
    off = {**SLOW, "property": "status", "declared": "active", "held": "disabled", "consequence": "nobody is paged"}
    run(github, judged(1, answer(off, compared=89, differs=1)))
    assert 'holds "disabled", which nobody declares: nobody is paged; change it back' in github.issue(1)["body"]


def test_a_resource_that_is_gone_or_refused_is_a_sentence():
    gone = {**SLOW, "property": "", "declared": "", "held": ""}
    text = judged(1, answer(gone, {**gone, "refusal": "404: not found"}, {**gone, "source": "platform.yaml"})).text
    assert 'services/shop.yaml:12: rule "shop-slow": its Monitor at Datadog is gone' in text
    assert 'its Monitor at Datadog cannot be read: "404: not found"' in text
    assert 'platform.yaml: rule "shop-slow"' in text


def test_a_list_that_is_too_long_is_cut_at_a_line_with_a_count(github):
    many = [{**SLOW, "name": f"rule-{number}"} for number in range(2_000)]
    run(github, judged(1, answer(*many)))
    body = github.issue(1)["body"]
    shown = len([line for line in body.splitlines() if line.startswith("services/shop.yaml:12: ")])
    assert len(body) < 60_000
    assert 0 < shown < 2_000
    assert f"… and {2_000 - shown} more lines." in body


def test_markup_in_a_value_stays_a_value(github):
    run(github, judged(1, answer({**SLOW, "held": f"``` \n{marker('staging')}\n@ana"})))
    assert github.issue(1)["body"].splitlines()[0] == marker("prod")
    assert "````" in github.issue(1)["body"]


# --- what GitHub answers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "status", "says"),
    [
        pytest.param("GET", 403, "give the job the permission issues: write", id="no permission to read"),
        pytest.param("POST", 403, "give the job the permission issues: write", id="no permission to write"),
        pytest.param("POST", 410, "switch this on", id="issues are switched off"),
        pytest.param("POST", 422, "see that the repository takes this", id="the issue is not accepted"),
        pytest.param("GET", 404, "see that the address is right", id="no such repository"),
    ],
)
def test_a_refusal_is_a_sentence_at_once(github, method, status, says):
    github.raise_problems(method, status, times=99, message="Resource not accessible by integration")
    waits: list[float] = []
    with pytest.raises(VendorError, match=says) as error:
        run(github, DIFFERS, waits)
    assert f'{status} "Resource not accessible by integration"' in str(error.value)
    assert waits == []


def test_a_wrong_token_is_a_sentence(github):
    with pytest.raises(VendorError, match="give the job a valid token in GITHUB_TOKEN"):
        run(github, DIFFERS, token="another")


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        pytest.param(502, {}, [1.0, 2.0], id="an ill GitHub: longer each time"),
        pytest.param(503, {"retry-after": "7"}, [7.0, 7.0], id="as long as it says"),
        pytest.param(429, {"retry-after": "1"}, [1.0, 1.0], id="a limit"),
        pytest.param(403, {"retry-after": "30"}, [30.0, 30.0], id="a secondary limit comes as 403"),
        pytest.param(403, {"x-ratelimit-remaining": "0"}, [1.0, 2.0], id="the hourly limit comes as 403"),
        pytest.param(500, {"retry-after": "soon"}, [1.0, 2.0], id="a word that is no time"),
    ],
)
def test_github_is_waited_for(github, status, headers, expected):
    github.raise_problems("GET", status, headers=headers, times=2)
    waits: list[float] = []
    assert run(github, DIFFERS, waits) == "issue 1 is opened"
    assert waits == expected


def test_a_wait_that_is_longer_than_the_job_ends_it(github):
    github.raise_problems("GET", 500, headers={"retry-after": "86400"})
    with pytest.raises(VendorError, match="asks to wait 86400 s; try again after that"):
        run(github, DIFFERS)


def test_patience_ends(github):
    github.raise_problems("GET", 503, times=99)
    with pytest.raises(VendorError, match="answered 503, 4 times"):
        run(github, DIFFERS)


def test_nobody_listens_is_a_sentence():
    with listening(GitHubStandIn()) as gone:
        pass
    with pytest.raises(VendorError, match=r"GitHub: no answer \(ConnectError\)"):
        run(gone, DIFFERS)


def test_an_issue_whose_answer_was_lost_is_not_opened_twice(github):
    github.raise_problems("POST", 502, after=True)
    assert run(github, DIFFERS) == "issue 1 is there"
    assert github.open() == [1]


def test_two_runs_at_the_same_time_end_with_one_issue(github):
    both = threading.Barrier(2)
    github.before = lambda call: both.wait(10) if call.startswith("POST") else None
    answers: list[str] = []
    runs = [threading.Thread(target=lambda: answers.append(run(github, DIFFERS))) for _ in range(2)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()
    assert len(answers) == 2
    assert github.open() == [1]
    assert github.issue(2)["state_reason"] == "not_planned"


def test_two_that_are_open_become_one_the_next_night(github):
    for _ in range(2):
        github.add("Drift of prod: 1 difference", f"{marker('prod')}\n")
    assert run(github, DIFFERS) == "issue 1 is changed"
    assert github.open() == [1]


def test_the_token_goes_to_the_address_alone_and_is_not_shown(github):
    with listening(GitHubStandIn()) as elsewhere:
        github.redirect = elsewhere.address
        with pytest.raises(VendorError, match="another address, to which no token is sent") as error:
            run(github, DIFFERS)
        assert (elsewhere.calls, TOKEN in str(error.value)) == ([], False)
