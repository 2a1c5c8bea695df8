"""Dashboards at Datadog, from the same catalog as the rules: one of the platform, and one of each service there.

Widgets have the shapes of Datadog's API description v1: MonitorSummaryWidgetDefinition (`manage_status`),
GroupWidgetDefinition, NoteWidgetDefinition, TimeseriesWidgetDefinition with WidgetMarker, SLOListWidgetDefinition; how
the latter asks for tags is in the Terraform provider's tests (datadog/tests, slo_list: "env:prod AND service:my-app").
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from monitoring import wording
from monitoring.markdown_text import link
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.scalars import decimal_text
from monitoring.model.service import Service
from monitoring.model.severity import VENDOR_WORDS
from monitoring.model.signals import Slo
from monitoring.model.signals.base import Metrics
from monitoring.model.signals.charts import SignalChart
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.naming import names
from monitoring.naming.tags import muting_tags, owner_tag
from monitoring.resources.sdks import datadog

Json = dict[str, Any]
MAX_OBJECTIVES = 100
"""How many SLOs a list shows at most (API description, SLOListWidgetQuery.limit)."""
DEPLOYMENTS = "sources:vercel tags:event_type:deployment"
# Datadog keeps these keys in its answer; written out, the answer never differs from the program.
KEPT_KEYS: Json = {
    "template_variables": [],
    "notify_list": [],
    "restricted_roles": [],
    "is_read_only": False,
    "tags": [],
}


def platform_dashboard_args(
    catalog: Catalog, environment: str, rules: Iterable[EffectiveRule]
) -> datadog.DashboardJsonArgs:
    """The dashboard of the whole platform in one environment: what fires now, and each service with its rules."""
    title = names.dashboard_title(catalog, environment)
    states = _states([owner_tag(catalog), f"env:{environment}"])
    return _args(catalog, title, [states, *_on_call(catalog), *_overviews(catalog, environment, tuple(rules))])


def service_dashboard_args(
    catalog: Catalog, environment: str, service: Service, rules: Iterable[EffectiveRule]
) -> datadog.DashboardJsonArgs:
    """The dashboard of one service in one environment: what it watches, with the thresholds of its rules."""
    own = [rule for rule in rules if rule.service.service == service.service]
    title = names.service_dashboard_title(catalog, environment, service.service)
    platform = link("Platform", names.dashboard_url(catalog, names.dashboard_title(catalog, environment)))
    note = _note([platform, "", *(wording.dashboard_line(catalog, rule) for rule in own)])
    watched = (widget for rule in own for widget in _watched(catalog, rule))
    group = _group(service.title, [note, *watched, *_objectives(catalog, environment, service, own)])
    states = _states(muting_tags(catalog, environment, service.service))
    return _args(catalog, title, [states, *_on_call(catalog), group])


def _args(catalog: Catalog, title: str, widgets: Sequence[Json]) -> datadog.DashboardJsonArgs:
    content = {
        **KEPT_KEYS,
        "title": title,
        "description": wording.dashboard_description(catalog),
        "layout_type": "ordered",
        "reflow_type": "auto",
        "widgets": widgets,
    }
    return datadog.DashboardJsonArgs(dashboard=json.dumps(content, sort_keys=True, ensure_ascii=False))


def _on_call(catalog: Catalog) -> Iterator[Json]:
    """Where people look up who is on call, if the catalog says where."""
    if address := catalog.platform.links.on_call:
        yield _note([link("On-call", address)])


def _overviews(catalog: Catalog, environment: str, rules: tuple[EffectiveRule, ...]) -> Iterator[Json]:
    """Each service with its rules; one that Datadog watches also with what fires of it, and its dashboard."""
    for service in catalog.services.values():
        own = [rule for rule in rules if rule.service.service == service.service]
        lines = [wording.dashboard_line(catalog, rule) for rule in own]
        if names.has_dashboard(catalog, service, environment):
            title = names.service_dashboard_title(catalog, environment, service.service)
            board = link("Dashboard", names.dashboard_url(catalog, title))
            states = _states(muting_tags(catalog, environment, service.service))
            yield _group(service.title, [_note([board, "", *lines]), states])
        elif own:
            yield _group(service.title, [_note(lines)])


# --- one service -----------------------------------------------------------------------------------------------


def _watched(catalog: Catalog, rule: EffectiveRule) -> Iterator[Json]:
    """What Datadog shows of a rule's signal: a chart where it watches a metric, else whether it fires.

    An SLO is in the list of objectives, and what others watch is not at Datadog.
    """
    signal, metrics = rule.rule.signal, catalog.platform.metrics
    if isinstance(signal, QueryMonitor) and (chart := signal.chart(rule.environment, metrics)):
        limits = _markers(metrics, rule, signal) if chart.shows_threshold else ()
        yield _timeseries(rule, chart, list(limits))
    elif rule.watcher == "datadog" and not isinstance(signal, Slo):
        yield _state(rule)


def _timeseries(rule: EffectiveRule, chart: SignalChart, limits: Sequence[Json]) -> Json:
    return _widget(
        {
            "type": "timeseries",
            "title": wording.chart_title(rule),
            "show_legend": True,
            "requests": [_line(chart)],
            "markers": limits,
            "events": [{"q": DEPLOYMENTS}],
        }
    )


def _line(chart: SignalChart) -> Json:
    queries = [{"name": name, "data_source": "metrics", "query": series} for name, series in chart.series.items()]
    return {
        "response_format": "timeseries",
        "queries": queries,
        "formulas": [{"formula": chart.formula}],
        "display_type": "line",
    }


def _markers(metrics: Metrics, rule: EffectiveRule, signal: QueryMonitor) -> Iterator[Json]:
    """The threshold, and the value at which the rule recovers where that is another."""
    yield _marker(signal.critical(metrics), "error dashed", wording.marker_label(rule, signal))
    recovery = signal.critical_recovery(metrics)
    if recovery is not None:
        yield _marker(recovery, "ok dashed", wording.recovery_label(signal))


def _marker(value: float, look: str, label: str) -> Json:
    return {"value": f"y = {decimal_text(value)}", "display_type": look, "label": label}


def _objectives(catalog: Catalog, environment: str, service: Service, rules: Sequence[EffectiveRule]) -> Iterator[Json]:
    """The service's SLOs by their tags, since Datadog chooses their ids and deletes none that a dashboard names."""
    if any(isinstance(rule.rule.signal, Slo) for rule in rules):
        query = " AND ".join(muting_tags(catalog, environment, service.service))
        request = {"request_type": "slo_list", "query": {"query_string": query, "limit": MAX_OBJECTIVES}}
        yield _widget({"type": "slo_list", "title": "Objectives", "requests": [request]})


