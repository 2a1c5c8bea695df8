"""Ids stay apart in all that is named after them, and fit into the names of all three vendors."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import RULES
from monitoring.model.effective import EffectiveRule, TenantScope
from monitoring.naming.names import MAX_CRON_SLUG, MAX_PAGERDUTY_NAME, MAX_SENTRY_MONITOR, MAX_SENTRY_UPTIME
from monitoring.naming.owners import Owner, clashes
from monitoring.naming.pager_service import pager_service
from monitoring.wording import title


@catalog_check("rule-ids", about=RULES)
def rule_ids(context: Context) -> Iterator[str | Finding]:
    """Looks at each rule as it acts; finds names that a vendor would refuse, and names that two entries would have."""
    yield from (rule.id for _, rule, _ in context.rules)
    yield from _too_long(context)
    yield from _collisions(context)
    yield from _clashes(context)


def _too_long(context: Context) -> Iterator[Finding]:
    longest: dict[tuple[str, str, str], tuple[int, int]] = {}
    for effective in context.acting_rules:
        for word, vendor, length, limit in _lengths(context, effective):
            if length > limit:
                key = effective.rule.id, word, vendor
                longest[key] = max((length, limit), longest.get(key, (0, 0)))
    for (rule, word, vendor), (length, limit) in longest.items():
        what, remedy = f"its {word} becomes {length} characters, and {vendor} takes {limit}", f"shorten the {word}"
        yield context.finding("rule", rule, word, key=f"{word} too long", what=what, remedy=remedy)


def _collisions(context: Context) -> Iterator[Finding]:
    """Ids that a rule has for a tenant and that another rule, or itself for others, has too; each reported once."""
    reported: set[tuple[str, str]] = set()
    owners: dict[tuple[str, str], tuple[str, TenantScope | None]] = {}
    for effective in (each for each in context.acting_rules if each.tenant_scope):
        rule, acts_as = effective.rule.id, (effective.environment, effective.id)
        plain = _plain(context, effective.id, effective.environment)
        owner, scope = owners.setdefault(acts_as, (plain, None) if plain else (rule, effective.tenant_scope))
        if (owner, scope) != (rule, effective.tenant_scope) and (rule, effective.id) not in reported:
            reported.add((rule, effective.id))
            yield _collision(context, effective, owner)


def _plain(context: Context, name: str, environment: str) -> str:
    """The id, where a rule that is not for each tenant has it and acts there."""
    _, rule = context.catalog.rules.get(name, (None, None))
    acts = rule and not rule.for_each_tenant and environment in context.environments_of(rule)
    return name if acts else ""


def _collision(context: Context, effective: EffectiveRule, owner: str) -> Finding:
    rule, key = effective.rule.id, f"unfolds to {effective.id}"
    what, remedy = f'which the rule "{owner}" has too', "give one of them another id"
    if owner == rule:
        what = "for a tenant of that name and for those who are not listed"
        remedy = "give the tenant another key, and let the application send that"
    return context.finding(
        "rule", rule, "id", key=key, what=f'unfolds to the id "{effective.id}", {what}', remedy=remedy
    )


def _clashes(context: Context) -> Iterator[Finding]:
    """Resources of one type and name that two entries would have, but for those of one id, which are reported."""
    for (type_, name), owner, other in clashes(context.catalog, context.rules_from_today):
        if not _act_together(context, owner, other):
            yield context.finding(
                other.kind,
                other.entry,
                key=f"becomes {name}",
                what=f'becomes the {type_.rpartition(":")[2]} "{name}", and so does the {owner.kind} "{owner.entry}"',
                remedy="give one of them another name",
            )


def _act_together(context: Context, owner: Owner, other: Owner) -> bool:
    """Whether two rules act by one id in one environment."""
    if not owner.acting_id or owner.acting_id != other.acting_id:
        return False
    rules = (context.catalog.rules[side.entry][1] for side in (owner, other))
    return bool(set.intersection(*(set(context.environments_of(rule)) for rule in rules)))


def _lengths(context: Context, effective: EffectiveRule) -> Iterator[tuple[str, str, int, int]]:
    if effective.rule.sentry_uptime:
        yield "title", "an uptime monitor of Sentry", len(title(context.catalog, effective)), MAX_SENTRY_UPTIME
    else:
        yield "title", "Sentry", len(title(context.catalog, effective)), MAX_SENTRY_MONITOR
    if effective.rule.cron:
        yield "id", "a cron monitor of Sentry", len(effective.id), MAX_CRON_SLUG
    if pager := pager_service(context.catalog, effective):
        yield "id", "a service of PagerDuty", len(pager.name), MAX_PAGERDUTY_NAME
