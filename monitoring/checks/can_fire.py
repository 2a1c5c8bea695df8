"""A threshold lies where the measured value can go: neither never nor always reached."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import rules_with
from monitoring.model.monitor_options import MonitorOptions
from monitoring.model.scalars import Length, Quantity
from monitoring.model.service import Rule
from monitoring.model.signals import (
    Composite,
    Cron,
    Elsewhere,
    Errors,
    MetricSignal,
    RawQuery,
    SentryMetric,
    Slo,
    Uptime,
)
from monitoring.model.threshold_word import ThresholdWord
from monitoring.queries import MetricSeries, MonitorQuery, read_query

SUBJECTS = rules_with(
    "rules with a value to compare",
    *("metric", "sentry_metric", "errors", "query", "uptime"),
    only=lambda _, rule: rule.uptime is None or not rule.uptime.asks.certificate,
)
NEVER = "can never fire"
SILENT_AT_NONE = "silent at none"
BEYOND_REASON = "beyond reason"
DEAD = frozenset({NEVER, SILENT_AT_NONE, BEYOND_REASON})
"""The keys of findings that say that a rule does not fire at all; the proof fails such a rule."""

ALWAYS = "fires always"
MAX_PER_SECOND = 10_000
"""Events of one platform in a second, beyond which a threshold is a slip of the hand: our own judgement."""
Place = tuple[str, ThresholdWord]


@catalog_check("can-fire", about=SUBJECTS)
def can_fire(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule that compares a value; finds thresholds at or beyond the ends of what is possible."""
    for _, rule, signal in context.rules:
        match signal:
            case MetricSignal():
                yield rule.id
                yield from _metric(context, rule, signal)
            case SentryMetric():
                yield rule.id
                yield from _limits(context, rule, ("sentry-metric", ThresholdWord.ABOVE), signal.above)
                yield from _too_many(context, rule, ("sentry-metric", ThresholdWord.ABOVE), signal.above, signal.over)
            case Errors():
                yield rule.id
                yield from _too_many(context, rule, ("errors", "more-than"), Quantity(signal.limit), signal.window)
            case Uptime() if not signal.asks.certificate:
                yield rule.id
                yield from _answer(context, rule, signal)
            case RawQuery():
                yield rule.id
                yield from _query(context, rule, signal)
            case Uptime() | Cron() | Composite() | Slo() | Elsewhere():  # nothing is compared, or no end is known
                pass


def _metric(context: Context, rule: Rule, signal: MetricSignal) -> Iterator[Finding]:
    metric = context.catalog.platform.metrics[signal.name]
    place = ("metric", signal.threshold_word)
    if not _may_be_negative(metric.kind, signal.threshold):
        yield from _limits(context, rule, place, signal.threshold)
        yield from _recovery(context, rule, signal.recovers_at)
    if metric.kind == "count":
        yield from _gaps(context, rule, signal)
        yield from _silent_at_none(context, rule, place, signal.threshold.base, signal.when_silent)
        yield from _too_many(context, rule, place, signal.threshold, signal.over)


def _query(context: Context, rule: Rule, signal: RawQuery) -> Iterator[Finding]:
    """A raw query whose value is that of one declared metric, or a count of events; nothing is known of another."""
    query = read_query(signal.query)
    if not isinstance(query, MonitorQuery):
        return
    place, limit = ("query", signal.threshold_word), signal.threshold
    series = query.plain_series
    metric = context.catalog.platform.metrics.get(series.metric) if series else None
    if metric and series and not _is_summed(query, series):
        threshold = Quantity(limit, metric.unit)
        if not _may_be_negative(metric.kind, threshold):
            yield from _limits(context, rule, place, threshold)
            recovers = signal.recovers_at
            yield from _recovery(context, rule, None if recovers is None else Quantity(recovers, metric.unit))
    counts_events = query.form.windows == "event" and query.aggregation in ("count", "cardinality")
    if metric and metric.kind == "count":
        yield from _gaps(context, rule, signal)
    if counts_events or (metric and metric.kind == "count"):
        yield from _silent_at_none(context, rule, place, limit, signal.when_silent)
        yield from _too_many(context, rule, place, Quantity(limit), Length(query.seconds or 0))


