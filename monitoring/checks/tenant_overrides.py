"""What a tenant has of its own changes something: it belongs to the plan, to the signal, and differs."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import TENANT_RULES
from monitoring.model.service import ForEachTenant, Rule, TenantOverride
from monitoring.model.signals import Errors, Signal

WORDS = {"more_than": "more-than", "within": "within", "above": "above"}


@catalog_check("tenant-overrides", about=TENANT_RULES)
def tenant_overrides(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule for each tenant; finds exceptions without effect, or that the signal cannot have."""
    for _, rule, signal in context.rules:
        if rule.for_each_tenant:
            yield rule.id
            for tenant, override in rule.for_each_tenant.except_.items():
                for key, what, remedy in _mistakes(context, rule.for_each_tenant, signal, tenant, override):
                    yield _finding(context, rule, tenant, key, what, remedy)


def _finding(context: Context, rule: Rule, tenant: str, key: str, what: str, remedy: str) -> Finding:
    path = ("for-each-tenant", "except", tenant)
    return context.finding("rule", rule.id, *path, key=f"{tenant} {key}", what=what, remedy=remedy)


def _mistakes(
    context: Context, scope: ForEachTenant, signal: Signal, tenant: str, override: TenantOverride
) -> Iterator[tuple[str, str, str]]:
    plan = context.catalog.tenants[tenant].plan
    if plan != scope.plan:
        remedy = f"take {tenant} out of except"
        yield "of another plan", f'"{tenant}" is of the plan "{plan}", so its exception is never used', remedy
        return
    own = [name for name in WORDS if getattr(override, name) is not None]
    if not own:
        yield "empty", f'the exception for "{tenant}" changes nothing', "write what it has of its own"
    for name in own:
        yield from _field(signal, tenant, name, getattr(override, name))


def _field(signal: Signal, tenant: str, name: str, value: object) -> Iterator[tuple[str, str, str]]:
    word = WORDS[name]
    now = getattr(signal, name, None)
    if now is None:
        yield word, f'"{tenant}" has its own {word}, and the signal has none', f"take {word} out"
    elif now == value:
        yield word, f'"{tenant}" has the same {word} as everybody', f"take {word} out"
    elif isinstance(signal, Errors) and name == "within":
        if str(value) not in signal.windows:
            remedy = f"it is one of {', '.join(signal.windows)}"
            yield word, f'"{value}" for "{tenant}" is not a window that Sentry takes for errors', remedy
    elif getattr(now, "dimension", None) != getattr(value, "dimension", None):
        yield word, f'"{value}" for "{tenant}" is not the kind of value that "{now}" is', "write the same unit"
