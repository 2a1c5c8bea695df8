"""A service with its rules, the teams that own them, and the tenants that have rules of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal, get_args

from monitoring.model.addresses import Url
from monitoring.model.alphabets import Channel, OpsgenieService, PagerDutyName
from monitoring.model.entry import Deferred, Entry, EntryProblem, kebab
from monitoring.model.monitor_options import MonitorOptions
from monitoring.model.receivers import FIELDS, IssueFallback, Receiver, ReceiverKind, names_of_kind
from monitoring.model.references import (
    EnvironmentRef,
    Names,
    PlanRef,
    PolicyRef,
    RuleRef,
    ServiceRef,
    TeamRef,
    TenantRef,
)
from monitoring.model.scalars import Amount, Day, Duration, Email, Id, Sentence, quoted, repeated
from monitoring.model.severity import PROMISES, Severity, SeverityWord
from monitoring.model.signals import (
    Composite,
    Cron,
    Elsewhere,
    Errors,
    EventSearch,
    EventSignal,
    Issues,
    LogSearch,
    MetricAnomaly,
    MetricChange,
    MetricForecast,
    MetricOutlier,
    MetricRatio,
    MetricSignal,
    MetricTotal,
    RawQuery,
    SentryMetric,
    SentrySignal,
    SentryUptime,
    ServiceCheck,
    Signal,
    Slo,
    Trace,
    Uptime,
)
from monitoring.model.signals.base import BaseSignal


class TenantOverride(Entry):
    """What one tenant has of its own."""

    more_than: int | None = None
    """This tenant's own count above which the rule fires."""
    within: Duration | None = None
    """This tenant's own time in which events are counted."""
    above: Amount | None = None
    """This tenant's own threshold."""


class ForEachTenant(Entry):
    """One rule for each listed tenant of a plan, and one for those not listed yet."""

    plan: PlanRef
    """The plan whose tenants each get a rule of their own."""
    except_: dict[TenantRef, TenantOverride] = {}
    """The tenants whose thresholds differ, and how."""


