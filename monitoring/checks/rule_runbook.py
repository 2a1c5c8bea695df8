"""Each rule has a runbook with the four headings, and each runbook has its rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Watch, found
from monitoring.checks._subjects import RULES
from monitoring.conventions import runbook_path
from monitoring.errors import Source
from monitoring.model.references import nearest
from monitoring.model.signals import Signal

ABOUT = RULES
HEADINGS = ("Meaning", "Impact", "Diagnosis", "Mitigation")
INDEXES = ("README", "index")
_HEADING = re.compile(r"^## +(.+?) *#* *$", re.MULTILINE)


def looks_at(case: Case, watch: Watch[Signal]) -> Iterator[Finding]:
    """Looks at each rule; finds missing and incomplete runbooks."""
    name = watch.rule.id
    text = case.runbooks.get(name)
    if text is None:
        what, remedy = f'has no runbook "{runbook_path(name)}"', f"write it, with {', '.join(HEADINGS)}"
        yield found(case, "rule", name, "id", key="no runbook", what=what, remedy=remedy)
    else:
        yield from _incomplete(case, name, text)


def _incomplete(case: Case, rule: str, text: str) -> Iterator[Finding]:
    parts = _HEADING.split(text)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    for heading in HEADINGS:
        if not sections.get(heading, "").strip():
            flaw = "empty" if heading in sections else "no"
            what = f'its runbook "{runbook_path(rule)}" has {flaw} "{heading}"'
            what = what.replace("has empty", "has nothing under")
            yield found(
                case, "rule", rule, "id", key=f"{flaw} {heading}", what=what, remedy=f"write it under ## {heading}"
            )
    order = [heading for heading in parts[1::2] if heading in HEADINGS]
    if order != sorted(order, key=HEADINGS.index):
        what = f'its runbook "{runbook_path(rule)}" has its headings in another order'
        remedy = f"put them as {', '.join(HEADINGS)}"
        yield found(case, "rule", rule, "id", key="headings out of order", what=what, remedy=remedy)


def looks(case: Case) -> Iterator[Finding]:
    """Looks at each runbook; finds those of rules that do not exist."""
    known = {*case.catalog.rules, *case.catalog.accepted.retired, *INDEXES}
    for name in sorted(case.runbooks.keys() - known):
        source, what = Source(runbook_path(name)), f'no rule is called "{name}"'
        remedy = f"rename it to a rule's id ({nearest(name, case.catalog.rules)}), or take it away"
        yield Finding(f"{name}: runbook without rule", source, "", what, remedy)
