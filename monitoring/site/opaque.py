"""A catalog whose people have names that say nobody's, for a site that anybody can read.

A name is made from the person's key in the catalog by HMAC-SHA256 with a secret (RFC 2104), so it is the same on each
day, and nobody can find the person by trying all names, as they could with a hash alone. Whoever has the secret can.
"""

from __future__ import annotations

import html
import json
import operator
import re
from base64 import b32encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from hashlib import sha256
from hmac import digest
from itertools import zip_longest
from typing import Any, TypeVar, cast

from monitoring.checks import CheckReport, Finding
from monitoring.model.catalog import Catalog
from monitoring.model.entry import Entry
from monitoring.model.oncall import Layer, Oncall, Policy, Schedule
from monitoring.model.platform import Accepted
from monitoring.oncall.calendar_file import with_lines_changed
from monitoring.site.rendering import data_script

LENGTH = 12
"""60 bits: two of a hundred thousand people have one name once in two hundred million catalogs."""
QUOTES_NAMES = "personal-data"
"""The check whose findings quote names in any spelling; what a waiver accepts of them is not shown."""

EntryT = TypeVar("EntryT", bound=Entry)


def opaque_names(people: Iterable[str], key: str) -> Mapping[str, str]:
    """For each person's key in the catalog the one that the site shows instead, such as p4k2mzq7w3xna."""
    return {person: f"p{_code(key, person)}" for person in people}


def _code(key: str, person: str) -> str:
    return b32encode(digest(key.encode(), f"person:{person}".encode(), sha256)).decode().lower()[:LENGTH]


def shown_name(opaque: str) -> str:
    """What a page calls a person."""
    return f"Person {opaque}"


def without_names(catalog: Catalog, names: Mapping[str, str]) -> Catalog:
    """The same catalog with other names of people everywhere, in its texts too; addresses stay, so that they are found.

    A picture breaks a title into lines, where nobody could find a name any more.
    """
    hide = partial(hidden, catalog=catalog, names=names)
    oncall, accepted = _oncall(catalog.oncall, names), _accepted(catalog.accepted, names)
    texts = ("schedules", "policies", "roles")
    return replace(
        catalog,
        **{part: _retold(getattr(catalog, part), hide) for part in _WITH_TEXTS},
        accepted=_retold(accepted, hide),
        oncall=_with(oncall, **{part: _retold(getattr(oncall, part), hide) for part in texts}),
    )


_WITH_TEXTS = ("platform", "severities", "teams", "tenants", "services", "maintenance")
"""The parts of a catalog with texts that somebody typed."""


def _retold(value: Any, hide: Callable[[str], str]) -> Any:
    """A value with something else in the place of each text in it."""
    match value:
        case Entry():
            inner = {name: getattr(value, name) for name in type(value).model_fields}
            anew = {name: _retold(part, hide) for name, part in inner.items()}
            changed = {name: part for name, part in anew.items() if part is not inner[name]}
            return _with(value, **changed) if changed else value
        case tuple() if type(value) is tuple:
            parts = tuple(_retold(part, hide) for part in value)
            return value if all(map(operator.is_, parts, value)) else parts
        case dict():
            changed = {key: _retold(part, hide) for key, part in value.items()}
            return value if all(changed[key] is value[key] for key in value) else changed
        case str() if type(value) is str:
            shown = hide(value)
            return value if shown == value else shown
        case _:
            return value


def _oncall(oncall: Oncall, names: Mapping[str, str]) -> Oncall:
    people = {
        names[key]: _with(person, name=shown_name(names[key]), login=None) for key, person in oncall.people.items()
    }
    return _with(
        oncall,
        people=people,
        schedules={key: _schedule(schedule, names) for key, schedule in oncall.schedules.items()},
        policies={key: _policy(policy, names) for key, policy in oncall.policies.items()},
        roles={key: _with(role, ask=_asked(role.ask, names)) for key, role in oncall.roles.items()},
    )


def _schedule(schedule: Schedule, names: Mapping[str, str]) -> Schedule:
    covers = (_with(cover, who=names[cover.who], instead_of=names[cover.instead_of]) for cover in schedule.cover)
    return _with(schedule, layers=tuple(_layer(layer, names) for layer in schedule.layers), cover=tuple(covers))


def _layer(layer: Layer, names: Mapping[str, str]) -> Layer:
    return _with(layer, people=tuple(names[person] for person in layer.people))


def _policy(policy: Policy, names: Mapping[str, str]) -> Policy:
    return _with(policy, steps=tuple(_with(step, ask=_asked(step.ask, names)) for step in policy.steps))


