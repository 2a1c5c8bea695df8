"""Rules as the procedures need them: what wakes somebody, what concerns security, and what is under review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from monitoring import wording
from monitoring.docs.markdown import code, link, plain, table
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.naming import names

# The team whose incidents are about data that somebody should not have seen; a catalog names its own so.
SECURITY = "security"


def thresholds(catalog: Catalog, root: str) -> str:
    """Each rule that wakes somebody, and when it fires."""
    waking = [rule for rule in _settled(catalog) if rule.wakes]
    rows = ([_runbook(root, rule), str(rule.severity), _when(catalog, rule)] for rule in waking)
    return table(["rule", "severity", "fires when"], rows) if waking else "No rule wakes anybody."


def security_rules(catalog: Catalog, root: str) -> str:
    """The rules that page the security team."""
    paging = [rule for rule in _settled(catalog) if _pages_security(catalog, rule)]
    rows = ([_runbook(root, rule), str(rule.severity), plain(rule.rule.means)] for rule in paging)
    return table(["rule", "severity", "what it means"], rows) if paging else f"No rule pages the team {code(SECURITY)}."


def _pages_security(catalog: Catalog, rule: EffectiveRule) -> bool:
    policy = catalog.oncall.policies.get(rule.route.page or "")
    return rule.wakes and policy is not None and SECURITY in (policy.team, rule.team)


def _settled(catalog: Catalog) -> list[EffectiveRule]:
    """The rules as they act once every trial is over, so that a page changes with the catalog and not with the day."""
    rules = effective_rules(catalog, catalog.shared_environment, date.max)
    return sorted(rules, key=lambda rule: rule.severity.rank)


def _runbook(root: str, rule: EffectiveRule) -> str:
    return link(code(rule.id), f"{root}{names.runbook_path(rule.rule.id)}")


def _when(catalog: Catalog, rule: EffectiveRule) -> str:
    return plain(wording.condition(catalog, rule))


def under_review(catalog: Catalog, root: str) -> str:
    """What somebody has to look at again, with its dates: trials, accepted problems, planned windows, ended rules."""
    sections = (
        ("Rules on trial", ["rule", "acts as P3 until"], _trials(catalog, root)),
        ("Accepted problems", ["check", "finding", "why", "owner", "until"], _waivers(catalog)),
        ("Maintenance", ["window", "mutes", "when", "still wakes somebody"], _windows(catalog)),
        ("Rules that are gone", ["rule", "since", "why"], _retired(catalog)),
    )
    return "\n\n".join(_section(*section) for section in sections)


def _section(title: str, headings: list[str], rows: Iterable[list[str]]) -> str:
    listed = list(rows)
    return f"**{title}**\n\n{table(headings, listed)}" if listed else f"**{title}**: none."


def _trials(catalog: Catalog, root: str) -> Iterator[list[str]]:
    for name, (_, rule) in catalog.rules.items():
        if rule.trial_until:
            yield [link(code(name), f"{root}{names.runbook_path(name)}"), str(rule.trial_until)]


def _waivers(catalog: Catalog) -> Iterator[list[str]]:
    for waiver in catalog.accepted.waivers:
        yield [
            plain(waiver.check),
            plain(waiver.finding),
            plain(waiver.reason),
            plain(catalog.teams[waiver.owner].title),
            str(waiver.expires),
        ]


def _windows(catalog: Catalog) -> Iterator[list[str]]:
    for window in catalog.maintenance.values():
        waking = ", ".join(map(code, window.still_wakes)) or "nothing"
        yield [plain(window.title), plain(wording.window_scope(window)), plain(wording.window_times(window)), waking]


def _retired(catalog: Catalog) -> Iterator[list[str]]:
    for name, retired in sorted(catalog.accepted.retired.items()):
        yield [code(name), str(retired.on), plain(retired.reason)]
