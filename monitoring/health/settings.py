"""Which checks a service of its own runs: named in a TOML file, or in one environment variable.

```toml
[[check]]
name = "database"
probe = "postgres"
conninfo = "$DATABASE_URL"     # a value that begins with $ is read from the environment
critical = true
```

or `HEALTH_CHECKS="database=postgres! auth=clerk! payments=stripe"`, where `!` means critical and the probes' arguments
come from the vendors' usual variables.
"""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from . import probes
from .check import Budget, HealthCheck, HealthSettingError, Probe, Published
from .published_status import statuspage

VARIABLE = "HEALTH_CHECKS"
MAX_FILE = 256 * 1024
_CHECK_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*check[ \t]*\]\]", re.MULTILINE)
_NAME = "health-settings"
_WORDS = {
    "name",
    "probe",
    "critical",
    "deadline",
    "keep_for",
    "keep_failure_for",
    "calls",
    "per",
    "status_page",
    "status_components",
}
_ARGUMENT_TYPES = (str, int, float, bool)

KINDS: Mapping[str, Callable[..., Probe]] = {
    name: getattr(probes, name) for name in probes.__all__ if name not in ("postgres_pool", "queue_age")
}
"""The probes that a file or a variable can name."""

USUAL: Mapping[str, Mapping[str, str]] = {
    "clerk": {"secret_key": "CLERK_SECRET_KEY"},
    "cpu": {},
    "disk": {},
    "memory": {},
    "mysql": {"url": "MYSQL_URL"},
    "postgres": {"conninfo": "DATABASE_URL"},
    "redis": {"url": "REDIS_URL"},
    "resend": {"api_key": "RESEND_API_KEY"},
    "stripe": {"secret_key": "STRIPE_SECRET_KEY"},
    "supabase_auth": {"url": "SUPABASE_URL", "anon_key": "SUPABASE_ANON_KEY"},
    "vercel": {"token": "VERCEL_TOKEN", "project": "VERCEL_PROJECT_ID"},
}
"""The environment variable that each probe's argument usually has."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One check as it was written, and where."""

    where: str
    words: Mapping[str, Any]
    example: str = 'write for example probe = "postgres"'


