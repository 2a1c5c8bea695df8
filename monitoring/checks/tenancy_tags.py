"""A rule for each tenant watches a project that says whose events they are."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import NEVER, Context, Finding, Fires
from monitoring.checks._subjects import TENANT_RULES
from monitoring.model.service import ForEachTenant, Rule
from monitoring.model.signals import EventSignal


@catalog_check("tenancy-tags", about=TENANT_RULES)
def tenancy_tags(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule for each tenant; finds projects that send no tenant or plan, and filters on those tags."""
    for _, rule, signal in context.rules:
        if rule.for_each_tenant and isinstance(signal, EventSignal):
            yield rule.id
            yield from _unsent(context, rule, rule.for_each_tenant, signal)
            yield from _twice(context, rule, signal)


def _unsent(context: Context, rule: Rule, scope: ForEachTenant, signal: EventSignal) -> Iterator[Finding]:
    tenancy, tags = context.catalog.platform.tenants, context.catalog.platform.projects[signal.project].tags
    for tag in (tenancy.tenant_tag, tenancy.plan_tag):
        if tag not in tags:
            what = f'project "{signal.project}" sends no tag "{tag}", so no event is anybody\'s'
            remedy = "declare the tag once the application sends it"
            yield _finding(context, rule, f"no {tag}", what, remedy, NEVER)
    plans = tags[tenancy.plan_tag].values if tenancy.plan_tag in tags else None
    if plans and scope.plan not in plans:
        what = f'the tag "{tenancy.plan_tag}" of project "{signal.project}" is never "{scope.plan}"'
        yield _finding(context, rule, f"never {scope.plan}", what, "add the plan to the tag's values", NEVER)


def _twice(context: Context, rule: Rule, signal: EventSignal) -> Iterator[Finding]:
    tenancy = context.catalog.platform.tenants
    for tag in (tenancy.tenant_tag, tenancy.plan_tag):
        if tag in signal.where:
            what = f'filters on "{tag}", which for-each-tenant does already'
            yield _finding(context, rule, f"filters on {tag}", what, f"take {tag} out of where")


def _finding(context: Context, rule: Rule, key: str, what: str, remedy: str, fires: Fires = "") -> Finding:
    return context.finding("rule", rule.id, "for-each-tenant", key=key, what=what, remedy=remedy, fires=fires)
