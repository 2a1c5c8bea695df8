"""The step that reviews a change: the job's summary always, and at a pull request one comment, one label, reviewers."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from monitoring.cli import absent
from monitoring.cli.ci.judge import QualityOption
from monitoring.cli.console import CatalogOption, catalog_folder
from monitoring.cli.drill import moment
from monitoring.cli.files import require_place, write
from monitoring.cli.job import Places, append_summary, at, say
from monitoring.cli.review import FailOnOption, as_json, vendors_of
from monitoring.errors import MonitoringError, Problem, UsageError
from monitoring.loader import PlatformFiles, load
from monitoring.pipelines.comment import Thread, github_thread, gitlab_thread, keep
from monitoring.pipelines.event import ChangeEvent, change_at_github, change_at_gitlab, why_no_secrets
from monitoring.pipelines.forge import github, github_address, gitlab
from monitoring.pipelines.page import shortened
from monitoring.pipelines.pull_request import MergeRequest, PullRequest
from monitoring.pipelines.review_answer import ReviewAnswer, effects_as_code_quality
from monitoring.review.comment import comment
from monitoring.review.reviewing import Review, review_of
from monitoring.review.sides import ReviewSide, review_sides
from monitoring.review.vendor_effects import with_vendors
from monitoring.vendors.client import opened

FOR_A_FORK = "pull_request_target"
"""The event of a workflow that runs the base's own code, and whose token may write although the change is a fork's."""
SUMMARY_ALONE = "no comment is kept, because {}; the review is in the job's summary"


@dataclass(frozen=True, slots=True)
class ReviewedChange:
    """A review of a change: its page, what it says as data, and the logins that are to look at it."""

    page: str
    answer: ReviewAnswer
    logins: tuple[str, ...]


def review(
    base: Annotated[str, typer.Argument(metavar="BASE", help="The revision that the change goes to: HEAD^1.")],
    head: Annotated[
        str | None, typer.Argument(metavar="HEAD", help="The changed one.", show_default="the working tree")
    ] = None,
    catalog: CatalogOption = None,
    fail_on: FailOnOption = None,
    approvers: Annotated[
        bool, typer.Option("--approvers", help="Ask those who gain nights or shifts or lose cover for a review.")
    ] = False,
    quality: QualityOption = None,
    author: Annotated[
        str, typer.Option("--author", metavar="LOGIN", help="Whose comment it is: the account of GITHUB_TOKEN.")
    ] = "github-actions[bot]",
) -> None:
    """Review a change for the people who read it: in the job's summary, and in one comment that is kept up to date.

    What the vendors will be asked to do is part of it; where the Plans cannot be made, it says "not asked" and why.

    A change from a fork gets the summary alone, because its job has no token that may write.
    """
    require_place(quality, "--code-quality")
    reviewed = _reviewed(base, head, catalog, approvers=approvers)
    say(reviewed.page)
    append_summary(shortened(reviewed.page))
    if quality is not None:
        write(quality, _as_code_quality(reviewed.answer, catalog_folder(catalog)), "--code-quality")
    for sentence in asyncio.run(_written(reviewed, author)):
        say(sentence)
    raise typer.Exit(1 if fail_on and reviewed.answer.is_as_grave(fail_on) else 0)


def _reviewed(base: str, head: str | None, catalog: Path | None, *, approvers: bool) -> ReviewedChange:
    """The review of a change; UsageError where it cannot be reviewed."""
    try:
        old, new = review_sides(base, head, lambda: catalog_folder(catalog))
        review = with_plans(review_of(old, new, moment(None, "Etc/UTC")), old, new)
    except UsageError as error:
        raise UsageError(f"the change cannot be reviewed: {error}") from None
    answer = ReviewAnswer.model_validate(as_json(review, old, new))
    logins = _logins(answer.approvers, catalog_folder(catalog)) if approvers else ()
    return ReviewedChange(comment(review, old.label, new.label), answer, logins)


def with_plans(review: Review, old: ReviewSide, new: ReviewSide) -> Review:
    """The review with what the vendors will be asked to do, or with why nobody can say it; it never fails for that."""
    try:
        return with_vendors(review, vendors_of(old, new, review.at), old.catalog, new.catalog)
    except (MonitoringError, OSError) as error:
        return replace(review, not_asked=str(error))
    except ModuleNotFoundError as error:
        return replace(review, not_asked=absent((error.name or "").partition(".")[0]))


def _logins(names: Sequence[str], folder: Path) -> tuple[str, ...]:
    """The logins of people, as far as the catalog of this checkout knows them."""
    people = load(folder).oncall.people
    return tuple(login for name in names if name in people and (login := people[name].login))


def _as_code_quality(answer: ReviewAnswer, folder: Path) -> str:
    places = Places(folder, PlatformFiles(folder).runbooks)
    paths = {
        effect.place: at(Problem(effect.place, "", "", "", ""), places.path(effect.place.file)).source.file
        for effect in answer.effects
    }
    return effects_as_code_quality(answer, paths)


# --- where it is written ---------------------------------------------------------------------------------------


async def _written(reviewed: ReviewedChange, author: str) -> list[str]:
    if change := change_at_github(os.environ):
        return await _at_github(reviewed, change, author)
    if change := change_at_gitlab(os.environ):
        return await _at_gitlab(reviewed, change)
    return [SUMMARY_ALONE.format("this runs for no pull request")]


async def _at_github(reviewed: ReviewedChange, change: ChangeEvent, author: str) -> list[str]:
    whose = "" if os.environ.get("GITHUB_EVENT_NAME") == FOR_A_FORK else why_no_secrets(os.environ)
    token = os.environ.get("GITHUB_TOKEN")
    if whose:
        return [SUMMARY_ALONE.format(f"this change comes from {whose}, to which GitHub gives no token that may write")]
    if not token:
        return [SUMMARY_ALONE.format("the step has no GITHUB_TOKEN in its env")]
    async with opened() as client:
        forge = github(client, github_address(), token, "pull-requests: write")
        request = PullRequest(forge, change.base, change.number, change.author)
        sentence = await _kept(github_thread(forge, change.base, change.number), reviewed, author)
        requests = [await request.ask_for_reviews(reviewed.logins)] if reviewed.logins else []
        return [sentence, await request.label(reviewed.answer.risk), *requests]


async def _at_gitlab(reviewed: ReviewedChange, change: ChangeEvent) -> list[str]:
    token, address = os.environ.get("GITLAB_TOKEN"), os.environ.get("CI_API_V4_URL")
    if not token or not address:
        return [SUMMARY_ALONE.format("the job has no GITLAB_TOKEN")]
    async with opened() as client:
        forge = gitlab(client, address, token)
        account = await forge.ask("GET", "/user")
        sentence = await _kept(gitlab_thread(forge, change.base, change.number), reviewed, account["username"])
        request = MergeRequest(forge, change.base, change.number)
        return [sentence, await request.label(reviewed.answer.risk)]


async def _kept(thread: Thread, reviewed: ReviewedChange, author: str) -> str:
    return await keep(thread, reviewed.page, author=author, begin=bool(reviewed.answer.effects))
