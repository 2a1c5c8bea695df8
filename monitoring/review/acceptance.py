"""What a difference of what is accepted does: waivers, planned windows, expectations, rules that are gone."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.model.platform import Maintenance
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.differences import CatalogDifference
from monitoring.review.effects import Effect
from monitoring.review.entries import text_effect
from monitoring.review.explaining import effect, from_to
from monitoring.review.risks import EffectKind


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
        case ("title" | "reason",):
            yield text_effect(compared, difference)
        case () if difference.before is None:
            sentence = f'window "{name}" mutes {_what(difference.after)}'
            yield effect(compared, difference, EffectKind.WINDOW_ADDED, sentence)
        case ():
            yield effect(compared, difference, EffectKind.WINDOW_GONE, f'window "{name}" is gone')
        case _:
            yield _other_window(compared, difference)


def _what(window: Maintenance) -> str:
    services, where = ", ".join(window.services), ", ".join(window.environments)
    return f"{services} in {where}, {window.from_} to {window.to} {window.time_zone}"


def _other_window(compared: ComparedCatalogs, difference: CatalogDifference) -> Effect:
    """A window that is another one: one effect for all that differs in it."""
    name = difference.place[1]
    old, new = compared.before.maintenance[name], compared.after.maintenance[name]
    mutes_less = (
        old.start <= new.start
        and new.end <= old.end
        and {*new.services} <= {*old.services}
        and {*new.environments} <= {*old.environments}
    )
    kind = EffectKind.WINDOW_GONE if mutes_less else EffectKind.WINDOW_EXTENDED
    sentence = f'window "{name}" mutes {"less" if mutes_less else "otherwise"}: now {_what(new)}'
    return effect(compared, difference, kind, sentence)


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
