"""The pages of rules: what fires, its path, the worst instant and the drill at it; and the list of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from monitoring import wording
from monitoring.model.effective import EffectiveRule
from monitoring.model.severity import urgency
from monitoring.naming.names import rule_dashboard_url, runbook_url
from monitoring.oncall.clock import in_zone, utc
from monitoring.reach.drill import Drill
from monitoring.reach.formatting import clock, exact_length, length, local_and_utc
from monitoring.reach.mutes import MutedWindow
from monitoring.reach.paths import AlertPath
from monitoring.reach.proof import RuleProof
from monitoring.reach.verdicts import NEXT_SHOWN, verdict
from monitoring.reach.zones import page_zone
from monitoring.site import names
from monitoring.site.addresses import RULES, drill_of, rule_page, vendor_page
from monitoring.site.blocks import (
    Cell,
    FactList,
    FoldBlock,
    ListBlock,
    PageBlock,
    PagePart,
    Phrase,
    Phrases,
    PlaceBlock,
    SitePage,
    TableBlock,
    TableCell,
    TextBlock,
)
from monitoring.site.data import SiteData
from monitoring.site.expected import expectation_block
from monitoring.site.state import VERDICT_TONES, wait_cell, witness_block
from monitoring.site.thresholds import threshold_block

EVENT_COLUMNS = ("After", "Clock", "What happens")
FIRST_EVENTS = 16
"""Events of a drill that are shown before somebody asks for the others."""


def rule_pages(data: SiteData) -> Iterator[SitePage]:
    """A page for each rule as it acts."""
    return (_rule_page(data, rule) for rule in data.rules)


def _rule_page(data: SiteData, rule: EffectiveRule) -> SitePage:
    proofs = data.proofs.get(rule.id, ())
    return SitePage(
        file=rule_page(rule.id),
        title=_title(data, rule),
        entry="Rules",
        kicker=f"Rule {rule.id}",
        lead=rule.rule.means,
        parts=(
            PagePart("What fires", tuple(_fires(data, rule, proofs)), "fires"),
            *(part for proved in proofs for part in _proved_parts(data, proved)),
            PagePart("Expected", (_expected(data, rule),), "expected"),
        ),
    )


def _title(data: SiteData, rule: EffectiveRule) -> str:
    tenant = wording.tenant_title(data.catalog, rule)
    return f"{rule.rule.title}: {tenant}" if tenant else rule.rule.title


def _fires(data: SiteData, rule: EffectiveRule, proofs: Sequence[RuleProof]) -> Iterator[PageBlock]:
    drawn = threshold_block(rule.rule.signal, data.catalog.platform.metrics)
    if drawn is not None:
        yield drawn
    yield _facts(data, rule, proofs)


def _expected(data: SiteData, rule: EffectiveRule) -> PageBlock:
    return expectation_block(data.catalog.expected(rule.environment).get(rule.id))


# long: one line a fact
def _facts(data: SiteData, rule: EffectiveRule, proofs: Sequence[RuleProof]) -> FactList:
    catalog, tone = data.catalog, f"mark {rule.severity.value}"
    runbook = Phrase("Runbook", runbook_url(catalog, rule.rule.id))
    dashboard = Phrase("Dashboard", rule_dashboard_url(catalog, rule))
    return FactList(
        (
            ("Severity", (Phrase(str(rule.severity), tone=tone), Phrase(f" {rule.promise.title}"))),
            ("Fires when", wording.condition(catalog, rule)),
            ("Watched by", _watcher(rule, proofs)),
            ("Service", f"{rule.service.title}, tier {rule.service.tier}"),
            ("Team", catalog.teams[rule.team].title),
            ("Read", names.joined((runbook, dashboard))),
            ("Written in", str(catalog.at("rule", rule.rule.id))),
            ("Last changed", data.changed.get(rule.rule.id, "unknown")),
        )
    )


def _watcher(rule: EffectiveRule, proofs: Sequence[RuleProof]) -> Phrases:
    """Whose signal it is, and how long that takes."""
    vendor = rule.watcher
    link = Phrase(names.VENDORS[vendor], vendor_page(vendor))
    if not proofs:
        return (link,)
    takes = proofs[0].path.detection
    within = "" if takes.seconds is None else f" within {exact_length(takes.seconds)}"
    return link, Phrase(f"; fires{within}: {takes.how}")


# --- one proof: a rule on trial has two ------------------------------------------------------------------------


def _proved_parts(data: SiteData, proved: RuleProof) -> Iterator[PagePart]:
    path = proved.path
    when, zone = _acts(path), page_zone(data.catalog, path)
    at = proved.first.at if proved.first else max(data.proof.start, path.since or 0)
    anchors = ("", "", "") if path.since else ("path", "worst", "drill")
    yield PagePart(f"Path{when}", tuple(_path(data, path)), anchors[0])
    yield PagePart(f"Worst instant{when}", tuple(_worst(data, proved)), anchors[1])
    yield PagePart(f"Drill{when}", drill_blocks(data.drilled(path, at), zone), anchors[2])


def _acts(path: AlertPath) -> str:
    """From or until which day a rule acts so, where its trial has an end."""
    if path.since:
        return f" from {utc(path.since).date()} on"
    return f" until {utc(path.until).date()}" if path.until else ""


def _path(data: SiteData, path: AlertPath) -> Iterator[PageBlock]:
    yield ListBlock(list(_hops(data, path)), numbered=True)
    for page in path.pages:
        yield steps_table(data, page.policy)


def _hops(data: SiteData, path: AlertPath) -> Iterator[Phrases]:
    vendor = names.VENDORS[path.vendor]
    yield Phrase("Signal: ", tone="quiet"), Phrase(vendor, vendor_page(path.vendor))
    for page in path.pages:
        yield Phrase("PagerDuty service: ", tone="quiet"), Phrase(f"{page.service}, {page.loudness}")
        yield Phrase("Policy: ", tone="quiet"), names.policy(data.catalog, page.policy)
    others = names.shared_receivers(data.catalog, path)
    if others:
        yield Phrase("Also: ", tone="quiet"), Phrase(", ".join(map(str, others)))
    if not path.pages:
        yield (Phrase("Nobody is paged"),)


def steps_table(data: SiteData, name: str) -> TableBlock:
    """Whom a policy asks, in order, and how long each step waits."""
    policy, rows, after = data.catalog.oncall.policies[name], list[tuple[Cell, ...]](), 0
    for number, step in enumerate(policy.steps, start=1):
        duties = names.joined(names.duty(data.catalog, each) for each in step.ask)
        rows.append(
            (f"Step {number}", duties, f"after {length(after)}" if after else "at once", str(step.escalate_after))
        )
        after += step.escalate_after.seconds
    title = policy.title or name
    rounds = 1 + policy.extra_rounds
    caption = f"{title}: " + ("gone through once" if rounds == 1 else f"gone through {rounds} times")
    return TableBlock(caption, ("Step", "Asks", "When", "Waits"), tuple(rows), is_shared=True)


def _worst(data: SiteData, proved: RuleProof) -> Iterator[PageBlock]:
    yield TextBlock((Phrase("Promise: "), Phrase(verdict(proved), tone=VERDICT_TONES[proved.verdict])))
    waits = (("First person", proved.first), ("Second person", proved.second))
    yield FactList([(which, wait_cell(worst, proved)) for which, worst in waits])
    yield from (witness_block(witness, data) for witness in proved.witnesses)
    if proved.muted:
        yield ListBlock([*map(_muted, proved.muted[:NEXT_SHOWN]), *_left_out(len(proved.muted) - NEXT_SHOWN)])


def _muted(mute: MutedWindow) -> Cell:
    what = f"{mute.only} of it" if mute.only else "it"
    return f"{mute.name} mutes {what} for {exact_length(mute.end - mute.start)} from {clock(mute.start)}"


def _left_out(number: int) -> Iterator[Cell]:
    if number > 0:
        yield f"and {number} times more"


def drill_blocks(drilled: Drill, zone: str) -> tuple[PageBlock, ...]:
    """A drill as a table, and the way to play it for another time."""
    rows = tuple((length(event.after), _time(drilled.at + event.after, zone), event.text) for event in drilled.events)
    link = drill_of(drilled.path.rule, f"{in_zone(drilled.at, zone):%Y-%m-%dT%H:%M}")
    play = (Phrase("Play it", link), Phrase(" at this time or another, with acknowledgements."))
    caption = f"It fires on {local_and_utc(drilled.at, zone)}, and nobody acknowledges"
    first, later = rows[:FIRST_EVENTS], rows[FIRST_EVENTS:]
    follows = TableBlock("What follows", EVENT_COLUMNS, later, compact=True, is_shared=True)
    more = FoldBlock(f"{len(later)} more, until nobody else is notified", (follows,))
    return TableBlock(caption, EVENT_COLUMNS, first, compact=True), *((more,) if later else ()), TextBlock(play)


@lru_cache(maxsize=16_384)
def _time(moment: int, zone: str) -> str:
    """An instant as the short time of a drill: Mon 09:00."""
    return f"{in_zone(moment, zone):%a %H:%M}"


# --- all rules -------------------------------------------------------------------------------------------------


def rules_page(data: SiteData) -> SitePage:
    """All rules in one table that a script searches."""
    search = PlaceBlock(
        "search.html", "Without scripts the list is whole: search in the page.", {"rules": len(data.rules)}
    )
    table = TableBlock(
        caption="Rules, the most severe first",
        columns=("Rule", "Severity", "Service", "Fires when", "Threshold", "Arrives at", "Wakes first", "Runbook"),
        rows=[_rule_row(data, rule) for rule in data.rules],
        empty="There is no rule.",
        marks=[rule.severity.value for rule in data.rules],
    )
    return SitePage(RULES, "Rules", "Rules", (PagePart("All rules", (search, table)),), scripts=("rules.js",))


def _rule_row(data: SiteData, rule: EffectiveRule) -> tuple[TableCell, ...]:
    path = data.proofs[rule.id][0].path if rule.id in data.proofs else None
    others = names.shared_receivers(data.catalog, path) if path else ()
    page = [names.policy(data.catalog, rule.route.page)] if rule.route.page else []
    tone = f"mark {rule.severity.value}"
    return (
        (Phrase(rule.id, rule_page(rule.id)), Phrase(f" {_title(data, rule)}", tone="quiet")),
        (Phrase(f"{rule.severity} trial" if rule.in_trial else str(rule.severity), tone=tone),),
        rule.service.title,
        wording.condition(data.catalog, rule),
        threshold_block(rule.rule.signal, data.catalog.platform.metrics) or "–",
        names.joined([*page, *(Phrase(str(other)) for other in others)]) or "nobody",
        _first(data, rule),
        (Phrase("Runbook", runbook_url(data.catalog, rule.rule.id)),),
    )


def _first(data: SiteData, rule: EffectiveRule) -> Cell:
    if rule.route.page is None or not rule.wakes or urgency(rule.severity) == "low":
        return "nobody"
    step = data.catalog.oncall.policies[rule.route.page].steps[0]
    return names.joined(names.duty(data.catalog, each) for each in step.ask)
