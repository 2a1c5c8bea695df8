"""The shortest form of each kind of effect, with the name of the rule, service or person: for the headline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from monitoring.review.effects import Effect
from monitoring.review.risks import EffectKind
from monitoring.review.vendor_effects import SENTENCES

MAX_NAME = 40
"""Characters of a name in a short form."""
MAX_PERSON = 24
MAX_VALUE = 20
SHOWN_NAMES = 3
"""Names in a list before it says only the first ones and how many more there are."""

SHORT_FORMS: Mapping[EffectKind, str] = {
    EffectKind.ON_CALL_NOW: "{after} is on call now, not {before}",
    EffectKind.CHECK_FAILS: "check finds a problem of {name}",
    EffectKind.UNEXPLAINED: "{name} differs, and what that does is not known",
    EffectKind.CODE_CHANGED: "code changed and is not judged",
    EffectKind.HOLE_OPENED: "nobody is on call in {name} for {after} of the year",
    EffectKind.PROMISE_BROKEN: "a promise of {name} fails",
    EffectKind.RULE_SLEEPS: "{name} wakes nobody any more",
    EffectKind.RULE_REMOVED: "{name} is gone",
    EffectKind.TEST_LOST: "{name} loses its only test from outside",
    EffectKind.SEVERITY_LOWERED: "{name} is less severe: {before} → {after}",
    EffectKind.TRIAL_BEGINS: "{name} is on trial and wakes nobody until {after}",
    EffectKind.SILENCE_IGNORED: "{name} does not tell any more when its data stops",
    EffectKind.PAGE_LOST: "{severity} of team {name} pages nobody any more",
    EffectKind.ENVIRONMENT_LOST: "{name} is gone",
    EffectKind.ENVIRONMENT_QUIET: "{name} pages nobody any more",
    EffectKind.SERVICE_REMOVED: "service {name} is gone",
    EffectKind.WAY_IN_CHANGED: "{name} has another way in, and what is sent to the old one is lost",
    EffectKind.PROMISE_WEAKENED: "{name} promises less",
    EffectKind.EXPECTATION_GONE: "nothing is expected any more of {name}",
    EffectKind.ACCOUNT_CHANGED: "the platform has another {name}",
    EffectKind.UPDATE_STOPS: "the update of {name} stops at what is protected",
    EffectKind.HISTORY_LOST: "history is lost in {name}",
    EffectKind.SHIFTS_MOVE: "shifts of {name} change hands",
    EffectKind.RULE_WAKES: "{name} can wake {people}",
    EffectKind.WOKEN_BY_MORE: "more rules can wake {people}",
    EffectKind.ANSWER_LATER: "{name} is answered later: {before} → {after}",
    EffectKind.SEVERITY_RAISED: "{name} is more severe: {before} → {after}",
    EffectKind.LOOSENED: "{name} fires later or less often",
    EffectKind.CONDITION_CHANGED: "{name} fires at other times",
    EffectKind.SIGNAL_CHANGED: "{name} watches something else",
    EffectKind.TEAM_CHANGED: "{name} goes to another team",
    EffectKind.PAGE_CHANGED: "{severity} of team {name} pages by another policy",
    EffectKind.PAGE_GAINED: "{severity} of team {name} pages somebody",
    EffectKind.CHANNEL_LOST: "{severity} of team {name} arrives in fewer places",
    EffectKind.POLICY_CHANGED: "policy {name} changes",
    EffectKind.CONTACT_CHANGED: "{name} is reached otherwise",
    EffectKind.TENANT_LOST: "tenant {name} has no rules of its own any more",
    EffectKind.ENVIRONMENT_CHANGED: "{name} is addressed otherwise",
    EffectKind.WAIVER_ADDED: "a problem is accepted: {name}",
    EffectKind.WAIVER_EXTENDED: "a problem is accepted for longer: {name}",
    EffectKind.WINDOW_ADDED: "window {name} mutes rules",
    EffectKind.WINDOW_EXTENDED: "window {name} mutes at other times, or more",
    EffectKind.WINDOW_RECURS: "window {name} mutes rules again and again",
    EffectKind.EXPECTATION_CHANGED: "what is expected of {name} is typed otherwise",
    EffectKind.SENDER_CHANGED: "what is taken as sent is another: {name}",
    EffectKind.TIER_LOWERED: "service {name} matters less",
    EffectKind.REMINDERS_CHANGED: "{name} is repeated at another pace",
    EffectKind.RESOURCE_REPLACED: "something is replaced in {name}",
    EffectKind.RESOURCE_DELETED: "something is deleted in {name}",
    EffectKind.RESOURCE_FORGOTTEN: "something is left to its vendor in {name}",
    EffectKind.RESOURCE_IMPORTED: "something is taken over from the account in {name}",
    EffectKind.PROTECTION_LOST: "something is not protected any more in {name}",
    EffectKind.SHIFTS_MOVE_LATER: "shifts of {name} change hands in more than twelve weeks",
    EffectKind.WOKEN_BY_FEWER: "fewer rules can wake {people}",
    EffectKind.RULE_ADDED: "{name} is new",
    EffectKind.RULE_RENAMED: "{name} has a new id",
    EffectKind.RULE_MOVED: "{name} moves to another service",
    EffectKind.RULE_CHANGED: "{name} is edited",
    EffectKind.TRIAL_ENDS: "the trial of {name} ends earlier",
    EffectKind.TIGHTENED: "{name} fires sooner or more often",
    EffectKind.SILENCE_ALERTS: "{name} tells when its data stops",
    EffectKind.CHANNEL_GAINED: "{severity} of team {name} arrives in more places",
    EffectKind.ENVIRONMENT_GAINED: "{name} is new",
    EffectKind.TENANT_GAINED: "tenant {name} is new",
    EffectKind.SERVICE_ADDED: "service {name} is new",
    EffectKind.SERVICE_CHANGED: "service {name} is edited",
    EffectKind.PEOPLE_CHANGED: "{name} is edited",
    EffectKind.TEAM_EDITED: "{name} is edited",
    EffectKind.PROMISE_STRENGTHENED: "{name} promises more",
    EffectKind.WAIVER_GONE: "a problem is accepted no longer: {name}",
    EffectKind.WINDOW_GONE: "window {name} mutes less, or no more",
    EffectKind.EXPECTATION_ADDED: "what is expected of {name} is typed by hand",
    EffectKind.RESOURCE_CREATED: "something is new in {name}",
    EffectKind.RESOURCE_UPDATED: "something is changed in place in {name}",
    EffectKind.LOOK_UP_ADDED: "something more is looked up in {name}",
    EffectKind.TEXT_CHANGED: "{name} reads otherwise",
    EffectKind.ANSWER_SOONER: "{name} is answered sooner: {before} → {after}",
    EffectKind.HOLE_CLOSED: "somebody is on call in {name} where nobody was",
    EffectKind.PROMISE_KEPT: "a promise of {name} holds again",
    EffectKind.TEST_GAINED: "{name} gets its first test from outside",
    EffectKind.SCHEDULE_EDITED: "{name} is edited, and no shift changes hands",
    EffectKind.RESOURCE_RENAMED: "something is only renamed in the state of {name}",
    EffectKind.STATE_CHANGED: "only the engine's own record of {name} differs",
}
"""What each kind of effect does, of which the name alone is the catalog's."""
EXAMPLE_NAMES: Mapping[EffectKind, str] = {
    **dict.fromkeys((EffectKind.HOLE_OPENED, EffectKind.HOLE_CLOSED, EffectKind.SCHEDULE_EDITED), "primary"),
    **dict.fromkeys((EffectKind.SHIFTS_MOVE, EffectKind.SHIFTS_MOVE_LATER), "primary"),
    **dict.fromkeys((EffectKind.TEST_LOST, EffectKind.TEST_GAINED, EffectKind.TIER_LOWERED), "shop"),
    **dict.fromkeys((EffectKind.SERVICE_ADDED, EffectKind.SERVICE_REMOVED, EffectKind.SERVICE_CHANGED), "shop"),
    **dict.fromkeys((EffectKind.PAGE_LOST, EffectKind.PAGE_CHANGED, EffectKind.PAGE_GAINED), "platform"),
    **dict.fromkeys((EffectKind.CHANNEL_LOST, EffectKind.CHANNEL_GAINED, EffectKind.TEAM_EDITED), "platform"),
    **dict.fromkeys((EffectKind.POLICY_CHANGED, EffectKind.PROMISE_BROKEN, EffectKind.PROMISE_KEPT), "critical"),
    **dict.fromkeys((EffectKind.PROMISE_WEAKENED, EffectKind.PROMISE_STRENGTHENED), "P1"),
    **dict.fromkeys((EffectKind.TENANT_LOST, EffectKind.TENANT_GAINED), "acme"),
    **dict.fromkeys(
        (EffectKind.WINDOW_ADDED, EffectKind.WINDOW_EXTENDED, EffectKind.WINDOW_RECURS, EffectKind.WINDOW_GONE),
        "upgrade",
    ),
    **dict.fromkeys((EffectKind.CONTACT_CHANGED, EffectKind.PEOPLE_CHANGED), "ana"),
    **dict.fromkeys(
        (EffectKind.WAIVER_ADDED, EffectKind.WAIVER_EXTENDED, EffectKind.WAIVER_GONE),
        "rule-runbook: shop-slow: no runbook",
    ),
    **dict.fromkeys((EffectKind.ENVIRONMENT_QUIET, EffectKind.ENVIRONMENT_CHANGED), "environment staging"),
    **dict.fromkeys((EffectKind.ENVIRONMENT_LOST, EffectKind.ENVIRONMENT_GAINED), "shop-slow in staging"),
    **dict.fromkeys(SENTENCES, "prod"),
    EffectKind.ACCOUNT_CHANGED: "sentry organization",
    EffectKind.SENDER_CHANGED: "datadog metrics orders.all interval",
}
"""What an example is about; of every other kind a rule."""
EXAMPLE_VALUES: Mapping[EffectKind, tuple[str, str]] = {
    EffectKind.ON_CALL_NOW: ("ben", "ana"),
    EffectKind.HOLE_OPENED: ("", "183d"),
    EffectKind.TRIAL_BEGINS: ("", "2026-12-24"),
    EffectKind.ANSWER_LATER: ("5m", "8m"),
    EffectKind.ANSWER_SOONER: ("8m", "5m"),
    EffectKind.SEVERITY_LOWERED: ("P1", "P2"),
    EffectKind.SEVERITY_RAISED: ("P2", "P1"),
}


