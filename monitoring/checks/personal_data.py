"""Nothing personal stands in titles and messages, and no rule or page carries what is about a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from monitoring.checks._case import Case, Finding, Subjects, found
from monitoring.checks._subjects import PROJECTS, RULES, SERVICES
from monitoring.model.personal import people_named, personal_in
from monitoring.model.platform import Tag
from monitoring.model.service import Rule, Service
from monitoring.model.severity import Severity
from monitoring.model.signals import Errors, MetricSignal, SentryMetric, Signal

ABOUT = Subjects(
    "rules, services, sentry projects and metrics",
    lambda case: {*SERVICES.names(case), *PROJECTS.names(case), *case.catalog.platform.datadog.metrics},
    RULES.has,
)
_ABOUT_A_PERSON = re.compile(
    r"(?:user|usr|customer|person|account|client|remote|sender)?[._-]?"
    r"(?:user|username|email|e-?mail|mail|ip|ip[._-]?address|phone|(?:first|last|full)[._-]?name|address|birthday)"
    r"|(?:user|usr|person)[._-]?id"
)


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each rule, service, project and metric; finds people in texts, and personal tags in use."""
    names = people_named(person.name for person in case.catalog.oncall.people.values())
    for service, rule, signal in case.watches:
        yield rule.id
        yield from _texts(case, "rule", rule.id, {"title": rule.title, "means": rule.means}, names)
        yield from _tags(case, rule, signal)
        yield from _issues(case, service, rule, signal)
    for name, service in case.catalog.services.items():
        yield name
        yield from _texts(case, "service", name, {"title": service.title}, names)
    for name, project in case.catalog.platform.sentry.projects.items():
        yield name
        yield from _undeclared(case, "project", name, project.tags)
        for tag in project.forwards:
            if project.tags[tag].personal:
                what, remedy = f'forwards the personal tag "{tag}" to pages', "take it out of forwards"
                yield found(case, "project", name, "forwards", key=f"forwards {tag}", what=what, remedy=remedy)
    for name, metric in case.catalog.platform.datadog.metrics.items():
        yield name
        yield from _undeclared(case, "metric", name, metric.tags)


def _issues(case: Case, service: Service, rule: Rule, signal: Signal) -> Iterator[Finding]:
    """A rule per issue that pages: Sentry sends the event's user and all of its tags, whatever a project forwards.

    So its client does (getsentry/sentry, src/sentry/integrations/pagerduty/client.py).
    """
    if isinstance(signal, Errors) and signal.per_issue and _pages(case, service, rule):
        what = "pages per issue, and sentry puts the event's user and all its tags into such a page"
        remedy = "count without per-issue, or take a severity whose route pages nobody"
        yield found(case, "rule", rule.id, "errors", "per-issue", key="pages per issue", what=what, remedy=remedy)


def _pages(case: Case, service: Service, rule: Rule) -> bool:
    """Whether the rule pages in some environment, on trial or after it."""
    routes = case.catalog.teams[case.team_of(service, rule)].routes
    severities = {rule.severity, Severity.P3} if rule.trial_until else {rule.severity}
    return any(route.page for severity, route in routes.items() if severity in severities) and any(
        case.catalog.platform.environments[name].pages for name in case.places_of(rule)
    )


def _texts(
    case: Case, kind: str, name: str, texts: Mapping[str, str], people: re.Pattern[str] | None
) -> Iterator[Finding]:
    for field, text in texts.items():
        for what, written in personal_in(text, people):
            said = f'its {field} holds the {what} "{written}"'
            remedy = "say it without; who is asked stands in the page anyway"
            yield found(case, kind, name, field, key=f"{what} in {field}", what=said, remedy=remedy)


def _tags(case: Case, rule: Rule, signal: Signal) -> Iterator[Finding]:
    match signal:
        case Errors() | SentryMetric():
            tags = case.catalog.platform.sentry.projects[signal.project].tags
            used = [("where", key) for key in signal.where]
        case MetricSignal():
            tags = case.catalog.platform.datadog.metrics[signal.name].tags
            used = [*(("where", key) for key in signal.where), *(("by", key) for key in signal.by)]
        case _:
            return
    for field, key in used:
        if tags[key].personal:
            what, remedy = f'uses the personal tag "{key}"', "filter and group by something that is not about a person"
            yield found(case, "rule", rule.id, rule.signal_word, field, key=f"uses {key}", what=what, remedy=remedy)


def _undeclared(case: Case, kind: str, name: str, tags: dict[str, Tag]) -> Iterator[Finding]:
    for key, tag in tags.items():
        if not tag.personal and _ABOUT_A_PERSON.fullmatch(key.lower()):
            what, remedy = f'the tag "{key}" is about a person', "mark it personal: true"
            yield found(case, kind, name, "tags", key, key=f"personal {key}", what=what, remedy=remedy)
