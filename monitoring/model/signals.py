"""What a rule watches: one class a signal, in the catalog's words, with no vendor's shape in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from math import ceil, floor
from typing import Literal, get_args

from pydantic import ValidationInfo, field_validator

from monitoring.model.addresses import HeaderName, HeaderValue, Host, Path, Url
from monitoring.model.alphabets import (
    MAX_DATADOG_TAG,
    DatadogTagKey,
    DatadogValues,
    IntegrationEmail,
    IntegrationVendor,
    Location,
    SentryTagKey,
    SentryValues,
)
from monitoring.model.entry import Entry, EntryProblem, kebab, names_in, raise_problems
from monitoring.model.monitor_options import MonitorOptions
from monitoring.model.references import (
    ComponentRef,
    MetricRef,
    MetricSender,
    Names,
    ProjectRef,
    RuleRef,
    SentTag,
    meant_by,
    nearest,
)
from monitoring.model.scalars import (
    SECONDS_IN,
    UNITS,
    Amount,
    Duration,
    Length,
    Line,
    Quantity,
    Query,
    Sentence,
    Share,
    Zone,
    quoted,
    repeated,
)
from monitoring.model.threshold_word import ThresholdWord, word_written, words_written

# Sentry's closed set for conditions that count (eventFrequencyCount.interval) and the windows its monitors offer.
SENTRY_INTERVALS = ("1m", "5m", "15m", "1h", "1d", "1w", "30d")
SENTRY_WINDOWS = ("1m", "5m", "10m", "15m", "30m", "1h", "2h", "4h", "1d")
# Longer than the minute between two evaluations, so that an event which arrives late is still counted.
EACH_EVENT_WITHIN = Length(300)
# Five fields; names of months and weekdays are words of Sentry's crontab, too.
_CRONTAB = re.compile(r"[0-9A-Za-z*,/\-]+( +[0-9A-Za-z*,/\-]+){4}")
# Datadog synthetic tests: how often, how many retries, how far apart (options_list of the API description).
TICK_SECONDS = range(30, 604_801)
# How long a test waits for an answer, in seconds: declared with each test, and counted in the time to its failure.
TEST_TIMEOUT = 10
RETRY_COUNTS = range(4)
RETRY_GAP_SECONDS = range(6)

# A rate, a percentile or a count: what each of Sentry's measures is counted in.
MEASURED_IN = {"failure_rate": "share", "count": "count", "users": "count"}

Where = dict[str, tuple[str, ...]]
SentryWhere = dict[SentryTagKey, SentryValues]
DatadogWhere = dict[DatadogTagKey, DatadogValues]
Method = Literal["GET", "HEAD"]


Sender = tuple[str, tuple[str, ...]]
"""What sends tags, in words, and its place in platform.yaml."""


def _project(name: str) -> Sender:
    return f'project "{name}"', ("sentry", "projects", name)


def _metric(name: str) -> Sender:
    return f'metric "{name}"', ("datadog", "metrics", name)


def _undeclared(key: str, tags: Iterable[str], sender: Sender, *at: str | int) -> EntryProblem:
    """A tag that the sender does not send, or that nobody has declared yet."""
    words, place = sender
    remedy = nearest(key, tags)
    meant = meant_by(remedy)
    if meant is None:
        place_in_words = f"platform.yaml under the tags of the {place[1][:-1]}"
        remedy = f"{remedy}; if it is sent, declare it in {place_in_words}, as {key}: {{}}"
    what = f"{words} sends no tag {quoted(key)}"
    return EntryProblem(what, remedy, at, meant, () if meant else (*place, "tags", key))


def _unsent(where: Mapping[str, Collection[str]], tags: Mapping[str, SentTag], of: Sender) -> Iterator[EntryProblem]:
    """Tags, and values of tags, that the sender never sends."""
    for key, values in where.items():
        if key not in tags:
            yield _undeclared(key, tags, of, key)
            continue
        legal = tags[key].values
        for value in values:
            if legal and value not in legal:
                what = f"the tag {quoted(key)} of {of[0]} is never {quoted(value)}"
                yield EntryProblem(what, nearest(value, legal), (key,))


def _too_long(where: Where) -> Iterator[EntryProblem]:
    """Tags that Datadog would cut, since it counts key and value together."""
    for key, values in where.items():
        for value in values:
            if len(f"{key}:{value}") > MAX_DATADOG_TAG:
                what = f"the tag {quoted(key)} and its value have {len(key) + 1 + len(value)} characters"
                yield EntryProblem(what, f"Datadog keeps at most {MAX_DATADOG_TAG}", (key,))


def _sent_by_project(where: Where, info: ValidationInfo) -> Where:
    name = info.data.get("project", "")
    project = names_in(info).projects.get(name)
    if project:
        raise_problems(_unsent(where, project.tags, _project(name)))
    return where


def _not_taken(window: Length, legal: tuple[str, ...], field: str) -> Iterator[EntryProblem]:
    """A window outside the closed set that Sentry takes."""
    if str(window) not in legal:
        what = f'"{window}" is not a window that Sentry takes'
        yield EntryProblem(what, f"it is one of {', '.join(legal)}", (field,))


_AS = {"time": "a time", "size": "a size", "share": "a share", "count": "a count"}
_LIKE = {
    "time": "a time, like 2s",
    "size": "a size, like 1.5GiB",
    "share": "a share, like 5%",
    "count": "a bare number",
}


class Errors(Entry):
    """Errors that Sentry groups: a count over a tag, a count per issue, or each single event."""

    project: ProjectRef
    """The Sentry project whose errors are counted."""
    where: SentryWhere = {}
    """The tags, and their values, that an error must have to count."""
    more_than: int | None = None
    """The count above which it fires."""
    within: Duration | None = None
    """The time in which errors are counted."""
    each_event: bool = False
    """Fire at every single error."""
    per_issue: bool = False
    """Count each issue by itself."""

    _tags_are_sent = field_validator("where")(_sent_by_project)

    @property
    def limit(self) -> int:
        """The count above which it fires."""
        return self.more_than or 0

    @property
    def limit_word(self) -> str:
        """The word that says how many errors are too many."""
        return "each-event" if self.each_event else "more-than"

    @property
    def window(self) -> Length:
        """The time in which errors are counted."""
        return self.within or EACH_EVENT_WITHIN

    @property
    def one_is_enough(self) -> bool:
        """Whether a single event fires it."""
        return self.limit == 0

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No count and no single event, both, a count or a window that Sentry does not take."""
        yield from self._miscounted()
        least = 1 if self.per_issue else 0
        if self.more_than is not None and self.more_than < least:
            yield EntryProblem(f'"{self.more_than}" is too few to count', f"write {least} or more", ("more-than",))
        if self.per_issue:
            for key in [key for key, values in self.where.items() if len(values) > 1]:
                what = "Sentry compares a single issue with one value a tag"
                yield EntryProblem(what, "write one rule for each value", ("where", key))
        if self.within is not None:
            yield from _not_taken(self.within, SENTRY_INTERVALS if self.per_issue else SENTRY_WINDOWS, "within")

    def _miscounted(self) -> Iterator[EntryProblem]:
        counted = self.more_than is not None or self.within is not None
        if self.each_event and (counted or self.per_issue):
            yield EntryProblem("each-event leaves nothing to count", "take out more-than, within and per-issue")
        elif not self.each_event and not counted:
            yield EntryProblem("counts nothing", "write more-than and within, or each-event: true")
        elif not self.each_event and self.within is None:
            yield EntryProblem("counts without an end", "write within, like 5m", ("more-than",))
        elif not self.each_event and self.more_than is None:
            yield EntryProblem("has a window and no number", "write more-than, like 10", ("within",))


