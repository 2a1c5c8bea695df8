"""What the catalog says inside pages that are written by hand: a part by its name, as a pure function to Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from monitoring.docs.parts.accounts import channels, must_exist
from monitoring.docs.parts.escalation import escalation
from monitoring.docs.parts.first_minutes import FirstMinutes
from monitoring.docs.parts.people import people, roles
from monitoring.docs.parts.rules import security_rules, thresholds, under_review
from monitoring.docs.parts.severities import severities, update_clock
from monitoring.docs.parts.template_fields import template_fields
from monitoring.model.catalog import Catalog
from monitoring.model.severity import Severity

# A part is made from the catalog and from the way to the documents' folder, with which links begin: "" or "../".
MakePart = Callable[[Catalog, str], str]

PARTS: Mapping[str, MakePart] = {
    "severities": severities,
    "update-clock": update_clock,
    "roles": roles,
    "people": people,
    "escalation": escalation,
    "channels": channels,
    "security-rules": security_rules,
    "thresholds": thresholds,
    "rules-under-review": under_review,
    "must-exist": must_exist,
    "template-fields": template_fields,
    **{f"first-minutes-{severity}": FirstMinutes(severity) for severity in Severity},
}

__all__ = ["PARTS", "MakePart"]
