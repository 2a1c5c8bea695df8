"""A template variable in a text is one that the rule's groups fill."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding, place
from monitoring.checks._groups import grouping
from monitoring.checks._sent_texts import SENDING, look
from monitoring.model.catalog import Catalog
from monitoring.model.signals import Signal
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.sent_texts import EntryName, Word

# What Datadog reads as a template begins with two braces and, where it is not closed, takes what follows with it.
_TEMPLATE = re.compile(r"\{\{[^{}\n]{0,60}\}\}|\{\{[^\n]{0,60}|\}\}")
_VARIABLE = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")
THRESHOLD = "threshold"
VALUE = "value"
"""The value that fires, for monitors on metrics (docs.datadoghq.com/monitors/notify/variables, 2026-11-26)."""


@catalog_check("template-variables", about=SENDING)
def template_variables(context: Context) -> Iterator[str | Finding]:
    """Looks at each text that is sent; finds templates that nothing fills, so that a page would show an empty place."""
    filled = {EntryName("rule", rule.id): variables(context.catalog, signal) for _, rule, signal in context.rules}

    def find(entry: EntryName, text: str) -> Iterator[str]:
        if "{{" not in text and "}}" not in text:
            return
        legal = filled.get(entry, ())
        rest = _VARIABLE.sub(lambda variable: "" if variable[1] in legal else variable[0], text)
        yield from dict.fromkeys(match[0].strip() for match in _TEMPLATE.finditer(rest))

    def report(word: Word, template: str) -> Finding:
        legal = filled.get(EntryName(word.kind, word.name), ())
        of_groups = [name for name in legal if name not in (THRESHOLD, VALUE)]
        remedy = f"write {{{{{of_groups[0]}}}}}" if of_groups else "say it in words, or group a metric with by"
        key, what = f"variable {template.strip('{} ')} in {place(word.kind, word.field)}", f'nothing fills "{template}"'
        return context.finding(word.kind, word.name, *word.path, key=key, what=what, remedy=remedy)

    yield from look(context, find, report)
    yield from _values_in_titles(context)
    yield from _values_without_data(context)


def _values_in_titles(context: Context) -> Iterator[Finding]:
    """A title is also what pages, runbooks and the dashboard show, where nothing has fired."""
    for _, rule, signal in context.rules:
        if VALUE in variables(context.catalog, signal) and VALUE in _VARIABLE.findall(rule.title):
            what = 'its title holds "{{value}}", and it stands on pages where nothing has fired'
            remedy = "write the value into means"
            yield context.finding("rule", rule.id, "title", key="value in title", what=what, remedy=remedy)


def _values_without_data(context: Context) -> Iterator[Finding]:
    for _, rule, _ in context.rules:
        if VALUE in _VARIABLE.findall(rule.no_data_text or ""):
            what = 'its no-data-text holds "{{value}}", and there is no value when no data arrive'
            remedy = "say it without, like no-data-text: Nobody knows how long the queue is."
            yield context.finding("rule", rule.id, "no-data-text", key="value of no data", what=what, remedy=remedy)


def variables(catalog: Catalog, signal: Signal) -> tuple[str, ...]:
    """What Datadog fills in a text of a monitor: a name for each key that notifies by itself, threshold and value."""
    if not isinstance(signal, QueryMonitor):
        return ()
    is_of_metrics = signal.groups is not None and "query alert" in signal.form.types
    return (*(f"{key}.name" for key in grouping(catalog, signal).keys), THRESHOLD, *((VALUE,) if is_of_metrics else ()))
