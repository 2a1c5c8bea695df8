"""Values that carry their unit or their form in the word: durations, quantities, times, ids.

Each type parses the catalog's spelling and prints it again; what it cannot read, it refuses with a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from monitoring.errors import printable


def invalid_value(what: str, remedy: str, *, meant: str | None = None) -> PydanticCustomError:
    """A value's mistake in our own words: what is wrong, what to do, and what is meant where that is clear."""
    return PydanticCustomError("value", "{what}", {"what": what, "remedy": remedy, "meant": meant})


@dataclass(frozen=True, slots=True, eq=False)
class ScalarType:
    """How pydantic reads a type of ours from its spelling, and how a JSON Schema describes it."""

    parse: Callable[[Any], Any]
    schema: dict[str, Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.parse, serialization=core_schema.to_string_ser_schema()
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return dict(self.schema)


MAX_TEXT, MAX_QUERY = 1_000, 4_000
"""How many characters a text, and a query, may have; a longer one is refused before anything looks into it."""


def as_text(value: Any, expected: str, remedy: str, at_most: int = MAX_TEXT) -> str:
    """The value as a text without blanks around it; refuses what is no text, and one that is too long."""
    if not isinstance(value, str):
        raise invalid_value(f"{shown(value)} is not {expected}", remedy)
    if len(value) > at_most:
        raise invalid_value(f"a text of {len(value)} characters is not {expected}", f"write at most {at_most}")
    return value.strip()


def shown(value: Any) -> str:
    """A value as a message names it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "an empty value"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, tuple | list):
        return "a list"
    return quoted(str(value))


def quoted(text: str) -> str:
    """A user's text in quotes, short enough for a line, and without what a terminal would hide or obey."""
    short = text if len(text) <= 60 else f"{text[:57]}..."
    return f'"{printable(short)}"'


def many(number: int, word: str, words: str = "") -> str:
    """A number of things: "1 rule", "2 rules"; `words` where the plural is not the word with an s."""
    return f"{number} {word if number == 1 else words or word + 's'}"


def repeated(names: Iterable[str]) -> list[str]:
    """The names that are there more than once, sorted."""
    return sorted(name for name, times in Counter(names).items() if times > 1)


# What to write instead.
_A_DURATION = "write a whole number and s, m, h, d or w, like 5m"
_A_DATE = "write it as 2026-01-31"
_A_CLOCK = 'write it as "09:00"'
_A_ZONE = 'write the name of a place, such as "Europe/Berlin" or "Asia/Kolkata"'
_A_WEEK = 'write "mon-fri", "sat-sun" or "mon,wed"'
_AN_ID = "use small letters, digits and single dashes, at most 60 characters"


# --- durations -------------------------------------------------------------------------------------------------

SECONDS_IN = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_DURATION = re.compile(r"(\d{1,9})(s|m|h|d|w)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length of time in whole seconds, spelled with its unit: 30s, 5m, 2h, 1d, 1w."""

    seconds: int

    @property
    def minutes(self) -> float:
        """The same in minutes."""
        return self.seconds / 60

    def __str__(self) -> str:
        for unit in ("w", "d", "h", "m"):
            size = SECONDS_IN[unit]
            if self.seconds >= size and self.seconds % size == 0:
                return f"{self.seconds // size}{unit}"
        return "0m" if self.seconds == 0 else f"{self.seconds}s"

    @property
    def in_all_units(self) -> str:
        """The length in all of its units, so that two lengths that differ never read alike: 1d 1m, 2h 3m 4s."""
        parts, rest = [], self.seconds
        for unit in ("d", "h", "m", "s"):
            number, rest = divmod(rest, SECONDS_IN[unit])
            parts += [f"{number}{unit}"] if number else []
        return " ".join(parts) or "0m"


def parse_duration(value: Any) -> Length:
    """A length of time; refuses what has no unit."""
    if isinstance(value, Length):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise invalid_value(f'"{value}" has no unit', f'write "{value}m" for minutes, or s, h, d, w')
    match = _DURATION.fullmatch(as_text(value, "a length of time", _A_DURATION))
    if not match:
        raise invalid_value(f"{shown(value)} is not a length of time", _A_DURATION)
    return Length(int(match[1]) * SECONDS_IN[match[2]])


_LENGTH = {"type": "string", "pattern": r"^\d+(s|m|h|d|w)$"}
Duration = Annotated[Length, ScalarType(parse_duration, {**_LENGTH, "examples": ["5m", "1h"]})]


def parse_durations(value: Any) -> tuple[Length, ...]:
    """One length of time or a list of them, the shortest first; no length twice."""
    lengths = tuple(map(parse_duration, value if isinstance(value, tuple | list) else (value,)))
    if not lengths:
        raise invalid_value("is an empty list", "write a length of time like 2m, or several like [2m, 7m]")
    if len(set(lengths)) < len(lengths):
        raise invalid_value("has a length of time twice", "write each once, like [2m, 7m]")
    return tuple(sorted(lengths))


_EACH_LENGTH = {**_LENGTH, "examples": ["2m", "7m"]}
Durations = Annotated[
    tuple[Length, ...],
    ScalarType(parse_durations, {"anyOf": [_EACH_LENGTH, {"type": "array", "items": _EACH_LENGTH, "minItems": 1}]}),
]


def parse_or_never(value: Any) -> Length | Literal["never"]:
    """A length of time, or the word never."""
    return "never" if value == "never" else parse_duration(value)


OrNever = Annotated[
    Length | Literal["never"],
    ScalarType(
        parse_or_never, {"type": "string", "pattern": r"^(\d+(s|m|h|d|w)|never)$", "examples": ["30m", "never"]}
    ),
]


# --- quantities ------------------------------------------------------------------------------------------------

# unit -> (dimension, size in the dimension's base unit)
UNITS: dict[str, tuple[str, float]] = {
    "ns": ("time", 1e-9),
    "us": ("time", 1e-6),
    "ms": ("time", 1e-3),
    "s": ("time", 1.0),
    "m": ("time", 60.0),
    "h": ("time", 3_600.0),
    "d": ("time", 86_400.0),
    "B": ("size", 1.0),
    "kB": ("size", 1e3),
    "MB": ("size", 1e6),
    "GB": ("size", 1e9),
    "TB": ("size", 1e12),
    "KiB": ("size", 2.0**10),
    "MiB": ("size", 2.0**20),
    "GiB": ("size", 2.0**30),
    "TiB": ("size", 2.0**40),
    "%": ("share", 0.01),
    "fraction": ("share", 1.0),
    "events": ("count", 1.0),
    "requests": ("count", 1.0),
    "errors": ("count", 1.0),
    "connections": ("count", 1.0),
    "": ("count", 1.0),
}
_QUANTITY = re.compile(r"(-?\d{1,15}(?:\.\d{1,9})?)\s*([A-Za-z%]*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: 2s, 95%, 1.5 GiB, 100 events, or a bare number for a count."""

    number: float
    unit: str = ""

    @property
    def dimension(self) -> str:
        """What is measured: time, size, share or count."""
        return UNITS[self.unit][0]

    @property
    def base(self) -> float:
        """The value in the dimension's base unit: seconds, bytes, a fraction, or the count itself."""
        return self.number * UNITS[self.unit][1]

    def to(self, unit: str) -> float:
        """The value in another unit of the same dimension; ValueError where there is none."""
        dimension, size = UNITS[unit]
        if dimension != self.dimension:
            raise ValueError(f'"{self}" is a {self.dimension}, and {unit or "a count"} is a {dimension}')
        return float(f"{self.base / size:.12g}")

    def __str__(self) -> str:
        gap = " " if len(self.unit) > 2 and self.unit not in {"KiB", "MiB", "GiB", "TiB"} else ""
        return f"{self.number:.12g}{gap}{self.unit}"


def decimal_text(value: float, digits: int = 12) -> str:
    """A number as a vendor's query and its provider spell it, never by an exponent: 2000000000000, 0.00001.

    Datadog's provider reads numbers of a test back without one, so that 1e-05 would be a change in every preview
    (DataDog/terraform-provider-datadog, resource_datadog_synthetics_test_.go: FormatFloat with 'f').
    """
    return format(Decimal(f"{value:.{digits}g}"), "f")


def parse_quantity(value: Any) -> Quantity:
    """A number with its unit; a bare number is a count."""
    if isinstance(value, Quantity):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Quantity(float(value))
    match = _QUANTITY.fullmatch(as_text(value, "a number with its unit", "write a number and its unit, like 2s"))
    if not match or match[2] not in UNITS:
        units = ", ".join(unit for unit in UNITS if unit)
        raise invalid_value(f"{shown(value)} is not a number with a unit", f"the units are {units}")
    return Quantity(float(match[1]), match[2])


Amount = Annotated[
    Quantity,
    ScalarType(parse_quantity, {"type": ["string", "number"], "examples": ["2s", "95%", "1.5GiB", "100 events"]}),
]


def parse_share(value: Any) -> Quantity:
    """A percentage above 0% and at most 100%; what lies outside is refused."""
    quantity = parse_quantity(value)
    if quantity.unit != "%":
        raise invalid_value(f"{shown(value)} is not a percentage", "write it with %, like 99.9%")
    if not 0 < quantity.number <= 100:
        raise invalid_value(f'"{quantity}" is not between 0% and 100%', "write more than 0% and at most 100%")
    return quantity


Share = Annotated[
    Quantity, ScalarType(parse_share, {"type": "string", "pattern": r"^\d+(\.\d+)?%$", "examples": ["99.9%"]})
]


# --- dates, times, zones ---------------------------------------------------------------------------------------


YEARS = range(2000, 2101)
"""The years of every date: no alert is older, and no time zone's rules are known for longer."""


def parse_date(value: Any) -> date:
    """A day that exists, spelled 2026-01-31, from 2000 to 2100."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = as_text(value, "a date", _A_DATE)
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise invalid_value(f"{shown(value)} is not a date", _A_DATE)
    if fault := day_fault(text):
        raise invalid_value(f"{quoted(text)} is a day that does not exist: {fault}", _A_DATE)
    if int(text[:4]) not in YEARS:
        raise invalid_value(f"{quoted(text)} is not between {YEARS[0]} and {YEARS[-1]}", _A_DATE)
    return date.fromisoformat(text)


def day_fault(text: str) -> str | None:
    """Why no calendar has a day that is spelled 2026-02-30; None where one has it."""
    year, month, day = map(int, text.split("-"))
    if not 1 <= month <= 12:
        return "months are 01 to 12"
    last = monthrange(year, month)[1]
    return None if 1 <= day <= last else f"the days of {text[:7]} are 01 to {last}"


def clock_fault(text: str) -> str | None:
    """Why no clock shows a time that is spelled 25:00; None where one shows it."""
    hour, minute = map(int, text.split(":"))
    if hour > 23:
        return "hours are 00 to 23"
    return "minutes are 00 to 59" if minute > 59 else None


Day = Annotated[date, ScalarType(parse_date, {"type": "string", "format": "date"})]


def parse_clock(value: Any) -> time:
    """A time of day, spelled "09:00"."""
    if isinstance(value, time):
        return value
    text = as_text(value, "a time of day", _A_CLOCK)
    if not re.fullmatch(r"\d\d?:\d\d", text, re.ASCII):
        raise invalid_value(f"{shown(value)} is not a time of day", _A_CLOCK)
    if fault := clock_fault(text):
        remedy = 'write "00:00" for midnight' if text == "24:00" else _A_CLOCK
        raise invalid_value(f"{quoted(text)} is a time that does not exist: {fault}", remedy)
    if len(text) < len("09:00"):
        raise invalid_value(f"{quoted(text)} has one digit for its hour", f"write {quoted(f'0{text}')}")
    return time.fromisoformat(text)


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The IANA zone of that exact name; KeyError where there is none."""
    if not re.fullmatch(r"[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+)*", name):
        raise KeyError(name)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise KeyError(name) from None


def parse_zone(value: Any) -> str:
    """The name of a time zone that exists."""
    text = as_text(value, "a time zone", _A_ZONE)
    try:
        zone(text)
    except KeyError:
        raise invalid_value(f"{quoted(text)} is not a time zone", _A_ZONE) from None
    return text


Zone = Annotated[str, ScalarType(parse_zone, {"type": "string", "examples": ["Europe/Berlin", "Etc/UTC"]})]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Days:
    """A set of weekdays as ISO numbers, Monday 1 to Sunday 7, spelled mon-fri, sat-sun or mon,wed."""

    numbers: frozenset[int]
    spelled: str

    def __str__(self) -> str:
        return self.spelled


def parse_days(value: Any) -> Days:
    """Weekdays: a range that may run over the end of the week, or several with commas."""
    text = as_text(value, "a set of weekdays", _A_WEEK).lower()
    numbers: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        last = last if dash else first
        if first not in WEEKDAYS or last not in WEEKDAYS:
            raise invalid_value(f"{shown(value)} is not a set of weekdays", _A_WEEK)
        start, length = WEEKDAYS.index(first), (WEEKDAYS.index(last) - WEEKDAYS.index(first)) % 7
        numbers.update((start + offset) % 7 + 1 for offset in range(length + 1))
    return Days(frozenset(numbers), text)


Weekdays = Annotated[Days, ScalarType(parse_days, {"type": "string", "examples": ["mon-fri", "sat-sun"]})]


# --- names -----------------------------------------------------------------------------------------------------

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)


def parse_id(value: Any) -> str:
    """A slug of small letters, digits and single dashes, at most 60 characters."""
    text = as_text(value, "an id", _AN_ID)
    if not _ID.fullmatch(text) or len(text) > 60:
        raise invalid_value(f"{shown(value)} is not an id", _AN_ID)
    return text


Id = Annotated[
    str, ScalarType(parse_id, {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 60})
]


def parse_email(value: Any) -> str:
    """An e-mail address in small letters, as PagerDuty stores it."""
    text = as_text(value, "an e-mail address", "write it as ana@youragency.com")
    if not re.fullmatch(r"[a-z0-9._%+\-]+@[a-z0-9\-]+(\.[a-z0-9\-]+)+", text, re.ASCII):
        raise invalid_value(
            f"{shown(value)} is not an e-mail address in small letters", "write it as ana@youragency.com"
        )
    return text


Email = Annotated[str, ScalarType(parse_email, {"type": "string", "format": "email"})]

MAX_LOGIN = 100
_LOGIN = r"[A-Za-z0-9](?:[._\-]?[A-Za-z0-9])*_?"
_A_LOGIN = "like ana-youragency"


def parse_login(value: Any) -> str:
    """A login at GitHub or GitLab, without @: letters, digits, dashes, and at GitLab dots and underscores.

    Neither vendor takes two signs in a row. Sources: docs.github.com/en/enterprise-cloud@latest/admin (username
    considerations), docs.gitlab.com/user/reserved_names.
    """
    text = as_text(value, "a login", f"write it {_A_LOGIN}")
    if len(text) > MAX_LOGIN:
        raise invalid_value(f"a login of {len(text)} characters", f"write at most {MAX_LOGIN}, {_A_LOGIN}")
    if not re.fullmatch(_LOGIN, text, re.ASCII):
        fault, remedy = _login_fault(text)
        raise invalid_value(f"{shown(value)} is not a login: {fault}", remedy)
    return text


def _login_fault(text: str) -> tuple[str, str]:
    """What keeps a text from being a login, and what to do."""
    if text.startswith("@"):
        return "it begins with @", f"write it without @, {_A_LOGIN}"
    if "@" in text:
        return "it is an e-mail address", f"write the profile's name, {_A_LOGIN}"
    if re.search(r"\s", text):
        return "it holds a space", f"write it without spaces, {_A_LOGIN}"
    if strange := re.search(r"[^A-Za-z0-9._\-]", text):
        return f"it holds {quoted(strange[0])}", f"use letters, digits, dashes, dots and underscores, {_A_LOGIN}"
    if pair := re.search(r"[._\-]{2}", text):
        return f"it holds {quoted(pair[0])}, two signs in a row", f"write one of them, {_A_LOGIN}"
    return "it begins or ends with a sign", f"begin and end with a letter or a digit, {_A_LOGIN}"


Login = Annotated[str, ScalarType(parse_login, {"type": "string", "pattern": f"^{_LOGIN}$", "maxLength": MAX_LOGIN})]


# Letters and signs that take room and show nothing, though Unicode counts them as printable (its property
# Default_Ignorable_Code_Point, and the empty Braille cell).
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {chr(code) for code in range(0xE0100, 0xE01F0)}


def invisible_in(text: str) -> str:
    """The first character that a reader cannot see, or that moves what stands around it; empty where there is none."""
    if text.isprintable() and _BLANK.isdisjoint(text):
        return ""
    return next((char for char in text if not char.isprintable() or char in _BLANK), "")


def parse_line(value: Any, at_most: int = MAX_TEXT) -> str:
    """One line that is not empty, without a character that nobody sees."""
    text = as_text(value, "a text", "put it in quotes, on one line", at_most)
    if not text or "\n" in text:
        raise invalid_value("an empty text" if not text else "a text of several lines", "write one line")
    if char := invisible_in(text):
        what = f"{quoted(text)} holds the invisible character U+{ord(char):04X}"
        raise invalid_value(what, "type it anew without it" if char != "\xa0" else "write an ordinary blank")
    return text


def parse_query(value: Any) -> str:
    """A query on one line, which may be longer than what people read."""
    return parse_line(value, MAX_QUERY)


def parse_sentence(value: Any) -> str:
    """One line of plain text for people, with more in it than marks on letters that are not there."""
    text = parse_line(value)
    if all(unicodedata.category(char).startswith("M") for char in text):
        raise invalid_value(f"{quoted(text)} shows nothing", "write it in words")
    return text


_LINE = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}
Line = Annotated[str, ScalarType(parse_line, _LINE)]
Query = Annotated[str, ScalarType(parse_query, _LINE | {"maxLength": MAX_QUERY})]
Sentence = Annotated[str, ScalarType(parse_sentence, _LINE)]