def _asked(ask: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Schedules and people; nothing else has a person's name among them."""
    return tuple(names.get(name, name) for name in ask)


def _accepted(accepted: Accepted, names: Mapping[str, str]) -> Accepted:
    """The waivers with the names that findings have now."""
    waivers = (
        _with(waiver, finding="not shown" if waiver.check == QUOTES_NAMES else _renamed(waiver.finding, names))
        for waiver in accepted.waivers
    )
    return _with(accepted, waivers=tuple(waivers))


def _with(entry: EntryT, **changes: Any) -> EntryT:
    """An entry with other values, and nothing that was worked out from the old ones."""
    fields = {name: getattr(entry, name) for name in type(entry).model_fields}
    return cast(EntryT, type(entry).model_construct(entry.model_fields_set, **(fields | changes)))


def report_without_names(report: CheckReport, names: Mapping[str, str]) -> CheckReport:
    """What the checks say of the catalog as it is written, with the other names in each problem."""
    unwaived = (each._replace(finding=_finding(each.finding, names)) for each in report.unwaived)
    return replace(report, unwaived=tuple(unwaived))


def _finding(finding: Finding, names: Mapping[str, str]) -> Finding:
    where, what, remedy = (_renamed(text, names) for text in (finding.where, finding.what, finding.remedy))
    return finding._replace(where=where, what=what, remedy=remedy)


def _renamed(text: str, names: Mapping[str, str]) -> str:
    """A text with the keys of people replaced wherever they stand as a word."""
    if not names:
        return text
    keys = "|".join(map(re.escape, names))
    return re.sub(rf"(?<![\w-])(?:{keys})(?![\w-])", lambda key: names[key[0]], text)


def is_opaque(files: Iterable[str]) -> bool:
    """Whether a site shows no person's own name, as far as the names of its files tell."""
    shown = re.compile(rf"person-p[a-z2-7]{{{LENGTH}}}\.(ics|html)")
    return all(shown.fullmatch(name) for name in files if name.startswith("person-"))


# --- full names in texts ---------------------------------------------------------------------------------------

_WORD = re.compile(r"\w[\w\u0300-\u036f]*")
_TAG = re.compile(r"(<[^>]*>)")
_SPOKEN = re.compile(r'( (?:alt|aria-label|content|data-label|data-mark|title)=")([^"]*)')
"""What a tag says to people; a name in its class or its address is none."""
_DATA = re.compile(r'"use strict";\nwindow\.(\w+) = (.*);\n', re.DOTALL)
_SAYS = ("SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME")
"""The lines of a calendar file that hold a text."""


def hidden_file(name: str, text: str, catalog: Catalog, names: Mapping[str, str]) -> str:
    """A file of the site in which nobody's full name stands; what is no text for people stays as it is."""
    hide = partial(hidden, catalog=catalog, names=names)
    match name.rpartition(".")[2]:
        case "html":
            return _in_html(text, hide)
        case "js" if data := _DATA.fullmatch(text):
            return data_script(data[1], _in_data(json.loads(data[2]), hide))
        case "ics":
            return with_lines_changed(text, lambda line: hide(line) if line.startswith(_SAYS) else line)
        case _:
            return text


def hidden(text: str, catalog: Catalog, names: Mapping[str, str]) -> str:
    """A text in which nobody's full name stands, in any case and with any signs between its words.

    A name of one word is one only as it is written: a Will is not every "will".
    """
    people = catalog.oncall.people
    pattern = _names_in(tuple(person.name for person in people.values()))
    shown = [shown_name(names[key]) for key in people]
    return pattern.sub(lambda name: shown[int((name.lastgroup or "p0")[1:])], text)


@lru_cache(maxsize=8)
def _names_in(people: tuple[str, ...]) -> re.Pattern[str]:
    spellings = "|".join(f"(?P<p{number}>{_spelled(name)})" for number, name in enumerate(people))
    return re.compile(rf"(?<!\w)(?:{spellings})(?!\w)")


def _spelled(name: str) -> str:
    words, folded = _WORD.findall(name), _WORD.findall(name.casefold())
    if len(words) < 2:
        return re.escape(words[0] if words else name)
    spellings = (r"\W{1,8}".join(map(re.escape, each)) for each in dict.fromkeys((tuple(words), tuple(folded))))
    return f"(?i:{'|'.join(spellings)})"


def _in_html(page: str, hide: Callable[[str], str]) -> str:
    parts = _TAG.split(page)
    texts = (_escaped(part, hide) for part in parts[::2])
    tags = (_SPOKEN.sub(lambda word: word[1] + _escaped(word[2], hide), tag) for tag in parts[1::2])
    return "".join(part for pair in zip_longest(texts, tags, fillvalue="") for part in pair)


def _escaped(text: str, hide: Callable[[str], str]) -> str:
    """A text of a page, escaped anew where something in it is hidden."""
    plain = html.unescape(text)
    shown = hide(plain)
    return text if shown == plain else html.escape(shown)


def _in_data(value: Any, hide: Callable[[str], str]) -> Any:
    match value:
        case str():
            return hide(value)
        case list():
            return [_in_data(item, hide) for item in value]
        case dict():
            return {hide(key): _in_data(item, hide) for key, item in value.items()}
        case _:
            return value
