"""A site that is made again while its catalog changes: what is wrong now stands on every page, and pages reload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from monitoring.errors import Problem
from monitoring.model.scalars import many
from monitoring.site.addresses import STATE
from monitoring.site.blocks import ListBlock, PageBlock, PagePart, SiteFrame, SitePage, TextBlock
from monitoring.site.rendering import asset, data_script, html

MAX_MESSAGES = 20
"""Messages on each page; the terminal and `monitoring check` list all of them."""
UNREADABLE = "The catalog cannot be read as it is now. These pages are those of the last one that could."
UNREAD = "The catalog cannot be read as it is now. The pages come as soon as it can."


@dataclass(frozen=True, slots=True)
class Watching:
    """What is wrong while a site is watched: every message, and whether the pages are older than the catalog."""

    messages: Sequence[str] = ()
    is_behind: bool = False

    @property
    def notices(self) -> tuple[PageBlock, ...]:
        """The same at the top of a page; nothing where nothing is wrong."""
        if not self.messages:
            return ()
        head = UNREADABLE if self.is_behind else f"{many(len(self.messages), 'problem')} now."
        left = len(self.messages) - MAX_MESSAGES
        more = [f"{left} more in the terminal"] if left > 0 else []
        return TextBlock(head, "bad"), ListBlock([*self.messages[:MAX_MESSAGES], *more])


def messages_of(problems: Sequence[Problem]) -> tuple[str, ...]:
    """The problems as `monitoring check` says them."""
    return tuple(map(str, problems))


def watch_files(pages: Mapping[str, str]) -> dict[str, str]:
    """What makes an open page load itself again: the script, and the mark that changes with any page."""
    mark = sha256("".join(pages[name] for name in sorted(pages)).encode(errors="replace")).hexdigest()
    return {"watch.js": asset("watch.js"), "site-mark.js": data_script("siteMark", mark)}


def waiting_files(watched: Watching) -> dict[str, str]:
    """A first page for a catalog of which no page could be made yet."""
    page = SitePage(STATE, "Not readable yet", "State", (PagePart("What is wrong", (TextBlock(UNREAD),)),))
    frame = SiteFrame("Alerting", "", "Made while the catalog could not be read.", watched.notices[1:], is_watched=True)
    pages = {STATE: html(page, frame, {}), "style.css": asset("style.css")}
    return pages | watch_files(pages)
