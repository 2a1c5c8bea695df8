"""Regions whose public holidays are known: a country of ISO 3166, or a part of one that has holidays of its own.

Which there are, and what they are called, is what the package `holidays` knows. It imports 300 modules for its first
country, which is a third of the time that `monitoring check` takes, so `regions.txt` lists the regions of the locked
release (`python -m tools.regions` writes it); only what does not stand there is looked up in the package.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from monitoring.model.references import meant_by, nearest
from monitoring.model.scalars import ScalarType, as_text, invalid_value, quoted

if TYPE_CHECKING:
    from holidays import HolidayBase

LISTED = Path(__file__).with_name("regions.txt")
"""Each region by itself on a line."""
_A_REGION = "write a country's two letters, like DE, or with a part of the country, like DE-BE"
_PARTS = re.compile(r"([A-Za-z]{2,3})(?:[-_/ .]+(.+))?")


def parse_region(value: Any) -> str:
    """A country's two letters, alone or with a part of it: PT, DE-BE, US-CA."""
    text = as_text(value, "a region", _A_REGION)
    if text not in _listed():
        _look_up(text)
    return text


def _look_up(text: str) -> None:
    """Raises ValueError where the package does not know the region, or spells it differently."""
    match = _PARTS.fullmatch(text)
    if match is None:
        raise invalid_value(f"{quoted(text)} is not a region", _A_REGION)
    known = _country(match[1].upper())
    if known is None:
        raise invalid_value(f"no country has the letters {quoted(match[1])}", _A_REGION)
    spelled = _spelled(known, match[2] or "")
    if spelled is None:
        what = f'the holidays of {quoted(match[2])} in "{known.country}" are not known'
        raise invalid_value(what, _other_part(known, match[2]))
    if text != spelled:
        raise invalid_value(f"{quoted(text)} is not how a region is written", f'write "{spelled}"', meant=spelled)


def _spelled(known: HolidayBase, part: str) -> str | None:
    """How a region is written, whatever the case of its letters is; None where the country has no such part."""
    names = {name.casefold(): name for name in known.subdivisions}
    names |= {alias.casefold(): name for alias, name in known.subdivisions_aliases.items()}
    if not part:
        return known.country
    return f"{known.country}-{names[part.casefold()]}" if part.casefold() in names else None


def _other_part(known: HolidayBase, part: str) -> str:
    """What to write instead of a part that the country does not have."""
    if not known.subdivisions:
        return f'write "{known.country}", whose parts have no holidays of their own'
    near = nearest(part, known.subdivisions)
    if meant := meant_by(near):
        return f'did you mean "{known.country}-{meant}"?'
    return f'{near}; or write "{known.country}" alone for the holidays of the whole country'


@cache
def _listed() -> frozenset[str]:
    return frozenset(LISTED.read_text("utf-8").splitlines())


@lru_cache(maxsize=256)
def _country(letters: str) -> HolidayBase | None:
    """What is known of a country by its two or three letters; None where there is none."""
    from holidays import country_holidays  # only an unlisted region waits for it

    try:
        return country_holidays(letters)
    except NotImplementedError:
        return None


Region = Annotated[
    str,
    ScalarType(parse_region, {"type": "string", "pattern": "^[A-Z]{2}(-.+)?$", "examples": ["PT", "DE-BE", "US-CA"]}),
]
