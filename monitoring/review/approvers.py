"""Who should agree to a change before it is merged: whoever it puts on call more, or leaves with less cover."""

from __future__ import annotations

from monitoring.review.reviewing import Review
from monitoring.review.risks import EffectKind

COVER_LOST = (EffectKind.HOLE_OPENED, EffectKind.PROMISE_BROKEN, EffectKind.ANSWER_LATER)
"""After these, whoever is on call waits longer for the next person, or in vain."""


def approvers(review: Review) -> tuple[str, ...]:
    """People who gain nights, weekends or hours, who get a shift that was another's, or who lose cover; by name."""
    gain = {each.person for each in review.people if each.nights > 0 or each.weekends > 0 or each.seconds > 0}
    take = {shift.becomes for _, shift in review.shifts if shift.becomes}
    exposed = {person for effect in review.effects if effect.kind in COVER_LOST for person in effect.people}
    return tuple(sorted(gain | take | exposed))
