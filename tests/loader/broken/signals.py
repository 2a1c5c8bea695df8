"""A signal whose words make no sense, as its kind has them in `tests/signals`."""

from __future__ import annotations

from tests.loader.broken.case import METRIC, Broken, broken, shop
from tests.signals import CASES as SIGNALS

CASES: tuple[Broken, ...] = tuple(
    broken(wrong.about, shop(METRIC, wrong.words), says=f'services/shop.yaml:16: rule "shop-slow": {wrong.says}')
    for signal in SIGNALS
    for wrong in signal.broken
)