def example_of(kind: EffectKind) -> str:
    """The short form of an effect of a kind, about invented names."""
    before, after = EXAMPLE_VALUES.get(kind, ("", ""))
    name = EXAMPLE_NAMES.get(kind, "shop-slow")
    return SHORT_FORMS[kind].format(name=name, people="dee and kit", before=before, after=after, severity="P1")


def short_form(effect: Effect) -> str:
    """The effect in fewer than 100 characters, whatever it is about."""
    return SHORT_FORMS[effect.kind].format(
        name=name_of(effect),
        people=joined(effect.people),
        before=cut(effect.before, MAX_VALUE),
        after=cut(effect.after, MAX_VALUE),
        severity=cut(effect.detail.partition(".")[0], MAX_VALUE),
    )


# long: one case a way of naming what an effect is about
def name_of(effect: Effect) -> str:
    """The rule, service, schedule, policy, team or person that an effect is about, as the headline calls it."""
    place = effect.explains[0] if effect.explains else ()
    match effect.kind, place:
        case _, ("platform", _, "environments", name, *_):
            return f"environment {cut(name)}"
        case _, ("platform", _, _, *_):
            return cut(" ".join(place[2:]))
        case EffectKind.ENVIRONMENT_LOST | EffectKind.ENVIRONMENT_GAINED, _:
            return f"{cut(effect.subject)} in {cut(effect.detail, MAX_VALUE)}"
        case _:
            return cut(subject_of(effect))


def subject_of(effect: Effect) -> str:
    """What an effect is about, without the check, the cause or the place that follows."""
    match effect.kind:
        case EffectKind.PROMISE_BROKEN | EffectKind.PROMISE_KEPT:
            return effect.subject.partition(": ")[0]
        case EffectKind.CHECK_FAILS:
            return effect.subject.partition(": ")[2].partition(": ")[0] or effect.subject
        case _:
            return effect.subject


def joined(names: Sequence[str], limit: int = MAX_PERSON) -> str:
    """Names in a sentence: ana; ana and ben; ana, ben and chi; ana, ben and 4 more."""
    shown = [cut(name, limit) for name in names]
    if len(names) > SHOWN_NAMES:
        return f"{', '.join(shown[: SHOWN_NAMES - 1])} and {len(names) - SHOWN_NAMES + 1} more"
    return " and ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)


def cut(text: str, limit: int = MAX_NAME) -> str:
    """A name or value of the catalog, not longer than a headline bears."""
    return text if len(text) <= limit else f"{text[: limit - 3]}..."
