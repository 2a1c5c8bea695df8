"""No text holds a vendor's handle: who is told is decided by routes, once, and not by a word in a message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import RULES
from monitoring.model.signals import Signal

_HANDLE = re.compile(r"(?<![\w.+-])@[A-Za-z][\w-]*")


@rule_check("message-handles", about=RULES)
def message_handles(context: Context, watched: WatchedRule[Signal]) -> Iterator[Finding]:
    """Looks at the texts of each rule; finds words that Datadog or Slack would take for a receiver."""
    rule = watched.rule
    for field, text in (("title", rule.title), ("means", rule.means), ("query", rule.query and rule.query.query)):
        for handle in _HANDLE.findall(text or ""):
            if field != "query" or handle.startswith(("@pagerduty-", "@slack-", "@webhook-", "@team-")):
                what = f'its {field} holds the handle "{handle}", which would be told on every transition'
                remedy = "take it out, and route the severity in teams.yaml"
                yield context.finding("rule", rule.id, field, key=f"handle {handle}", what=what, remedy=remedy)
