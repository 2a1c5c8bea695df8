"""What somebody expects of each rule, typed by hand in the vendors' own words: the whole of expectations.yaml.

A field is named as the vendor's API names it, in the catalog's spelling; a number without a unit is in the unit that
the field's name says. What is left out is expected not to be declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import EnvironmentRef, Names, PolicyRef
from monitoring.model.scalars import Id, Line, Query, Sentence

EXPECTATIONS_FILE = "expectations.yaml"

Urgency = Literal["high", "low", "use_support_hours"]
PagerDutySeverity = Literal["critical", "error", "warning", "info"]
OnMissingData = Literal["default", "resolve", "show_no_data", "show_and_notify_no_data"]


class ExpectedStep(Entry):
    """One step of an escalation policy: who is notified, and after how many minutes the next step begins."""

    ask: tuple[Sentence, ...]
    """The schedules or people that this step notifies."""
    minutes: int
    """After how many minutes the next step begins."""


class ExpectedPolicy(Entry):
    """An escalation policy: its steps, and how often it begins again."""

    steps: tuple[ExpectedStep, ...]
    """The steps, in their order."""
    extra_rounds: int
    """How often all steps begin again."""


class ExpectedPage(Entry):
    """Which escalation policy is asked, and with which urgency."""

    policy: PolicyRef
    """The escalation policy that is paged."""
    urgency: Urgency
    """The urgency of the incident at PagerDuty, or that support hours decide it."""
    support_hours: Sentence | None = None
    """The support hours, like "1,2,3,4,5 09:00:00-17:00:00 Europe/Berlin"; Monday is 1."""


# --- Sentry ----------------------------------------------------------------------------------------------------


class ExpectedMetricMonitor(Entry):
    """A metric monitor: it fires above a number, and recovers at another or below it."""

    project: Sentence
    """The slug of the Sentry project."""
    query: str
    """The search that filters the events, as Sentry writes it."""
    aggregate: Sentence
    """The aggregate, such as count() or p95(transaction.duration)."""
    event_type: Sentence
    """The type of the events that are counted."""
    time_window_seconds: int
    """The time over which the value is computed, in seconds."""
    above: float
    """The number above which it fires."""
    recovers_at: float
    """The number at which, or below which, it recovers."""
    priority: int
    """The priority of its issues: 75 high, 50 medium, 25 low."""


class ExpectedCronMonitor(Entry):
    """A cron monitor: a check-in that is late, missing or failed opens an issue."""

    project: Sentence
    """The slug of the Sentry project."""
    crontab: Line
    """When the job runs, as a crontab."""
    timezone: Sentence
    """The time zone of the crontab."""
    checkin_margin_minutes: int
    """How late a check-in may be, in minutes."""
    max_runtime_minutes: int
    """How long the job may run, in minutes."""
    failure_issue_threshold: int
    """How many failures in a row open an issue."""
    recovery_threshold: int
    """How many successes in a row close it."""


class ExpectedUptimeMonitor(Entry):
    """An uptime monitor: so many wrong or missing answers in a row open an issue."""

    project: Sentence
    """The slug of the Sentry project."""
    request: Sentence
    """The method and the address that is requested."""
    sends: tuple[Query, ...] = ()
    """What the request carries: its headers as "name: value", and its body; left out, nothing."""
    interval_seconds: int
    """How often it asks, in seconds."""
    timeout_ms: int
    """How long it waits for an answer, in milliseconds."""
    downtime_threshold: int
    """How many failures in a row open an issue."""
    recovery_threshold: int
    """How many right answers in a row close it."""


class ExpectedErrorMonitor(Entry):
    """A project's own error monitor, and the alert's conditions on each of its issues."""

    project: Sentence
    """The slug of the Sentry project."""
    triggers: tuple[Sentence, ...] = ()
    """What has to happen to an issue, as Sentry's API names it; left out, any event."""
    conditions: tuple[Sentence, ...] = ()
    """The conditions of the alert, one a line; left out, it has none."""


