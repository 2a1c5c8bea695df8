"""What a rule watches: one class a signal, in the catalog's words, with no vendor's shape in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, Self

from pydantic import ValidationInfo, field_validator, model_validator

from monitoring.model.entry import Entry
from monitoring.model.platform import Tag
from monitoring.model.references import (
    ComponentRef,
    MetricRef,
    Names,
    ProjectRef,
    RuleRef,
    nearest,
)
from monitoring.model.words import Amount, Duration, Length, Quantity, Sentence, Share, Url, Values, Zone, mistake

# Sentry's closed set for conditions that count (eventFrequencyCount.interval) and the windows its monitors offer.
SENTRY_INTERVALS = ("1m", "5m", "15m", "1h", "1d", "1w", "30d")
SENTRY_WINDOWS = ("1m", "5m", "10m", "15m", "30m", "1h", "2h", "4h", "1d")
# Datadog synthetic tests: how often, how many retries, how far apart (options_list of the API description).
TICK_SECONDS = range(30, 604_801)
RETRY_COUNTS = range(4)
RETRY_GAP_SECONDS = range(6)

Where = dict[str, Values]


def _sent_tags(where: Mapping[str, Collection[str]], tags: Mapping[str, Tag], sender: str) -> None:
    for key, values in where.items():
        if key not in tags:
            raise mistake(f'{sender} sends no tag "{key}"', nearest(key, tags))
        legal = tags[key].values
        for value in values:
            if legal and value not in legal:
                raise mistake(f'the tag "{key}" of {sender} is never "{value}"', nearest(value, legal))


def _project_tags(where: Where, info: ValidationInfo) -> Where:
    names: Names | None = info.context
    project = names and names.projects.get(info.data.get("project", ""))
    if project:
        _sent_tags(where, project.tags, f'project "{info.data["project"]}"')
    return where


def _one_of(window: Length, legal: tuple[str, ...], what: str) -> None:
    if str(window) not in legal:
        raise mistake(f'"{window}" is not a window that sentry takes for {what}', f"it is one of {', '.join(legal)}")


class Errors(Entry):
    """Errors that Sentry groups: a count over a tag, a count per issue, or each single event."""

    project: ProjectRef
    where: Where = {}
    more_than: int | None = None
    within: Duration | None = None
    each_event: bool = False
    per_issue: bool = False

    _tags_are_sent = field_validator("where")(_project_tags)

    @model_validator(mode="after")
    def _counts_or_takes_each(self) -> Self:
        counted = self.more_than is not None or self.within is not None
        if self.each_event and (counted or self.per_issue):
            raise mistake("each-event leaves nothing to count", "take out more-than, within and per-issue")
        if not self.each_event and (self.more_than is None or self.within is None):
            raise mistake("neither a count nor each-event", "write more-than and within, or each-event: true")
        if self.more_than is not None and self.more_than < (1 if self.per_issue else 0):
            raise mistake(f'more-than "{self.more_than}"', "sentry counts from 1" if self.per_issue else "count from 0")
        if (self.each_event or self.per_issue) and any(len(values) > 1 for values in self.where.values()):
            raise mistake("sentry compares single events with one value a tag", "write one rule for each value")
        if self.within is not None:
            _one_of(self.within, SENTRY_INTERVALS if self.per_issue else SENTRY_WINDOWS, "errors")
        return self


class SentryMetric(Entry):
    """An aggregate that Sentry computes over its events."""

    project: ProjectRef
    measure: Literal["failure_rate", "p50", "p75", "p90", "p95", "p99", "count", "users"]
    where: Where = {}
    over: Duration
    above: Amount
    at_least: Amount | None = None

    _tags_are_sent = field_validator("where")(_project_tags)

    @model_validator(mode="after")
    def _fits_the_measure(self) -> Self:
        _one_of(self.over, SENTRY_WINDOWS, "a metric")
        wanted = {"failure_rate": "share", "count": "count", "users": "count"}.get(self.measure, "time")
        if self.above.dimension != wanted:
            raise mistake(f'{self.measure} is a {wanted}, and "{self.above}" is a {self.above.dimension}')
        if self.at_least is not None and self.at_least.dimension != "count":
            raise mistake(f'at-least "{self.at_least}" is not a number of events', 'write "100 events"')
        return self


class Cron(Entry):
    """A job that checks in with Sentry on a schedule."""

    project: ProjectRef
    schedule: Sentence
    time_zone: Zone
    late_after: Duration
    at_most: Duration
    failures: int = 1

    @model_validator(mode="after")
    def _fits_sentry(self) -> Self:
        if len(self.schedule.split()) != 5:
            raise mistake(f'"{self.schedule}" is not a crontab', "write five fields: minute hour day month weekday")
        for name, length in (("late-after", self.late_after), ("at-most", self.at_most)):
            # Sentry counts whole minutes, 1 to 40320 (28 days)
            if length.seconds % 60 or not 60 <= length.seconds <= 40_320 * 60:
                raise mistake(f'{name} "{length}"', "sentry counts whole minutes, 1m to 28d")
        if not 1 <= self.failures <= 720:
            raise mistake(f'failures "{self.failures}"', "sentry takes 1 to 720 in a row")
        return self


class Health(Entry):
    """A question to the platform's own health endpoint, and the components that must not fail in its answer."""

    health: Literal["liveness", "readiness", "full"]
    components: tuple[ComponentRef, ...] = ()
    within: Duration = Length(3)


