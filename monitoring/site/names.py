"""What the pages call things, with the links to their pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from monitoring.model.catalog import Catalog
from monitoring.model.receivers import Receiver, ReceiverKind
from monitoring.reach.paths import AlertPath
from monitoring.reach.proof import RuleProof
from monitoring.reach.vendor_outage import OutageVendor
from monitoring.site.addresses import person_page, policy_page, rule_page, schedule_page
from monitoring.site.blocks import Phrase, Phrases
from monitoring.wording import SOMEBODY_BY_EMAIL

VENDORS = {vendor.value: vendor.vendor_title for vendor in OutageVendor}
"""What stops when it is down has a page; in the order in which an event passes them."""


def severity(path: AlertPath) -> Phrase:
    """The severity as a mark; a trial says so."""
    return Phrase(f"{path.severity} trial" if path.in_trial else str(path.severity), tone=f"mark {path.severity.value}")


def rule(path: AlertPath) -> Phrase:
    """A rule by its id."""
    return Phrase(path.rule, rule_page(path.rule))


def person(catalog: Catalog, name: str) -> Phrase:
    """A person by name."""
    return Phrase(catalog.oncall.people[name].name, person_page(name))


def policy(catalog: Catalog, name: str) -> Phrase:
    """An escalation policy by its title."""
    return Phrase(catalog.oncall.policies[name].title or name, policy_page(name))


def schedule(catalog: Catalog, name: str) -> Phrase:
    """A schedule by its title."""
    return Phrase(catalog.oncall.schedules[name].title or name, schedule_page(name))


def duty(catalog: Catalog, name: str) -> Phrase:
    """Whom a step asks: a schedule or a person."""
    return schedule(catalog, name) if name in catalog.oncall.schedules else person(catalog, name)


def joined(entries: Iterable[Phrase], between: str = ", ") -> Phrases:
    """Phrases with a text between them."""
    separated = [each for entry in entries for each in (Phrase(between), entry)]
    return tuple(separated[1:])


def ruled(proofs: Sequence[RuleProof]) -> list[Phrases]:
    """Rules as lines of a list: severity and id."""
    return [(severity(proved.path), Phrase(" "), rule(proved.path)) for proved in proofs]


def shared_receivers(catalog: Catalog, path: AlertPath) -> tuple[Receiver, ...]:
    """Where a rule arrives beside pages; no person's address, since a site may be public."""
    personal = catalog.personal_addresses
    somebody = Receiver(ReceiverKind.EMAIL, SOMEBODY_BY_EMAIL)
    return tuple(dict.fromkeys(somebody if each.name in personal else each for each in path.others))


def without_addresses(catalog: Catalog, text: str) -> str:
    """A text in which no address of a person stands, whatever brought it there."""
    present = [address for address in catalog.personal_addresses if address in text] if "@" in text else []
    if not present:
        return text
    return re.sub(rf"(?<![\w.%+-])(?:{'|'.join(map(re.escape, present))})(?![\w-])", SOMEBODY_BY_EMAIL, text)