class ExpectedAtSentry(Entry):
    """An alert and the one monitor that it watches."""

    environment: Sentence
    """The environment that is watched, as Sentry names it: that of a metric or uptime monitor, else the alert's."""
    metric_monitor: ExpectedMetricMonitor | None = None
    """The metric monitor, if it is one."""
    cron_monitor: ExpectedCronMonitor | None = None
    """The cron monitor, if it is one."""
    uptime_monitor: ExpectedUptimeMonitor | None = None
    """The uptime monitor, if it is one."""
    error_monitor: ExpectedErrorMonitor | None = None
    """The error monitor of the project, if it is that one."""
    frequency_minutes: int
    """How often the alert may notify again, in minutes."""
    pagerduty_severity: PagerDutySeverity | None = None
    """The severity that Sentry sends to PagerDuty."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No monitor, or several."""
        forms = (self.metric_monitor, self.cron_monitor, self.uptime_monitor, self.error_monitor)
        monitors = sum(form is not None for form in forms)
        if monitors != 1:
            remedy = "write one of metric-monitor, cron-monitor, uptime-monitor, error-monitor"
            yield EntryProblem(f"has {monitors} monitors, and an alert watches one", remedy)


# --- Datadog ---------------------------------------------------------------------------------------------------


class ExpectedMonitor(Entry):
    """A monitor; `recovers-at` is its critical recovery threshold."""

    type: Sentence
    """The type of the monitor at Datadog."""
    query: Query
    """The whole query, with its comparison."""
    priority: int
    """The priority, from 1 (high) to 5 (low)."""
    recovers_at: float | None = None
    """The critical recovery threshold."""
    on_missing_data: OnMissingData | None = None
    """What the monitor does while no data arrives."""
    new_group_delay: int | None = None
    """How long a new group is left alone, in seconds."""
    evaluation_delay: int | None = None
    """How long ago a window has ended when it is looked at, in seconds."""
    timeout_h: int | None = None
    """After how many hours without data it resolves."""
    notify_by: tuple[Sentence, ...] = ()
    """The keys of its groups for whose values there is one notification each."""
    require_full_window: Literal[True] | None = None
    """Whether a window with a gap is passed over; left out, it is not."""
    trigger_window: Sentence | None = None
    """Of an anomaly: the time in which values must be out of bounds."""
    recovery_window: Sentence | None = None
    """Of an anomaly: the time in which values must be within bounds again."""
    critical: int | None = None
    """Of a service check: after how many failures in a row it fires."""
    ok: int | None = None
    """Of a service check: after how many good answers in a row it recovers."""
    no_data_timeframe: int | None = None
    """Of a service check: after how many minutes without an answer it notifies; left out, it does not."""


class ExpectedRetry(Entry):
    """How often a test tries again before it fails, and after how many milliseconds."""

    count: int
    """How often the test tries again."""
    interval: int
    """How long it waits before it tries again, in milliseconds."""


class ExpectedTestStep(Entry):
    """One request of a synthetic test of several."""

    name: Sentence
    """What the step is called."""
    request: Sentence
    """The method and the address that are requested."""
    sends: tuple[Query, ...] = ()
    """What the request carries: a header a line, then its body."""
    assertions: tuple[Query, ...]
    """What must hold of the answer, one a line."""
    keeps: tuple[Query, ...] = ()
    """What later steps use of the answer: the name of a variable and a path, one a line."""
    on_failure: Literal["stop", "continue", "ignore"]
    """What a failure does: stop fails the test at once, continue after the other steps, ignore not at all."""


class ExpectedBrowserStep(Entry):
    """One thing that a browser does, or looks for."""

    name: Sentence
    """What the step is called."""
    does: Query
    """Its type, and what it does or compares, where; an element that was recorded is not spelled out."""
    seconds: int
    """For how many seconds it tries."""
    on_failure: Literal["stop", "continue", "ignore"]
    """What a failure does: stop fails the test at once, continue after the other steps, ignore not at all."""


class ExpectedTest(Entry):
    """A synthetic test: what it requests, from where, every how many seconds, and what has to hold of the answer."""

    request: Sentence
    """The method and the address that are requested."""
    sends: tuple[Query, ...] = ()
    """What the request carries: a header a line, then its body."""
    steps: tuple[ExpectedTestStep, ...] = ()
    """The requests of a test of several, one after the other."""
    browser_steps: tuple[ExpectedBrowserStep, ...] = ()
    """What a browser does and looks for, in turn."""
    devices: tuple[Sentence, ...] = ()
    """The browsers in which it runs, as Datadog names them."""
    tick_every: int
    """How often the test runs, in seconds."""
    locations: tuple[Sentence, ...]
    """The locations from which it runs, as Datadog names them."""
    min_location_failed: int
    """How many locations must fail at the same time."""
    min_failure_duration: int | None = None
    """How long the test must fail before it fires, in seconds."""
    retry: ExpectedRetry | None = None
    """How often a failed location tries again."""
    assertions: tuple[Query, ...] = ()
    """What must hold of the answer, one a line."""
    priority: int
    """The priority of its monitor, from 1 (high) to 5 (low)."""