class SentryMetric(Entry):
    """An aggregate that Sentry computes over its events."""

    project: ProjectRef
    """The Sentry project whose events are measured."""
    measure: Literal["failure_rate", "p50", "p75", "p90", "p95", "p99", "count", "users"]
    """What is computed over the events."""
    where: SentryWhere = {}
    """The tags, and their values, that an event must have to count."""
    over: Duration
    """The time over which the value is computed."""
    above: Amount
    """The value above which it fires, with its unit."""
    at_least: Amount | None = None
    """How many events its window must hold at the quietest traffic; a check compares, Sentry has no such setting."""

    _tags_are_sent = field_validator("where")(_sent_by_project)

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A window that Sentry does not take, or a threshold in another dimension."""
        yield from _not_taken(self.over, SENTRY_WINDOWS, "over")
        wanted = MEASURED_IN.get(self.measure, "time")
        if self.above.dimension != wanted:
            what = f'"{self.above}" is {_AS[self.above.dimension]}, and {self.measure} is {_AS[wanted]}'
            yield EntryProblem(what, f"write {_LIKE[wanted]}", ("above",))
        if self.at_least is not None and self.at_least.dimension != "count":
            yield EntryProblem(f'"{self.at_least}" is not a number of events', 'write "100 events"', ("at-least",))


class Cron(Entry):
    """A job that checks in with Sentry on a schedule."""

    project: ProjectRef
    """The Sentry project that the job checks in with."""
    schedule: Line
    """When the job runs, as a crontab of five fields."""
    time_zone: Zone
    """The time zone of the schedule."""
    late_after: Duration
    """How late a check-in may be, in whole minutes."""
    at_most: Duration
    """How long the job may run, in whole minutes."""
    failures: int = 1
    """How many failures in a row it takes to fire."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A schedule that is no crontab; margins (whole minutes, 1 to 40320) and failures that Sentry does not take."""
        if not _CRONTAB.fullmatch(self.schedule):
            remedy = 'write five fields, minute hour day month weekday, like "30 2 * * *"'
            yield EntryProblem(f"{quoted(self.schedule)} is not a crontab", remedy, ("schedule",))
        for name, length in (("late-after", self.late_after), ("at-most", self.at_most)):
            if length.seconds % 60 or not 60 <= length.seconds <= 40_320 * 60:
                yield EntryProblem(f'"{length}" is not a margin', "Sentry counts whole minutes, 1m to 28d", (name,))
        if not 1 <= self.failures <= 720:
            yield EntryProblem(f'"{self.failures}" is not a number of failures', "Sentry takes 1 to 720", ("failures",))


