"""An objective leaves room for the burn rates that its alerts wait for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from monitoring.checks._check import rule_check
from monitoring.checks._context import Context, Finding, WatchedRule
from monitoring.checks._subjects import SLO_RULES
from monitoring.model.burn_rates import PAGE, TICKET, BurnRate
from monitoring.model.signals import Slo

PERIODS: tuple[str, ...] = get_args(Slo.model_fields["over"].annotation)
"""The periods of an objective, the shortest first."""


@rule_check("burn-rate", about=SLO_RULES, signal=Slo)
def burn_rate(context: Context, watched: WatchedRule[Slo]) -> Iterator[Finding]:
    """Looks at each objective; finds those whose budget cannot burn as fast as an alert on it asks for, or has to.

    At a rate of 1 the whole budget lasts exactly its period, so an alert at 1 or less fires while the objective is
    kept (Google's SRE workbook, chapter 5, https://sre.google/workbook/alerting-on-slos/).
    Nothing can fail more than all of the time, so a budget burns at most 1 / (1 - objective) times too fast;
    Datadog refuses burn rates above that (its burn-rate documentation).
    """
    _, rule, signal = watched
    days = int(signal.over.removesuffix("d"))
    fastest = 1 / (1 - signal.objective.base)
    for rate in PAGE if context.rule_wakes(rule) else TICKET:
        factor = rate.factor(days)
        if factor <= 1:
            yield context.finding(
                "rule",
                rule.id,
                "slo",
                "over",
                key=f"burns while kept over {rate.long_hours}h",
                what=f"waits for a burn rate of {factor:g}, and a budget that burns at 1 or less is kept",
                remedy=f"write over: {_longer_period(rate)}",
            )
        elif factor >= fastest:
            yield context.finding(
                "rule",
                rule.id,
                "slo",
                "objective",
                key=f"never burns over {rate.long_hours}h",
                what=f"waits for a burn rate of {factor:g}, and a budget of {signal.objective} "
                f"burns at most {fastest:.3g} times too fast",
                remedy=f"write an objective above {100 * (1 - 1 / factor):.4g}%, or a longer period",
            )


def _longer_period(rate: BurnRate) -> str:
    """The shortest period of an objective over which a rate is above 1."""
    return next(over for over in PERIODS if rate.factor(int(over.removesuffix("d"))) > 1)
