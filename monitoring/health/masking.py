"""Exceptions in full, without anything that a dependency could have put into them.

The text of an exception is its author's: hosts, queries, tokens and people end up in it. So words are kept from
a closed vocabulary only, everything else becomes a dot: what is not known to be harmless is not shown.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")
MASK = "•••"
_MAX_TEXT = 4000
_MAX_LINKS = 12
_MAX_FRAMES = 12
_EDGES = "\"'`()[]{}<>,;:.!?=*"
_CODES = ("errno", "sqlstate", "verify_code")
_CODE = re.compile(r"\d{1,3}|[0-9A-Z]{5}")

VOCABULARY = frozenset(
    """
    a after all allowed already an and another any are as at attempt attempts authentication authorization available
    bad be because before being between body broken but by bytes can cannot caused certificate chain channel check
    client close closed closing code command complete connect connected connecting connection connections content
    corrupt could data database deadline decode denied did directory disconnected disk does down due during empty
    encoding end error event exceeded exhausted exist existing expected expired failed failure fatal file finished
    for forbidden found full handshake has have header headers host hostname in incomplete input insufficient
    internal interrupted invalid is issuer it its key large length limit line local long lookup loop lost malformed
    many match maximum memory message method mismatch missing mode more most name network new no not number object
    of on only open operation or out output peer permission pool port protocol query quota rate reached read read-
    only ready recovery redirect redirects refused request reserved reset resolution resolve resource response retry
    role root route running self self-signed send server service session short shut shutdown shutting signature
    signed size slots socket ssl starting startup state status still stopped stream such superuser system task
    temporary terminated terminating that the there this time timed timeout to too transaction try type unable
    unavailable unexpected unknown unreachable unsupported up upstream user valid value verification verify version
    wait waiting was while with within without write wrong
    """.split()  # noqa: SIM905
)


def masked(text: str) -> str:
    """A text in which every word outside the vocabulary is a mask; neighbouring masks become one."""
    words = (word if _edge(word).lower() in VOCABULARY else MASK for word in text[:_MAX_TEXT].split())
    return re.sub(rf"{MASK}(\s+{MASK})+", MASK, " ".join(words))


def _edge(word: str) -> str:
    return word.strip(_EDGES)


def guarded(read: Callable[[], T], default: T) -> T:
    """What `read` returns; the default where it raises, as an exception's own code may do, even SystemExit."""
    try:
        return read()
    except KeyboardInterrupt:
        raise
    except BaseException:
        return default


def brief(error: BaseException) -> str:
    """An exception and what caused it in one line, masked; never raises."""
    return guarded(lambda: "; caused by ".join(_line(link) for link in chain(error)), MASK)


def whole(error: BaseException) -> str:
    """An exception with its causes, its groups' members and where each was raised, masked; never raises."""
    return guarded(lambda: "\n".join(_line_and_places(link) for link in chain(error)), MASK)


def _line_and_places(link: BaseException) -> str:
    return "\n".join((_line(link), *_places(link.__traceback__)))


def chain(error: BaseException, *, limit: int = _MAX_LINKS) -> tuple[BaseException, ...]:
    """An exception, then its causes, contexts and group members, each once, cut at a depth."""
    seen: dict[int, BaseException] = {}
    for link in _walk(error):
        seen.setdefault(id(link), link)
        if len(seen) >= limit:
            break
    return tuple(seen.values())


def _walk(error: BaseException) -> Iterator[BaseException]:
    todo, seen = [error], set[int]()
    while todo:
        link = todo.pop(0)
        if id(link) not in seen:
            seen.add(id(link))
            yield link
            todo.extend(_below(link))


def _below(error: BaseException) -> list[BaseException]:
    members = list(error.exceptions) if isinstance(error, BaseExceptionGroup) else []
    # A suppressed context is shown too: client libraries hide the refused connection behind their own error.
    cause = error.__cause__ or error.__context__
    return members + ([cause] if cause is not None else [])


def _line(error: BaseException) -> str:
    kind = type(error)
    codes = "".join(f" [{name} {code}]" for name, code in _codes(error))
    return f"{kind.__module__}.{kind.__qualname__}{codes}: {masked(_text(error))}".rstrip(": ")


def _text(error: BaseException) -> str:
    return guarded(lambda: str(error), "")


def _codes(error: BaseException) -> Iterator[tuple[str, str]]:
    for name in _CODES:
        if _CODE.fullmatch(code := guarded(partial(_code, error, name), "")):
            yield name, code


def _code(error: BaseException, name: str) -> str:
    code = getattr(error, name, None)
    return str(code) if isinstance(code, int | str) else ""


def _places(trace: TracebackType | None) -> list[str]:
    frames = list(traceback.walk_tb(trace))[-_MAX_FRAMES:]
    return [
        f"  in {frame.f_globals.get('__name__', '?')}.{frame.f_code.co_name}, line {line}" for frame, line in frames
    ]