class Health(Entry):
    """A question to the platform's own health endpoint, and the components that must not fail in its answer."""

    health: Literal["liveness", "readiness", "full"]
    """Which question is put to the health endpoint."""
    components: tuple[ComponentRef, ...] = ()
    """The components that must not fail in the answer; left out, all that decide readiness."""
    within: Duration = Length(3)
    """How long the answer may take."""


class Page(Entry):
    """An address that must answer with a status, in time, and perhaps with a text or headers."""

    url: Url | None = None
    """The whole address that is requested."""
    path: Path | None = None
    """The path below the environment's address that is requested."""
    status: int = 200
    """The HTTP status that the answer must have."""
    within: Duration = Length(3)
    """How long the answer may take."""
    contains: Line | None = None
    """A text that the answer must contain."""
    headers: dict[HeaderName, HeaderValue] = {}
    """Headers that the answer must have."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No address or two, half a path, a status that HTTP does not have."""
        if (self.url is None) == (self.path is None):
            what = "has no address" if self.url is None else "has two addresses"
            yield EntryProblem(what, "write url, or path below the environment's address")
        if self.contains is not None and "{{" in self.contains:
            what = 'holds "{{", which Datadog replaces by a variable of its own'
            yield EntryProblem(what, "name a part of the text without it", ("contains",))
        if not 100 <= self.status <= 599:
            yield EntryProblem(f'"{self.status}" is not an http status', "write one from 100 to 599", ("status",))


class Certificate(Entry):
    """A TLS certificate that must still be valid for some days; of the environment's host unless it names one."""

    host: Host | None = None
    """The host whose certificate is checked; left out, the environment's."""
    valid_for: Duration
    """How long the certificate must still be valid, in whole days."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A time that is not one or more whole days.

        Datadog counts a certificate's days, and its provider sends 0 for what is no whole number: the test would fail
        only once the certificate has expired (DataDog/terraform-provider-datadog, resource_datadog_synthetics_test_.go,
        isTargetOfTypeInt).
        """
        days = max(1, ceil(self.valid_for.seconds / SECONDS_IN["d"]))
        if self.valid_for.seconds != days * SECONDS_IN["d"]:
            what = f'Datadog counts a certificate\'s days, and "{self.valid_for}" is not one or more whole days'
            yield EntryProblem(what, f"write valid-for: {days}d", ("valid-for",))


