"""Writes the regions that the package `holidays` knows, one a line, in the order of their letters.

python -m tools.regions
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from holidays import country_holidays
from holidays.registry import EntityLoader

FILE = Path(__file__).parents[1] / "monitoring" / "model" / "listed_regions.py"
MODULE = '''\
"""The regions that the locked release of the package `holidays` knows; `python -m tools.regions` writes them anew."""

from __future__ import annotations

REGIONS = frozenset(
    """\\
{regions}
""".splitlines()
)
'''


def regions() -> Iterator[str]:
    """Each country, and each part of one that has holidays of its own."""
    for letters in EntityLoader.get_country_codes(include_aliases=False):
        known = country_holidays(letters)
        yield known.country
        yield from (f"{known.country}-{part}" for part in known.subdivisions)


def text() -> str:
    """The module's text."""
    return MODULE.format(regions="\n".join(sorted(regions())))


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