class ExpectedSlo(Entry):
    """A service level objective: its two series, its target in percent, and its period."""

    numerator: Query
    """The query that counts the good events."""
    denominator: Query
    """The query that counts all events."""
    target: float
    """The objective, in percent."""
    timeframe: Sentence
    """The period over which it counts, such as 30d."""


class ExpectedAtDatadog(Entry):
    """The monitors of a rule, with the objective whose budget they watch, or its synthetic tests."""

    monitors: tuple[ExpectedMonitor, ...] = ()
    """The monitors that the rule becomes."""
    tests: tuple[ExpectedTest, ...] = ()
    """The synthetic tests that the rule becomes."""
    slo: ExpectedSlo | None = None
    """The objective whose budget the monitors watch."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Neither monitors nor tests, or both."""
        if bool(self.monitors) == bool(self.tests):
            kinds = "monitors and tests" if self.monitors else "neither monitors nor tests"
            yield EntryProblem(f"has {kinds}, and a rule has one of the two", "write monitors or tests")


# --- PagerDuty -------------------------------------------------------------------------------------------------


class ExpectedAtPagerDuty(Entry):
    """The integration of a PagerDuty service to which another system sends."""

    type: Sentence | None = None
    """The integration's type, as PagerDuty's API names it."""
    vendor: Sentence | None = None
    """The vendor in PagerDuty's list of integrations, if it is one of a vendor's."""
    integration_email: Sentence | None = None
    """The address that takes mail, if it is one for e-mail."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Neither a type nor a vendor, or both."""
        if (self.type is None) == (self.vendor is None):
            what = "has no integration" if self.type is None else "has a type and a vendor"
            yield EntryProblem(what, "write one of type and vendor")


# --- rules -----------------------------------------------------------------------------------------------------


class Expectation(Entry):
    """Where one rule arrives, and what its vendor watches; without a page it pages nobody."""

    page: ExpectedPage | None = None
    """Who is paged; left out, nobody."""
    slack: tuple[Sentence, ...] = ()
    """The Slack channels that are notified."""
    microsoft_teams: tuple[Sentence, ...] = ()
    """The channels of Microsoft Teams that are notified, as Datadog's handles name them."""
    webhook: tuple[Sentence, ...] = ()
    """The webhooks that are called: Datadog's by name, Sentry's by the slug of its internal integration."""
    opsgenie: tuple[Sentence, ...] = ()
    """The Opsgenie services that get an alert, as Datadog names them."""
    email: tuple[Sentence, ...] = ()
    """The addresses that get an e-mail."""
    issue_owners: tuple[Sentence, ...] = ()
    """Whom Sentry tells of an issue without an owner, where it tells the owners, as its fallthrough type names them."""
    sentry: ExpectedAtSentry | None = None
    """What Sentry watches, if the rule is Sentry's."""
    datadog: ExpectedAtDatadog | None = None
    """What Datadog watches, if the rule is Datadog's."""
    pagerduty: ExpectedAtPagerDuty | None = None
    """What PagerDuty takes from another system, if the rule's signal lives elsewhere."""

    @property
    def expects_to_wake(self) -> bool:
        """Whether the page is one that wakes."""
        return self.page is not None and self.page.urgency == "high"

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No vendor, or several."""
        given = [word for word in ("sentry", "datadog", "pagerduty") if getattr(self, word) is not None]
        if len(given) != 1:
            vendors = " and ".join(given) or "no vendor"
            yield EntryProblem(f"names {vendors}, and a rule is watched by one", "write sentry, datadog or pagerduty")


class ExpectedElsewhere(Entry):
    """The rules as they act in another environment than the one that owns what is shared."""

    rules: dict[Id, Expectation]
    """What is expected of each rule in this environment, by the rule's id."""


class Expectations(Entry):
    """The whole of expectations.yaml; `rules` are those of the environment that owns what is shared."""

    policies: dict[PolicyRef, ExpectedPolicy] = Field(default_factory=dict)
    """What is expected of each escalation policy, by its key."""
    rules: dict[Id, Expectation] = Field(default_factory=dict)
    """What is expected of each rule where shared things are owned, by the rule's id."""
    environments: dict[EnvironmentRef, ExpectedElsewhere] = Field(default_factory=dict)
    """What is expected of the rules in each other environment."""
