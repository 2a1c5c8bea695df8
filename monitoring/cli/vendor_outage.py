"""What `monitoring reach --without VENDOR` answers: whom each rule still wakes while vendors are down, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from monitoring.model.scalars import many
from monitoring.oncall.clock import iso
from monitoring.reach.formatting import clock, length, listed
from monitoring.reach.proof import Proof, RuleProof
from monitoring.reach.sweeps import LongestWait
from monitoring.reach.vendor_outage import (
    ANOTHER_SIGN,
    LostPart,
    OutageVendor,
    RuleInOutage,
    SecondRoad,
    VendorOutage,
)
from monitoring.reach.verdicts import detects_in_words

LIMITS = (
    ANOTHER_SIGN,
    "What is notified beside a page counts as waking nobody; whom Opsgenie asks is not known here.",
    "Each wait is the longest of the proof, which takes for granted that every other vendor delivers.",
)
FIRES = {"at once": "fires at once", "unknown": "fires after an unknown time"}


def outage_heading(platform: str, proof: Proof, outage: VendorOutage) -> str:
    """Whose answer it is, and what is down."""
    return f"{platform}, {proof.environment}, while {_down(outage.vendors)}"


def longest_waits(proof: Proof) -> str:
    """For which instants the waits are the longest."""
    return f"Longest waits from {clock(proof.start)} to {clock(proof.end)}."


def _down(vendors: Sequence[OutageVendor]) -> str:
    return f"{listed([vendor.vendor_title for vendor in vendors])} {'is' if len(vendors) == 1 else 'are'} down"


def outage_lines(outage: VendorOutage) -> Iterator[str]:
    """Each rule that has to wake somebody, then the others of which something stops, then what it comes to."""
    for rule in outage.rules:
        if rule.must_wake:
            yield from _rule_lines(rule)
    yield ""
    yield from _other_lines([rule for rule in outage.rules if not rule.must_wake])
    yield _conclusion(outage)
    yield from LIMITS


def _rule_lines(rule: RuleInOutage) -> Iterator[str]:
    path = rule.proved.path
    yield f"{path.severity} {path.rule} {_fate(rule)}"
    if LostPart.POSTS in rule.lost:
        yield "   nothing is posted in Slack"
    if rule.wakes:
        return
    yield from map(_road_line, rule.waking_roads)
    if rule.still_notified:
        receivers = listed([str(receiver) for receiver in rule.still_notified])
        yield f"   still notified, by nothing that is known to wake: {receivers}"


def _fate(rule: RuleInOutage) -> str:
    if rule.wakes:
        return f"still wakes: {_in_time(rule.proved)}"
    if LostPart.SIGNAL in rule.lost:
        return f"is silent; {'another rule may wake somebody' if rule.waking_roads else 'no other rule wakes anybody'}"
    return "fires, and nobody is woken"


def _road_line(road: SecondRoad) -> str:
    return f"   {road.proved.path.rule}, {road.sign}: {_in_time(road.proved)}"


def _in_time(proved: RuleProof) -> str:
    detects = detects_in_words(proved)
    fires = FIRES.get(detects, f"fires within {detects}")
    return f"{fires}; first person {_after(proved.first)}, second {_after(proved.second)}"


def _after(wait: LongestWait | None) -> str:
    """How long after the rule fired a person is reached at worst, who that is and by what."""
    reached = wait and wait.notification
    return f"after {length(reached.after)} ({reached.person}, {reached.channel})" if reached else "never"


def _other_lines(rules: Sequence[RuleInOutage]) -> Iterator[str]:
    """What stops of the rules that wake nobody anyway."""
    for part, what in (
        (LostPart.SIGNAL, "silent"),
        (LostPart.PAGES, "not in PagerDuty"),
        (LostPart.POSTS, "not in Slack"),
    ):
        if names := [rule.proved.path.rule for rule in rules if part in rule.lost]:
            yield f"Also {what}, of the rules that wake nobody: {listed(names)}."


def _conclusion(outage: VendorOutage) -> str:
    waking = [rule for rule in outage.rules if rule.must_wake]
    own = sum(rule.wakes for rule in waking)
    nobody = sum(rule.wakes_nobody for rule in waking)
    rest = f"{len(waking) - own - nobody} are silent while another rule may wake somebody, and {nobody} wake nobody"
    return f"{many(len(waking), 'rule')} must wake somebody: {own} still do, {rest}."


# --- json ------------------------------------------------------------------------------------------------------


def outage_json(proof: Proof, outage: VendorOutage) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "environment": proof.environment,
        "from": iso(proof.start),
        "to": iso(proof.end),
        "without": [vendor.value for vendor in outage.vendors],
        "holds": outage.holds,
        "rules": [_rule_json(rule) for rule in outage.rules],
        "limits": list(LIMITS),
    }


def _rule_json(rule: RuleInOutage) -> dict[str, Any]:
    return {
        **_times_json(rule.proved),
        "must-wake": rule.must_wake,
        "lost": [part.value for part in rule.lost],
        "wakes": rule.wakes,
        "wakes-nobody": rule.wakes_nobody,
        "still-notified": [str(receiver) for receiver in rule.still_notified],
        "second-roads": [
            {**_times_json(road.proved), "sign": road.sign.value, "wakes": road.wakes} for road in rule.second_roads
        ],
    }


def _times_json(proved: RuleProof) -> dict[str, Any]:
    """A rule and the waits of its own proof, which count where it still wakes somebody."""
    return {
        "rule": proved.path.rule,
        "severity": proved.path.severity.value,
        "detects-within": proved.path.detection.seconds,
        "first": wait_json(proved.first),
        "second": wait_json(proved.second),
    }


def wait_json(wait: LongestWait | None) -> dict[str, Any] | None:
    """The longest wait for a person: an instant, the seconds, who and by what; None where nobody has to be woken."""
    if wait is None:
        return None
    notification = wait.notification
    return {
        "at": iso(wait.at),
        "after": wait.after,
        "person": notification.person if notification else None,
        "channel": notification.channel if notification else None,
    }
