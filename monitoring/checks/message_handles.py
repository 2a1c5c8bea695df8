"""No text holds a vendor's handle: who is told is decided by routes, once, and not by a word in a message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding, place
from monitoring.checks._sent_texts import SENDING, look
from monitoring.sent_texts import EntryName, Word

# Datadog notifies whatever follows an @ (docs.datadoghq.com/monitors/notify), Slack whatever follows <!, <@ and <#
# (docs.slack.dev/messaging/formatting-message-text). An e-mail address has a letter before its @.
_HANDLE = re.compile(r"(?<![\w.+-])@\w[\w-]*|<[!@#][^<>\s]{0,40}>?")


@catalog_check("message-handles", about=SENDING)
def message_handles(context: Context) -> Iterator[str | Finding]:
    """Looks at each text that is sent; finds words that Datadog or Slack would take for a receiver."""

    def report(word: Word, handle: str) -> Finding:
        what = f'its {word.field} holds the handle "{handle}", which would be told on every transition'
        remedy = "take it out, and route the severity in teams.yaml"
        key = f"handle {handle} in {place(word.kind, word.field)}"
        return context.finding(word.kind, word.name, *word.path, key=key, what=what, remedy=remedy)

    yield from look(context, _handles, report)


def _handles(_: EntryName, text: str) -> Iterator[str]:
    yield from dict.fromkeys(_HANDLE.findall(text))
