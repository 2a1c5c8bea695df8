"""What is said of a catalog with mistakes beside them, as if they were mended."""

from __future__ import annotations

import pytest

from monitoring.checks import foreseen_problems
from monitoring.loader.loading import read_partly
from tests.conftest import TODAY
from tests.factories import SHOP, TEXTS

RECORDING = b'{"steps": [{"name": "Go on", "type": "refresh"}]}'
RULE = """
  - id: shop-order
    title: Nobody can order
    severity: P2
    means: The shop sells nothing.
    uptime: {{asks: {{browser: {browser}}}, every: 15m, regions: ["aws:eu-central-1", "aws:us-east-1"], failing-in: 2}}
"""


def unused(browser: str) -> tuple[list[str], list[str]]:
    """The recordings that are said to be unused beside a rule in a browser, and what is written wrong."""
    texts = TEXTS | {"services/shop.yaml": SHOP + RULE.format(browser=browser)}
    files = {name: text.encode() for name, text in texts.items()} | {"recordings/order.json": RECORDING}
    problems = foreseen_problems(read_partly(files), TODAY, {})
    said = [problem.where for problem in problems if problem.check == "unused" and "recording" in problem.where]
    return said, [problem.where for problem in problems if problem.check in {"shape", "reference"}]


@pytest.mark.parametrize(
    ("browser", "is_mistaken"),
    [
        pytest.param("{recording: order, path: /}", False, id="a recording that is used"),
        pytest.param("order", True, id="a word where a mapping is expected"),
        pytest.param("{path: /}", True, id="no recording at all"),
    ],
)
def test_nothing_is_unused_while_a_guess_stands_for_what_may_use_it(browser: str, is_mistaken: bool) -> None:
    said, mistakes = unused(browser)
    assert said == []
    assert bool(mistakes) is is_mistaken


def test_what_nothing_uses_is_said_of_a_catalog_without_a_mistake() -> None:
    files = {name: text.encode() for name, text in TEXTS.items()} | {"recordings/order.json": RECORDING}
    problems = foreseen_problems(read_partly(files), TODAY, {})
    assert 'recording "order"' in [problem.where for problem in problems if problem.check == "unused"]
