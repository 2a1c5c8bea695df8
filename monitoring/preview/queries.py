"""Datadog's monitor queries: form, windows, thresholds, burn rates, composites, and what a message may name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from monitoring.naming.type_tokens import MONITOR, SYNTHETICS_TEST
from monitoring.plan import Plan, Resource, references
from monitoring.preview.rules import Broken, quoted, rendered
from monitoring.queries import (
    MonitorQuery,
    QueryForm,
    Unreadable,
    composite_limit,
    fault_of_windows,
    forms_of_type,
    max_runs,
    problems_of_query,
    read_query,
    split_comparison,
    undeclared_types,
)

WATCHING = frozenset({MONITOR, SYNTHETICS_TEST})
BURN = re.compile(r'\.over\("(\d+d)"\)\.long_window\("(\d+)([mh])"\)\.short_window\("(\d+)([mh])"\)')
SECONDS = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
BLOCK = re.compile(r"\{\{\s*([#^/])\s*(\w+)[^}]*\}\}")
GROUP_VARIABLE = re.compile(r"\{\{\s*(?:\[([\w.-]+)\]|([\w-]+))\.name\s*\}\}")
# Variables that end in .name and are no group's.
ALWAYS_NAMED = frozenset({"host", "event", "synthetics"})


@dataclass(frozen=True)
class Monitor:
    """A declared monitor, and the plan in which it stands."""

    resource: Resource
    plan: Plan

    @cached_property
    def text(self) -> str:
        """The query; what comes from elsewhere stands as 1."""
        return rendered(self.resource.inputs.get("query")) or ""

    @property
    def type(self) -> str:
        """The vendor's word for what it watches."""
        return str(self.resource.inputs.get("type"))

    @property
    def forms(self) -> tuple[QueryForm, ...]:
        """The forms that a query of its type may have."""
        return forms_of_type(self.type)

    @cached_property
    def query(self) -> MonitorQuery | None:
        """What its query says; None where it has no form that a monitor of its type takes."""
        query = read_query(self.text)
        if isinstance(query, Unreadable) or self.type not in query.form.types:
            return None
        return query if query.form.ends_in_comparison is bool(query.comparison) else None

    @property
    def limit(self) -> tuple[str, float] | None:
        """The comparison at the query's end."""
        sign, limit = split_comparison(self.text)[1] or ("", None)
        return None if limit is None else (sign, limit)

    def threshold(self, name: str) -> float | None:
        """A threshold as a number; None where it is none."""
        thresholds = self.resource.inputs.get("monitorThresholds")
        try:
            return float(str(thresholds.get(name) if isinstance(thresholds, dict) else None))
        except ValueError:
            return None

    @property
    def groups(self) -> frozenset[str]:
        """The keys that the query groups by."""
        return frozenset(self.query.groups if self.query else ())


def query_problems(resource: Resource, plan: Plan) -> Iterator[Broken]:
    """Everything that is wrong with one monitor's query and with what hangs on it."""
    monitor = Monitor(resource, plan)
    for look in LOOKS:
        yield from look(monitor)


def _form(monitor: Monitor) -> Iterator[Broken]:
    if monitor.type in undeclared_types():
        what = f'"{monitor.type}" is not declared as a monitor'
        yield Broken("type", what, "a synthetic test makes its own; take event-v2 alert for events")
    elif monitor.forms and monitor.text and monitor.query is None:
        example = monitor.forms[0].example
        yield Broken("query", f'{quoted(monitor.text)} is no query of a "{monitor.type}"', f"write it like {example}")


def _refused(monitor: Monitor) -> Iterator[Broken]:
    for fault in problems_of_query(monitor.query) if monitor.query else ():
        yield Broken("query", fault.why, fault.remedy)


def _ends_with_critical(monitor: Monitor) -> Iterator[Broken]:
    critical = monitor.threshold("critical")
    if monitor.limit and critical is not None and monitor.limit[1] != critical:
        what = f"{critical:g} is not the number at the query's end, {monitor.limit[1]:g}"
        yield Broken("monitorThresholds.critical", what, "write one threshold for both")


def _silence(monitor: Monitor) -> Iterator[Broken]:
    """A word for missing data where a function makes 0 of them (DataDog/terraform-provider-datadog, issue 2815)."""
    word = monitor.resource.inputs.get("onMissingData")
    if word not in (None, "default") and monitor.query and (function := monitor.query.filled_by):
        what = f"{quoted(str(word))} is not taken beside {function}, after which no data are missing"
        yield Broken("onMissingData", what, 'write "default", or leave it out')


BESIDE = {"warning": "critical", "criticalRecovery": "critical", "warningRecovery": "warning"}


def _sides(monitor: Monitor) -> Iterator[Broken]:
    """Warnings and recoveries lie where all is well, seen from what they belong to."""
    if monitor.limit is None:
        return
    upward = monitor.limit[0].startswith(">")
    for name, other in BESIDE.items():
        value, beside = monitor.threshold(name), monitor.threshold(other)
        place = f"monitorThresholds.{name}"
        if value is not None and beside is None:
            yield Broken(place, f"needs {other}", f"write {other} too")
        elif value is not None and beside is not None and _is_bad(value, beside, upward):
            side = "below" if upward else "above"
            yield Broken(place, f"{value:g} is not {side} {other}, {beside:g}", f"it is reached {side} it")


def _is_bad(value: float, limit: float, upward: bool) -> bool:
    return value >= limit if upward else value <= limit


