"""A rule in one environment is not fed with another's data."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Subjects, Watch, found
from monitoring.checks._subjects import PROJECTS, QUERY_RULES, rules_with
from monitoring.checks.filter_matches import ENVIRONMENT_TAG
from monitoring.model.effective import acts_in
from monitoring.model.signals import MetricSignal, RawQuery, Slo

_DATADOG = rules_with("", "metric", "slo")
ABOUT = Subjects(
    "sentry projects and rules on datadog's data",
    lambda case: frozenset({*PROJECTS.names(case), *_DATADOG.names(case), *QUERY_RULES.names(case)}),
)


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each project and each rule on a metric, an objective or a query; finds mixed data."""
    yield from _projects(case)
    for watch in case.watches:
        if isinstance(watch.signal, MetricSignal | Slo | RawQuery):
            yield watch.rule.id
            yield from _mixed(case, watch)


def _projects(case: Case) -> Iterator[str | Finding]:
    for name, project in case.catalog.platform.sentry.projects.items():
        yield name
        seen: dict[str, str] = {}
        for environment, word in project.environments.items():
            if word in seen:
                what = f'sends "{word}" from both {seen[word]} and {environment}, so their events cannot be told apart'
                remedy = "let the application send another environment there"
                yield found(
                    case, "project", name, "environments", environment, key=f"two {word}", what=what, remedy=remedy
                )
            seen.setdefault(word, environment)


def _mixed(case: Case, watch: Watch) -> Iterator[Finding]:
    places = [name for name in case.catalog.platform.environments if acts_in(case.catalog, watch.rule, name)]
    mixing = _unmarked(case, watch)
    if len(places) > 1 and mixing:
        what = f"acts in {' and '.join(places)}, and {mixing}"
        remedy = "write environments: with one of them"
        yield found(case, "rule", watch.rule.id, watch.rule.signal_word, key="mixed data", what=what, remedy=remedy)


def _unmarked(case: Case, watch: Watch) -> str:
    signal = watch.signal
    if isinstance(signal, RawQuery):
        return "a raw query is the same in each"
    parts = (
        (signal,)
        if isinstance(signal, MetricSignal)
        else (signal.good, signal.total)
        if isinstance(signal, Slo)
        else ()
    )
    metrics = case.catalog.platform.datadog.metrics
    unmarked = next((part.name for part in parts if ENVIRONMENT_TAG not in metrics[part.name].tags), None)
    return f'metric "{unmarked}" does not say where it comes from' if unmarked else ""