def _may_be_negative(kind: str, threshold: Quantity) -> bool:
    return kind == "gauge" and threshold.dimension == "count"


def _is_summed(query: MonitorQuery, series: MetricSeries) -> bool:
    """Whether the value is a sum, so that one of shares may lie above 100%."""
    return "sum" in (query.aggregation, series.aggregation) or "rollup" in series.modifiers


def _limits(context: Context, rule: Rule, place: Place, limit: Quantity) -> Iterator[Finding]:
    verdict = _verdict(place[1], limit)
    if verdict:
        what = f'{verdict} {place[1].in_words} "{limit}", since the value lies {_range(limit)}'
        yield context.finding("rule", rule.id, *place, key=verdict, what=what, remedy="write a value inside that")


def _verdict(word: ThresholdWord, limit: Quantity) -> str:
    """The verdict on a limit; nearly every share, time or size lies above 0, and a count need not."""
    value, is_share = limit.base, limit.dimension == "share"
    match word:
        case ThresholdWord.ABOVE:
            always, never = value < 0 or (value == 0 and limit.dimension != "count"), is_share and value >= 1
        case ThresholdWord.AT_LEAST:
            always, never = value <= 0, is_share and value > 1
        case ThresholdWord.BELOW:
            always, never = is_share and value > 1, value <= 0
        case ThresholdWord.AT_MOST:
            always, never = is_share and value >= 1, value < 0
    return ALWAYS if always else NEVER if never else ""


def _range(value: Quantity) -> str:
    return "between 0% and 100%" if value.dimension == "share" else "at 0 or above"


def _silent_at_none(
    context: Context, rule: Rule, place: Place, limit: float, when_silent: str | None
) -> Iterator[Finding]:
    """A count that falls to nothing sends nothing, so that silence decides and no comparison."""
    falls_to_nothing = not place[1].is_upward and (limit > 0 or (place[1].fires_at_threshold and limit == 0))
    if falls_to_nothing and when_silent != "alert":
        what = "does not fire when nothing at all is counted, because then no data come and nothing is compared"
        remedy = "write when-silent: alert"
        yield context.finding("rule", rule.id, *place, key=SILENT_AT_NONE, what=what, remedy=remedy)


def _gaps(context: Context, rule: Rule, options: MonitorOptions) -> Iterator[Finding]:
    """A count sends nothing while nothing is counted, so that a window without a gap may never come."""
    if options.full_window:
        what = "waits for a window without a gap, and a count has a gap wherever nothing is counted"
        path = (rule.signal_word, "full-window")
        yield context.finding("rule", rule.id, *path, key="gaps", what=what, remedy="take full-window out")


def _too_many(
    context: Context, rule: Rule, place: tuple[str, str], limit: Quantity, window: Length
) -> Iterator[Finding]:
    if limit.dimension == "count" and window.seconds and limit.base > MAX_PER_SECOND * window.seconds:
        what = f'{NEVER} above "{limit.number:.0f}", which is over {MAX_PER_SECOND} a second for {window}'
        remedy = "write a number that has been seen, like 10"
        yield context.finding("rule", rule.id, *place, key=BEYOND_REASON, what=what, remedy=remedy)


def _recovery(context: Context, rule: Rule, recovery: Quantity | None) -> Iterator[Finding]:
    if recovery and (recovery.base < 0 or (recovery.dimension == "share" and recovery.base > 1)):
        what = f'never recovers at "{recovery}", since the value lies {_range(recovery)}'
        path = (rule.signal_word, "recovers-at")
        yield context.finding(
            "rule", rule.id, *path, key="never recovers", what=what, remedy="write a value inside that"
        )


def _answer(context: Context, rule: Rule, signal: Uptime) -> Iterator[Finding]:
    request = signal.asks.health or signal.asks.page
    if request and request.within.seconds == 0:
        what = f'{ALWAYS}, since no answer comes within "{request.within}"'
        yield context.finding("rule", rule.id, "uptime", "asks", key=ALWAYS, what=what, remedy="write 1s or more")
