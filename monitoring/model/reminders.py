"""How often an open problem notifies again: the catalog's wish, in the steps that each vendor takes."""

from __future__ import annotations

from monitoring.model.effective import EffectiveRule
from monitoring.model.scalars import Length
from monitoring.model.signals import Elsewhere, Issues, Uptime

SENTRY_MINUTES = (0, 5, 10, 30, 60, 180, 720, 1440)
"""What a Sentry alert takes: `frequency_minutes` of the provider's `sentry_alert`."""
TEST_MINUTES = (0, 10, 20, 30, 40, 50, 60, 90, 120, 180, 240, 300, 360, 720, 1440)
"""What a synthetic test of Datadog takes: `renotify_interval` of its monitor options (API description, 2026-11-26).

Any other monitor of Datadog takes whole minutes.
"""


def reminder(rule: EffectiveRule) -> Length:
    """How often the rule notifies again while it fires, as its vendor is told; 0 for never.

    A severity's interval that a test does not take becomes the next longer one; a rule's own is checked before. What
    lives elsewhere is repeated by its sender or not at all.
    """
    signal = rule.rule.signal
    if isinstance(signal, Elsewhere):
        return Length(0)
    wish = rule.rule.reminds_every or rule.promise.reminds_every
    if not isinstance(signal, Uptime):
        return wish
    minutes = next((step for step in TEST_MINUTES if step * 60 >= wish.seconds), TEST_MINUTES[-1])
    return Length(minutes * 60)


def repeats(rule: EffectiveRule) -> bool:
    """Whether it notifies again while what it watches lasts.

    An alert on issues is evaluated when one of its changes happens, and its interval only holds back the next of the
    same issue (docs.sentry.io, issue alerts).
    """
    return reminder(rule).seconds > 0 and not isinstance(rule.rule.signal, Issues)


def paced(every: object, at_most: int | None) -> str:
    """How often reminders come, in words: "every 1h", "every 1h, 3 times at most"."""
    times = "" if at_most is None else f", {at_most} time{'s' * (at_most > 1)} at most"
    return f"every {every}{times}"


def reminder_minutes(rule: EffectiveRule) -> int:
    """The same as a number of whole minutes."""
    return reminder(rule).seconds // 60
