"""The platform's dashboard at Datadog, from the same catalog as the rules: what they watch, with their thresholds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from monitoring import wording
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.service import Service
from monitoring.model.severity import VENDOR_WORDS
from monitoring.model.signals import MetricSignal, Uptime
from monitoring.naming import names
from monitoring.naming.tags import owner_tag
from monitoring.resources.datadog import number
from monitoring.resources.sdks import datadog

Json = dict[str, Any]
DEPLOYMENTS = "sources:vercel tags:event_type:deployment"
# Datadog keeps these keys in its answer; written out, the answer never differs from the program.
KEPT_KEYS: Json = {
    "template_variables": [],
    "notify_list": [],
    "restricted_roles": [],
    "is_read_only": False,
    "tags": [],
}


def dashboard_args(catalog: Catalog, environment: str, rules: Iterable[EffectiveRule]) -> datadog.DashboardJsonArgs:
    """The dashboard of one environment."""
    return datadog.DashboardJsonArgs(
        dashboard=json.dumps(content(catalog, environment, tuple(rules)), sort_keys=True, ensure_ascii=False)
    )


def content(catalog: Catalog, environment: str, rules: tuple[EffectiveRule, ...]) -> Json:
    """The dashboard as Datadog's JSON."""
    return {
        **KEPT_KEYS,
        "title": names.dashboard_title(catalog, environment),
        "description": wording.dashboard_description(catalog),
        "layout_type": "ordered",
        "reflow_type": "auto",
        "widgets": [_states(catalog, environment), *_groups(catalog, environment, rules)],
    }


def _states(catalog: Catalog, environment: str) -> Json:
    owner = owner_tag(catalog)
    return _widget(
        {
            "type": "manage_status",
            "title": "What is firing now",
            "query": f"tag:({owner} AND env:{environment})",
            "sort": "status,asc",
            "display_format": "countsAndList",
            "color_preference": "text",
            "hide_zero_counts": True,
            "show_priority": True,
            "summary_type": "monitors",
        }
    )


def _groups(catalog: Catalog, environment: str, rules: tuple[EffectiveRule, ...]) -> Iterator[Json]:
    for service in catalog.services.values():
        own = [rule for rule in rules if rule.service.service == service.service]
        if own:
            yield _group(catalog, environment, service, own)


def _group(catalog: Catalog, environment: str, service: Service, rules: list[EffectiveRule]) -> Json:
    charts = [_chart(catalog, rule, signal) for rule in rules if isinstance(signal := rule.rule.signal, MetricSignal)]
    tests = [_tests(rule, environment) for rule in rules if isinstance(rule.rule.signal, Uptime)]
    return _widget(
        {
            "type": "group",
            "layout_type": "ordered",
            "title": service.title,
            "show_title": True,
            "widgets": [_note(catalog, rules), *charts, *tests],
        }
    )


def _note(catalog: Catalog, rules: list[EffectiveRule]) -> Json:
    return _widget(
        {
            "type": "note",
            "content": "\n".join(wording.dashboard_line(catalog, rule) for rule in rules),
            "background_color": "white",
            "font_size": "14",
            "text_align": "left",
            "show_tick": False,
        }
    )


def _chart(catalog: Catalog, rule: EffectiveRule, signal: MetricSignal) -> Json:
    return _widget(
        {
            "type": "timeseries",
            "title": wording.chart_title(rule),
            "show_legend": True,
            "requests": [_line(signal.series(rule.environment, catalog.platform.metrics, by=signal.by))],
            "markers": [_marker(catalog, rule, signal)],
            "events": [{"q": DEPLOYMENTS}],
        }
    )


def _line(query: str) -> Json:
    return {
        "response_format": "timeseries",
        "queries": [{"name": "watched", "data_source": "metrics", "query": query}],
        "formulas": [{"formula": "watched"}],
        "display_type": "line",
    }


def _marker(catalog: Catalog, rule: EffectiveRule, signal: MetricSignal) -> Json:
    unit = catalog.platform.metrics[signal.name].unit
    return {
        "value": f"y = {number(signal.threshold.to(unit))}",
        "display_type": "error dashed",
        "label": wording.marker_label(rule, signal),
    }


def _tests(rule: EffectiveRule, environment: str) -> Json:
    return _widget(
        {
            "type": "manage_status",
            "title": wording.chart_title(rule),
            "query": f"tag:(rule:{rule.rule.id} AND env:{environment})",
            "sort": "status,asc",
            "display_format": "list",
            "color_preference": "background",
            "hide_zero_counts": True,
            "show_priority": VENDOR_WORDS[rule.severity].datadog_priority <= 2,
            "summary_type": "monitors",
        }
    )


def _widget(definition: Json) -> Json:
    return {"definition": definition}
