"""Two things do not carry names that only differ in case: vendors and readers take them for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from monitoring.checks._check import Subjects, catalog_check
from monitoring.checks._context import Context, Finding, place
from monitoring.model.platform import Tag


def _entries(context: Context) -> frozenset[str]:
    catalog = context.catalog
    entries: Mapping[str, Iterable[str]] = {
        "rule": catalog.rules,
        "service": catalog.services,
        "team": catalog.teams,
        "tenant": catalog.tenants,
        "person": catalog.oncall.people,
        "schedule": catalog.oncall.schedules,
        "policy": catalog.oncall.policies,
        "environment": catalog.platform.environments,
        "project": catalog.platform.projects,
        "metric": catalog.platform.metrics,
    }
    return frozenset(f"{kind} {name}" for kind, names in entries.items() for name in names)


@catalog_check("names-differ", about=Subjects("titles, addresses and tags", _entries))
def names_differ(context: Context) -> Iterator[str | Finding]:
    """Looks at each name that people or vendors see; finds pairs of a kind that are the same apart from case."""
    seen: dict[tuple[str, str, str], str] = {}
    for kind, entry, name, field in _names(context):
        yield f"{kind} {entry}"
        spelled = (kind, field, name.casefold())
        if spelled in seen:
            what = f'its {field} "{name}" is that of "{seen[spelled]}", apart from case'
            remedy = f"give one of them another {field}"
            key = f"{place(kind, field)} of {seen[spelled]}"
            yield context.finding(kind, entry, field, key=key, what=what, remedy=remedy)
        seen.setdefault(spelled, entry)
    yield from _tags(context)


def _names(context: Context) -> Iterator[tuple[str, str, str, str]]:
    """What people or vendors see of an entry: its kind, its key, the text, and the field in which that stands."""
    catalog = context.catalog
    yield from (("rule", rule.id, rule.title, "title") for _, rule, _ in context.rules)
    yield from (("service", key, service.title, "title") for key, service in catalog.services.items())
    yield from (("team", key, team.title, "title") for key, team in catalog.teams.items())
    yield from (("tenant", key, tenant.title, "title") for key, tenant in catalog.tenants.items())
    yield from (("person", key, person.email, "email") for key, person in catalog.oncall.people.items())
    yield from (("person", key, person.login, "login") for key, person in catalog.oncall.people.items() if person.login)
    yield from (("person", key, person.name, "name") for key, person in catalog.oncall.people.items())
    yield from (("schedule", key, schedule.title or key, "title") for key, schedule in catalog.oncall.schedules.items())
    yield from (("policy", key, policy.title or key, "title") for key, policy in catalog.oncall.policies.items())
    yield from (
        ("environment", key, environment.url, "url") for key, environment in catalog.platform.environments.items()
    )


def _tags(context: Context) -> Iterator[str | Finding]:
    for kind, entry, tags in _senders(context):
        yield f"{kind} {entry}"
        for first, second in _alike(tags):
            yield _same_name(context, kind, entry, second, f'the tag "{second}" is "{first}"')
        for key, tag in tags.items():
            for first, second in _alike(tag.values or ()):
                yield _same_name(context, kind, entry, key, f'the value "{second}" of the tag "{key}" is "{first}"')


def _senders(context: Context) -> Iterator[tuple[str, str, Mapping[str, Tag]]]:
    platform = context.catalog.platform
    yield from (("project", name, project.tags) for name, project in platform.projects.items())
    yield from (("metric", name, metric.tags) for name, metric in platform.metrics.items())


def _alike(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for name in names:
        if name.casefold() in seen:
            yield seen[name.casefold()], name
        seen.setdefault(name.casefold(), name)


def _same_name(context: Context, kind: str, entry: str, key: str, what: str) -> Finding:
    remedy = "declare it once, as it is sent"
    return context.finding(kind, entry, "tags", key, key=what, what=f"{what}, apart from case", remedy=remedy)
