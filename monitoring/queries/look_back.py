"""How far before its window an expression looks: functions that shift it, smooth it, or count a longer time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from monitoring.queries.facts import look_back_of

_SHIFT = re.compile(r"-?(?P<count>\d{1,9})(?P<unit>mo|[dw]|)")
_SECONDS = {"": 1, "d": 86_400, "w": 604_800, "mo": 31 * 86_400}
_CALENDAR = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 31 * 86_400}


class LookBack(NamedTuple):
    """How far an expression looks back beyond its window, in seconds, and by which functions.

    `shifted` is how long ago all of its values lie, `lasting` for how long before that they still count, None where
    nobody knows; `compared` is how long ago the values lie with which it compares those of now, where it does.
    """

    shifted: int = 0
    lasting: int | None = 0
    compared: int | None = None
    functions: tuple[str, ...] = ()

    @property
    def seconds(self) -> int | None:
        """By how much later it fires than its window says, at worst; None where nobody knows."""
        return None if self.lasting is None else self.shifted + self.lasting

    def by(self, function: str, arguments: Sequence[str]) -> LookBack:
        """What a function or a modifier with these arguments makes of it."""
        does = look_back_of(function)
        if does is None or (function == "rollup" and len(arguments) < 2):
            return self
        functions = (*self.functions, function)
        seconds = does.seconds if does.seconds is not None else _seconds_in(arguments)
        if does.shifts and seconds is not None:
            return self._replace(shifted=self.shifted + seconds, functions=functions)
        lasting = None if seconds is None or self.lasting is None else self.lasting + seconds
        return self._replace(lasting=lasting, functions=functions)


WINDOW_ALONE = LookBack()
"""That of an expression that looks at its window, and at nothing before."""


def _seconds_in(arguments: Sequence[str]) -> int | None:
    """The time that one of a function's arguments says: 3600, -1d, hourly."""
    for argument in arguments:
        if match := _SHIFT.fullmatch(argument):
            return int(match["count"]) * _SECONDS[match["unit"]]
        if argument in _CALENDAR:
            return _CALENDAR[argument]
    return None


def together(parts: Iterable[LookBack]) -> LookBack:
    """That of a calculation; where some values are of now, the earlier ones are what they are compared with."""
    known = tuple(parts)
    now = [part for part in known if not part.shifted]
    counting = now or known
    earlier = [part.shifted for part in known if part.shifted and now]
    compared = [*earlier, *(part.compared for part in known if part.compared is not None)]
    lasting = [part.lasting for part in counting]
    return LookBack(
        shifted=max((part.shifted for part in counting), default=0),
        lasting=None if None in lasting else max((each for each in lasting if each is not None), default=0),
        compared=min(compared, default=None),
        functions=tuple(name for part in known for name in part.functions),
    )