# --- widgets ---------------------------------------------------------------------------------------------------


def _states(tags: Sequence[str]) -> Json:
    """What is firing now of all monitors with these tags."""
    return _widget(
        {
            "type": "manage_status",
            "title": "What is firing now",
            "query": f"tag:({' AND '.join(tags)})",
            "sort": "status,asc",
            "display_format": "countsAndList",
            "color_preference": "text",
            "hide_zero_counts": True,
            "show_priority": True,
            "summary_type": "monitors",
        }
    )


def _state(rule: EffectiveRule) -> Json:
    """Whether the monitors of one rule fire."""
    return _widget(
        {
            "type": "manage_status",
            "title": wording.chart_title(rule),
            "query": f"tag:(rule:{rule.rule.id} AND env:{rule.environment})",
            "sort": "status,asc",
            "display_format": "list",
            "color_preference": "background",
            "hide_zero_counts": True,
            "show_priority": VENDOR_WORDS[rule.severity].datadog_priority <= 2,
            "summary_type": "monitors",
        }
    )


def _group(title: str, widgets: Sequence[Json]) -> Json:
    return _widget(
        {"type": "group", "layout_type": "ordered", "title": title, "show_title": True, "widgets": list(widgets)}
    )


def _note(lines: Sequence[str]) -> Json:
    return _widget(
        {
            "type": "note",
            "content": "\n".join(lines),
            "background_color": "white",
            "font_size": "14",
            "text_align": "left",
            "show_tick": False,
        }
    )


def _widget(definition: Json) -> Json:
    return {"definition": definition}
