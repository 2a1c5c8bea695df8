"""Owners of an issue, who are told and never woken: what the proof and the drill say of them."""

from __future__ import annotations

import pytest

from monitoring.model.receivers import Receiver, ReceiverKind
from monitoring.reach.drill import posted
from tests.factories import a_catalog
from tests.reach.ask import proof

TOLD = "Sentry writes to each owner as that person has set it, which wakes nobody"
NOISY = (
    "services/shop.yaml",
    "    errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}",
    "    errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m, per-issue: true}",
)
POSTED = [
    pytest.param("active-members", f"issue owners (else active members) are notified; {TOLD}", id="the active ones"),
    pytest.param("nobody", f"issue owners (else nobody) are notified; {TOLD}", id="nobody"),
]


@pytest.mark.parametrize(("fallback", "says"), POSTED)
def test_a_drill_says_that_owners_are_not_woken(fallback: str, says: str):
    assert posted(Receiver(ReceiverKind.ISSUE_OWNERS, fallback)) == says


def test_a_route_to_owners_alone_wakes_nobody_and_says_why():
    route = ("teams.yaml", "P0: {page: critical, slack: [alerts]}", "P0: {issue-owners: all-members}")
    (witness,) = (each for each in proof(a_catalog(NOISY, route)).witnesses if "shop-failing" in each.rules)
    assert witness.hop == "route"
    assert witness.why == (
        f'the P0 route of team "platform" pages nobody and arrives at issue owners (else all members); {TOLD}'
    )
