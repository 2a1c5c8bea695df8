"""One comment of ours under a change: created once, found by its hidden marker, changed in place, never deleted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from monitoring.errors import VendorError
from monitoring.pipelines.forge import Forge, LostAnswerError, RefusedError
from monitoring.pipelines.page import MAX_BYTES, MAX_CHARACTERS, has_marker, marker_of, shortened
from monitoring.vendors.waiting import FIRST_WAIT

Written = TypeVar("Written")
TOO_LONG = (413, 422)
MIN_CHARACTERS = 1_000
"""A page that is refused when it is as short as this is refused for another reason than its length."""
MOVED = "Another run wrote the same page at the same moment; it is kept up to date in {}.\n"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment under a change."""

    id: int
    body: str
    author: str
    address: str


@dataclass(frozen=True, slots=True)
class Thread:
    """The comments under one change: the path of their list, that of each, and how one is changed."""

    forge: Forge
    listed: str
    each: str
    change_by: str

    async def own(self, author: str, marker: str) -> list[Comment]:
        """An author's comments that begin with a marker, the oldest first, over all pages."""
        every = [_comment(entry) for entry in await self.forge.pages(self.listed)]
        own = [comment for comment in every if comment.author == author and has_marker(comment.body, marker)]
        return sorted(own, key=lambda comment: comment.id)

    async def create_once(self, body: str) -> Comment:
        """A new comment."""
        return _comment(await self.forge.create_once(self.listed, {"body": body}))

    async def change(self, comment: Comment, body: str) -> None:
        """Gives a comment another text."""
        await self.forge.ask(self.change_by, f"{self.each}/{comment.id}", json={"body": body})


def github_thread(forge: Forge, repository: str, number: int) -> Thread:
    """The comments under a pull request, which GitHub keeps with the issues."""
    issues = f"/repos/{repository}/issues"
    return Thread(forge, f"{issues}/{number}/comments", f"{issues}/comments", "PATCH")


def gitlab_thread(forge: Forge, project: str, number: int) -> Thread:
    """The notes under a merge request."""
    notes = f"/projects/{quote(project, safe='')}/merge_requests/{number}/notes"
    return Thread(forge, notes, notes, "PUT")


def _comment(entry: Mapping[str, Any]) -> Comment:
    """A comment of GitHub, or a note of GitLab, which calls its author otherwise and gives no address."""
    author = entry["user"]["login"] if "user" in entry else entry["author"]["username"]
    return Comment(int(entry["id"]), entry["body"] or "", author, entry.get("html_url") or f"note {entry['id']}")


async def keep(thread: Thread, page: str, *, author: str, begin: bool) -> str:
    """Creates or changes the comment, and says in a sentence what was done.

    `begin` is whether the page is worth a first comment; a page that says "no effect any more" only changes one.
    """
    marker = marker_of(page)
    own = await thread.own(author, marker)
    if not own and not begin:
        return "nothing to say, and no comment to change"
    if not own:
        return await _created(thread, page, author=author, marker=marker)
    await _retire(thread, own)
    return await _changed(thread, own[0], page)


async def _changed(thread: Thread, comment: Comment, page: str) -> str:
    if _same(comment.body, shortened(page)):
        return f"comment {comment.id} says so already"
    await _as_long_as_taken(page, lambda body: thread.change(comment, body))
    return f"comment {comment.id} is changed"


async def _created(thread: Thread, page: str, *, author: str, marker: str) -> str:
    """Looks again before each further attempt: an answer that was lost does not mean that nothing was created."""
    client = thread.forge.client
    for attempt in range(client.patience.attempts):
        try:
            created = await _as_long_as_taken(page, thread.create_once)
            return await _settled(thread, page, await thread.own(author, marker) or [created], created)
        except LostAnswerError as error:
            lost = error
        await client.sleep(FIRST_WAIT * 2.0**attempt)
        if own := await thread.own(author, marker):
            return await _settled(thread, page, own, own[0])
    raise VendorError(f"{lost}; nobody knows whether the comment was created, run this again")


async def _settled(thread: Thread, page: str, own: list[Comment], created: Comment) -> str:
    """Keeps the oldest comment where another run created one at the same moment, with the page of the later run."""
    await _retire(thread, own)
    if own[0].id == created.id:
        return f"comment {created.id} is created"
    return await _changed(thread, own[0], page)


async def _retire(thread: Thread, own: list[Comment]) -> None:
    """Lets every comment but the oldest say where that is, so that one alone carries the marker."""
    for comment in own[1:]:
        await thread.change(comment, MOVED.format(own[0].address))


async def _as_long_as_taken(page: str, write: Callable[[str], Awaitable[Written]]) -> Written:
    """What comes of writing the page, shorter each time that the forge calls it too long.

    Raises RefusedError for another reason.
    """
    characters, size = MAX_CHARACTERS, MAX_BYTES
    while True:
        body = shortened(page, characters, size)
        try:
            return await write(body)
        except RefusedError as error:
            if error.status not in TOO_LONG or len(body) <= MIN_CHARACTERS:
                raise
            characters, size = min(characters, len(body)) // 2, size // 2


def _same(body: str, page: str) -> bool:
    return body.replace("\r\n", "\n").strip() == page.strip()
