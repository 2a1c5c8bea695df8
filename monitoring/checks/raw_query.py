"""A raw query is as far right as it can be read: its form, its metrics, its tags, and no comparison of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import QUERY_RULES
from monitoring.model.references import nearest
from monitoring.model.service import Rule
from monitoring.model.signals import RawQuery

# Forms and windows: Datadog's API description of monitors, and its documentation of anomaly and outlier monitors.
_FORM = re.compile(
    r"(?:(?:avg|sum|max|min|change|pct_change|percentile)\((?:[^()]*,)?last_\d+[mhdw](?:,[^()]*)?\):.+"
    r'|(?:logs|events|audits|rum|trace-analytics|error-tracking|ci-pipelines|ci-tests|processes)\(".*"\).*'
    r'|burn_rate\(".*"\).*|error_budget\(".*"\).*)'
)
_SERIES = re.compile(r"\b(?:avg|sum|min|max|count|p\d\d):([A-Za-z][\w.]*)\{([^{}]*)\}(?:\s*by\s*\{([^{}]*)\})?")
_COMPARISON = re.compile(r"(?:[<>]=?|==|!=)\s*-?[\d.]+\s*$")
_TAG = re.compile(r"[!-]?([A-Za-z][\w./-]*)(?::|\s+(?:NOT\s+)?IN\b)")


@rule_check("raw-query", about=QUERY_RULES, signal=RawQuery)
def raw_query(context: Context, watched: WatchedRule[RawQuery]) -> Iterator[Finding]:
    """Looks at each raw query; finds what can be seen to be wrong in it. What cannot be parsed stays unchecked."""
    _, rule, signal = watched
    for key, what, remedy in (*_form(signal.query), *_series(context, signal.query)):
        yield _finding(context, rule, key, what, remedy)


def _finding(context: Context, rule: Rule, key: str, what: str, remedy: str) -> Finding:
    return context.finding("rule", rule.id, "query", "query", key=key, what=what, remedy=remedy)


def _form(text: str) -> Iterator[tuple[str, str, str]]:
    if _COMPARISON.search(text):
        yield "compares", "the query ends in a comparison", "write only above or below"
    elif not _FORM.fullmatch(text):
        yield "form", "the query has no form that datadog takes", "begin it like avg(last_5m): or logs("
    for left, right in ("()", "{}"):
        opened, closed = text.count(left), text.count(right)
        if opened != closed:
            yield f"unbalanced {left}", f'the query has {opened} "{left}" and {closed} "{right}"', "close what is open"


def _series(context: Context, text: str) -> Iterator[tuple[str, str, str]]:
    metrics = context.catalog.platform.metrics
    for name, where, by in _SERIES.findall(text):
        if name not in metrics:
            yield f"metric {name}", f'nobody sends the metric "{name}"', nearest(name, metrics)
            continue
        keys = [*_TAG.findall(where), *(key.strip() for key in by.split(",") if key.strip())]
        for key in dict.fromkeys(keys):
            if key not in metrics[name].tags:
                yield f"tag {key}", f'metric "{name}" sends no tag "{key}"', nearest(key, metrics[name].tags)
