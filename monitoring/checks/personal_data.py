"""Nothing personal stands in titles and messages, and no rule or page carries what is about a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding, place
from monitoring.checks._sent_texts import SENDERS, SENDING, look
from monitoring.checks._subjects import METRICS, PROJECTS, of_kinds
from monitoring.model.personal import people_named, personal_in
from monitoring.model.platform import SentryProject, Tag
from monitoring.model.service import Rule, Service
from monitoring.model.severity import Severity
from monitoring.model.signals import (
    Elsewhere,
    Signal,
)
from monitoring.model.signals.base import DataRead
from monitoring.model.signals.query_monitor import QueryMonitor
from monitoring.sent_texts import EntryName, Word

SUBJECTS = of_kinds(f"{SENDING.word}, sentry projects and metrics", {**SENDERS, "project": PROJECTS, "metric": METRICS})
_ABOUT_A_PERSON = re.compile(
    r"(?:user|usr|customer|person|account|client|remote|sender)?[._-]?"
    r"(?:user|username|email|e-?mail|mail|ip|ip[._-]?address|phone|(?:first|last|full)[._-]?name|address|birthday)"
    r"|(?:user|usr|person)[._-]?id"
)


@catalog_check("personal-data", about=SUBJECTS)
def personal_data(context: Context) -> Iterator[str | Finding]:
    """Looks at each text that is sent, project and metric; finds people in texts, and personal tags in use."""
    yield from _texts(context)
    for service, rule, signal in context.rules:
        yield from _tags(context, rule, signal)
        yield from _groups(context, rule, signal)
        yield from _issues(context, service, rule, signal)
    for name, project in context.catalog.platform.projects.items():
        yield f"project {name}"
        yield from _undeclared(context, "project", name, project.tags)
        yield from _forwarded(context, name, project)
    for name, metric in context.catalog.platform.metrics.items():
        yield f"metric {name}"
        yield from _undeclared(context, "metric", name, metric.tags)


def _forwarded(context: Context, name: str, project: SentryProject) -> Iterator[Finding]:
    personal = [tag for tag in project.forwards if tag in project.tags and project.tags[tag].personal]
    for tag in personal:
        what, remedy = f'forwards the personal tag "{tag}" to pages', "take it out of forwards"
        yield context.finding("project", name, "forwards", key=f"forwards {tag}", what=what, remedy=remedy)


def _issues(context: Context, service: Service, rule: Rule, signal: Signal) -> Iterator[Finding]:
    """A rule per issue that pages: Sentry sends the event's user and all of its tags, whatever a project forwards.

    So its client does (getsentry/sentry, src/sentry/integrations/pagerduty/client.py).
    """
    if signal.sends_events and _pages(context, service, rule):
        what = "pages per issue, and Sentry puts the event's user and all its tags into such a page"
        counted = "errors: {project: web, more-than: 10, within: 5m}"
        instead = "count without per-issue" if rule.errors else f"count errors, like {counted}"
        remedy = f"{instead}, or take a severity whose route pages nobody"
        path = (rule.signal_word, *(["per-issue"] if rule.errors else []))
        yield context.finding("rule", rule.id, *path, key="pages per issue", what=what, remedy=remedy)


def _pages(context: Context, service: Service, rule: Rule) -> bool:
    """Whether the rule pages in some environment, on trial or after it."""
    routes = context.catalog.teams[context.team_of(service, rule)].routes
    severities = {rule.severity, Severity.P3} if rule.trial_until else {rule.severity}
    return any(route.page for severity, route in routes.items() if severity in severities) and any(
        context.catalog.platform.environments[name].pages for name in context.environments_of(rule)
    )


def _texts(context: Context) -> Iterator[str | Finding]:
    """Each entry that a text is made for; an address of a team, or of a mailbox at PagerDuty, is no person's."""
    catalog = context.catalog
    people = people_named(person.name for person in catalog.oncall.people.values())
    routes = [route for team in catalog.teams.values() for route in team.routes.values()]
    shared = {team.email for team in catalog.teams.values()} | {address for route in routes for address in route.email}
    shared |= {signal.email for _, _, signal in context.rules_on(Elsewhere) if signal.email}
    shared -= catalog.personal_addresses

    def find(_: EntryName, text: str) -> Iterator[str]:
        yield from (f'{what} "{written}"' for what, written in personal_in(text, people, shared))

    def report(word: Word, personal: str) -> Finding:
        what, _, _ = personal.partition(' "')
        key = f"{what} in {place(word.kind, word.field)}"
        sentence = f"its {word.field} holds the {personal}"
        remedy = "say it without; who is asked stands in the page anyway"
        return context.finding(word.kind, word.name, *word.path, key=key, what=sentence, remedy=remedy)

    yield from look(context, find, report)


def _tags(context: Context, rule: Rule, signal: Signal) -> Iterator[Finding]:
    for read in signal.reads:
        tags = _tags_of(context, read)
        for field, key in [*(("where", key) for key in read.where), *(("by", key) for key in read.by)]:
            if tags[key].personal:
                what = f'uses the personal tag "{key}"'
                path, remedy = (*read.at, field), "filter and group by something that is not about a person"
                where = ("rule", rule.id, rule.signal_word, *path)
                yield context.finding(*where, key=f"uses {key}", what=what, remedy=remedy)


def _groups(context: Context, rule: Rule, signal: Signal) -> Iterator[Finding]:
    """Keys of data that nobody declares: a page names the value of each group that fires."""
    if not isinstance(signal, QueryMonitor) or any(signal.reads):
        return
    for key in signal.groups or ():
        if _ABOUT_A_PERSON.fullmatch(".".join(key.lower().removeprefix("@").split(".")[-2:])):
            what = f'is split by "{key}", which is about a person, and each page names one'
            where, remedy = ("rule", rule.id, rule.signal_word), "split it by something else"
            yield context.finding(*where, key=f"split by {key}", what=what, remedy=remedy)


def _tags_of(context: Context, read: DataRead) -> Mapping[str, Tag]:
    platform = context.catalog.platform
    return platform.projects[read.name].tags if read.sender == "project" else platform.metrics[read.name].tags


def _undeclared(context: Context, kind: str, name: str, tags: Mapping[str, Tag]) -> Iterator[Finding]:
    for key, tag in tags.items():
        if not tag.personal and _ABOUT_A_PERSON.fullmatch(key.lower()):
            what, remedy = f'the tag "{key}" is about a person', "mark it personal: true"
            yield context.finding(kind, name, "tags", key, key=f"personal {key}", what=what, remedy=remedy)