class Page(Entry):
    """An address that must answer with a status, in time, and perhaps with a text or headers."""

    url: Url | None = None
    path: str | None = None
    status: int = 200
    within: Duration = Length(3)
    contains: Sentence | None = None
    headers: dict[str, str] = {}

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if (self.url is None) == (self.path is None):
            raise mistake("an address is a url, or a path below the environment's address", "write one of url and path")
        if self.path is not None and not self.path.startswith("/"):
            raise mistake(f'the path "{self.path}"', "begin it with /")
        if not 100 <= self.status <= 599:
            raise mistake(f'"{self.status}" is not an HTTP status')
        return self


class Certificate(Entry):
    """A TLS certificate that must still be valid for some days; of the environment's host unless it names one."""

    host: Sentence | None = None
    valid_for: Duration


class Asks(Entry):
    """What a synthetic test asks: exactly one of health, page, certificate."""

    health: Health | None = None
    page: Page | None = None
    certificate: Certificate | None = None

    @model_validator(mode="after")
    def _one_question(self) -> Self:
        if len([part for part in (self.health, self.page, self.certificate) if part is not None]) != 1:
            raise mistake("a test asks one thing", "write exactly one of health, page, certificate")
        return self


class Retry(Entry):
    """How often a failed location tries again before it counts, and after how long."""

    times: int
    after: Duration

    @model_validator(mode="after")
    def _fits_datadog(self) -> Self:
        if self.times not in RETRY_COUNTS:
            raise mistake(f'"{self.times}" retries', "datadog takes 0 to 3")
        if self.after.seconds not in RETRY_GAP_SECONDS:
            raise mistake(f'"{self.after}" between retries', "datadog takes 0s to 5s")
        return self


class Uptime(Entry):
    """A synthetic test from several regions."""

    asks: Asks
    methods: tuple[Literal["GET", "HEAD"], ...] = ("GET",)
    every: Duration
    regions: tuple[str, ...]
    failing_in: int = 1
    retry: Retry | None = None

    @model_validator(mode="after")
    def _fits_datadog(self) -> Self:
        if self.every.seconds not in TICK_SECONDS:
            raise mistake(f'"{self.every}" between two tests', "datadog takes 30s to 1w")
        if not self.methods or len(set(self.methods)) < len(self.methods):
            raise mistake("methods must name each method once")
        if not self.regions or len(set(self.regions)) < len(self.regions):
            raise mistake("regions must name each region once", "a test runs from at least one")
        if not 1 <= self.failing_in <= len(self.regions):
            raise mistake(f"failing-in {self.failing_in} of {len(self.regions)} regions can never happen")
        return self


AGGREGATIONS = ("avg", "sum", "min", "max", "p50", "p75", "p90", "p95", "p99")
PERCENTILES = frozenset(word for word in AGGREGATIONS if word.startswith("p"))