class SettingsError(HealthSettingError):
    """Every mistake of a file or a variable, one a line."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the problems, and say them one a line."""
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def checks_from_file(path: Path, *, environ: Mapping[str, str]) -> tuple[HealthCheck, ...]:
    """The checks that a TOML file names; raises SettingsError with every mistake in it."""
    text = _text(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([_message(f"{path}", str(error).lower(), "correct the TOML")]) from None
    unknown = [
        _message(f"{path}", f'there is no table "{word}"', "write [[check]]") for word in content.keys() - {"check"}
    ]
    return _checks(list(_entries(path, text, content)), environ=environ, empty=str(path), problems=unknown)


def checks_from_environment(environ: Mapping[str, str]) -> tuple[HealthCheck, ...]:
    """The checks that HEALTH_CHECKS names; raises SettingsError with every mistake in it."""
    entries = [_entry(word) for word in environ.get(VARIABLE, "").split()]
    return _checks(entries, environ=environ, empty=VARIABLE, problems=[])


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_FILE:
            raise SettingsError([_message(f"{path}", f"longer than {MAX_FILE} bytes", "name the checks only")])
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SettingsError([_message(f"{path}", "not UTF-8", "save it as UTF-8")]) from None
    except OSError as error:
        why = (error.strerror or "cannot be read").lower()
        raise SettingsError([_message(f"{path}", why, "name a file that can be read")]) from None


def _entries(path: Path, text: str, content: dict[str, Any]) -> Iterator[_Entry]:
    lines = [text.count("\n", 0, header.start()) + 1 for header in _CHECK_HEADER.finditer(text)]
    listed = content.get("check", [])
    for index, words in enumerate(listed if isinstance(listed, list) else [listed]):
        line = f":{lines[index]}" if index < len(lines) else ""
        yield _Entry(f"{path}{line}", words if isinstance(words, dict) else {})


def _entry(word: str) -> _Entry:
    """`auth=clerk!` as an entry: the name, the probe, and `!` for critical; arguments by their usual variables."""
    name, _, kind = word.partition("=")
    kind, critical = kind.removesuffix("!"), kind.endswith("!")
    arguments = {argument: f"${variable}" for argument, variable in USUAL.get(kind, {}).items()}
    words = {"name": name, "probe": kind, "critical": critical, **arguments}
    return _Entry(f'{VARIABLE}: "{word}"', words, "write NAME=PROBE, for example database=postgres!")


def _checks(
    entries: list[_Entry], *, environ: Mapping[str, str], empty: str, problems: list[str]
) -> tuple[HealthCheck, ...]:
    checks: list[HealthCheck] = []
    for entry in entries:
        try:
            checks.append(_check(entry, environ))
        except SettingsError as error:
            problems.extend(error.problems)
    problems += _twice(entries)
    if not entries:
        problems.append(_message(empty, "names no check", "name at least one"))
    if problems:
        raise SettingsError(problems)
    return tuple(checks)


def _twice(entries: list[_Entry]) -> list[str]:
    names = [entry.words.get("name") for entry in entries]
    return [
        _message(entry.where, f'a check "{name}" is there already', "give each its own name")
        for index, (entry, name) in enumerate(zip(entries, names, strict=True))
        if name in names[:index]
    ]


def _check(entry: _Entry, environ: Mapping[str, str]) -> HealthCheck:
    kind = _kind(entry)
    arguments = _arguments(entry, kind, environ)
    settings = {word: entry.words[word] for word in _settings() if word in entry.words}
    _of_types(entry, settings)
    if "calls" in entry.words or "per" in entry.words:
        settings["budget"] = _budget(entry)
    try:
        return HealthCheck(probe=KINDS[kind](**arguments), published=_published(entry), **settings)
    except HealthSettingError as error:
        raise SettingsError([_message(entry.where, str(error), "see manual/health.md")]) from None


def _settings() -> set[str]:
    return {each.name for each in fields(HealthCheck)} & _WORDS - {"probe"}


def _of_types(entry: _Entry, settings: Mapping[str, Any]) -> None:
    wanted = {"name": str, "critical": bool}
    mistyped = [
        word
        for word, value in settings.items()
        if not isinstance(value, wanted.get(word, (int, float))) or (isinstance(value, bool) and word != "critical")
    ]
    if "name" not in settings:
        raise SettingsError([_message(entry.where, "a check without a name", 'write name = "database"')])
    if mistyped:
        raise SettingsError([_message(entry.where, f'"{word}" has a wrong type', _type_of(word)) for word in mistyped])


def _type_of(word: str) -> str:
    return {"name": "write a text", "critical": "write true or false"}.get(word, "write seconds as a number")


def _budget(entry: _Entry) -> Budget:
    calls, per = entry.words.get("calls"), entry.words.get("per")
    if isinstance(calls, int) and isinstance(per, (int, float)):
        return Budget(calls=calls, per=per)
    raise SettingsError([_message(entry.where, "a budget needs calls and per", "write calls = 60, per = 3600")])


def _published(entry: _Entry) -> Published | None:
    """The vendor's status page, where one is named with the components that serve."""
    page, components = entry.words.get("status_page"), entry.words.get("status_components", [])
    if page is None and not components:
        return None
    if isinstance(page, str) and isinstance(components, list) and all(isinstance(name, str) for name in components):
        return statuspage(page, components)
    remedy = 'write status_page = "https://status.supabase.com" and status_components = ["Auth"]'
    raise SettingsError([_message(entry.where, "a status page needs an address and components", remedy)])


def _kind(entry: _Entry) -> str:
    kind = entry.words.get("probe")
    if isinstance(kind, str) and kind in KINDS:
        return kind
    if not kind:
        raise SettingsError([_message(entry.where, "names no probe", entry.example)])
    near = get_close_matches(str(kind), KINDS, n=1)
    hint = f'did you mean "{near[0]}"?' if near else f"one of {', '.join(sorted(KINDS))}"
    raise SettingsError([_message(entry.where, f'there is no probe "{kind}"', hint)])


def _arguments(entry: _Entry, kind: str, environ: Mapping[str, str]) -> dict[str, Any]:
    """The probe's own arguments, those that begin with $ read from the environment."""
    known = _parameters(kind)
    given = {word: value for word, value in entry.words.items() if word not in _WORDS}
    problems = [
        _message(entry.where, f'the probe "{kind}" has no "{word}"', f"it has {', '.join(known) or 'none'}")
        for word in given.keys() - known.keys()
    ]
    problems += [
        _message(entry.where, f'the probe "{kind}" needs "{word}"', "write it in a file")
        for word, needed in known.items()
        if needed and word not in given
    ]
    values = {word: _value(entry, word, value, environ, problems) for word, value in given.items()}
    if problems:
        raise SettingsError(problems)
    return values


def _parameters(kind: str) -> dict[str, bool]:
    """A probe's arguments that a file can give, and whether it needs them."""
    closed = ("headers", "expect", "judge", "trust", "context", "cgroup")
    parameters = inspect.signature(KINDS[kind]).parameters.values()
    return {part.name: part.default is part.empty for part in parameters if part.name not in closed}


def _value(entry: _Entry, word: str, value: Any, environ: Mapping[str, str], problems: list[str]) -> Any:
    if not isinstance(value, _ARGUMENT_TYPES):
        problems.append(_message(entry.where, f'"{word}" is neither text nor number', "write one of these"))
        return None
    if not (isinstance(value, str) and value.startswith("$")):
        return value
    if not environ.get(value[1:]):
        problems.append(_message(entry.where, f'the environment has no "{value[1:]}"', f'set it, for "{word}"'))
    return environ.get(value[1:])


def _message(where: str, what: str, remedy: str) -> str:
    return f"{where}: {what}; {remedy} ({_NAME})"
