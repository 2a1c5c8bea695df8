"""A monitor of Datadog's as rules: one, or two where it has a warn level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from monitoring.model.scalars import Length
from tests.corpus import VendorObject
from tests.corpus.translation.losses import Loss, Translation
from tests.corpus.translation.queries import (
    Anomaly,
    Search,
    Series,
    Share,
    anomaly_in,
    compared,
    groups_of,
    plain_series,
    query_of,
    search_in,
    service_check_in,
    share_in,
)
from tests.datadog_blocks import BLOCK

SEVERITIES = {1: "P0", 2: "P1", 3: "P2", 4: "P3", 5: "P3"}
LOWEST = "P3"
DEFAULT_HOST_DELAY = 300
SILENT = {"resolve": "resolve", "show_no_data": "show"}
_HANDLE = re.compile(r"(?<!\{)@[\w.+-]+(?:@[\w.-]+)?")
LEVELS = {"alert": "critical", "warning": "warning"}


def translated(monitor: VendorObject) -> Translation:
    """The rules of a monitor, and what is lost."""
    refusal = next((loss for loss, word in REFUSED.items() if word in query_of(monitor)), None)
    if refusal:
        return Translation("monitor", monitor["name"], (), frozenset({refusal}))
    rules = tuple(rule(monitor, level) for level in levels(monitor))
    return Translation("monitor", monitor["name"], rules, frozenset(losses(monitor)))


REFUSED = {Loss.FORMULA: "formula("}


def levels(monitor: VendorObject) -> tuple[str, ...]:
    """The thresholds at which it fires: critical, and warning where it has one and a severity is left below."""
    given = [level for level in LEVELS.values() if level in monitor["options"]["thresholds"]]
    return tuple(given[:1] if severity(monitor, "critical") == LOWEST else given)


def rule(monitor: VendorObject, level: str) -> dict[str, Any]:
    """The rule of one level; the warn level's is one severity below, and told to be the same symptom."""
    warns = level == "warning"
    word, signal = signal_of(monitor, level)
    return {
        "id": f"{identifier(monitor)}{'-warns' * warns}",
        "title": f"{title(monitor)}{', first level' * warns}",
        "severity": severity(monitor, level),
        "means": text(monitor, level),
        **transition_texts(monitor),
        word: signal,
        "team": team(monitor),
        **reminders(monitor, level),
        **({"same-symptom-as": [identifier(monitor)]} if warns else {}),
    }


# --- its words -------------------------------------------------------------------------------------------------


def identifier(monitor: VendorObject) -> str:
    """The rule's id, made of the monitor's name."""
    return re.sub(r"[^a-z0-9]+", "-", monitor["name"].removeprefix("[prod] ").lower()).strip("-")


def title(monitor: VendorObject) -> str:
    """The rule's title: the monitor's name without the place that the catalog adds by itself."""
    return str(monitor["name"]).removeprefix("[prod] ")


def severity(monitor: VendorObject, level: str) -> str:
    """Its priority as a severity; without one it waits for daylight, and a warn level lies one below."""
    own = "P2" if wakes_nobody(monitor) or has_no_bound(monitor) else SEVERITIES[monitor["priority"] or 3]
    return own if level == "critical" else f"P{min(int(own[1]) + 1, 3)}"


def wakes_nobody(monitor: VendorObject) -> bool:
    """Whether it has the priority of what wakes people, and names receivers of which none does."""
    named = receivers(monitor)
    return monitor["priority"] in (1, 2) and bool(named) and not any(name.startswith("pagerduty") for name in named)


def has_no_bound(monitor: VendorObject) -> bool:
    """Whether it has the priority of what wakes people, and nobody knows within which time it fires."""
    return monitor["priority"] in (1, 2) and "anomalies(" in monitor["query"]


def receivers(monitor: VendorObject) -> tuple[str, ...]:
    """The handles that its message names, without @."""
    return tuple(sorted({handle[1:] for handle in _HANDLE.findall(monitor["message"])}))


def team(monitor: VendorObject) -> str:
    """The team whose routes are its receivers; whoever names none is the platform's."""
    named = receivers(monitor)
    return TEAMS[named] if named else "platform"


TEAMS = {
    ("pagerduty-storefront",): "shop-on-call",
    ("pagerduty-storefront", "slack-youragency-alerts-critical"): "shop",
    ("pagerduty-gateway", "slack-youragency-alerts-critical"): "gateway",
    ("slack-youragency-alerts-accounts",): "accounts",
    ("slack-youragency-alerts-security",): "security",
    ("slack-youragency-alerts-documents",): "documents",
    ("oncall@youragency.com",): "reports",
}


