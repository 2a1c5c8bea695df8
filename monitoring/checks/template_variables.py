"""A template variable in a text is one that the rule's groups fill."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._groups import grouping
from monitoring.checks._subjects import RULES
from monitoring.model.signals import Signal

_VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


@rule_check("template-variables", about=RULES)
def template_variables(context: Context, watched: WatchedRule[Signal]) -> Iterator[Finding]:
    """Looks at the texts of each rule; finds variables that nothing fills, so that a page would show an empty place.

    Datadog fills `{{key.name}}` for the keys that a monitor groups by, and no other vendor fills any.
    """
    _, rule, signal = watched
    filled = [f"{key}.name" for key in grouping(context.catalog, signal).keys]
    for field, text in (("title", rule.title), ("means", rule.means)):
        for name in _VARIABLE.findall(text):
            if name not in filled:
                remedy = f"write {{{{{filled[0]}}}}}" if filled else "say it in words, or group a metric with by"
                what = f'nothing fills "{{{{{name}}}}}"'
                yield context.finding("rule", rule.id, field, key=f"variable {name}", what=what, remedy=remedy)
