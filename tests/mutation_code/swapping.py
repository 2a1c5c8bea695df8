"""A change inside functions, put into a module that is imported already: their code is replaced where they stand."""

from __future__ import annotations

import functools
import gc
import inspect
from collections.abc import Iterator, Mapping
from types import CodeType, FunctionType

Key = tuple[str, int, bytes]


def swapped(path: str, old: str, new: str) -> bool:
    """Replaces the code of a module's functions; False where that does not make the change.

    So it is where more than their bodies differ, and where nobody has the changed function yet. What the tool remembers
    of earlier calls is forgotten, since it is of the old code.
    """
    before, after = (compile(text, path, "exec", dont_inherit=True) for text in (old, new))
    if not _same_outside(before, after):
        return False
    code_by_key = {_key(former): code for former, code in _functions(before, after)}
    changed = [_replaced(function, code_by_key) for function in _alive(path)]
    _forget()
    return any(changed)


def _alive(path: str) -> list[FunctionType]:
    functions = [thing for thing in gc.get_objects() if isinstance(thing, FunctionType)]
    return [function for function in functions if function.__code__.co_filename == path]


def _replaced(function: FunctionType, code_by_key: Mapping[Key, CodeType]) -> bool:
    """Gives a function its new code; False where that is the old one, or takes other variables from outside."""
    code = code_by_key.get(_key(function.__code__), function.__code__)
    if code == function.__code__ or len(code.co_freevars) != len(function.__code__.co_freevars):
        return False
    function.__code__ = code
    return True


def _key(code: CodeType) -> Key:
    return code.co_qualname, code.co_firstlineno, code.co_code


def _is_function(code: CodeType) -> bool:
    """Whether code waits for a call; a comprehension in a module's body does not."""
    return bool(code.co_flags & inspect.CO_OPTIMIZED) and code.co_name not in ("<listcomp>", "<setcomp>", "<dictcomp>")


def _inner(code: CodeType) -> list[CodeType]:
    return [value for value in code.co_consts if isinstance(value, CodeType)]


def _same_outside(before: CodeType, after: CodeType) -> bool:
    """Whether two bodies of a module, or of a class in it, do the same but for the functions that they make."""
    first, second = _inner(before), _inner(after)
    if _words(before) != _words(after) or len(first) != len(second):
        return False
    return all(_is_function(former) or _same_outside(former, code) for former, code in zip(first, second, strict=True))


def _words(code: CodeType) -> tuple[object, ...]:
    plain = [(type(value), value) for value in code.co_consts if not isinstance(value, CodeType)]
    return code.co_code, code.co_names, code.co_varnames, plain


def _functions(before: CodeType, after: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """The functions of two modules in pairs, those inside of others too, as far as both have them."""
    for former, code in zip(_inner(before), _inner(after), strict=False):
        yield former, code
        yield from _functions(former, code)


def _forget() -> None:
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper) and (thing.__module__ or "").startswith("monitoring"):
            thing.cache_clear()
