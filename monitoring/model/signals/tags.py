"""Tags that a rule filters and groups by, against those that a project or a metric sends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pydantic import ValidationInfo

from monitoring.model.alphabets import MAX_DATADOG_TAG, DatadogTagKey, DatadogValues, SentryTagKey, SentryValues
from monitoring.model.entry import EntryProblem, names_in, raise_problems
from monitoring.model.references import SentTag, meant_by, nearest
from monitoring.model.scalars import quoted

ENVIRONMENT_TAG = "env"
"""The tag by which data of Datadog say from which environment they come."""
Where = dict[str, tuple[str, ...]]
SentryWhere = dict[SentryTagKey, SentryValues]
DatadogWhere = dict[DatadogTagKey, DatadogValues]
TagSender = tuple[str, tuple[str, ...]]
"""What sends tags, in words, and its place in platform.yaml."""


def project_sender(name: str) -> TagSender:
    """A Sentry project, which sends tags."""
    return f'project "{name}"', ("sentry", "projects", name)


def metric_sender(name: str) -> TagSender:
    """A metric of Datadog, which sends tags."""
    return f'metric "{name}"', ("datadog", "metrics", name)


def undeclared(key: str, tags: Iterable[str], sender: TagSender, *at: str | int) -> EntryProblem:
    """A tag that the sender does not send, or that nobody has declared yet."""
    words, place = sender
    remedy = nearest(key, tags)
    meant = meant_by(remedy)
    if meant is None:
        place_in_words = f"platform.yaml under the tags of the {place[1][:-1]}"
        remedy = f"{remedy}; if it is sent, declare it in {place_in_words}, as {key}: {{}}"
    what = f"{words} sends no tag {quoted(key)}"
    return EntryProblem(what, remedy, at, meant, () if meant else (*place, "tags", key))


def unsent(where: Mapping[str, Collection[str]], tags: Mapping[str, SentTag], of: TagSender) -> Iterator[EntryProblem]:
    """Tags, and values of tags, that the sender never sends."""
    for key, values in where.items():
        if key not in tags:
            yield undeclared(key, tags, of, key)
            continue
        legal = tags[key].values
        for value in values:
            if legal and value not in legal:
                what = f"the tag {quoted(key)} of {of[0]} is never {quoted(value)}"
                yield EntryProblem(what, nearest(value, legal), (key,))


MAX_FILTER = 4_000
"""Characters of a filter, as many as a query that is written by hand may have: our own judgement."""


def too_long(where: Where) -> Iterator[EntryProblem]:
    """Tags that Datadog would cut, since it counts key and value together, and a filter that fills a query."""
    length = sum(len(f"{key}:{value},") for key, values in where.items() for value in values)
    if length > MAX_FILTER:
        what = f"is a filter of {length} characters"
        yield EntryProblem(what, f"write {MAX_FILTER} or fewer, or send a tag that says the same of all of them")
    for key, values in where.items():
        for value in values:
            if len(f"{key}:{value}") > MAX_DATADOG_TAG:
                what = f"the tag {quoted(key)} and its value have {len(key) + 1 + len(value)} characters"
                yield EntryProblem(what, f"Datadog keeps at most {MAX_DATADOG_TAG}", (key,))


def one_value_a_tag(where: Where) -> Iterator[EntryProblem]:
    """Tags with several values, where the event of an issue is compared with one (`tagged_event` of an alert)."""
    for key, values in where.items():
        if len(values) > 1:
            what = "Sentry compares a single issue with one value a tag"
            yield EntryProblem(what, "write one rule for each value", ("where", key))


def in_words(where: Mapping[str, Collection[str]]) -> str:
    """A filter on tags as the end of a sentence; empty where nothing is filtered."""
    if not where:
        return ""
    return " where " + " and ".join(f"{key} is {' or '.join(values)}" for key, values in where.items())


def exactly(where: Mapping[str, Collection[str]]) -> frozenset[tuple[str, frozenset[str]]]:
    """What two filters have in common that let the same through."""
    return frozenset((key, frozenset(values)) for key, values in where.items())


def sent_by_project(where: Where, info: ValidationInfo) -> Where:
    """A filter of tags that the project of the same signal sends; raises ValidationError for others."""
    name = info.data.get("project", "")
    project = names_in(info).projects.get(name)
    if project:
        raise_problems(unsent(where, project.tags, project_sender(name)))
    return where
