"""How a query is written: tags for Datadog and for Sentry, windows for Datadog, each with the grammar that it writes.

The model has closed the alphabets of keys and values, so there is nothing to escape: what is written selects these
tags and nothing else, as a parser of the vendor's grammar reads it back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

_BARE_VALUE = re.compile(r"[A-Za-z0-9_.\-]+", re.ASCII)


TagValues = Mapping[str, Sequence[str]]


def datadog_filter(where: TagValues) -> str:
    """Datadog's filter on tags, between the braces of a metric's query; several values need the form with AND and IN.

    Source: docs.datadoghq.com/metrics/advanced-filtering: a comma or AND joins, IN lists values, * is everything.
    """
    if not where:
        return "*"
    if all(len(values) == 1 for values in where.values()):
        return ",".join(f"{key}:{values[0]}" for key, values in sorted(where.items()))
    return " AND ".join(
        f"{key}:{values[0]}" if len(values) == 1 else f"{key} IN ({','.join(values)})"
        for key, values in sorted(where.items())
    )


def datadog_scope(where: TagValues) -> str:
    """Datadog's search for the groups that a mute takes, all of them by default.

    Source: Datadog's API description, DowntimeScope: key:value, key:(one OR another), joined by AND.
    """
    return " AND ".join(f"{key}:{_datadog_values(values)}" for key, values in sorted(where.items())) or "*"


def _datadog_values(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else f"({' OR '.join(values)})"


def sentry_search(where: TagValues, excluding: Mapping[str, Collection[str]] | None = None) -> str:
    """Sentry's search for events with these tags, and without the values that are excluded; several are alternatives.

    Source: getsentry/sentry, src/sentry/api/event_search.py, the grammar of text_filter and text_in_list.
    """
    terms = [f"{_sentry_key(key)}:{_sentry_values(values)}" for key, values in where.items()]
    without = [f"!{_sentry_key(key)}:{_sentry_values(values)}" for key, values in (excluding or {}).items() if values]
    return " ".join([*terms, *without])


def _sentry_key(key: str) -> str:
    """A key with a colon stands in quotes, since a colon ends it."""
    return f'"{key}"' if ":" in key else key


def _sentry_values(values: Collection[str]) -> str:
    written = [value if _BARE_VALUE.fullmatch(value) else f'"{value}"' for value in values]
    return written[0] if len(written) == 1 else f"[{','.join(written)}]"


def datadog_window(seconds: int) -> str:
    """A window as Datadog spells it: minutes, or whole hours, a day, a week."""
    if seconds in (86_400, 604_800):
        return "1d" if seconds == 86_400 else "1w"
    return event_window(seconds)


def event_window(seconds: int) -> str:
    """A window of a search in logs, events and the like: whole hours, else minutes, whose API knows no days."""
    return f"{seconds // 3_600}h" if seconds % 3_600 == 0 else f"{seconds // 60}m"
