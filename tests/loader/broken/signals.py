"""A signal whose words make no sense, as its kind has them in `tests/signals`."""

from __future__ import annotations

from tests.loader.broken.case import METRIC, Broken, broken, shop
from tests.signals import CASES as SIGNALS

CASES: tuple[Broken, ...] = tuple(
    broken(mistake.about, shop(METRIC, mistake.words), says=f'services/shop.yaml:16: rule "shop-slow": {mistake.says}')
    for signal in SIGNALS
    for mistake in signal.broken
)
