"""What a difference of what is accepted does: waivers, planned windows, expectations, rules that are gone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta

from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.model.maintenance import Maintenance
from monitoring.naming.downtimes import is_muted, still_waking
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.differences import CatalogDifference
from monitoring.review.effects import Effect
from monitoring.review.entries import text_effect
from monitoring.review.explaining import effect, from_to
from monitoring.review.risks import EffectKind
from monitoring.wording import window_scope, window_times


def waiver_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference of a waiver does."""
    name, words = difference.place[1], difference.place[2:]
    before, after = difference.before, difference.after
    match words:
        case () if before is None:
            sentence = f'a problem is accepted until {after.expires}: "{name}"'
            yield effect(compared, difference, EffectKind.WAIVER_ADDED, sentence)
        case ():
            yield effect(compared, difference, EffectKind.WAIVER_GONE, f'a problem is not accepted any more: "{name}"')
        case ("expires",):
            kind = EffectKind.WAIVER_EXTENDED if after > before else EffectKind.WAIVER_GONE
            length = "longer" if after > before else "not as long"
            sentence = f'a problem is accepted {length}, {from_to(before, after)}: "{name}"'
            yield effect(compared, difference, kind, sentence)
        case ("owner" | "reason",):
            yield text_effect(compared, difference)
        case _:
            return


def retired_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference of the list of rules that are gone does."""
    name = difference.place[1]
    if len(difference.place) > 2:
        yield text_effect(compared, difference)
        return
    verb = "is listed as gone" if difference.before is None else "is not listed as gone any more"
    yield effect(compared, difference, EffectKind.RULE_CHANGED, f'"{name}" {verb}', detail="retired")


def window_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference of a maintenance window does: of one that is over, nothing that anybody notices."""
    name, words = difference.place[1], difference.place[2:]
    match words:
        case ("title" | "reason" | "still-wakes", *_):
            yield text_effect(compared, difference)
        case () if difference.before is None:
            kind = EffectKind.WINDOW_ADDED if difference.after.every is None else EffectKind.WINDOW_RECURS
            sentence = f'window "{name}" mutes {_what(compared, difference.after)}'
            yield effect(compared, difference, kind, sentence)
        case ():
            yield effect(compared, difference, EffectKind.WINDOW_GONE, f'window "{name}" is gone')
        case _:
            yield _other_window(compared, difference)


def _what(compared: ComparedCatalogs, window: Maintenance) -> str:
    """What a window mutes, where and when, and which rules wake somebody all the same."""
    waking = still_waking(window, _rules(compared.after, window))
    all_the_same = f"; {', '.join(waking)} still wake{'s' * (len(waking) == 1)} somebody" if waking else ""
    where = ", ".join(window.environments)
    return f"{window_scope(window)} in {where}, {window_times(window)}{all_the_same}"


def _other_window(compared: ComparedCatalogs, difference: CatalogDifference) -> Effect:
    """A window that is another one: one effect for all that differs in it."""
    name = difference.place[1]
    old, new = compared.before.maintenance[name], compared.after.maintenance[name]
    mutes_less = _is_open_less(old, new) and _is_about_less(compared, old, new)
    recurs = new.every is not None and not mutes_less
    kind = EffectKind.WINDOW_RECURS if recurs else EffectKind.WINDOW_EXTENDED
    sentence = f'window "{name}" mutes {"less" if mutes_less else "otherwise"}: now {_what(compared, new)}'
    return effect(compared, difference, EffectKind.WINDOW_GONE if mutes_less else kind, sentence)


def _is_about_less(compared: ComparedCatalogs, old: Maintenance, new: Maintenance) -> bool:
    """Whether a window mutes no other rule than before, and no other groups of one."""
    before, after = (
        {(rule.environment, rule.id) for rule in _rules(catalog, window) if is_muted(window, rule)}
        for catalog, window in ((compared.before, old), (compared.after, new))
    )
    named = old.services == "all" or (new.services != "all" and {*new.services} <= {*old.services})
    return named and after <= before and (not old.where or old.where == new.where)


def _rules(catalog: Catalog, window: Maintenance) -> Iterator[EffectiveRule]:
    known = (name for name in window.environments if name in catalog.platform.environments)
    return (rule for name in known for rule in effective_rules(catalog, name, date.max))


def _is_open_less(old: Maintenance, new: Maintenance) -> bool:
    """Whether each opening of the new window within two years lies in one of the old one."""
    start = min(old.start, new.start)
    end = start + _LOOKED_AT
    before = list(old.times.openings(start, end + _LOOKED_AT))
    begins = [opening.start for opening in before]
    for opening in new.times.openings(start, end):
        place = bisect_right(begins, opening.start)
        if place == 0 or before[place - 1].end < opening.end:
            return False
    return True


_LOOKED_AT = timedelta(days=2 * 366)


def expectation_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference of an expectation does: one sentence for all that is typed otherwise of one rule or policy."""
    kind, name, *words = difference.place
    what = "policy" if kind == "expected-policy" else "rule"
    if words:
        sentence = f'what is expected of {what} "{name}" is typed otherwise: {" ".join(words)}'
        yield effect(compared, difference, EffectKind.EXPECTATION_CHANGED, sentence, detail=".".join((what, *words)))
    elif difference.before is None:
        sentence = f'what is expected of {what} "{name}" is typed by hand'
        yield effect(compared, difference, EffectKind.EXPECTATION_ADDED, sentence, detail=what)
    elif what == "rule" and not compared.acts(name.rpartition("/")[2]):
        sentence = f'nothing is expected any more of {what} "{name}", which is gone'
        yield effect(compared, difference, EffectKind.RULE_CHANGED, sentence, detail="expectation")
    else:
        sentence = f'nothing is expected any more of {what} "{name}"'
        yield effect(compared, difference, EffectKind.EXPECTATION_GONE, sentence, detail=what)
