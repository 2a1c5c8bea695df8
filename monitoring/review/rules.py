"""What becomes of rules: added, removed, renamed, moved, on trial, more or less severe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from monitoring.model.severity import Severity
from monitoring.oncall.clock import utc
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.conditions import SIGNAL_WORDS, condition_effects, tenant_effects
from monitoring.review.differences import CatalogDifference
from monitoring.review.effects import Effect
from monitoring.review.explaining import effect, from_to
from monitoring.review.risks import EffectKind


# long: one case a field of a rule
def rule_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference of a rule does; nothing for a field that is not known here."""
    name, words = difference.place[1], difference.place[2:]
    people = compared.woken_by(name)
    before, after = difference.before, difference.after
    match words:
        case ():
            yield _whole(compared, difference)
        case ("id",):
            yield effect(
                compared, difference, EffectKind.RULE_RENAMED, f'"{before}" is now called "{after}"', detail=""
            )
        case ("formerly",) if ("rule", name) in compared.old_names:
            return  # the sentence about the new id says it
        case ("title" | "means" | "recovery-text" | "no-data-text" | "reminder-text",):
            sentence = f'"{name}" reads otherwise: {from_to(before, after)}'
            yield effect(compared, difference, EffectKind.TEXT_CHANGED, sentence)
        case ("severity",):
            yield _severity(compared, difference)
        case ("team",):
            sentence = f'"{name}" goes to another team: {from_to(*_teams(compared, name))}'
            yield effect(compared, difference, EffectKind.TEAM_CHANGED, sentence, people=people)
        case ("environments",) if (old := compared.acting_in(name))[0] != old[1]:
            return  # where it acts and did not, and the other way round, is said environment by environment
        case ("environments" | "formerly" | "same-symptom-as" as word,):
            sentence = f'"{name}": {word} {from_to(before, after)}'
            yield effect(compared, difference, EffectKind.RULE_CHANGED, sentence)
        case ("reminds-every",):
            sentence = f'"{name}" repeats itself at another pace: {from_to(before, after)}'
            yield effect(compared, difference, EffectKind.REMINDERS_CHANGED, sentence, people=people)
        case ("reminds-at-most",):
            sentence = f'"{name}" repeats itself more or less often: {from_to(before, after)}'
            yield effect(compared, difference, EffectKind.REMINDERS_CHANGED, sentence, people=people)
        case ("trial-until",):
            yield _trial(compared, difference)
        case ("for-each-tenant", *_):
            yield from tenant_effects(compared, difference)
        case (word, *_) if word in SIGNAL_WORDS:
            yield from condition_effects(compared, difference)


def _whole(compared: ComparedCatalogs, difference: CatalogDifference) -> Effect:
    name = difference.place[1]
    if difference.before is None:
        people, trial = compared.woken_by(name), difference.after.trial_until
        begins = f", on trial until {trial}" if trial else ""
        sentence = f'"{name}" is new: {difference.after.severity}, it {_wakes(people)}{begins}'
        return effect(compared, difference, EffectKind.RULE_ADDED, sentence, people=people)
    people = compared.woken_by(name)
    sentence = f'"{name}" is gone; it was {difference.before.severity} and {_woke(people)}'
    return effect(compared, difference, EffectKind.RULE_REMOVED, sentence, people=people)


def _wakes(people: tuple[str, ...]) -> str:
    return f"can wake {', '.join(people)}" if people else "wakes nobody"


def _woke(people: tuple[str, ...]) -> str:
    return f"could wake {', '.join(people)}" if people else "woke nobody"


def _severity(compared: ComparedCatalogs, difference: CatalogDifference) -> Effect:
    before, after = Severity(difference.before), Severity(difference.after)
    raised = after.rank < before.rank
    kind = EffectKind.SEVERITY_RAISED if raised else EffectKind.SEVERITY_LOWERED
    name = difference.place[1]
    sentence = f'"{name}" is {"more" if raised else "less"} severe: {before} → {after}'
    return effect(compared, difference, kind, sentence, detail="", people=compared.woken_by(name))


def _teams(compared: ComparedCatalogs, name: str) -> tuple[str, str]:
    """The team that owns a rule before and after, its service's where it names none."""
    sides = compared.before.rules[compared.old_name("rule", name)], compared.after.rules[name]
    old, new = (rule.team or service.team for service, rule in sides)
    return old, new


def _trial(compared: ComparedCatalogs, difference: CatalogDifference) -> Effect:
    """A trial that begins, lasts longer, is shorter or over."""
    name, today = difference.place[1], utc(compared.at).date()
    old, new = (_last_day(value, today) for value in (difference.before, difference.after))
    if new > old:
        sentence = f'"{name}" acts as P3 and wakes nobody until {difference.after}'
        return effect(compared, difference, EffectKind.TRIAL_BEGINS, sentence, detail="")
    if new < old:
        sentence = f'the trial of "{name}" ends earlier: {from_to(difference.before, difference.after)}'
        return effect(compared, difference, EffectKind.TRIAL_ENDS, sentence, detail="")
    sentence = f'the trial of "{name}" was over and stays so'
    return effect(compared, difference, EffectKind.RULE_CHANGED, sentence)


def _last_day(trial: date | None, today: date) -> date:
    """The end of a trial that goes on; of one that is over, and of none, today."""
    return max(trial or today, today)


def moved_rule(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """A rule that another service carries; nothing of its own where it came or went, or the service was renamed."""
    name, before, after = difference.place[1], difference.before, difference.after
    if before is None or after is None:
        return
    if compared.goes_on_as("service", before) == after:
        sentence = f'"{name}" stays with its service, which is now called "{after}"'
        yield effect(compared, difference, EffectKind.TEXT_CHANGED, sentence, detail="service")
        return
    sentence = f'"{name}" moves to another service: {from_to(before, after)}'
    yield effect(compared, difference, EffectKind.RULE_MOVED, sentence, detail="")