class Watched(Entry):
    """A Datadog metric, how it is aggregated, and which part of it: exactly one aggregation names the metric."""

    avg: MetricRef | None = None
    sum: MetricRef | None = None
    min: MetricRef | None = None
    max: MetricRef | None = None
    p50: MetricRef | None = None
    p75: MetricRef | None = None
    p90: MetricRef | None = None
    p95: MetricRef | None = None
    p99: MetricRef | None = None
    where: Where = {}

    @property
    def aggregation(self) -> str:
        """The word before the metric: avg, p95 …"""
        return next(word for word in AGGREGATIONS if getattr(self, word) is not None)

    @property
    def name(self) -> str:
        """The metric's name at Datadog."""
        return str(getattr(self, self.aggregation))

    @field_validator("where")
    @classmethod
    def _tags_are_sent(cls, where: Where, info: ValidationInfo) -> Where:
        names: Names | None = info.context
        named = next((info.data[word] for word in AGGREGATIONS if info.data.get(word)), "")
        metric = names and names.metrics.get(named)
        if metric:
            _sent_tags(where, metric.tags, f'metric "{named}"')
        return where

    @model_validator(mode="after")
    def _one_aggregation(self, info: ValidationInfo) -> Self:
        given = [word for word in AGGREGATIONS if getattr(self, word) is not None]
        if len(given) != 1:
            raise mistake("a metric has one aggregation", f"write exactly one of {', '.join(AGGREGATIONS)}")
        names: Names | None = info.context
        metric = names and names.metrics.get(self.name)
        if metric and given[0] in PERCENTILES and metric.kind != "distribution":
            raise mistake(f'{given[0]} of "{self.name}", which is a {metric.kind}', "percentiles need a distribution")
        return self


class MetricSignal(Watched):
    """A Datadog metric against a threshold."""

    by: tuple[str, ...] = ()
    over: Duration
    above: Amount | None = None
    below: Amount | None = None
    recovers_at: Amount | None = None
    when_silent: Literal["alert", "resolve", "show"] | None = None

    @property
    def threshold(self) -> Quantity:
        """The value at which it fires."""
        return self.above or self.below or Quantity(0)

    @model_validator(mode="after")
    def _has_one_threshold(self, info: ValidationInfo) -> Self:
        if (self.above is None) == (self.below is None):
            raise mistake("a metric has one threshold", "write one of above and below")
        # Datadog: last_1m to last_10080m
        if self.over.seconds % 60 or not 60 <= self.over.seconds <= 10_080 * 60:
            raise mistake(f'"{self.over}" is not a window that datadog takes', "write whole minutes, 1m to 1w")
        names: Names | None = info.context
        metric = names and names.metrics.get(self.name)
        if metric:
            for key in self.by:
                if key not in metric.tags:
                    raise mistake(f'metric "{self.name}" sends no tag "{key}"', nearest(key, metric.tags))
            for limit in (self.threshold, self.recovers_at):
                _in_unit(limit, metric.unit, self.name)
        return self


def _in_unit(limit: Quantity | None, unit: str, name: str) -> None:
    if limit is not None:
        try:
            limit.to(unit)
        except ValueError as wrong:
            raise mistake(f'{wrong}, the unit of "{name}"') from None


class RawQuery(Entry):
    """A Datadog query as it stands: the escape hatch, which is checked less."""

    query: Sentence
    above: float | None = None
    below: float | None = None
    when_silent: Literal["alert", "resolve", "show"] | None = None

    @model_validator(mode="after")
    def _has_one_threshold(self) -> Self:
        if (self.above is None) == (self.below is None):
            raise mistake("a query has one threshold", "write one of above and below")
        return self


class Composite(Entry):
    """Other rules combined: all-of, any-of, none-of, without expressions."""

    all_of: tuple[RuleRef, ...] = ()
    any_of: tuple[RuleRef, ...] = ()
    none_of: tuple[RuleRef, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids of all rules it is made of."""
        return self.all_of + self.any_of + self.none_of

    @model_validator(mode="after")
    def _combines(self) -> Self:
        if not self.all_of and not self.any_of:
            raise mistake("a composite of nothing that fires", "write all-of or any-of")
        if len(set(self.parts)) < len(self.parts):
            raise mistake("a composite that names a rule twice")
        return self


class Slo(Entry):
    """An objective over good and total counts; alerts on how fast its error budget burns."""

    good: Watched
    total: Watched
    objective: Share
    over: Literal["7d", "30d", "90d"] = "30d"

    @model_validator(mode="after")
    def _counts(self) -> Self:
        if self.good.aggregation != "sum" or self.total.aggregation != "sum":
            raise mistake("an slo counts good and total events", "write good: {sum: …} and total: {sum: …}")
        if self.objective.number >= 100:
            raise mistake('an objective of "100%" has no error budget', "write less than 100%, like 99.9%")
        return self


Signal = Errors | SentryMetric | Cron | Uptime | MetricSignal | RawQuery | Composite | Slo
