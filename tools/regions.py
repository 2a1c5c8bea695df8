"""Writes the regions that the package `holidays` knows, one a line, in the order of their letters.

python -m tools.regions
"""

from __future__ import annotations

from collections.abc import Iterator

from holidays import country_holidays
from holidays.registry import EntityLoader

from monitoring.model.regions import LISTED


def regions() -> Iterator[str]:
    """Each country, and each part of one that has holidays of its own."""
    for letters in EntityLoader.get_country_codes(include_aliases=False):
        known = country_holidays(letters)
        yield known.country
        yield from (f"{known.country}-{part}" for part in known.subdivisions)


def text() -> str:
    """The file's text."""
    return "".join(f"{region}\n" for region in sorted(regions()))


if __name__ == "__main__":
    LISTED.write_text(text(), "utf-8")
