"""Datadog's monitor queries as data: what a query measures, filters on and groups by, and which windows are taken.

Checks, the preview and the program read the same grammar and the same table of facts (`facts.json`).
"""

from monitoring.queries.anomalies import fault_of_windows, shortest_recovery
from monitoring.queries.facts import (
    QueryForm,
    composite_limit,
    forms,
    forms_of_type,
    max_runs,
    undeclared_types,
)
from monitoring.queries.filters import TagTerm, tag_terms
from monitoring.queries.metric import MetricSeries
from monitoring.queries.reading import MonitorQuery, Unreadable, problems_of_query, read_query, split_comparison

__all__ = [
    "MetricSeries",
    "MonitorQuery",
    "QueryForm",
    "TagTerm",
    "Unreadable",
    "composite_limit",
    "fault_of_windows",
    "forms",
    "forms_of_type",
    "max_runs",
    "problems_of_query",
    "read_query",
    "shortest_recovery",
    "split_comparison",
    "tag_terms",
    "undeclared_types",
]