class Rule(Entry):
    """A catalog entry that can notify someone: what it watches, and how severe it is when it fires."""

    id: Id
    """The rule's name, unique in the catalog; every derived name holds it."""
    title: Sentence
    """What is wrong when it fires, in a few words."""
    severity: SeverityWord
    """How severe it is when it fires, P0 to P3."""
    means: Sentence
    """What it means for users, in one sentence; the page says it."""
    recovery_text: Sentence | None = None
    """What a notification says in place of `means` when the rule recovers, where Datadog watches."""
    no_data_text: Sentence | None = None
    """What a notification says in place of `means` when no data arrive, where `when-silent` is `alert`."""
    reminder_text: Sentence | None = None
    """What each reminder says beside the page, where Datadog watches."""
    errors: Deferred[Errors] = None
    """Watch errors that Sentry groups."""
    issues: Deferred[Issues] = None
    """Watch issues of Sentry that are new or come back."""
    sentry_metric: Deferred[SentryMetric] = None
    """Watch a value that Sentry computes over its events."""
    cron: Deferred[Cron] = None
    """Watch a job that checks in with Sentry."""
    uptime: Deferred[Uptime] = None
    """Watch an address from several regions with Datadog."""
    sentry_uptime: Deferred[SentryUptime] = None
    """Watch an address from one region after the other with Sentry."""
    metric: Deferred[MetricSignal] = None
    """Watch a Datadog metric against a threshold."""
    change: Deferred[MetricChange] = None
    """Watch how much a Datadog metric differs from what it was."""
    anomaly: Deferred[MetricAnomaly] = None
    """Watch a Datadog metric outside of what its past lets expect."""
    forecast: Deferred[MetricForecast] = None
    """Watch whether a Datadog metric will pass a threshold."""
    outlier: Deferred[MetricOutlier] = None
    """Watch a group of a Datadog metric that behaves unlike the others."""
    logs: Deferred[LogSearch] = None
    """Watch logs that match a search at Datadog."""
    ratio: Deferred[MetricRatio] = None
    """Watch Datadog metrics divided by others: a share of failures, bytes for each request."""
    total: Deferred[MetricTotal] = None
    """Watch Datadog metrics added up, less others: what is sold by two shops, what came in and did not go out."""
    trace: Deferred[Trace] = None
    """Watch what Datadog's APM measures of a service: requests, errors, their share, latency."""
    events: Deferred[EventSearch] = None
    """Watch how many of Datadog's events match a search."""
    service_check: Deferred[ServiceCheck] = None
    """Watch a service check of Datadog's Agent that fails several times in a row."""
    query: Deferred[RawQuery] = None
    """Watch a Datadog query that the other signals cannot express."""
    composite: Deferred[Composite] = None
    """Watch other rules, combined."""
    slo: Deferred[Slo] = None
    """Watch how fast an error budget burns."""
    elsewhere: Deferred[Elsewhere] = None
    """Page for what another system watches and sends to PagerDuty."""
    for_each_tenant: ForEachTenant | None = None
    """Make one rule for each tenant of a plan."""
    team: TeamRef | None = None
    """The team that gets the rule, if it is not the service's team."""
    environments: tuple[EnvironmentRef, ...] | None = None
    """The environments in which the rule acts; left out, all of them."""
    reminds_every: Duration | None = None
    """How often an open problem notifies again, if not as its severity says."""
    reminds_at_most: int | None = None
    """How many reminders there are at most, where Datadog watches; left out, as long as it fires."""
    same_symptom_as: tuple[RuleRef, ...] = ()
    """The rules that fire for the same cause, so that one of them may be quieter."""
    trial_until: Day | None = None
    """The day on which the trial ends; before it the rule acts as P3."""
    formerly: tuple[Id, ...] = ()
    """Earlier ids of this rule, so that a new id replaces nothing."""

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """No signal or several, tenants that the signal cannot tell apart, a rule made of itself."""
        given = [word for word, name in SIGNAL_FIELDS.items() if getattr(self, name) is not None]
        if not given:
            yield EntryProblem("watches nothing", f"write exactly one of {', '.join(SIGNAL_FIELDS)}")
        if len(given) > 1:
            yield EntryProblem(f"watches {' and '.join(given)}", "write one rule for each", (given[1],))
        if len(given) == 1 and self.for_each_tenant:
            yield from self._tenant_rules()
        if given and self.reminds_at_most is not None:
            yield from self._last_reminder(self.reminds_at_most)
        if len(given) == 1:
            yield from self._unsent_texts()
        yield from _unpromised(self.severity, names, "severity")
        if self.trial_until is not None:
            yield from _unpromised(Severity.P3, names, "trial-until")
        if self.composite and self.id in self.composite.parts:
            yield EntryProblem(f'"{self.id}" is made of itself', "name other rules", ("composite",))
        if self.id in self.same_symptom_as:
            yield EntryProblem(f'"{self.id}" names itself', "name other rules", ("same-symptom-as",))

    def _tenant_rules(self) -> Iterator[EntryProblem]:
        if not isinstance(self.signal, EventSignal):
            what = f"{self.signal_word} cannot be told apart by tenant"
            yield EntryProblem(what, "for-each-tenant goes with errors, issues and sentry-metric", ("for-each-tenant",))

    def _last_reminder(self, number: int) -> Iterator[EntryProblem]:
        """A number of reminders that is none, or one that Sentry is to count: `frequency_minutes` has no end."""
        at = ("reminds-at-most",)
        if number < 1:
            what, remedy = f'"{number}" is no number of reminders', "write 1 or more, or reminds-every: 0m for none"
            yield EntryProblem(what, remedy, at)
        if isinstance(self.signal, SentrySignal):
            yield EntryProblem("Sentry reminds for as long as a rule fires", "take reminds-at-most out", at)

    def _unsent_texts(self) -> Iterator[EntryProblem]:
        """Texts of transitions that nothing sends: Datadog alone has a place for them, and silence has to alert."""
        written = [word for word, text in self.transition_texts.items() if text is not None]
        if self.signal.watcher != "datadog":
            what = "Datadog alone sends a text of its own for this"
            yield from (EntryProblem(what, f"take {word} out, and say it in means", (word,)) for word in written)
        elif self.no_data_text is not None and not self.alerts_when_silent:
            what = "is never sent, since the rule does not alert when no data arrive"
            silent = "write when-silent: alert, or " if isinstance(self.signal, MonitorOptions) else ""
            yield EntryProblem(what, f"{silent}take no-data-text out", ("no-data-text",))

    @property
    def transition_texts(self) -> Mapping[str, str | None]:
        """The words for texts of single transitions, with what is written for each."""
        return {
            "recovery-text": self.recovery_text,
            "no-data-text": self.no_data_text,
            "reminder-text": self.reminder_text,
        }

    @property
    def alerts_when_silent(self) -> bool:
        """Whether missing data notify."""
        return isinstance(self.signal, MonitorOptions) and self.signal.when_silent == "alert"

    @property
    def signal_word(self) -> str:
        """The catalog's word for what it watches."""
        return next(word for word, name in SIGNAL_FIELDS.items() if self.__dict__.get(name) is not None)

    @cached_property
    def signal(self) -> Signal:
        """What it watches."""
        signal: Signal = next(filter(None, map(self.__dict__.get, SIGNAL_FIELDS.values())))
        return signal

    def watching(self, signal: Signal) -> Rule:
        """The same rule with another signal of its kind."""
        other = self.model_copy(update={SIGNAL_FIELDS[self.signal_word]: signal})
        vars(other).pop("signal", None)  # what was worked out for this rule
        return other


