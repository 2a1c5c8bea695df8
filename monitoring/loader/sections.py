"""What a catalog says although platform.yaml lacks the section for it: a company need not have each vendor, or tenants.

Said for the words as they were written, so that no other mistake in the same entry hides it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

from monitoring.errors import Problem
from monitoring.loader.documents import Document
from monitoring.loader.validation_messages import RawEntry
from monitoring.model.entry import kebab
from monitoring.model.platform import EXAMPLES, Platform
from monitoring.model.references import nearest
from monitoring.model.service import SIGNAL_KINDS
from monitoring.model.signals.base import Watcher


def lacked(platform: Document | None) -> frozenset[str]:
    """The sections that a company may leave out and has; none where platform.yaml cannot be read, or misspells it."""
    data = platform.data if platform else None
    if not isinstance(data, dict):
        return frozenset()
    words = [kebab(name) for name in Platform.model_fields]
    meant = {nearest(str(word), words) for word in data if word not in words}
    return frozenset(name for name in EXAMPLES if name not in data and f'did you mean "{name}"?' not in meant)


def rule_problems(raw: RawEntry, lacking: frozenset[str]) -> Iterator[Problem]:
    """A signal of a vendor, or tenants, that the company does not have."""
    if not isinstance(raw.data, dict):
        return
    for word in SIGNAL_KINDS.keys() & raw.data.keys():
        if (vendor := watching(word)) in lacking:
            what = f"is for {vendor.capitalize()}, and platform.yaml has no {vendor}"
            yield raw.problem(what, f"write {EXAMPLES[vendor]} there, or watch {_others(vendor)}", word)
    if "for-each-tenant" in raw.data:
        yield from _without_tenancy(raw, lacking, "for-each-tenant")


def watching(word: str) -> Watcher:
    """The vendor, as platform.yaml names it, at which a signal of this word is declared."""
    return SIGNAL_KINDS[word].watcher


def _others(vendor: str) -> str:
    *first, last = (word for word in SIGNAL_KINDS if watching(word) != vendor)
    return f"{', '.join(first)} or {last} instead"


def team_problems(
    platform: Document | None, services: Iterable[Document], known: Container[str]
) -> Iterator[tuple[str, Problem]]:
    """Teams with a rule that Sentry watches, and without a team there that could own its monitor; with the problem."""
    sentry = platform.data.get("sentry") if platform and isinstance(platform.data, dict) else None
    if platform is None or not isinstance(sentry, dict) or not isinstance(sentry.get("teams", {}), dict):
        return
    slugs = sentry.get("teams", {})
    if any(team not in known for team in slugs):
        return  # a misspelt one has been reported
    owners = {team for document in services for team in _owners_at_sentry(document.data)}
    for team in sorted(owner for owner in owners if owner in known and owner not in slugs):
        raw = RawEntry(platform.data, platform.file, platform.lines)
        what = f'the team "{team}" has a rule for Sentry, and no team there'
        remedy = f"write its slug, for example teams: {{{team}: {team}}}"
        yield team, raw.problem(what, remedy, "sentry", "teams")


def _owners_at_sentry(service: Any) -> Iterator[str]:
    rules = service.get("rules") if isinstance(service, dict) else None
    for rule in rules if isinstance(rules, tuple) else ():
        if isinstance(rule, dict) and any(watching(word) == "sentry" for word in SIGNAL_KINDS.keys() & rule.keys()):
            owner = rule.get("team") or service.get("team")
            if isinstance(owner, str):
                yield owner


def entry_problems(kind: str, raw: RawEntry, lacking: frozenset[str]) -> Iterator[Problem]:
    """A tenant without tenancy, or a window that has nothing to mute."""
    if kind == "tenant":
        yield from _without_tenancy(raw, lacking)
    if kind == "maintenance" and "datadog" in lacking:
        what = "mutes rules of Datadog only, and platform.yaml has no datadog"
        yield raw.problem(what, "take the window out; Sentry's rules keep waking people")


def _without_tenancy(raw: RawEntry, lacking: frozenset[str], *path: Any) -> Iterator[Problem]:
    if "tenancy" in lacking:
        what = "needs the tags that name a tenant, and platform.yaml has no tenancy"
        yield raw.problem(what, f"write {EXAMPLES['tenancy']} there, or take it out", *path)