class SyntheticRequest(Entry):
    """What a synthetic test asks: exactly one of health, page, certificate."""

    health: Health | None = None
    """Request the platform's own health endpoint."""
    page: Page | None = None
    """Request a page."""
    certificate: Certificate | None = None
    """Check a TLS certificate."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No question, or several at once."""
        if len([part for part in (self.health, self.page, self.certificate) if part is not None]) != 1:
            yield EntryProblem("a test asks one thing", "write exactly one of health, page, certificate")


class Retry(Entry):
    """How often a failed location tries again before it counts, and after how long."""

    times: int
    """How often a location tries again, 0 to 3."""
    after: Duration
    """How long it waits before it tries again, 0s to 5s."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """More retries, or later ones, than Datadog takes."""
        if self.times not in RETRY_COUNTS:
            yield EntryProblem(f'"{self.times}" is not a number of retries', "Datadog takes 0 to 3", ("times",))
        if self.after.seconds not in RETRY_GAP_SECONDS:
            yield EntryProblem(f'"{self.after}" is not a gap between retries', "Datadog takes 0s to 5s", ("after",))


class Uptime(Entry):
    """A synthetic test from several regions."""

    asks: SyntheticRequest
    """What the test requests."""
    methods: tuple[Method, ...] = ("GET",)
    """The HTTP methods that are tested, one test each."""
    every: Duration
    """How often each region runs the test, 30s to 1w."""
    regions: tuple[Location, ...]
    """The locations from which it runs."""
    failing_in: int = 1
    """How many regions must fail at the same time."""
    retry: Retry | None = None
    """How often a failed location tries again before it counts."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A pace that Datadog does not take, methods or regions that are none or double, failures that cannot be."""
        if self.every.seconds not in TICK_SECONDS:
            yield EntryProblem(f'"{self.every}" is not a pace for a test', "Datadog takes 30s to 1w", ("every",))
        for field, given in (("methods", self.methods), ("regions", self.regions)):
            if not given:
                yield EntryProblem("is an empty list", "name at least one", (field,))
            for name in repeated(given):
                yield EntryProblem(f"names {quoted(name)} twice", "name it once", (field,))
        if self.regions and not 1 <= self.failing_in <= len(self.regions):
            what = f'"{self.failing_in}" of {len(self.regions)} regions can never fail'
            yield EntryProblem(what, f"write 1 to {len(self.regions)}", ("failing-in",))


AGGREGATIONS = ("avg", "sum", "min", "max", "p50", "p75", "p90", "p95", "p99")
PERCENTILES = frozenset(word for word in AGGREGATIONS if word.startswith("p"))


class MetricSelector(Entry):
    """A Datadog metric, how it is aggregated, and which part of it: exactly one aggregation names the metric."""

    avg: MetricRef | None = None
    """The metric, averaged."""
    sum: MetricRef | None = None
    """The metric, summed."""
    min: MetricRef | None = None
    """The smallest value of the metric."""
    max: MetricRef | None = None
    """The largest value of the metric."""
    p50: MetricRef | None = None
    """The median of the metric."""
    p75: MetricRef | None = None
    """The 75th percentile of the metric."""
    p90: MetricRef | None = None
    """The 90th percentile of the metric."""
    p95: MetricRef | None = None
    """The 95th percentile of the metric."""
    p99: MetricRef | None = None
    """The 99th percentile of the metric."""
    where: DatadogWhere = {}
    """The tags, and their values, that a series must have to count."""

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
        raise_problems(_too_long(where))
        name = next((info.data[word] for word in AGGREGATIONS if info.data.get(word)), "")
        metric = names_in(info).metrics.get(name)
        if metric:
            raise_problems(_unsent(where, metric.tags, _metric(name)))
        return where

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """No aggregation or several, or a percentile of what has none."""
        given = [word for word in AGGREGATIONS if getattr(self, word) is not None]
        if len(given) != 1:
            what = f"has {len(given)} aggregations" if given else "names no metric"
            yield EntryProblem(what, f"write exactly one of {', '.join(AGGREGATIONS)}")
        for word in given:
            metric = names.metrics.get(getattr(self, word))
            if metric is not None:
                yield from self._misread(metric, word)

    def _misread(self, metric: MetricSender, word: str) -> Iterator[EntryProblem]:
        name = getattr(self, word)
        if word in PERCENTILES and metric.kind != "distribution":
            what = f'a {metric.kind} such as "{name}" has no {word}'
            yield EntryProblem(what, "write avg, min or max, or send a distribution", (word,))


