"""Each rule has a runbook with the four headings, and each runbook has its rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import RULES
from monitoring.errors import Source
from monitoring.loader.runbooks import RunbookTexts
from monitoring.model.references import nearest
from monitoring.model.scalars import quoted
from monitoring.naming.names import runbook_path

HEADINGS = ("Meaning", "Impact", "Diagnosis", "Mitigation")
INDEXES = ("README", "index")
_HEADING = re.compile(r"^## +(.+?) *#* *$", re.MULTILINE)


@catalog_check("rule-runbook", about=RULES)
def rule_runbook(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule; finds missing and incomplete runbooks, and those of rules that do not exist."""
    folder, is_there = _folder(context)
    for _, rule, _ in context.rules:
        yield rule.id
        if is_there:
            yield from _of_rule(context, rule.id, folder)
    if context.rules and not is_there:
        yield _no_folder(context, folder)
    yield from _left_over(context)


def _folder(context: Context) -> tuple[str, bool]:
    """The folder in which the runbooks were looked for, and whether it is there."""
    runbooks = context.runbooks
    return (runbooks.folder, runbooks.is_there) if isinstance(runbooks, RunbookTexts) else ("runbooks", True)


def _no_folder(context: Context, folder: str) -> Finding:
    example = runbook_path(context.rules[0].rule.id)
    what = f'there is no folder "{folder}", so no rule has a runbook'
    remedy = f"write {example} beside the catalog, or name their folder: monitoring check --runbooks DIR"
    return context.finding("platform", "", key="no runbooks", what=what, remedy=remedy)


def _of_rule(context: Context, rule: str, folder: str) -> Iterator[Finding]:
    text = context.runbooks.get(rule)
    if text is None:
        what, remedy = f'has no runbook "{folder}/{rule}.md"', f"write it, with {', '.join(HEADINGS)}"
        yield context.finding("rule", rule, "id", key="no runbook", what=what, remedy=remedy)
    else:
        yield from _incomplete(context, rule, text)


def _incomplete(context: Context, rule: str, text: str) -> Iterator[Finding]:
    parts = _HEADING.split(text)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    for heading in HEADINGS:
        if not sections.get(heading, "").strip():
            state = "empty" if heading in sections else "no"
            what = f'its runbook "{runbook_path(rule)}" has {state} "{heading}"'
            what = what.replace("has empty", "has nothing under")
            yield context.finding(
                "rule", rule, "id", key=f"{state} {heading}", what=what, remedy=f"write it under ## {heading}"
            )
    order = [heading for heading in parts[1::2] if heading in HEADINGS]
    if order != sorted(order, key=HEADINGS.index):
        what = f'its runbook "{runbook_path(rule)}" has its headings in another order'
        remedy = f"put them as {', '.join(HEADINGS)}"
        yield context.finding("rule", rule, "id", key="headings out of order", what=what, remedy=remedy)


def _left_over(context: Context) -> Iterator[Finding]:
    known = {*context.catalog.rules, *context.catalog.accepted.retired, *INDEXES}
    for name in sorted(context.runbooks.keys() - known):
        source, what = Source(runbook_path(name)), f"no rule is called {quoted(name)}"
        remedy = f"rename it to a rule's id ({nearest(name, context.catalog.rules)}), or take it away"
        yield Finding(f"{name}: runbook without rule", source, "", what, remedy)