def text(monitor: VendorObject, level: str) -> str:
    """What the message says at a level, in one line, without its receivers."""
    blocks = dict(BLOCK.findall(monitor["message"]))
    own = blocks.get("warning") if level == "warning" else None
    return one_line(monitor, own or blocks.get("alert", ""))


def one_line(monitor: VendorObject, own: str) -> str:
    """A text of its own and what the message says at every transition, without its receivers."""
    return " ".join(f"{own} {_HANDLE.sub('', BLOCK.sub('', monitor['message']))}".split())


def transition_texts(monitor: VendorObject) -> dict[str, str]:
    """What the message says when it recovers and when its data are missing, where it then says something else."""
    blocks = dict(BLOCK.findall(monitor["message"]))
    sent = {"recovery-text": "recovery", **({"no-data-text": "no_data"} if tells_of_silence(monitor) else {})}
    return {word: one_line(monitor, blocks[block]) for word, block in sent.items() if block in blocks}


def reminders(monitor: VendorObject, level: str) -> dict[str, Any]:
    """How often it repeats itself, and how many times."""
    minutes, at_most = reminded(monitor, level)
    if not minutes:
        return {"reminds-every": "0m"}
    last = {"reminds-at-most": at_most} if at_most else {}
    text = monitor["options"].get("escalation_message")
    return {"reminds-every": str(Length(minutes * 60)), **last, **({"reminder-text": text} if text else {})}


def reminded(monitor: VendorObject, level: str) -> tuple[int, int | None]:
    """After how many minutes it repeats itself at a level, 0 for never, and how many times."""
    options, state = monitor["options"], "warn" if level == "warning" else "alert"
    if state not in options.get("renotify_statuses", ["alert"]):
        return 0, None
    return options["renotify_interval"] or 0, options.get("renotify_occurrences")


# --- its signal ------------------------------------------------------------------------------------------------


def signal_of(monitor: VendorObject, level: str) -> tuple[str, dict[str, Any]]:
    """The word of its signal, and the signal."""
    query, comparison = compared(query_of(monitor))
    anomaly = anomaly_in(query)
    if anomaly is not None:
        return "anomaly", anomaly_of(monitor, level, anomaly)
    words = threshold(monitor, level, comparison or "at-least") | waits(monitor)
    if searched := search_in(query):
        return searched.things, {**search(searched), **words}
    if share := share_in(query):
        return "ratio", {**divided(share), **words}
    if check := service_check_in(query):
        return "service-check", service_check_of(monitor, level, check)
    plain = plain_series(query)
    if plain is None:
        return "query", {"query": query, **words}
    series, window = plain
    return "metric", {**selected(series), "over": window, **words}


def selected(series: Series) -> dict[str, Any]:
    """A series as the catalog selects it; it adds the environment by itself."""
    where = {key: value for key, value in (series.where or {}).items() if key != "env"}
    return {
        series.aggregation: series.metric,
        **({"where": where} if where else {}),
        **({"by": list(series.by)} if series.by else {}),
    }


def search(searched: Search) -> dict[str, Any]:
    """A search as the catalog says it; it adds the environment by itself."""
    word = {"count": None, "cardinality": "unique"}.get(searched.rollup, searched.rollup)
    return {
        "search": searched.text,
        **({word: searched.attribute} if word else {}),
        **({"by": list(searched.by)} if searched.by else {}),
        "over": searched.window,
    }


def divided(share: Share) -> dict[str, Any]:
    """A share as the catalog says it, in which missing data of what is divided are no count of 0."""
    of, to = (selected(series) for series in (share.of, share.to))
    by = of.pop("by", None)
    to.pop("by", None)
    return {"of": of, "to": to, **({"by": by} if by else {}), "over": share.window, "empty-is-zero": False}


