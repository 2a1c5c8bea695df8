"""Public holidays of regions: what the package lists when it is asked without our code, and dates typed by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from holidays import HolidayBase, country_holidays
from pydantic import TypeAdapter, ValidationError

from monitoring.model.regions import LISTED, Region
from monitoring.oncall.public_holidays import public_holidays
from tools import regions

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
REGION: TypeAdapter[str] = TypeAdapter(Region)


@pytest.mark.parametrize(
    ("region", "listed"),
    [
        pytest.param("DE-BE", country_holidays("DE", subdiv="BE", years=(2026, 2027)), id="Berlin"),
        pytest.param("PT", country_holidays("PT", years=(2026, 2027)), id="Portugal"),
        pytest.param("US-CA", country_holidays("US", subdiv="CA", years=(2026, 2027)), id="California"),
    ],
)
def test_two_years_have_the_days_of_the_package(region: str, listed: HolidayBase) -> None:
    assert list(public_holidays(region, FIRST, LAST)) == sorted(listed)
    assert len(listed) > 15


@pytest.mark.parametrize(
    ("region", "day", "name"),
    [
        ("DE-BE", "2026-03-08", "Women's Day"),
        ("DE-BE", "2026-04-03", "Good Friday"),
        ("DE-BE", "2026-05-25", "Pentecost Monday"),
        ("DE-BE", "2026-10-03", "German Unity Day"),
        ("DE-BE", "2027-03-29", "Easter Monday"),
        ("PT", "2026-04-25", "Freedom Day"),
        ("PT", "2026-06-04", "Corpus Christi"),
        ("PT", "2026-12-08", "Immaculate Conception"),
        ("PT", "2027-10-05", "Republic Day"),
        ("US-CA", "2026-07-03", "Independence Day (observed)"),
        ("US-CA", "2026-11-26", "Thanksgiving Day"),
        ("US-CA", "2027-01-18", "Martin Luther King Jr. Day"),
        ("US-CA", "2027-09-06", "Labor Day"),
        ("DE-BE", "2026-01-06", None),
        ("DE-BY", "2026-01-06", "Epiphany"),
        ("PT", "2026-12-26", None),
        ("US", "2026-03-31", None),
        ("US-CA", "2026-03-31", "Cesar Chavez Day"),
    ],
)
def test_a_day_typed_by_hand(region: str, day: str, name: str | None) -> None:
    assert public_holidays(region, FIRST, LAST).get(date.fromisoformat(day)) == name


def test_a_span_is_cut_at_both_ends_and_runs_over_the_year() -> None:
    days = public_holidays("DE", date(2026, 12, 26), date(2027, 1, 1))
    assert list(days) == [date(2026, 12, 26), date(2027, 1, 1)]
    assert public_holidays("DE", date(2026, 12, 27), date(2026, 12, 31)) == {}


def test_nobody_without_a_region_has_holidays() -> None:
    assert public_holidays(None, FIRST, FIRST + timedelta(days=700)) == {}


@pytest.mark.parametrize("region", ["PT", "DE-BE", "US-CA", "GB-SCT", "DE-Augsburg", "FR-57"])
def test_a_region_is_read_as_it_is_written(region: str) -> None:
    assert REGION.validate_python(region) == region


def test_the_list_has_each_region_of_the_package() -> None:
    assert LISTED.read_text("utf-8") == regions.text()


A_REGION = "write a country's two letters, like DE, or with a part of the country, like DE-BE"


@pytest.mark.parametrize(
    ("value", "what", "remedy"),
    [
        pytest.param("de-be", '"de-be" is not how a region is written', 'write "DE-BE"', id="small letters"),
        pytest.param("DE_BE", '"DE_BE" is not how a region is written', 'write "DE-BE"', id="another sign between"),
        pytest.param("DE-Berlin", '"DE-Berlin" is not how a region is written', 'write "DE-BE"', id="a part's name"),
        pytest.param("USA", '"USA" is not how a region is written', 'write "US"', id="three letters"),
        pytest.param("UK-SCT", '"UK-SCT" is not how a region is written', 'write "GB-SCT"', id="not the ISO code"),
        pytest.param("XX", 'no country has the letters "XX"', A_REGION, id="no such country"),
        pytest.param("Europe/Berlin", '"Europe/Berlin" is not a region', A_REGION, id="a time zone"),
        pytest.param(
            "DE-Augsbrug",
            'the holidays of "Augsbrug" in "DE" are not known',
            'did you mean "DE-Augsburg"?',
            id="a slip of the finger",
        ),
        pytest.param(
            "DE-XX",
            'the holidays of "XX" in "DE" are not known',
            "there is Augsburg, BB, BE, BW, BY, HB, HE, HH and 9 more; "
            'or write "DE" alone for the holidays of the whole country',
            id="no such part",
        ),
        pytest.param(
            "EE-37",
            'the holidays of "37" in "EE" are not known',
            'write "EE", whose parts have no holidays of their own',
            id="a country whose parts have none of their own",
        ),
        pytest.param("", '"" is not a region', A_REGION, id="nothing"),
        pytest.param("DE-\nBE", '"DE-\\nBE" is not a region', A_REGION, id="two lines"),
        pytest.param(49, '"49" is not a region', A_REGION, id="a number"),
    ],
)
def test_what_is_no_region_is_refused_with_what_is_meant(value: object, what: str, remedy: str) -> None:
    with pytest.raises(ValidationError) as refused:
        REGION.validate_python(value)
    (error,) = refused.value.errors()
    assert (error["msg"], error["ctx"]["remedy"]) == (what, remedy)
