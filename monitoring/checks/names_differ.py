"""Two things do not carry names that only differ in case: vendors and readers take them for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from monitoring.checks._case import Case, Finding, Subjects, found
from monitoring.model.platform import Tag


def _named(case: Case) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """What has a name of its own: kind, entry, its name, and the field in which that stands."""
    catalog = case.catalog
    yield from (("rule", rule.id, rule.title, ("title",)) for _, rule, _ in case.watches)
    yield from (("service", name, one.title, ("title",)) for name, one in catalog.services.items())
    yield from (("team", name, one.title, ("title",)) for name, one in catalog.teams.items())
    yield from (("tenant", name, one.title, ("title",)) for name, one in catalog.tenants.items())
    yield from (("person", name, one.email, ("email",)) for name, one in catalog.oncall.people.items())
    yield from (("person", name, one.name, ("name",)) for name, one in catalog.oncall.people.items())
    yield from (("schedule", name, one.title or name, ("title",)) for name, one in catalog.oncall.schedules.items())
    yield from (("policy", name, one.title or name, ("title",)) for name, one in catalog.oncall.policies.items())
    yield from (("environment", name, one.url, ("url",)) for name, one in catalog.platform.environments.items())


ABOUT = Subjects(
    "titles, addresses and tags",
    lambda case: frozenset(
        [f"rule {name}" for name in case.catalog.rules]
        + [f"person {name}" for name in case.catalog.oncall.people]
        + [f"policy {name}" for name in case.catalog.oncall.policies]
        + [f"schedule {name}" for name in case.catalog.oncall.schedules]
        + [f"project {name}" for name in case.catalog.platform.sentry.projects]
        + [f"metric {name}" for name in case.catalog.platform.datadog.metrics]
    ),
)


def looks(case: Case) -> Iterator[str | Finding]:
    """Looks at each name that people or vendors see; finds pairs of a kind that are the same apart from case."""
    seen: dict[tuple[str, str, str], str] = {}
    for kind, entry, name, path in _named(case):
        yield f"{kind} {entry}"
        spelled = (kind, path[0], name.casefold())
        if spelled in seen:
            what = f'its {path[0]} "{name}" is that of "{seen[spelled]}", apart from case'
            remedy = f"give one of them another {path[0]}"
            yield found(case, kind, entry, *path, key=f"{path[0]} of {seen[spelled]}", what=what, remedy=remedy)
        seen.setdefault(spelled, entry)
    yield from _tags(case)


def _tags(case: Case) -> Iterator[str | Finding]:
    for kind, entry, tags in _senders(case):
        yield f"{kind} {entry}"
        for first, second in _alike(tags):
            yield _twin(case, kind, entry, second, f'the tag "{second}" is "{first}"')
        for key, tag in tags.items():
            for first, second in _alike(tag.values or ()):
                yield _twin(case, kind, entry, key, f'the value "{second}" of the tag "{key}" is "{first}"')


def _senders(case: Case) -> Iterator[tuple[str, str, Mapping[str, Tag]]]:
    platform = case.catalog.platform
    yield from (("project", name, project.tags) for name, project in platform.sentry.projects.items())
    yield from (("metric", name, metric.tags) for name, metric in platform.datadog.metrics.items())


def _alike(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for name in names:
        if name.casefold() in seen:
            yield seen[name.casefold()], name
        seen.setdefault(name.casefold(), name)


def _twin(case: Case, kind: str, entry: str, key: str, what: str) -> Finding:
    remedy = "declare it once, as it is sent"
    return found(case, kind, entry, "tags", key, key=what, what=f"{what}, apart from case", remedy=remedy)
