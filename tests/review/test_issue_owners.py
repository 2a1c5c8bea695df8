"""What a review says of a route that tells the owners of an issue."""

from __future__ import annotations

from monitoring.review.reviewing import Review, review
from tests.factories import Change
from tests.review.pairs import AT, whole_catalog

BESIDE = "    P0: {page: critical, slack: [alerts, alerts-critical]"


def owners(fallback: str) -> Change:
    """The P0 route of the platform with the owners beside its channels."""
    return "teams.yaml", BESIDE, f"{BESIDE}, issue-owners: {fallback}"


def sentences(answer: Review) -> list[str]:
    return [f"{effect.risk}: {effect.sentence}" for effect in answer.effects]


def test_another_fallback_is_said_with_both():
    answer = review(whole_catalog(owners("active-members")), whole_catalog(owners("nobody")), AT)
    assert sentences(answer) == [
        'medium: P0 of team "platform" does not arrive any more at issue owners (else active members)',
        'low: P0 of team "platform" arrives also at issue owners (else nobody)',
    ]


def test_owners_in_the_place_of_a_page_lose_the_page():
    owners = ("teams.yaml", BESIDE, "    P0: {issue-owners: all-members, slack: [alerts, alerts-critical]")
    answer = review(whole_catalog(), whole_catalog(owners), AT)
    assert any(sentence.startswith("high: ") and "pages nobody any more" in sentence for sentence in sentences(answer))
    assert 'low: P0 of team "platform" arrives also at issue owners (else all members)' in sentences(answer)
