"""No text holds a vendor's handle: who is told is decided by routes, once, and not by a word in a message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import RULES
from monitoring.model.signals import Signal

ABOUT = RULES
_HANDLE = re.compile(r"(?<![\w.+-])@[A-Za-z][\w-]*")


def looks_at(case: Case, watch: Watch[Signal]) -> Iterator[Finding]:
    """Looks at the texts of each rule; finds words that Datadog or Slack would take for a receiver."""
    rule = watch.rule
    for field, text in (("title", rule.title), ("means", rule.means), ("query", rule.query and rule.query.query)):
        for handle in _HANDLE.findall(text or ""):
            if field != "query" or handle.startswith(("@pagerduty-", "@slack-", "@webhook-", "@team-")):
                what = f'its {field} holds the handle "{handle}", which would be told on every transition'
                remedy = "take it out, and route the severity in teams.yaml"
                yield found(case, "rule", rule.id, field, key=f"handle {handle}", what=what, remedy=remedy)