def _runs(monitor: Monitor) -> Iterator[Broken]:
    """A service check looks at no fewer of its runs than any of its thresholds counts."""
    query = monitor.query
    runs = query.runs if query and query.aggregation == "count_by_status" else None
    for name in ("critical", "warning", "ok"):
        counted = monitor.threshold(name)
        if runs is not None and counted is not None and not 1 <= counted <= runs <= max_runs():
            what = f"counts {counted:g} runs, and the query looks at {runs}"
            yield Broken(f"monitorThresholds.{name}", what, f"look at so many, {max_runs()} at most")


def _burn(monitor: Monitor) -> Iterator[Broken]:
    match = BURN.search(monitor.text)
    if not match or not monitor.limit:
        return
    over, long, long_unit, short, short_unit = match.groups()
    if int(short) * SECONDS[short_unit] >= int(long) * SECONDS[long_unit]:
        yield Broken("query", f"the short window {short}{short_unit} is not below the long one", "one twelfth is usual")
    targets = _targets(monitor, over)
    if targets == []:
        yield Broken("query", f'its objective has no threshold over "{over}"', "add it to the objective")
    for target in targets or []:
        highest = 100 / (100 - target) if target < 100 else 0
        if not 0 < monitor.limit[1] <= highest:
            what = f"a burn rate of {monitor.limit[1]:g} is never reached with an objective of {target:g}%"
            yield Broken("query", what, f"it is at most {highest:g}")


def _targets(monitor: Monitor, over: str) -> list[float] | None:
    """The objective's targets over a timeframe; None where the objective is not of this plan."""
    keys = [reference["ref"] for reference in references(monitor.resource.inputs["query"])]
    slos = [monitor.plan.by_key[key] for key in keys if key in monitor.plan.by_key]
    if not slos:
        return None
    thresholds = [threshold for slo in slos for threshold in slo.inputs.get("thresholds", ())]
    targets = [threshold.get("target") for threshold in thresholds if threshold.get("timeframe") == over]
    return [float(target) for target in targets if isinstance(target, int | float)]


def _members(monitor: Monitor) -> Iterator[Broken]:
    if monitor.type != "composite":
        return
    most = composite_limit()
    members = {reference["ref"] for reference in references(monitor.resource.inputs.get("query"))}
    if len(members) > most:
        yield Broken("query", f"combines {len(members)} monitors", f"at most {most} are taken")
    for key in sorted(members):
        type_, _, name = key.rpartition("::")
        if type_ not in WATCHING:
            yield Broken("query", f'"{name}" is no monitor', "combine monitors and synthetic tests")
        elif _is_composite(monitor.plan.by_key.get(key)):
            yield Broken("query", f'"{name}" is a composite itself', "name what it is made of")


def _is_composite(resource: Resource | None) -> bool:
    return resource is not None and resource.inputs.get("type") == "composite"


def _notified_by(monitor: Monitor) -> Iterator[Broken]:
    given = monitor.resource.inputs.get("notifyBies")
    keys = [key for key in given if isinstance(key, str)] if isinstance(given, list) else []
    if keys and keys != ["*"] and not set(keys) < monitor.groups:
        grouped = ", ".join(sorted(monitor.groups)) or "nothing"
        what = f"{quoted(keys)} is not a part of what the query groups by, {grouped}"
        yield Broken("notifyBies", what, "take some of these keys, or * alone")


def _new_groups(monitor: Monitor) -> Iterator[Broken]:
    if monitor.resource.inputs.get("newGroupDelay") and monitor.query and not monitor.groups:
        yield Broken("newGroupDelay", "waits for new groups, and the query has none", "group it, or leave this out")


def _reminders(monitor: Monitor) -> Iterator[Broken]:
    inputs = monitor.resource.inputs
    if inputs.get("renotifyOccurrences") and not inputs.get("renotifyInterval"):
        yield Broken("renotifyOccurrences", "counts reminders, and there are none", "write renotifyInterval too")


def _anomaly(monitor: Monitor) -> Iterator[Broken]:
    windows = monitor.resource.inputs.get("monitorThresholdWindows")
    if bool(monitor.query and "anomalies" in monitor.query.functions) != (windows is not None):
        what = "is missing" if windows is None else "is for anomalies only"
        yield Broken("monitorThresholdWindows", what, "an anomaly needs both windows, nothing else takes them")
    elif isinstance(windows, dict):
        trigger, recover = (str(windows.get(name)) for name in ("triggerWindow", "recoveryWindow"))
        fires_at, recovers_at = monitor.threshold("critical"), monitor.threshold("criticalRecovery") or 0.0
        if fires_at and (fault := fault_of_windows(monitor.text, trigger, recover, fires_at, recovers_at)):
            yield Broken("monitorThresholdWindows", fault, "let both windows be the query's alert_window")


def _message(monitor: Monitor) -> Iterator[Broken]:
    text = rendered(monitor.resource.inputs.get("message")) or ""
    opened: list[str] = []
    for mark, name in BLOCK.findall(text):
        if mark != "/":
            opened.append(name)
        elif not opened or opened.pop() != name:
            yield Broken("message", f'"{{{{/{name}}}}}" closes nothing', "close blocks in the order of their opening")
    if opened:
        yield Broken("message", f'"{opened[-1]}" is never closed', f"write {{{{/{opened[-1]}}}}}")
    for bracketed, plain in GROUP_VARIABLE.findall(text):
        key = bracketed or plain
        if key not in monitor.groups | ALWAYS_NAMED:
            yield Broken("message", f'"{key}.name" stays empty', "the query does not group by it")


Look = Callable[[Monitor], Iterator[Broken]]
LOOKS: tuple[Look, ...] = (
    _form,
    _refused,
    _ends_with_critical,
    _sides,
    _runs,
    _silence,
    _burn,
    _members,
    _notified_by,
    _new_groups,
    _reminders,
    _anomaly,
    _message,
)
