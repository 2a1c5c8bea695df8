"""How fast an error budget may burn before somebody is told.

The shares of the budget and the windows are those of Google's SRE workbook, chapter 5, table 5-8
(https://sre.google/workbook/alerting-on-slos/): a page at 2% in 1h and 5% in 6h, a ticket at 10% in 3d, with a short
window of one twelfth. Datadog takes long windows of 1h to 48h (its burn-rate documentation), so the ticket's three days
become two, at the same share of the budget. The factor follows: share x period / window, which is 14.4, 6 and, for the
two days, 1.5 at 30 days.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BurnRate:
    """A share of the error budget (a fraction), spent within a long window and still being spent in a short one."""

    budget: float
    long_hours: int
    short_minutes: int

    def factor(self, period_days: int) -> float:
        """How many times faster than evenly the budget burns over a period."""
        return float(f"{self.budget * period_days * 24 / self.long_hours:.6g}")


PAGE = (BurnRate(0.02, 1, 5), BurnRate(0.05, 6, 30))
TICKET = (BurnRate(0.10, 48, 240),)


def burn_rates(*, wakes: bool) -> tuple[BurnRate, ...]:
    """The workbook's page windows for a severity that wakes, else its ticket window."""
    return PAGE if wakes else TICKET
