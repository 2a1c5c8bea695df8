"""The public holidays of a region, as the package `holidays` lists them, by day and with their English names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

NONE: Mapping[date, str] = MappingProxyType({})


def public_holidays(region: str | None, first: date, last: date) -> Mapping[date, str]:
    """The holidays of a region between two days, both included, in order; none where no region is known."""
    if region is None:
        return NONE
    named = [day for year in range(first.year, last.year + 1) for day in _of_year(region, year).items()]
    return {day: name for day, name in named if first <= day <= last}


@lru_cache(maxsize=1024)
def _of_year(region: str, year: int) -> Mapping[date, str]:
    """The holidays of one year; several of one day are joined, and one that is moved stands on both days.

    The package's category "public" alone: no bank's, school's or half days. A language that a country's list does not
    have gives the names in the list's own language.
    """
    from holidays import country_holidays  # no catalog without a region waits for it

    country, _, part = region.partition("-")
    listed = country_holidays(country, subdiv=part or None, years=year, language="en_US")
    return MappingProxyType(dict(sorted(listed.items())))
