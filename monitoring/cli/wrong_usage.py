"""What was typed and no command takes, in one sentence of our own in place of the parser's and of pydantic's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise
from typing import Any, get_args, get_origin

from pydantic import ValidationError
from typer.exceptions import TyperException

from monitoring.model.references import nearest
from monitoring.model.scalars import quoted

_EXTRA = re.compile(r"unexpected extra arguments?(?:\(s\))? \((?P<words>.*)\)", re.DOTALL)
_UNKNOWN = re.compile(r"No such command '(?P<name>.*?)'\.", re.DOTALL)


def usage_sentence(error: TyperException) -> str | None:
    """What is wrong with the command line and what to write; None where a command waits for words and shows its help.

    The parser's own classes are not public, so they are told apart by their names.
    """
    words: Any = error
    match type(error).__name__:
        case "NoArgsIsHelpError":
            return None
        case "MissingParameter":
            return _missing(words.param, words.ctx)
        case "BadParameter":
            return _refused(words.param, error)
        case "NoSuchOption":
            return _no_option(words.option_name, words.ctx)
        case "BadOptionUsage":
            return _misused(words.option_name, error.message)
        case _:
            return _other(error.message, getattr(error, "ctx", None))


def empty_word(words: Sequence[str]) -> str | None:
    """What is wrong where a word that was typed is empty, and what to write; None where none is.

    A variable of the shell that is not set is such a word, and a path that is empty would be the current folder.
    """
    for before, word in pairwise(("", *words)):
        option, equals, value = word.partition("=")
        name = option if equals and option.startswith("--") else before if before.startswith("-") else "a word"
        if not word or (name == option and not value):
            return f"{name} is empty; write a value, or leave it out (a variable of the shell may not be set)"
    return None


def _missing(parameter: Any, context: Any) -> str:
    about = (parameter.help or "").rstrip(".")
    shown = f" ({about[:1].lower()}{about[1:]})" if about else ""
    return f"{_command(context)} needs {_named(parameter)}{shown}; {_help(context)}"


def _refused(parameter: Any, error: TyperException) -> str:
    name, kind = _named(parameter), _kind(parameter.type_descriptor.annotation)
    option = f"{name} " if name.startswith("-") else ""
    if isinstance(kind, type) and issubclass(kind, Enum):
        choices = [str(choice.value) for choice in kind]
        return f"{name}: {_typed(error)} is not one of {', '.join(choices)}; write it like {option}{choices[0]}"
    if kind in (int, float):
        return f"{name}: {_typed(error)} is not a {'whole ' * (kind is int)}number; write it like {option}2"
    return f"{name}: {_typed(error)} cannot be read; write it like {option}{parameter.metavar or 'VALUE'}"


def _kind(annotation: Any) -> Any:
    """The type of a value; of an option that may stand several times, that of one of its values."""
    inner = get_args(annotation) if get_origin(annotation) is list else ()
    return inner[0] if inner else annotation


def _typed(error: TyperException) -> str:
    """The value that was typed, in quotes."""
    cause = error.__cause__
    return quoted(str(cause.errors()[0]["input"])) if isinstance(cause, ValidationError) else "the value"


def _no_option(name: str, context: Any) -> str:
    known = [option for parameter in context.command.params for option in parameter.opts if option.startswith("--")]
    return f"{_command(context)} has no option {quoted(name)}; {_instead(name, known, context)}"


def _misused(name: str, message: str) -> str:
    if "does not take" in message:
        return f"{name} takes no value; write it alone"
    return f"{name} needs a value; write one behind it, like {name} VALUE"


def _other(message: str, context: Any) -> str:
    if context is not None and (extra := _EXTRA.search(message)):
        words = quoted(extra["words"])
        return f"{_command(context)} takes no further word, and {words} is one; {_help(context)}"
    if context is not None and (unknown := _UNKNOWN.search(message)):
        name = unknown["name"]
        instead = _instead(name, getattr(context.command, "commands", {}), context)
        return f"{_command(context)} has no command {quoted(name)}; {instead}"
    return message[:1].lower() + message[1:].rstrip(".")


def _instead(name: str, known: Iterable[str], context: Any) -> str:
    meant = nearest(name, known)
    return meant if meant.startswith("did you mean") else _help(context)


def _named(parameter: Any) -> str:
    """How an option or an argument is called where it is explained."""
    name = str(parameter.opts[0])
    return name if name.startswith("-") else str(parameter.metavar or name.upper()).strip("[].")


def _command(context: Any) -> str:
    return str(context.command_path)


def _help(context: Any) -> str:
    return f"{_command(context)} --help shows what it takes"
