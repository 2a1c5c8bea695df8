"""A rule in one environment is not fed with another's data."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._case import Case, Finding, Subjects, Watch, found
from monitoring.checks._subjects import PROJECTS, rules_with
from monitoring.checks.filter_matches import ENVIRONMENT_TAG
from monitoring.model.signals import MetricSignal, RawQuery, Slo, Watched

_RULES = rules_with("rules on datadog's data", "metric", "slo", "query")
ABOUT = Subjects(f"{PROJECTS.word} and {_RULES.word}", PROJECTS.names, _RULES.has)


def looks_at(case: Case, watch: Watch[MetricSignal | Slo | RawQuery]) -> Iterator[Finding]:
    """Looks at each rule on a metric, an objective or a query; finds data of several environments in one rule."""
    rule, places, mixing = watch.rule, case.places_of(watch.rule), _mixing(case, watch.signal)
    if mixing and len(places) > 1:
        what = f"acts in {' and '.join(places)}, and {mixing}"
        remedy = "write environments: with one of them"
        yield found(case, "rule", rule.id, rule.signal_word, key="mixed data", what=what, remedy=remedy)


def _mixing(case: Case, signal: MetricSignal | Slo | RawQuery) -> str:
    match signal:
        case RawQuery():
            return "a raw query is the same in each"
        case MetricSignal():
            watched: tuple[Watched, ...] = (signal,)
        case Slo():
            watched = (signal.good, signal.total)
    metrics = case.catalog.platform.datadog.metrics
    unmarked = next((one.name for one in watched if ENVIRONMENT_TAG not in metrics[one.name].tags), None)
    return f'metric "{unmarked}" does not say where it comes from' if unmarked else ""


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each project; finds those that send one word from two environments."""
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
