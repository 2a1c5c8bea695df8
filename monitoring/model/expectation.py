"""What somebody expects of each rule, typed by hand in the vendors' own words: the whole of expectations.yaml.

A field is named as the vendor's API names it, in the catalog's spelling; a number without a unit is in the unit that
the field's name says. What is left out is expected not to be declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from monitoring.model.entry import Entry, Flaw
from monitoring.model.references import EnvironmentRef, Names, PolicyRef
from monitoring.model.words import Id, Sentence

EXPECTATIONS_FILE = "expectations.yaml"

Urgency = Literal["high", "low"]
PagerDutySeverity = Literal["critical", "error", "warning", "info"]
OnMissingData = Literal["default", "resolve", "show_no_data", "show_and_notify_no_data"]


class ExpectedStep(Entry):
    """One step of an escalation policy: who is notified, and after how many minutes the next step begins."""

    ask: tuple[Sentence, ...]
    minutes: int


class ExpectedPolicy(Entry):
    """An escalation policy: its steps, and how often it begins again."""

    steps: tuple[ExpectedStep, ...]
    extra_rounds: int


class ExpectedPage(Entry):
    """Which escalation policy is asked, and with which urgency."""

    policy: PolicyRef
    urgency: Urgency


# --- Sentry ----------------------------------------------------------------------------------------------------


class ExpectedMetricMonitor(Entry):
    """A metric monitor: it fires above a number, and recovers at another or below it."""

    project: Sentence
    query: str
    aggregate: Sentence
    event_type: Sentence
    time_window_seconds: int
    above: float
    recovers_at: float
    priority: int


class ExpectedCronMonitor(Entry):
    """A cron monitor: a check-in that is late, missing or failed opens an issue."""

    project: Sentence
    crontab: Sentence
    timezone: Sentence
    checkin_margin_minutes: int
    max_runtime_minutes: int
    failure_issue_threshold: int
    recovery_threshold: int


class ExpectedErrorMonitor(Entry):
    """A project's own error monitor, and the alert's conditions on each of its issues."""

    project: Sentence
    conditions: tuple[Sentence, ...]


class ExpectedAtSentry(Entry):
    """An alert and the one monitor that it watches."""

    environment: Sentence
    metric_monitor: ExpectedMetricMonitor | None = None
    cron_monitor: ExpectedCronMonitor | None = None
    error_monitor: ExpectedErrorMonitor | None = None
    frequency_minutes: int
    pagerduty_severity: PagerDutySeverity | None = None

    def flaws(self, _: Names, /) -> Iterator[Flaw]:
        """No monitor, or several."""
        monitors = sum(form is not None for form in (self.metric_monitor, self.cron_monitor, self.error_monitor))
        if monitors != 1:
            remedy = "write one of metric-monitor, cron-monitor, error-monitor"
            yield Flaw(f"has {monitors} monitors, and an alert watches one", remedy)


# --- Datadog ---------------------------------------------------------------------------------------------------


class ExpectedMonitor(Entry):
    """A monitor; `recovers-at` is its critical recovery threshold."""

    type: Sentence
    query: Sentence
    priority: int
    recovers_at: float | None = None
    on_missing_data: OnMissingData | None = None


class ExpectedRetry(Entry):
    """How often a test tries again before it fails, and after how many milliseconds."""

    count: int
    interval: int


class ExpectedTest(Entry):
    """A synthetic test: what it requests, from where, every how many seconds, and what has to hold of the answer."""

    request: Sentence
    tick_every: int
    locations: tuple[Sentence, ...]
    min_location_failed: int
    retry: ExpectedRetry | None = None
    assertions: tuple[Sentence, ...]
    priority: int


class ExpectedSlo(Entry):
    """A service level objective: its two series, its target in percent, and its period."""

    numerator: Sentence
    denominator: Sentence
    target: float
    timeframe: Sentence


class ExpectedAtDatadog(Entry):
    """The monitors of a rule, with the objective whose budget they watch, or its synthetic tests."""

    monitors: tuple[ExpectedMonitor, ...] = ()
    tests: tuple[ExpectedTest, ...] = ()
    slo: ExpectedSlo | None = None

    def flaws(self, _: Names, /) -> Iterator[Flaw]:
        """Neither monitors nor tests, or both."""
        if bool(self.monitors) == bool(self.tests):
            kinds = "monitors and tests" if self.monitors else "neither monitors nor tests"
            yield Flaw(f"has {kinds}, and a rule has one of the two", "write monitors or tests")


# --- rules -----------------------------------------------------------------------------------------------------


class Expectation(Entry):
    """Where one rule arrives, and what its vendor watches; without a page it pages nobody."""

    page: ExpectedPage | None = None
    slack: tuple[Sentence, ...] = ()
    email: tuple[Sentence, ...] = ()
    sentry: ExpectedAtSentry | None = None
    datadog: ExpectedAtDatadog | None = None

    @property
    def expects_to_wake(self) -> bool:
        """Whether the page is one that wakes."""
        return self.page is not None and self.page.urgency == "high"

    def flaws(self, _: Names, /) -> Iterator[Flaw]:
        """No vendor, or two."""
        if (self.sentry is None) == (self.datadog is None):
            vendors = "both vendors" if self.sentry else "no vendor"
            yield Flaw(f"names {vendors}, and a rule is watched by one", "write sentry or datadog")


class ExpectedElsewhere(Entry):
    """The rules as they act in another environment than the one that owns what is shared."""

    rules: dict[Id, Expectation]


class Expectations(Entry):
    """The whole of expectations.yaml; `rules` are those of the environment that owns what is shared."""

    policies: dict[PolicyRef, ExpectedPolicy] = Field(default_factory=dict)
    rules: dict[Id, Expectation] = Field(default_factory=dict)
    environments: dict[EnvironmentRef, ExpectedElsewhere] = Field(default_factory=dict)
