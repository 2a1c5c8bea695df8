"""The index of the runbooks, for somebody who has been woken and knows only what the page said."""

from __future__ import annotations

from monitoring.docs.markdown import code, document, link, made_from, plain, table
from monitoring.docs.rule_facts import by_rule, rules_by_severity
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.service import Service
from monitoring.model.severity import Severity


def runbook_index(catalog: Catalog) -> str:
    """The page that leads from a rule's id to its runbook, the most severe first."""
    rules = rules_by_severity(catalog, catalog.shared_environment)
    return document(
        "# Runbooks",
        made_from(catalog),
        "What to do when a rule fires: one page a rule, named as the id at the end of the page's title.\n"
        "Each says what it means, whom it hurts, how to find the cause and how to end it.\n"
        "How to acknowledge, escalate and hand over is in [on call](../operations/on-call.md).",
        *(
            _severity(catalog, severity, tuple(rule for rule, *_ in by_rule(matching)))
            for severity, matching in rules.items()
        ),
        _status_pages(catalog),
    )


def _severity(catalog: Catalog, severity: Severity, rules: tuple[EffectiveRule, ...]) -> str:
    heading = f"## {severity}: {plain(catalog.severities[severity].title)}"
    return f"{heading}\n\n{table(['runbook', 'rule', 'service'], map(_row, rules))}"


def _row(rule: EffectiveRule) -> list[str]:
    return [link(plain(rule.rule.title), f"{rule.rule.id}.md"), code(rule.rule.id), plain(rule.service.title)]


def _status_pages(catalog: Catalog) -> str:
    bought = [service for service in catalog.services.values() if service.status_page]
    if not bought:
        return ""
    rows = ([link(plain(service.title), service.status_page or ""), _needed_by(catalog, service)] for service in bought)
    return f"## Status pages of what we buy\n\n{table(['service', 'what needs it'], rows)}"


def _needed_by(catalog: Catalog, bought: Service) -> str:
    needing = (service.title for service in catalog.services.values() if bought.service in service.depends_on)
    return plain(", ".join(needing))
