"""What is wrong with a value that almost has its form: the message names the very mistake, and an example."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic_core import PydanticCustomError

from monitoring.model.local_time import parse_local
from monitoring.model.scalars import MAX_LOGIN, parse_clock, parse_date, parse_login

NO_DAY = "is a day that does not exist"
NO_TIME = "is a time that does not exist"
A_DATE, A_CLOCK, A_LOCAL = "write it as 2026-01-31", 'write it as "09:00"', 'write it as "2026-01-05 09:00"'
ALIKE = "like ana-youragency"

CASES = [
    pytest.param(parse_login, "@ana", f'"@ana" is not a login: it begins with @; write it without @, {ALIKE}', id="@"),
    pytest.param(
        parse_login,
        "ana@youragency.com",
        f'"ana@youragency.com" is not a login: it is an e-mail address; write the profile\'s name, {ALIKE}',
        id="an e-mail address",
    ),
    pytest.param(
        parse_login,
        "ana youragency",
        f'"ana youragency" is not a login: it holds a space; write it without spaces, {ALIKE}',
        id="a space",
    ),
    pytest.param(
        parse_login,
        "ana--youragency",
        f'"ana--youragency" is not a login: it holds "--", two signs in a row; write one of them, {ALIKE}',
        id="a double hyphen",
    ),
    pytest.param(
        parse_login,
        "ana/youragency",
        f'"ana/youragency" is not a login: it holds "/"; use letters, digits, dashes, dots and underscores, {ALIKE}',
        id="a slash",
    ),
    pytest.param(
        parse_login,
        "ana-",
        f'"ana-" is not a login: it begins or ends with a sign; begin and end with a letter or a digit, {ALIKE}',
        id="a hyphen at the end",
    ),
    pytest.param(
        parse_login,
        "a" * (MAX_LOGIN + 1),
        f"a login of {MAX_LOGIN + 1} characters; write at most {MAX_LOGIN}, {ALIKE}",
        id="a long login",
    ),
    pytest.param(
        parse_date, "2026-02-30", f'"2026-02-30" {NO_DAY}: the days of 2026-02 are 01 to 28; {A_DATE}', id="a day"
    ),
    pytest.param(parse_date, "2026-13-01", f'"2026-13-01" {NO_DAY}: months are 01 to 12; {A_DATE}', id="a month"),
    pytest.param(
        parse_date, "2028-02-00", f'"2028-02-00" {NO_DAY}: the days of 2028-02 are 01 to 29; {A_DATE}', id="day 0"
    ),
    pytest.param(parse_clock, "25:00", f'"25:00" {NO_TIME}: hours are 00 to 23; {A_CLOCK}', id="an hour"),
    pytest.param(
        parse_clock, "24:00", f'"24:00" {NO_TIME}: hours are 00 to 23; write "00:00" for midnight', id="midnight"
    ),
    pytest.param(parse_clock, "9:60", f'"9:60" {NO_TIME}: minutes are 00 to 59; {A_CLOCK}', id="a minute"),
    pytest.param(parse_clock, "9:30", '"9:30" has one digit for its hour; write "09:30"', id="one digit"),
    pytest.param(
        parse_local,
        "2026-01-05 25:00",
        f'"2026-01-05 25:00" {NO_TIME}: hours are 00 to 23; {A_LOCAL}',
        id="a local hour",
    ),
    pytest.param(
        parse_local,
        "2026-12-31 24:00",
        f'"2026-12-31 24:00" {NO_TIME}: hours are 00 to 23; write "2027-01-01 00:00"',
        id="the end of a day",
    ),
    pytest.param(
        parse_local,
        "2026-01-05 9:60",
        f'"2026-01-05 9:60" {NO_TIME}: minutes are 00 to 59; {A_LOCAL}',
        id="a local minute",
    ),
    pytest.param(
        parse_local,
        "2026-01-05 9:30",
        '"2026-01-05 9:30" has one digit for its hour; write "2026-01-05 09:30"',
        id="one digit of a local hour",
    ),
    pytest.param(
        parse_local,
        "2026-02-30 09:00",
        f'"2026-02-30 09:00" {NO_TIME}: the days of 2026-02 are 01 to 28; {A_LOCAL}',
        id="a local day",
    ),
    pytest.param(
        parse_local,
        "2026-01-05 09:00 +25:00",
        f'"2026-01-05 09:00 +25:00" {NO_TIME}: hours are 00 to 23; {A_LOCAL}',
        id="a distance from UTC",
    ),
]


@pytest.mark.parametrize(("parse", "text", "message"), CASES)
def test_the_mistake_is_named(parse: Callable[[object], object], text: str, message: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse(text)
    assert f"{refused.value}; {(refused.value.context or {})['remedy']}" == message


@pytest.mark.parametrize("login", ["ana", "a", "ana-youragency", "ana.b_c", "ana_acme", "0day", "a" * MAX_LOGIN])
def test_a_login_is_taken(login: str) -> None:
    assert parse_login(login) == login
