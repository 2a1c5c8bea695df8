"""Every kind of effect with its risk and the reason for it: the one table, the most dangerous first."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Risk(StrEnum):
    """How much harm an effect can do if nobody looks at it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Risk).index(self)


class EffectKind(StrEnum):
    """What a change does, in the order in which effects are listed."""

    ON_CALL_NOW = "on-call-now"
    CHECK_FAILS = "check-fails"
    UNEXPLAINED = "unexplained"
    CODE_CHANGED = "code-changed"
    HOLE_OPENED = "hole-opened"
    PROMISE_BROKEN = "promise-broken"
    RULE_SLEEPS = "rule-sleeps"
    RULE_REMOVED = "rule-removed"
    TEST_LOST = "outside-test-lost"
    SEVERITY_LOWERED = "severity-lowered"
    TRIAL_BEGINS = "trial-begins"
    SILENCE_IGNORED = "silence-ignored"
    PAGE_LOST = "page-lost"
    ENVIRONMENT_LOST = "environment-lost"
    ENVIRONMENT_QUIET = "environment-quiet"
    SERVICE_REMOVED = "service-removed"
    WAY_IN_CHANGED = "way-in-changed"
    PROMISE_WEAKENED = "promise-weakened"
    EXPECTATION_GONE = "expectation-gone"
    ACCOUNT_CHANGED = "account-changed"
    UPDATE_STOPS = "update-stops"
    HISTORY_LOST = "history-lost"
    SHIFTS_MOVE = "shifts-move"
    RULE_WAKES = "rule-wakes"
    WOKEN_BY_MORE = "woken-by-more"
    ANSWER_LATER = "answer-later"
    SEVERITY_RAISED = "severity-raised"
    LOOSENED = "condition-loosened"
    CONDITION_CHANGED = "condition-changed"
    SIGNAL_CHANGED = "signal-changed"
    TEAM_CHANGED = "team-changed"
    PAGE_CHANGED = "page-changed"
    PAGE_GAINED = "page-gained"
    CHANNEL_LOST = "channel-lost"
    POLICY_CHANGED = "policy-changed"
    CONTACT_CHANGED = "contact-changed"
    TENANT_LOST = "tenant-lost"
    ENVIRONMENT_CHANGED = "environment-changed"
    WAIVER_ADDED = "waiver-added"
    WAIVER_EXTENDED = "waiver-extended"
    WINDOW_ADDED = "window-added"
    WINDOW_EXTENDED = "window-extended"
    WINDOW_RECURS = "window-recurs"
    EXPECTATION_CHANGED = "expectation-changed"
    SENDER_CHANGED = "sender-changed"
    TIER_LOWERED = "tier-lowered"
    REMINDERS_CHANGED = "reminders-changed"
    RESOURCE_REPLACED = "resource-replaced"
    RESOURCE_DELETED = "resource-deleted"
    RESOURCE_FORGOTTEN = "resource-forgotten"
    RESOURCE_IMPORTED = "resource-imported"
    PROTECTION_LOST = "protection-lost"
    SHIFTS_MOVE_LATER = "shifts-move-later"
    WOKEN_BY_FEWER = "woken-by-fewer"
    RULE_ADDED = "rule-added"
    RULE_RENAMED = "rule-renamed"
    RULE_MOVED = "rule-moved"
    RULE_CHANGED = "rule-changed"
    TRIAL_ENDS = "trial-ends"
    TIGHTENED = "condition-tightened"
    SILENCE_ALERTS = "silence-alerts"
    CHANNEL_GAINED = "channel-gained"
    ENVIRONMENT_GAINED = "environment-gained"
    TENANT_GAINED = "tenant-gained"
    SERVICE_ADDED = "service-added"
    SERVICE_CHANGED = "service-changed"
    PEOPLE_CHANGED = "people-changed"
    TEAM_EDITED = "team-edited"
    PROMISE_STRENGTHENED = "promise-strengthened"
    WAIVER_GONE = "waiver-gone"
    WINDOW_GONE = "window-gone"
    EXPECTATION_ADDED = "expectation-added"
    RESOURCE_CREATED = "resource-created"
    RESOURCE_UPDATED = "resource-updated"
    LOOK_UP_ADDED = "look-up-added"
    TEXT_CHANGED = "text-changed"
    ANSWER_SOONER = "answer-sooner"
    HOLE_CLOSED = "hole-closed"
    PROMISE_KEPT = "promise-kept"
    TEST_GAINED = "outside-test-gained"
    SCHEDULE_EDITED = "schedule-edited"
    RESOURCE_RENAMED = "resource-renamed"
    STATE_CHANGED = "state-changed"


class RiskReason(NamedTuple):
    """A risk, and why it is no higher and no lower."""

    risk: Risk
    reason: str


