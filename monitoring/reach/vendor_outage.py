"""What stops while vendors are down: which rules fall silent, whom each still wakes, and by which second road."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitoring.model.catalog import Catalog
from monitoring.model.receivers import Receiver, ReceiverKind
from monitoring.plan import VENDORS
from monitoring.reach.outage import failing_with
from monitoring.reach.paths import AlertPath
from monitoring.reach.proof import Proof, RuleProof

ANOTHER_SIGN = "Another rule watches another sign of the trouble: nobody can say that it fires as well."


class OutageVendor(StrEnum):
    """A vendor that can be down, in the order in which an event passes them."""

    SENTRY = "sentry"
    DATADOG = "datadog"
    PAGERDUTY = "pagerduty"
    SLACK = "slack"

    @property
    def vendor_title(self) -> str:
        """The vendor as it writes itself."""
        return VENDORS.get(self.value, "Slack")


class LostPart(StrEnum):
    """What of a rule stops."""

    SIGNAL = "signal"
    PAGES = "pages"
    POSTS = "posts"


class Sign(StrEnum):
    """What another rule has to do with one that is silent, the closest first."""

    SYMPTOM = "the same symptom"
    SERVICE = "another sign of the same service"
    DEPENDENT = "a sign of a service that depends on it"


@dataclass(frozen=True, slots=True)
class SecondRoad:
    """Another rule that can still fire, what it watches of the same trouble, and whether it wakes somebody then."""

    proved: RuleProof
    sign: Sign
    wakes: bool


@dataclass(frozen=True, slots=True)
class RuleInOutage:
    """A rule while vendors are down: what of it stops, whether it still wakes somebody, and who else would."""

    proved: RuleProof
    lost: tuple[LostPart, ...]
    wakes: bool
    still_notified: tuple[Receiver, ...]
    second_roads: tuple[SecondRoad, ...]

    @property
    def must_wake(self) -> bool:
        """Whether its severity promises to wake somebody in this environment."""
        return self.proved.promised == "wakes"

    @property
    def waking_roads(self) -> tuple[SecondRoad, ...]:
        """The second roads that wake somebody."""
        return tuple(road for road in self.second_roads if road.wakes)

    @property
    def wakes_nobody(self) -> bool:
        """Whether it has to wake somebody, and neither it nor another rule does."""
        return self.must_wake and not self.wakes and not self.waking_roads


@dataclass(frozen=True, slots=True)
class VendorOutage:
    """What is left of every rule while vendors are down, the most severe rule first."""

    vendors: tuple[OutageVendor, ...]
    rules: tuple[RuleInOutage, ...]

    @property
    def holds(self) -> bool:
        """Whether each rule that has to wake somebody still does, or another rule does."""
        return not any(rule.wakes_nobody for rule in self.rules)


def lost_parts(vendors: Collection[OutageVendor], path: AlertPath) -> tuple[LostPart, ...]:
    """What of a rule stops while these vendors are down; what its silent signal would have sent is not counted too.

    PagerDuty watches nothing: of a signal that lives elsewhere it carries the page, and no more.
    """
    if path.vendor in vendors and path.vendor != OutageVendor.PAGERDUTY:
        return (LostPart.SIGNAL,)
    pages = OutageVendor.PAGERDUTY in vendors and bool(path.pages)
    posts = OutageVendor.SLACK in vendors and any(other.kind is ReceiverKind.SLACK for other in path.others)
    return tuple(part for part, stops in ((LostPart.PAGES, pages), (LostPart.POSTS, posts)) if stops)


def _is_silent(vendors: Collection[OutageVendor], path: AlertPath) -> bool:
    return LostPart.SIGNAL in lost_parts(vendors, path)


def vendor_outage(catalog: Catalog, proof: Proof, vendors: Collection[OutageVendor]) -> VendorOutage:
    """What is left of the rules that act when the proof begins, while all of these vendors are down."""
    acting = [proved for proved in proof.rules if proved.path.since is None or proved.path.since <= proof.start]
    acting.sort(key=lambda proved: (proved.path.severity.rank, proved.path.rule))
    firing = [proved for proved in acting if proved.can_fire and not _is_silent(vendors, proved.path)]
    dependents = {name: failing_with(catalog, name)[1:] for name in catalog.services}
    rules = tuple(_in_outage(catalog, proved, firing, vendors, dependents) for proved in acting)
    return VendorOutage(tuple(vendor for vendor in OutageVendor if vendor in vendors), rules)


def _in_outage(
    catalog: Catalog,
    proved: RuleProof,
    firing: Sequence[RuleProof],
    vendors: Collection[OutageVendor],
    dependents: Mapping[str, Sequence[str]],
) -> RuleInOutage:
    path, lost = proved.path, lost_parts(vendors, proved.path)
    silent = LostPart.SIGNAL in lost
    seconds = _second_roads(catalog, proved, firing, vendors, dependents) if silent else ()
    return RuleInOutage(
        proved=proved,
        lost=lost,
        wakes=_wakes(vendors, proved),
        still_notified=() if silent else _still_notified(vendors, path),
        second_roads=tuple(sorted(seconds, key=_closest)),
    )


def _closest(road: SecondRoad) -> tuple[int, bool, int, str]:
    """Roads that see the most of the same trouble first, then those that wake, then the most severe."""
    path = road.proved.path
    return list(Sign).index(road.sign), not road.wakes, path.severity.rank, path.rule


def _wakes(vendors: Collection[OutageVendor], proved: RuleProof) -> bool:
    """Whether a rule still wakes somebody whenever it fires, however late: by its own signal and pages."""
    reached = proved.promised == "wakes" and proved.first is not None and proved.first.notification is not None
    open_road = proved.can_fire and not proved.path.breaks
    return reached and open_road and not {LostPart.SIGNAL, LostPart.PAGES} & {*lost_parts(vendors, proved.path)}


def _still_notified(vendors: Collection[OutageVendor], path: AlertPath) -> tuple[Receiver, ...]:
    without_slack = OutageVendor.SLACK in vendors
    return tuple(other for other in path.others if not (without_slack and other.kind is ReceiverKind.SLACK))


def _second_roads(
    catalog: Catalog,
    proved: RuleProof,
    firing: Sequence[RuleProof],
    vendors: Collection[OutageVendor],
    dependents: Mapping[str, Sequence[str]],
) -> Iterator[SecondRoad]:
    for other in firing:
        if sign := _shared_sign(catalog, proved.path.catalog_rule, other.path.catalog_rule, dependents):
            yield SecondRoad(other, sign, _wakes(vendors, other))


def _shared_sign(catalog: Catalog, silent: str, other: str, dependents: Mapping[str, Sequence[str]]) -> Sign | None:
    """What one rule of the catalog sees of what another one watches; None for nothing that the catalog knows."""
    (service, rule), (other_service, other_rule) = catalog.rules[silent], catalog.rules[other]
    if other in rule.same_symptom_as or silent in other_rule.same_symptom_as:
        return Sign.SYMPTOM
    if other_service.service == service.service:
        return Sign.SERVICE
    return Sign.DEPENDENT if other_service.service in dependents[service.service] else None
