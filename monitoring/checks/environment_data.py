"""A rule in one environment is fed with its data, and not with another's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitoring.checks._check import catalog_check
from monitoring.checks._context import NEVER, Context, Finding, Fires
from monitoring.checks._silence import fires_in_silence
from monitoring.checks._subjects import PROJECTS, of_kinds, rules_watching
from monitoring.model.platform import Metric, SentryProject
from monitoring.model.service import Rule
from monitoring.model.signals import RawQuery, Slo
from monitoring.model.signals.base import DataRead, Metrics
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.model.signals.tags import ENVIRONMENT_TAG
from monitoring.queries import MetricSeries, MonitorQuery, Unreadable, read_query, tag_terms

_RULES = rules_watching("rules on datadog's data", QueryMonitor, Slo)
SUBJECTS = of_kinds(f"{PROJECTS.word} and {_RULES.word}", {"project": PROJECTS, "rule": _RULES})


@catalog_check("environment-data", about=SUBJECTS)
def environment_data(context: Context) -> Iterator[str | Finding]:
    """Looks at each project, and each rule on Datadog's data; finds rules that are fed from several, or from none."""
    for _, rule, signal in context.rules:
        if isinstance(signal, QueryMonitor | Slo):
            yield f"rule {rule.id}"
            yield from _mixed(context, rule, signal)
            yield from _unsent(context, rule, signal)
            if isinstance(signal, RawQuery):
                yield from _elsewhere(context, rule, signal)
    for name, project in context.catalog.platform.projects.items():
        yield f"project {name}"
        yield from _sent_twice(context, name, project)


def _mixed(context: Context, rule: Rule, signal: QueryMonitor | Slo) -> Iterator[Finding]:
    environments, mixing = context.environments_of(rule), signal.mixing(context.catalog.platform.metrics)
    if mixing and len(environments) > 1:
        what = f"acts in {' and '.join(environments)}, and {mixing}"
        restricted = f"write environments: [{environments[0]}]"
        remedy = restricted if isinstance(signal, RawQuery) else f"add it to its tags in platform.yaml, or {restricted}"
        yield context.finding("rule", rule.id, rule.signal_word, key="mixed data", what=what, remedy=remedy)


def _unsent(context: Context, rule: Rule, signal: QueryMonitor | Slo) -> Iterator[Finding]:
    """Metrics that nobody sends from an environment in which the rule acts; without any of them it is dead there."""
    metrics = context.catalog.platform.metrics
    reads = [read for read in signal.reads if read.sender == "metric"]
    for place in context.environments_of(rule):
        unsent = [read for read in reads if not _is_sent(read, metrics, place)]
        for read in unsent:
            what = f'metric "{read.name}" is never sent with {ENVIRONMENT_TAG} "{place}", so it matches nothing there'
            yield context.finding(
                "rule",
                rule.id,
                rule.signal_word,
                *read.at,
                key=f"nothing in {place}",
                what=what,
                remedy=f"add {place} to the tag's values, or take the rule out of {place}",
                fires=_without_data(signal, metrics) if len(unsent) == len(reads) else "",
                environment=place,
            )


def _is_sent(read: DataRead, metrics: Mapping[str, Metric], environment: str) -> bool:
    tag = metrics[read.name].tags.get(ENVIRONMENT_TAG)
    return not tag or not tag.values or environment in tag.values


def _without_data(signal: QueryMonitor | Slo, metrics: Metrics) -> Fires:
    if isinstance(signal, Slo):
        return NEVER
    return fires_in_silence(signal, counts_as_zero=signal.fills_silence(metrics))


def _elsewhere(context: Context, rule: Rule, signal: RawQuery) -> Iterator[Finding]:
    """A raw query that filters on other environments than the rule's, or on none though its metrics say theirs."""
    query = read_query(signal.query)
    environments = context.environments_of(rule)
    if isinstance(query, Unreadable) or len(environments) != 1:
        return
    (environment,) = environments
    yield from _other_environments(context, rule, query, environment)
    if unmarked := next((series for series in query.series if _takes_all(context, series)), None):
        what = f'its query takes "{unmarked.metric}" from every environment'
        remedy = f"filter on {ENVIRONMENT_TAG}, like {{{ENVIRONMENT_TAG}:{environment}}}"
        yield context.finding("rule", rule.id, "query", key="every environment", what=what, remedy=remedy)


def _other_environments(context: Context, rule: Rule, query: MonitorQuery, environment: str) -> Iterator[Finding]:
    """A filter on the environment that leaves the rule's out, or lets one through that it does not name."""
    others = (name for name in context.catalog.platform.environments if name != environment)
    if does := query.shutting_out(ENVIRONMENT_TAG, environment):
        what = f"acts in {environment}, and its query {does}"
        remedy = f"write {ENVIRONMENT_TAG}:{environment} in the query, or the rule's environments"
        yield context.finding("rule", rule.id, "query", key=f"not {environment}", what=what, remedy=remedy)
    elif passing := query.unnamed_passing(ENVIRONMENT_TAG, others):
        what = f"acts in {environment}, and its query takes data of {' and '.join(passing)} as well"
        remedy = f"write {ENVIRONMENT_TAG}:{environment} AND (…), with all else inside the brackets"
        yield context.finding("rule", rule.id, "query", key=f"also {passing[0]}", what=what, remedy=remedy)


def _takes_all(context: Context, series: MetricSeries) -> bool:
    """Whether a series names no environment, though the platform has several and the metric says its own."""
    platform = context.catalog.platform
    declares = series.metric in platform.metrics and ENVIRONMENT_TAG in platform.metrics[series.metric].tags
    names = any(term.key == ENVIRONMENT_TAG for term in tag_terms(series.filter)) or ENVIRONMENT_TAG in series.groups
    return declares and not names and len(platform.environments) > 1


def _sent_twice(context: Context, name: str, project: SentryProject) -> Iterator[Finding]:
    senders: dict[str, str] = {}
    for environment, word in project.environments.items():
        if word in senders:
            what = f'sends "{word}" from both {senders[word]} and {environment}, so their events cannot be told apart'
            remedy = "let the application send another environment there"
            path = ("environments", environment)
            yield context.finding("project", name, *path, key=f"two {word}", what=what, remedy=remedy)
        senders.setdefault(word, environment)