class MetricSignal(MonitorOptions, MetricSelector):
    """A Datadog metric against a threshold."""

    by: tuple[DatadogTagKey, ...] = ()
    """The tags by which the metric is split; each group fires by itself."""
    over: Duration
    """The time over which the value is computed, in whole minutes."""
    above: Amount | None = None
    """The value above which it fires, with its unit."""
    below: Amount | None = None
    """The value below which it fires, with its unit."""
    at_least: Amount | None = None
    """The value at or above which it fires, with its unit."""
    at_most: Amount | None = None
    """The value at or below which it fires, with its unit."""
    recovers_at: Amount | None = None
    """The value at which it recovers; left out, the threshold itself."""

    @property
    def threshold(self) -> Quantity:
        """The value at which it fires."""
        limit: Quantity | None = getattr(self, self.threshold_word.field)
        return limit or Quantity(0)

    @property
    def threshold_word(self) -> ThresholdWord:
        """How a value is compared with the threshold."""
        return word_written(self)

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """No threshold or several, a window that Datadog does not take (last_1m to last_10080m of its API)."""
        yield from super().entry_problems(names)
        yield from _thresholds(self)
        yield from self.unlike_groups(self.by)
        if self.over.seconds % 60 or not 60 <= self.over.seconds <= 10_080 * 60:
            yield EntryProblem(
                f'"{self.over}" is not a window that Datadog takes', "write whole minutes, 1m to 1w", ("over",)
            )

    def _misread(self, metric: MetricSender, word: str) -> Iterator[EntryProblem]:
        yield from super()._misread(metric, word)
        name, wanted = getattr(self, word), UNITS[metric.unit][0]
        for number, key in enumerate(self.by):
            if key not in metric.tags:
                yield _undeclared(key, metric.tags, _metric(name), "by", number)
        for field in (*(word.field for word in ThresholdWord), "recovers_at"):
            limit: Quantity | None = getattr(self, field)
            if limit is not None and limit.dimension != wanted:
                what = f'"{limit}" is {_AS[limit.dimension]}, and metric "{name}" is {_AS[wanted]}'
                yield EntryProblem(what, f"write {_LIKE[wanted]}", (kebab(field),))


def _thresholds(signal: MetricSignal | RawQuery) -> Iterator[EntryProblem]:
    count = words_written(signal)
    if count != 1:
        what = f"has {count} thresholds" if count else "has no threshold"
        yield EntryProblem(what, f"write one of {', '.join(ThresholdWord)}")


class RawQuery(MonitorOptions):
    """A Datadog query as it stands: the escape hatch, which is checked less."""

    query: Query
    """The query as Datadog writes it, without the comparison."""
    above: float | None = None
    """The value above which it fires."""
    below: float | None = None
    """The value below which it fires."""
    at_least: float | None = None
    """The value at or above which it fires."""
    at_most: float | None = None
    """The value at or below which it fires."""
    recovers_at: float | None = None
    """The value at which it recovers; left out, the threshold itself."""

    @property
    def threshold(self) -> float:
        """The value at which it fires."""
        limit: float | None = getattr(self, self.threshold_word.field)
        return limit or 0.0

    @property
    def threshold_word(self) -> ThresholdWord:
        """How a value is compared with the threshold."""
        return word_written(self)

    @property
    def metric_words(self) -> tuple[str, ...]:
        """The words written that Datadog takes on metrics alone.

        Its API refuses a recovery of events and of logs (DataDog/terraform-provider-datadog, issues 1401 and 210); of
        the other forms none is known to take one.
        """
        return (*super().metric_words, *(("recovers-at",) if self.recovers_at is not None else ()))

    @property
    def runs_to_fire(self) -> int:
        """Of a service check: how many of its last runs must have failed."""
        return ceil(self.threshold) if self.threshold_word.fires_at_threshold else floor(self.threshold) + 1

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """No threshold, or several."""
        yield from super().entry_problems(names)
        yield from _thresholds(self)


