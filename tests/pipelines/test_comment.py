"""One comment under a change, over real HTTP against a stand-in: created, changed in place, never deleted."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import httpx
import pytest

from monitoring.errors import MonitoringError, UsageError, VendorError
from monitoring.pipelines.comment import github_thread, gitlab_thread, keep
from monitoring.pipelines.forge import github, gitlab
from monitoring.pipelines.page import shortened
from monitoring.pipelines.pull_request import LABELS, MergeRequest, PullRequest
from tests.pipelines.github_standin import (
    BOT,
    CHANGE,
    LOGIN,
    NOTES,
    NOW,
    REPOSITORY,
    TOKEN,
    GitHubStandIn,
    listening,
    patient_client,
)

MARKER = "<!-- monitoring:review -->"
PAGE = f"{MARKER}\n#### Ana is woken at night by 2 rules more\n"
LEFT_OUT = "1 section is too long for this comment; the summary of the job has the whole page.\n"
LATER = f"{MARKER}\n#### No effect on anybody any more\n"


@pytest.fixture
def forge() -> Iterator[GitHubStandIn]:
    """The stand-in, with nothing in it."""
    with listening(GitHubStandIn()) as standin:
        yield standin


def run(
    forge: GitHubStandIn, page: str = PAGE, *, token: str = TOKEN, begin: bool = True, waits: list[float] | None = None
) -> str:
    """One run of the step at GitHub."""

    async def written() -> str:
        async with httpx.AsyncClient() as http:
            asking = github(patient_client(http, waits), forge.address, token, "pull-requests: write")
            return await keep(github_thread(asking, REPOSITORY, CHANGE), page, author=BOT, begin=begin)

    return asyncio.run(written())


def writes(forge: GitHubStandIn) -> list[str]:
    return [call for call in forge.calls if not call.startswith("GET")]


def test_the_first_review_creates_a_comment(forge):
    assert run(forge) == "comment 1 is created"
    assert forge.bodies(MARKER) == [PAGE]


def test_the_next_push_changes_it_behind_150_others(forge):
    run(forge)
    for number in range(150):
        forge.comment(f"looks good, {number}", author="ben" if number % 2 else BOT)
    assert run(forge, LATER) == "comment 1 is changed"
    assert (forge.comments[0]["body"], len(forge.comments)) == (LATER, 151)
    assert any("page=2" in call for call in forge.calls)


def test_it_is_found_on_the_last_page(forge):
    for number in range(150):
        forge.comment(f"looks good, {number}", author="ben")
    run(forge)
    assert run(forge, LATER) == "comment 151 is changed"
    assert len(forge.bodies(MARKER)) == 1


def test_the_same_page_changes_nothing(forge):
    run(forge)
    forge.comments[0]["body"] = PAGE.replace("\n", "\r\n").strip()
    assert run(forge) == "comment 1 says so already"
    assert len(writes(forge)) == 1


def test_no_effect_any_more_is_a_change_and_no_deletion(forge):
    run(forge)
    assert run(forge, LATER, begin=False) == "comment 1 is changed"
    assert forge.bodies(MARKER) == [LATER]


def test_no_effect_from_the_beginning_is_no_comment(forge):
    assert run(forge, LATER, begin=False) == "nothing to say, and no comment to change"
    assert forge.comments == []


@pytest.mark.parametrize(
    ("body", "author"),
    [
        pytest.param(PAGE, "eve", id="a stranger's comment with our marker"),
        pytest.param(PAGE, "github-actions", id="a person who calls himself almost as the bot"),
        pytest.param(f"> {PAGE}", BOT, id="a comment that quotes ours"),
        pytest.param(f"see\n{PAGE}", BOT, id="our marker further down"),
        pytest.param("<!-- monitoring:review staging -->\n", BOT, id="another page of ours"),
        pytest.param("", BOT, id="an empty comment"),
    ],
)
def test_a_comment_that_is_not_ours_is_never_touched(forge, body, author):
    forge.comment(body, author=author)
    assert run(forge) == "comment 2 is created"
    assert run(forge, LATER) == "comment 2 is changed"
    assert forge.comments[0]["body"] == body


# --- what GitHub answers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "status", "says"),
    [
        pytest.param("GET", 403, "give the job the permission pull-requests: write", id="it may not read"),
        pytest.param("POST", 403, "give the job the permission pull-requests: write", id="it may not write"),
        pytest.param("GET", 404, "see that the address is right", id="no such pull request"),
        pytest.param("POST", 410, "switch this on in the repository's settings", id="the conversation is closed"),
    ],
)
def test_a_refusal_is_a_sentence_at_once(forge, method, status, says):
    forge.raise_problems(method, status, times=99, message="Resource not accessible by integration")
    waits: list[float] = []
    with pytest.raises(VendorError, match=says) as error:
        run(forge, waits=waits)
    assert f'{status} "Resource not accessible by integration"' in str(error.value)
    assert (waits, forge.comments) == ([], [])


def test_a_refusal_for_another_reason_than_the_length_is_a_sentence(forge):
    forge.raise_problems("POST", 422, times=99, message="Validation Failed")
    with pytest.raises(VendorError, match='422 "Validation Failed"; see that the repository takes this'):
        run(forge)


def test_a_wrong_token_is_a_sentence_without_the_token(forge):
    with pytest.raises(VendorError, match="give the job a valid token in GITHUB_TOKEN") as error:
        run(forge, token="ghs-secret")
    assert "ghs-secret" not in str(error.value)
    assert "[token]" in str(error.value), "GitHub's own words repeat it"


@pytest.mark.parametrize(
    ("method", "status", "headers", "expected"),
    [
        pytest.param("GET", 502, {}, [1.0, 2.0], id="an ill GitHub"),
        pytest.param("GET", 429, {"retry-after": "7"}, [7.0, 7.0], id="a limit that says how long"),
        pytest.param("GET", 403, {"retry-after": "30"}, [30.0, 30.0], id="a secondary limit comes as 403"),
        pytest.param(
            "GET", 403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": f"{NOW + 60:.0f}"}, [60.0, 60.0],
            id="the limit of an hour ends at an instant",
        ),
        pytest.param("POST", 503, {}, [1.0, 2.0], id="an ill GitHub that creates nothing"),
    ],
)  # fmt: skip
def test_github_is_waited_for(forge, method, status, headers, expected):
    forge.raise_problems(method, status, headers=headers, times=2)
    waits: list[float] = []
    assert run(forge, waits=waits) == "comment 1 is created"
    assert (waits, len(forge.comments)) == (expected, 1)


def test_a_limit_that_is_too_long_ends_the_step(forge):
    forge.raise_problems("GET", 403, headers={"x-ratelimit-remaining": "0", "x-ratelimit-reset": f"{NOW + 2400:.0f}"})
    with pytest.raises(VendorError, match="asks to wait 2400 s; try again after that"):
        run(forge)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_patience_ends(forge, method):
    forge.raise_problems(method, 503, times=99)
    with pytest.raises(VendorError, match="answered 503"):
        run(forge)


def test_a_comment_whose_answer_was_lost_is_not_created_twice(forge):
    forge.raise_problems("POST", 502, after=True)
    assert run(forge) == "comment 1 is created"
    assert len(forge.comments) == 1


def test_a_redirect_gets_no_token(forge):
    with listening(GitHubStandIn()) as elsewhere:
        forge.redirect = elsewhere.address
        with pytest.raises(VendorError, match="another address, to which no token is sent"):
            run(forge)
        assert elsewhere.calls == []


@pytest.mark.parametrize("address", ["http://github.youragency.com", "not an address", "https://ana:secret@github.com"])
def test_an_address_that_no_token_is_sent_to_is_refused(address):
    with pytest.raises(UsageError, match="GITHUB_API_URL") as error:
        run(GitHubStandIn(address=address))
    assert TOKEN not in str(error.value)


@pytest.mark.parametrize("token", ["a\nb", "тайна", " padded"])
def test_a_token_that_no_header_can_carry_is_a_sentence(forge, token):
    with pytest.raises(UsageError, match="GITHUB_TOKEN has a character that no token has") as error:
        run(forge, token=token)
    assert token not in str(error.value)


def test_two_runs_at_the_same_time_leave_one_comment_with_the_marker(forge):
    both = threading.Barrier(2)
    forge.before = lambda call: both.wait(30) if call.startswith("POST") else None
    answers: list[str] = []
    runs = [threading.Thread(target=lambda: answers.append(run(forge))) for _ in range(2)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()
    assert (len(answers), len(forge.bodies(MARKER))) == (2, 1)
    assert forge.comments[0]["body"] == PAGE
    assert "#issuecomment-1" in forge.comments[1]["body"]
    forge.before = lambda _call: None
    assert run(forge, LATER) == "comment 1 is changed"


# --- a page that is too long -------------------------------------------------------------------------------------


def long_page(sections: int, lines: int = 40) -> str:
    folded = [
        f"<details><summary>high: rule {number}</summary>\n\n" + "before and after\n" * lines + "\n</details>"
        for number in range(sections)
    ]
    return "\n\n".join([f"{MARKER}\n#### Ana is woken", *folded, "judged: 19 of 19 rules"]) + "\n"


def test_a_page_that_github_calls_too_long_is_cut_by_whole_sections(forge):
    forge.longest = 20_000
    assert run(forge, long_page(70)) == "comment 1 is created"
    (body,) = forge.bodies(MARKER)
    kept = body.count("<summary>")
    assert 0 < kept < 70
    assert body.count("<details>") == body.count("</details>") == kept
    assert "#### Ana is woken" in body
    assert "judged: 19 of 19 rules" in body
    assert body.endswith(
        f"{70 - kept} sections are too long for this comment; the summary of the job has the whole page.\n"
    )


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        pytest.param(PAGE, PAGE, id="a short page is as it is"),
        pytest.param(
            f"{MARKER}\n{'ä' * 110_000}\n",
            f"{MARKER}\n{LEFT_OUT}",
            id="one section of too many bytes",
        ),
        pytest.param(
            f"{MARKER}\nfirst\n\n{'x' * 60_000}\n\nlast\n",
            f"{MARKER}\nfirst\n\nlast\n\n{LEFT_OUT}",
            id="a long section between short ones",
        ),
    ],
)
def test_what_is_left_of_a_page(page, kept):
    assert shortened(page) == kept


@pytest.mark.parametrize("page", ["", "#### no marker\n", "<!-- other -->\n", f"text\n{MARKER}\n"])
def test_a_page_without_its_marker_is_not_written(forge, page):
    with pytest.raises(UsageError, match="does not begin with its hidden marker"):
        run(forge, page)
    assert writes(forge) == []


# --- labels and reviewers ----------------------------------------------------------------------------------------


async def pull_request(forge: GitHubStandIn, http: httpx.AsyncClient) -> PullRequest:
    asking = github(patient_client(http), forge.address, TOKEN, "pull-requests: write")
    return PullRequest(asking, REPOSITORY, CHANGE, "ana")


def label(forge: GitHubStandIn, risk: str) -> str:
    async def labelled() -> str:
        async with httpx.AsyncClient() as http:
            return await (await pull_request(forge, http)).label(risk)

    return asyncio.run(labelled())


def reviewers(forge: GitHubStandIn, *logins: str) -> str:
    async def requested() -> str:
        async with httpx.AsyncClient() as http:
            return await (await pull_request(forge, http)).ask_for_reviews(logins)

    return asyncio.run(requested())


@pytest.mark.parametrize("risk", LABELS)
def test_one_label_of_ours_stands_there_and_other_people_s_stay(forge, risk):
    forge.labels = ["bug", LABELS["medium"], LABELS["none"]]
    assert label(forge, risk) == f'labelled "{LABELS[risk]}"'
    assert sorted(forge.labels) == sorted(["bug", LABELS[risk]])


def test_a_label_that_stands_there_is_not_set_again(forge):
    forge.labels = [LABELS["high"]]
    label(forge, "high")
    assert writes(forge) == []


def test_whoever_loses_cover_is_asked_but_not_the_author(forge):
    assert reviewers(forge, "Ana", "ben", "eve") == (
        "asked for a review: ben; not asked, because they are no collaborators: eve"
    )
    assert forge.reviewers == ["ben"]


def test_nobody_to_ask_asks_nobody(forge):
    assert reviewers(forge) == "asked for a review: nobody"
    assert forge.calls == []


# --- GitLab ------------------------------------------------------------------------------------------------------


def note(forge: GitHubStandIn, page: str = PAGE) -> str:
    async def written() -> str:
        async with httpx.AsyncClient() as http:
            asking = gitlab(patient_client(http), forge.address, TOKEN)
            return await keep(gitlab_thread(asking, REPOSITORY, CHANGE), page, author=LOGIN, begin=True)

    return asyncio.run(written())


def test_gitlab_s_note_is_created_once_and_changed_in_place_behind_150_others(forge):
    assert note(forge) == "comment 1 is created"
    for number in range(150):
        forge.comment(f"looks good, {number}", author=LOGIN)
    forge.comment(PAGE, author="eve")
    assert note(forge, LATER) == "comment 1 is changed"
    assert forge.comments[0]["body"] == LATER
    assert forge.bodies(PAGE) == [PAGE], "the stranger's"
    assert writes(forge) == [f"POST {NOTES}", f"PUT {NOTES}/1"]


def gitlab_label(forge: GitHubStandIn, risk: str) -> str:
    async def labelled() -> str:
        async with httpx.AsyncClient() as http:
            asking = gitlab(patient_client(http), forge.address, TOKEN)
            return await MergeRequest(asking, REPOSITORY, CHANGE).label(risk)

    return asyncio.run(labelled())


@pytest.mark.parametrize("risk", LABELS)
def test_one_label_of_ours_stands_at_gitlab_and_other_people_s_stay(forge, risk):
    forge.labels = ["bug", LABELS["medium"], LABELS["none"]]
    assert gitlab_label(forge, risk) == f'labelled "{LABELS[risk]}"'
    assert sorted(forge.labels) == sorted(["bug", LABELS[risk]])
    assert writes(forge) == [f"PUT {NOTES.removesuffix('/notes')}"]


def test_no_label_has_a_comma_which_gitlab_takes_for_the_end_of_a_name():
    assert "," not in "".join(LABELS.values())


def test_a_role_that_may_only_write_notes_gets_no_label_and_the_step_goes_on(forge):
    forge.raise_problems("PUT", 403, message="403 Forbidden")
    assert gitlab_label(forge, "high") == (
        'not labelled "alerting: high risk": GitLab refuses it; give GITLAB_TOKEN the role Developer'
    )
    assert forge.labels == []


def test_another_refusal_of_the_label_is_a_sentence_and_no_success(forge):
    forge.raise_problems("PUT", 404, message="404 Not found")
    with pytest.raises(VendorError, match=r"GitLab refuses PUT .*: 404 .*; see that the address is right"):
        gitlab_label(forge, "high")


def test_gitlab_s_refusal_names_its_own_variable(forge):
    forge.raise_problems("POST", 401, times=99)
    with pytest.raises(
        MonitoringError, match=r"GitLab refuses POST .*: 401 .*; give the job a valid token in GITLAB_TOKEN"
    ):
        note(forge)
