"""No text holds a vendor's handle, or a link of Slack's whose label hides where it leads.

Who is told is decided by routes, once, and not by a word in a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding, place
from monitoring.checks._sent_texts import SENDING, look
from monitoring.sent_texts import EntryName, Word

# Datadog notifies whatever follows an @ (docs.datadoghq.com/monitors/notify), Slack whatever follows <!, <@ and <#
# (docs.slack.dev/messaging/formatting-message-text). An e-mail address has a letter before its @, and a variable that
# names a facet of logs begins with it, as in {{@region.name}} (docs.datadoghq.com/monitors/notify/variables).
_HANDLE = re.compile(r"@(?<![\w.+-]@)(?<!\{\{@)(?<!\{\{ @)\w[\w-]*|<[!@#][^<>\s]{0,40}>?")
# Slack shows <ADDRESS|LABEL> as its label alone (docs.slack.dev/messaging/formatting-message-text).
_LINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{0,20}://|mailto:|tel:)[^<>|\n]*+\|[^<>\n]*+>?")


# What each is called, why it is refused, and what to do.
HANDLE = ("handle", "which would be told on every transition", "take it out, and route the severity in teams.yaml")
LINK = ("link", "of which Slack shows the label alone", "write the address itself, as in https://status.youragency.com")


@catalog_check("message-handles", about=SENDING)
def message_handles(context: Context) -> Iterator[str | Finding]:
    """Looks at each text that is sent; finds words that Datadog or Slack takes for a receiver or a link."""

    def report(word: Word, written: str) -> Finding:
        kind, why, remedy = LINK if _LINK.fullmatch(written) else HANDLE
        what = f'its {word.field} holds the {kind} "{written}", {why}'
        key = f"{kind} {written} in {place(word.kind, word.field)}"
        return context.finding(word.kind, word.name, *word.path, key=key, what=what, remedy=remedy)

    yield from look(context, _handles_and_links, report)


def _handles_and_links(_: EntryName, text: str) -> Iterator[str]:
    if "@" in text or "<" in text:
        yield from dict.fromkeys(match[0] for pattern in (_HANDLE, _LINK) for match in pattern.finditer(text))