class Composite(Entry):
    """Other rules combined: all-of, any-of, none-of, without expressions."""

    all_of: tuple[RuleRef, ...] = ()
    """The rules that must all fire."""
    any_of: tuple[RuleRef, ...] = ()
    """The rules of which at least one must fire."""
    none_of: tuple[RuleRef, ...] = ()
    """The rules of which none may fire."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The ids of all rules it is made of."""
        return self.all_of + self.any_of + self.none_of

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Nothing that could fire, or a rule twice."""
        if not self.all_of and not self.any_of:
            yield EntryProblem("combines nothing that fires", "write all-of or any-of")
        for name in repeated(self.parts):
            yield EntryProblem(f'names the rule "{name}" twice', "name it once")


class Slo(Entry):
    """An objective over good and total counts; alerts on how fast its error budget burns."""

    good: MetricSelector
    """The metric that counts the good events."""
    total: MetricSelector
    """The metric that counts all events."""
    objective: Share
    """The share of good events that is promised, such as 99.9%."""
    over: Literal["7d", "30d", "90d"] = "30d"
    """The period over which the objective counts."""

    @property
    def days(self) -> int:
        """The period as a number of days."""
        return days_of_period(self.over)

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Sides that are not counts, or an objective without an error budget."""
        for field, side in (("good", self.good), ("total", self.total)):
            if side.aggregation != "sum":
                yield EntryProblem(f"{side.aggregation} counts no events", "write sum", (field, side.aggregation))
        if self.objective.number >= 100:
            what = 'an objective of "100%" has no error budget'
            yield EntryProblem(what, "write less than 100%, like 99.9%", ("objective",))


def days_of_period(period: str) -> int:
    """A period of an objective as a number of days: 30 for "30d"."""
    return int(period.removesuffix("d"))


class Elsewhere(Entry):
    """A signal that lives in another system, which sends to a PagerDuty service of the rule's own."""

    events_api: Line | None = None
    """The system that sends through PagerDuty's Events API v2, in words."""
    vendor: IntegrationVendor | None = None
    """The system as PagerDuty's list of integrations names it, such as Amazon CloudWatch; the whole name."""
    email: IntegrationEmail | None = None
    """The address at PagerDuty to which the system mails."""
    fires_when: Sentence
    """When the other system sends, in words."""
    detects_within: Duration
    """How long the other system takes at worst, as its author promises; nothing here can prove it."""

    @property
    def sender(self) -> str:
        """The system that sends, in words."""
        return self.events_api or self.vendor or f"mail to {self.email}"

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No way in, or several."""
        given = [word for word in WAYS_IN if getattr(self, word.replace("-", "_")) is not None]
        if len(given) != 1:
            what = f"sends by {' and '.join(given)}" if given else "names nothing that sends"
            yield EntryProblem(what, f"write exactly one of {', '.join(WAYS_IN)}")


WAYS_IN = ("events-api", "vendor", "email")

# By the vendor that watches; what another system watches is seen by PagerDuty first.
SentrySignal = Errors | SentryMetric | Cron
DatadogSignal = Uptime | MetricSignal | RawQuery | Composite | Slo
PagerDutySignal = Elsewhere
Signal = SentrySignal | DatadogSignal | PagerDutySignal
Watcher = Literal["sentry", "datadog", "pagerduty"]
WATCHERS: Mapping[type[Entry], Watcher] = {
    **dict.fromkeys(get_args(SentrySignal), "sentry"),
    **dict.fromkeys(get_args(DatadogSignal), "datadog"),
    PagerDutySignal: "pagerduty",
}
"""Whose each signal is: the vendor at which it is declared."""
