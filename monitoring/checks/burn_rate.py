"""An objective leaves room for the burn rates that its alerts wait for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from monitoring.checks._check import rule_check
from monitoring.checks._context import NEVER, Context, Finding, Fires, WatchedRule
from monitoring.checks._subjects import SLO_RULES
from monitoring.model.burn_rates import BurnRate, burn_rates
from monitoring.model.signals import Slo
from monitoring.model.signals.slo import days_of_period

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
    rates, fastest = burn_rates(wakes=context.rule_wakes(rule)), 1 / (1 - signal.objective.base)
    fires: Fires = NEVER if all(rate.factor(signal.days) >= fastest for rate in rates) else ""
    for rate in rates:
        for field, key, what, remedy in _mistakes(rate, signal, fastest):
            key = f"{key} over {rate.long_hours}h"
            yield context.finding("rule", rule.id, "slo", field, key=key, what=what, remedy=remedy, fires=fires)


def _mistakes(rate: BurnRate, signal: Slo, fastest: float) -> Iterator[tuple[str, str, str, str]]:
    factor = rate.factor(signal.days)
    waits = f"waits for a burn rate of {factor:g}"
    if factor <= 1:
        what = f"{waits}, and a budget that burns at 1 or less is kept"
        yield "over", "burns while kept", what, f"write over: {_longer_period(rate)}"
    elif factor >= fastest:
        what = f"{waits}, and a budget of {signal.objective} burns at most {fastest:.3g} times too fast"
        remedy = f"write an objective above {100 * (1 - 1 / factor):.4g}%, or a longer period"
        yield "objective", "never burns", what, remedy


def _longer_period(rate: BurnRate) -> str:
    """The shortest period of an objective over which a rate is above 1."""
    return next(over for over in PERIODS if rate.factor(days_of_period(over)) > 1)