def anomaly_of(monitor: VendorObject, level: str, anomaly: Anomaly) -> dict[str, Any]:
    """An anomaly as the catalog says it; its thresholds are shares of its points."""
    windows, words = monitor["options"]["threshold_windows"], anomaly.words
    limits = threshold(monitor, level, "at-least")
    return {
        **selected(anomaly.series),
        "over": windows["trigger_window"].removeprefix("last_"),
        "recovers-over": windows["recovery_window"].removeprefix("last_"),
        "direction": words["direction"],
        "bounds": anomaly.bounds,
        "algorithm": anomaly.algorithm,
        **({"seasonality": words["seasonality"]} if "seasonality" in words else {}),
        "points-every": str(Length(int(words["interval"]))),
        **{word: f"{limit:.0%}" for word, limit in limits.items()},
        **waits(monitor),
    }


def service_check_of(monitor: VendorObject, level: str, check: tuple[str, tuple[str, ...]]) -> dict[str, Any]:
    """A service check as the catalog says it, run as often as Datadog's Agent does by itself."""
    name, by = check
    failures = monitor["options"]["thresholds"][level]
    return {"check": name, "by": list(by), "failures": int(failures), "every": "15s", **waits(monitor)}


def threshold(monitor: VendorObject, level: str, comparison: str) -> dict[str, Any]:
    """The threshold of a level, and where it recovers."""
    limits = monitor["options"]["thresholds"]
    recovery = limits.get(f"{level}_recovery")
    return {comparison: limits[level], **({} if recovery is None else {"recovers-at": recovery})}


def waits(monitor: VendorObject) -> dict[str, Any]:
    """How it treats data that are missing, new or late."""
    options = monitor["options"]
    lengths = {
        "new-groups-after": new_group_delay(monitor),
        "arrives-after": options.get("evaluation_delay") or 0,
        "resolves-after": (options["timeout_h"] or 0) * 3_600,
    }
    return {
        "when-silent": silence(monitor),
        **{word: str(Length(seconds)) for word, seconds in lengths.items() if seconds},
        **({"full-window": True} if waits_for_full_window(monitor) else {}),
        **({"notifies-by": list(options["notify_by"])} if options.get("notify_by") else {}),
    }


def silence(monitor: VendorObject) -> str:
    """What missing data do; nothing said of a count means that it is none, and nothing fires."""
    options = monitor["options"]
    if tells_of_silence(monitor):
        return "alert"
    if "on_missing_data" in options and options["on_missing_data"] != "default":
        return SILENT[options["on_missing_data"]]
    fills = "default_zero(" in monitor["query"] or options["timeout_h"]
    return "resolve" if counts(monitor) and not fills else "show"


def tells_of_silence(monitor: VendorObject) -> bool:
    """Whether it notifies when no data come, by the newer word or by the older one."""
    options = monitor["options"]
    return bool(options.get("notify_no_data")) or options.get("on_missing_data") == "show_and_notify_no_data"


def counts(monitor: VendorObject) -> bool:
    """Whether its query counts, so that nothing at all is none."""
    return ".as_count()" in monitor["query"] or monitor["type"] in ("log alert", "event-v2 alert")


def new_group_delay(monitor: VendorObject) -> int:
    """How long a new group is left alone, in seconds; the older word speaks of hosts, and has a default."""
    options = monitor["options"]
    if not groups_of(monitor["query"]):
        return 0
    if options.get("new_group_delay") is not None:
        return int(options["new_group_delay"])
    delay = options.get("new_host_delay", DEFAULT_HOST_DELAY)
    return 0 if delay == DEFAULT_HOST_DELAY else int(delay)


def waits_for_full_window(monitor: VendorObject) -> bool:
    """Whether it waits for a window without a gap, and may."""
    return bool(monitor["options"].get("require_full_window")) and not counts(monitor)


# --- what is lost ----------------------------------------------------------------------------------------------


def losses(monitor: VendorObject) -> Iterator[Loss]:
    """Everything of it that its rules do not say."""
    options = monitor["options"]
    if options.get("require_full_window") and counts(monitor):
        yield Loss.FULL_WINDOW
    if "warning" in options["thresholds"] and severity(monitor, "critical") == LOWEST:
        yield Loss.LEVEL_BELOW_THE_LOWEST
    if "anomalies(" in monitor["query"] and any(recovers_at_threshold(monitor, level) for level in levels(monitor)):
        yield Loss.ANOMALY_RECOVERS
    if has_no_bound(monitor):
        yield Loss.NO_BOUND
    if wakes_nobody(monitor):
        yield Loss.WAKES_NOBODY


def recovers_at_threshold(monitor: VendorObject, level: str) -> bool:
    """Whether a level has no value of its own at which it recovers."""
    return f"{level}_recovery" not in monitor["options"]["thresholds"]