_HIGH, _MEDIUM, _LOW, _NONE = Risk.HIGH, Risk.MEDIUM, Risk.LOW, Risk.NONE
_ROWS: Mapping[EffectKind, tuple[Risk, str]] = {
    EffectKind.ON_CALL_NOW: (_HIGH, "somebody who thinks to be on call is not, and somebody is who does not know it"),
    EffectKind.CHECK_FAILS: (_HIGH, "the checks refuse the catalog, and what they refuse cannot be deployed"),
    EffectKind.UNEXPLAINED: (_HIGH, "the catalog differs and no sentence here says what that does"),
    EffectKind.CODE_CHANGED: (_HIGH, "what the changed code does to people cannot be read from the catalog"),
    EffectKind.HOLE_OPENED: (_HIGH, "nobody is on call at some time at which somebody was"),
    EffectKind.PROMISE_BROKEN: (_HIGH, "a severity's promise fails that held before"),
    EffectKind.RULE_SLEEPS: (_HIGH, "what woke somebody wakes nobody any more"),
    EffectKind.RULE_REMOVED: (_HIGH, "nothing watches any more what the rule watched"),
    EffectKind.TEST_LOST: (_HIGH, "if the service is gone as a whole, nothing from outside sees it"),
    EffectKind.SEVERITY_LOWERED: (_HIGH, "the rule promises less to people than before"),
    EffectKind.TRIAL_BEGINS: (_HIGH, "until the trial ends the rule acts as P3 and wakes nobody"),
    EffectKind.SILENCE_IGNORED: (_HIGH, "when the data stops coming, nobody is notified any more"),
    EffectKind.PAGE_LOST: (_HIGH, "rules of this route page nobody any more"),
    EffectKind.ENVIRONMENT_LOST: (_HIGH, "nothing is watched any more where it was watched"),
    EffectKind.ENVIRONMENT_QUIET: (_HIGH, "no rule pages anybody in this environment any more"),
    EffectKind.SERVICE_REMOVED: (_HIGH, "a service leaves the catalog with all that watched it"),
    EffectKind.WAY_IN_CHANGED: (_HIGH, "what another system sends is lost until that system sends to the new place"),
    EffectKind.PROMISE_WEAKENED: (_HIGH, "every rule of the severity promises less"),
    EffectKind.EXPECTATION_GONE: (_HIGH, "no line typed by hand holds the program to this rule any more"),
    EffectKind.ACCOUNT_CHANGED: (
        _HIGH,
        "another account at a vendor, or other derived names, reach every rule at once",
    ),
    EffectKind.UPDATE_STOPS: (_HIGH, "the engine stops at what is protected, and what comes behind it is not done"),
    EffectKind.HISTORY_LOST: (
        _HIGH,
        "events, incidents or shifts go with the old resource, and nothing brings them back",
    ),
    EffectKind.SHIFTS_MOVE: (_MEDIUM, "people are on call at other times than they planned for"),
    EffectKind.RULE_WAKES: (_MEDIUM, "what let people sleep can wake somebody"),
    EffectKind.WOKEN_BY_MORE: (_MEDIUM, "a person can be woken by more"),
    EffectKind.ANSWER_LATER: (_MEDIUM, "at worst it takes longer until a person is reached"),
    EffectKind.SEVERITY_RAISED: (_MEDIUM, "more people are notified, sooner or louder"),
    EffectKind.LOOSENED: (_MEDIUM, "it fires later or less often, so something can go unseen"),
    EffectKind.CONDITION_CHANGED: (_MEDIUM, "it fires at other times, and whether more or less cannot be computed"),
    EffectKind.SIGNAL_CHANGED: (_MEDIUM, "the rule watches something else"),
    EffectKind.TEAM_CHANGED: (_MEDIUM, "other people own it and are notified"),
    EffectKind.PAGE_CHANGED: (_MEDIUM, "other people are paged"),
    EffectKind.PAGE_GAINED: (_MEDIUM, "somebody is paged who was not"),
    EffectKind.CHANNEL_LOST: (_MEDIUM, "who reads there does not hear of it any more"),
    EffectKind.POLICY_CHANGED: (_MEDIUM, "other people are asked, in another order or after another time"),
    EffectKind.CONTACT_CHANGED: (_MEDIUM, "a person is reached in another way or at another time"),
    EffectKind.TENANT_LOST: (_MEDIUM, "the tenant has no rules of its own any more"),
    EffectKind.ENVIRONMENT_CHANGED: (_MEDIUM, "every rule of the environment is addressed in another way"),
    EffectKind.WAIVER_ADDED: (_MEDIUM, "a problem is accepted that was to be mended"),
    EffectKind.WAIVER_EXTENDED: (_MEDIUM, "a problem is accepted for longer, or for another reason"),
    EffectKind.WINDOW_ADDED: (_MEDIUM, "planned work mutes rules"),
    EffectKind.WINDOW_EXTENDED: (_MEDIUM, "planned work mutes rules at other times, or more of them"),
    EffectKind.WINDOW_RECURS: (_MEDIUM, "planned work mutes rules again and again, also when nobody thinks of it"),
    EffectKind.EXPECTATION_CHANGED: (_MEDIUM, "what was typed by hand changes with what it is to hold"),
    EffectKind.SENDER_CHANGED: (_MEDIUM, "what is taken as sent decides what rules can see"),
    EffectKind.TIER_LOWERED: (_MEDIUM, "the service may be watched for less"),
    EffectKind.REMINDERS_CHANGED: (_MEDIUM, "an open problem is repeated at another pace"),
    EffectKind.RESOURCE_REPLACED: (
        _MEDIUM,
        "it gets a new id, and what points to the old one by hand points to nothing",
    ),
    EffectKind.RESOURCE_DELETED: (_MEDIUM, "it is gone at its vendor, with what somebody changed in it by hand"),
    EffectKind.RESOURCE_FORGOTTEN: (
        _MEDIUM,
        "it goes on acting at its vendor, and nothing holds it to the catalog any more",
    ),
    EffectKind.RESOURCE_IMPORTED: (
        _MEDIUM,
        "what somebody made by hand is changed and deleted by the program from now on",
    ),
    EffectKind.PROTECTION_LOST: (_MEDIUM, "the next change can delete it, and the engine does not stop"),
    EffectKind.SHIFTS_MOVE_LATER: (_LOW, "the first moved shift is more than twelve weeks away"),
    EffectKind.WOKEN_BY_FEWER: (_LOW, "a person sleeps better; who is woken instead is listed apart"),
    EffectKind.RULE_ADDED: (_LOW, "more is watched; whom it wakes is listed apart"),
    EffectKind.RULE_RENAMED: (_LOW, "history and resources are kept under the new id"),
    EffectKind.RULE_MOVED: (_LOW, "another service carries the rule; who is notified is listed apart"),
    EffectKind.RULE_CHANGED: (_LOW, "what belongs to the rule and decides nothing about waking"),
    EffectKind.TRIAL_ENDS: (_LOW, "the rule acts with its own severity; whom it wakes is listed apart"),
    EffectKind.TIGHTENED: (_LOW, "it fires sooner or more often, which can be noise"),
    EffectKind.SILENCE_ALERTS: (_LOW, "when the data stops coming, somebody is notified"),
    EffectKind.CHANNEL_GAINED: (_LOW, "more people read of it"),
    EffectKind.ENVIRONMENT_GAINED: (_LOW, "it is watched where it was not; whom that wakes is listed apart"),
    EffectKind.TENANT_GAINED: (_LOW, "a tenant gets rules of its own"),
    EffectKind.SERVICE_ADDED: (_LOW, "more is watched"),
    EffectKind.SERVICE_CHANGED: (_LOW, "facts about the service; what follows for people is listed apart"),
    EffectKind.PEOPLE_CHANGED: (_LOW, "facts about people and roles; what follows for shifts is listed apart"),
    EffectKind.TEAM_EDITED: (_LOW, "facts about a team; what follows for receivers is listed apart"),
    EffectKind.PROMISE_STRENGTHENED: (_LOW, "the severity promises more; where that fails is listed apart"),
    EffectKind.WAIVER_GONE: (_LOW, "the problem is mended, or it stops the next check"),
    EffectKind.WINDOW_GONE: (_LOW, "rules speak at times at which they were to be muted"),
    EffectKind.EXPECTATION_ADDED: (_LOW, "one more line typed by hand holds the program"),
    EffectKind.RESOURCE_CREATED: (_LOW, "something new acts at a vendor; whom it wakes is listed apart"),
    EffectKind.RESOURCE_UPDATED: (
        _LOW,
        "it is changed in place and keeps its history; whom that wakes is listed apart",
    ),
    EffectKind.LOOK_UP_ADDED: (_LOW, "the account has to hold it already, else the update stops before it begins"),
    EffectKind.TEXT_CHANGED: (_NONE, "only what people read changes"),
    EffectKind.ANSWER_SOONER: (_NONE, "at worst a person is reached sooner"),
    EffectKind.HOLE_CLOSED: (_NONE, "somebody is on call where nobody was"),
    EffectKind.PROMISE_KEPT: (_NONE, "a promise holds that failed before"),
    EffectKind.TEST_GAINED: (_NONE, "somebody from outside sees whether the service answers"),
    EffectKind.SCHEDULE_EDITED: (_NONE, "nobody's shifts of the coming year are others than before"),
    EffectKind.RESOURCE_RENAMED: (_NONE, "only its name in the state differs, and its vendor is asked for nothing"),
    EffectKind.STATE_CHANGED: (
        _NONE,
        "only what the engine keeps about it differs, and its vendor is asked for nothing",
    ),
}
RISKS: Mapping[EffectKind, RiskReason] = {kind: RiskReason(*row) for kind, row in _ROWS.items()}
ORDER: Mapping[EffectKind, int] = {kind: number for number, kind in enumerate(EffectKind)}
