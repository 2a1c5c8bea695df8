"""A rule in one environment is not fed with another's data."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import PROJECTS, named, rules_with
from monitoring.checks.filter_matches import ENVIRONMENT_TAG
from monitoring.model.platform import SentryProject
from monitoring.model.service import Rule
from monitoring.model.signals import MetricSelector, MetricSignal, RawQuery, Slo

_RULES = rules_with("rules on datadog's data", "metric", "slo", "query")
SUBJECTS = Subjects(
    f"{PROJECTS.word} and {_RULES.word}",
    lambda context: named("project", PROJECTS, context) | named("rule", _RULES, context),
)


@catalog_check("environment-data", about=SUBJECTS)
def environment_data(context: Context) -> Iterator[str | Finding]:
    """Looks at each project, and each rule on Datadog's data; finds data of several environments in one rule."""
    for _, rule, signal in context.rules:
        if isinstance(signal, MetricSignal | Slo | RawQuery):
            yield f"rule {rule.id}"
            yield from _mixed(context, rule, signal)
    for name, project in context.catalog.platform.projects.items():
        yield f"project {name}"
        yield from _sent_twice(context, name, project)


def _mixed(context: Context, rule: Rule, signal: MetricSignal | Slo | RawQuery) -> Iterator[Finding]:
    environments, mixing = context.environments_of(rule), _mixing(context, signal)
    if mixing and len(environments) > 1:
        what = f"acts in {' and '.join(environments)}, and {mixing}"
        restricted = f"write environments: [{environments[0]}]"
        remedy = restricted if isinstance(signal, RawQuery) else f"add it to its tags in platform.yaml, or {restricted}"
        yield context.finding("rule", rule.id, rule.signal_word, key="mixed data", what=what, remedy=remedy)


def _mixing(context: Context, signal: MetricSignal | Slo | RawQuery) -> str:
    match signal:
        case RawQuery():
            return "a raw query is the same in each"
        case MetricSignal():
            parts: tuple[MetricSelector, ...] = (signal,)
        case Slo():
            parts = (signal.good, signal.total)
    metrics = context.catalog.platform.metrics
    unmarked = next((part.name for part in parts if ENVIRONMENT_TAG not in metrics[part.name].tags), None)
    return f'metric "{unmarked}" has no tag "{ENVIRONMENT_TAG}", so all environments look the same' if unmarked else ""


def _sent_twice(context: Context, name: str, project: SentryProject) -> Iterator[Finding]:
    senders: dict[str, str] = {}
    for environment, word in project.environments.items():
        if word in senders:
            what = f'sends "{word}" from both {senders[word]} and {environment}, so their events cannot be told apart'
            remedy = "let the application send another environment there"
            path = ("environments", environment)
            yield context.finding("project", name, *path, key=f"two {word}", what=what, remedy=remedy)
        senders.setdefault(word, environment)