SIGNAL_KINDS: Mapping[str, type[BaseSignal]] = {
    kebab(name): kind
    for name, field in Rule.model_fields.items()
    for kind in get_args(field.annotation)
    if isinstance(kind, type) and issubclass(kind, BaseSignal)
}
"""The kind of signal behind each of the catalog's words for one."""
SIGNAL_FIELDS: Mapping[str, str] = {word: word.replace("-", "_") for word in SIGNAL_KINDS}
"""The rule's field of each of these words."""


def words_of(*kinds: type) -> tuple[str, ...]:
    """The catalog's words for the signals of some kinds, in the order of a rule's fields."""
    return tuple(word for word, kind in SIGNAL_KINDS.items() if issubclass(kind, kinds))


def _unpromised(severity: Severity, names: Names, *path: str) -> Iterator[EntryProblem]:
    promised = names.known.get("severity")
    if promised is not None and severity.value not in promised:
        remedy = f"write it in severities.yaml, for example {severity}: {PROMISES[severity]}"
        yield EntryProblem(f"severity {severity} is not defined", remedy, path)


class Service(Entry):
    """Something that runs, its owner, and all its rules."""

    service: Id
    """The service's name, unique in the catalog."""
    title: Sentence
    """The name that people read."""
    team: TeamRef
    """The team that owns the service."""
    tier: Literal["critical", "standard", "internal"]
    """How much depends on it; critical services must be watched for more."""
    kind: Literal["own", "external"] = "own"
    """own for what you run, external for what others run."""
    status_page: Url | None = None
    """The status page of an external service."""
    http: bool = True
    """Whether it answers HTTP; what does not is watched by a cron or a metric of its own, and cannot be asked."""
    health: Id | None = None
    """Its component in the answer of the health endpoint."""
    readiness: bool = False
    """Whether the platform is not ready while this component fails."""
    formerly: tuple[Id, ...] = ()
    """Earlier names of this service, so that a new name replaces nothing."""
    depends_on: tuple[ServiceRef, ...] = ()
    """The services without which it fails."""
    rules: tuple[Rule, ...] = ()
    """Everything that is watched of it."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A status page without a vendor or a vendor without one, readiness of nothing, a service that needs itself."""
        if self.kind == "external" and self.status_page is None:
            yield EntryProblem("is external and has no status page", "write status-page: https://…", ("kind",))
        if self.kind == "own" and self.status_page is not None:
            what = "has a status page, which only what others run has"
            yield EntryProblem(what, "write kind: external, or take status-page out", ("status-page",))
        if self.readiness and self.health is None:
            what = "is asked for readiness and has no component of the health endpoint"
            yield EntryProblem(what, "write health: NAME", ("readiness",))
        if self.service in self.depends_on:
            yield EntryProblem(f'"{self.service}" depends on itself', "name other services", ("depends-on",))


MAX_RECEIVERS = 20
"""The receivers of a route, its pager among them: what Datadog takes of one notification rule (its API description, v2,
MonitorNotificationRuleRecipients), in which none may stand twice."""


class Route(Entry):
    """Which receivers a team's rules of one severity go to."""

    page: PolicyRef | None = None
    """The escalation policy that is paged."""
    slack: tuple[Channel, ...] = ()
    """The Slack channels that are notified."""
    microsoft_teams: tuple[Id, ...] = ()
    """The channels of Microsoft Teams that are notified, by their names in platform.yaml."""
    webhook: tuple[Id, ...] = ()
    """The webhooks that are called, by their names in platform.yaml."""
    opsgenie: tuple[OpsgenieService, ...] = ()
    """The Opsgenie services that get an alert; whom they ask is not proved."""
    email: tuple[Email, ...] = ()
    """The addresses that get an e-mail."""
    issue_owners: IssueFallback | None = None
    """Tell the owners of an issue at Sentry, each as that person has set it, and of an issue without an owner these."""

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No receiver at all, one that is named twice, or more than Datadog takes."""
        if not self.arrives:
            yield EntryProblem("arrives nowhere", f"write at least one of page, {', '.join(ReceiverKind)}")
        for kind in FIELDS:
            for name in repeated(self.of_kind(kind)):
                yield EntryProblem(f"names {quoted(name)} twice", "name it once", (kind.value,))
        count = len(self.receivers) + (self.page is not None)
        if count > MAX_RECEIVERS:
            remedy = "write a channel, or one address that reaches them all"
            yield EntryProblem(f"has {count} receivers, and Datadog takes {MAX_RECEIVERS} of a route", remedy)

    def of_kind(self, kind: ReceiverKind) -> tuple[str, ...]:
        """The names of its receivers of a kind."""
        if kind is ReceiverKind.ISSUE_OWNERS:
            return (self.issue_owners,) if self.issue_owners else ()
        names: tuple[str, ...] = getattr(self, FIELDS[kind])
        return names

    @classmethod
    def to(cls, page: str | None, receivers: Iterable[Receiver]) -> Route:
        """The route to a policy and to these receivers beside it; perhaps to nobody."""
        beside = tuple(receivers)
        names: dict[str, Any] = {field: names_of_kind(kind, beside) for kind, field in FIELDS.items()}
        owners: Any = next(iter(names_of_kind(ReceiverKind.ISSUE_OWNERS, beside)), None)
        return cls.model_construct(None, page=page, issue_owners=owners, **names)

    @cached_property
    def receivers(self) -> tuple[Receiver, ...]:
        """Every receiver beside the page, in the order in which messages are sent."""
        named = tuple(Receiver(kind, name) for kind, field in FIELDS.items() for name in getattr(self, field))
        return (*named, Receiver(ReceiverKind.ISSUE_OWNERS, self.issue_owners)) if self.issue_owners else named

    @property
    def arrives(self) -> bool:
        """Whether there is any receiver."""
        return self.page is not None or bool(self.receivers)


class Team(Entry):
    """Who owns services, and where their rules arrive."""

    title: PagerDutyName
    """The name that people read."""
    email: Email
    """The team's own address."""
    routes: dict[SeverityWord, Route]
    """Which receivers the team's rules of each severity go to."""

    def entry_problems(self, names: Names, /) -> Iterator[EntryProblem]:
        """Routes of severities that promise nothing."""
        for severity in self.routes:
            yield from _unpromised(severity, names, "routes", severity.value)


class Tenant(Entry):
    """A customer that has alerts of its own; its key is the value of the tenant tag."""

    title: Sentence
    """The tenant's name that people read."""
    plan: PlanRef
    """The tenant's plan."""
