"""No text holds a placeholder of another language: nothing fills it, so that a page would show it as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding, place
from monitoring.checks._sent_texts import SENDING, look
from monitoring.sent_texts import EntryName, Word

# {{name}} is Datadog's own, and template-variables looks at it; {env:prod} is a filter, and $5 is a price.
_PLACEHOLDER = re.compile(
    r"""
    (?<![{$]) \{ (?:[\w.]|\[\w*\])* (?:![rsa])? (?: : [^{}\sA-Za-z]* [bdeEfFgGnsxX]? )? \} (?!\})  # {name}, {0}
    | \$\{[^{}]*\} | \$\([\w.]+\) | (?<!\w) \$[A-Za-z_]\w+ (?:\.\w+)*  # ${name}, $(name), $name
    | %\(\w+\)[sd] | (?<![\w%]) % (?:\.?\d{1,3})? [sdifuv] \b | (?<![\w%]) %[A-Za-z_]{2,40}%  # %(name)s, %s, %NAME%
    | <%=?[^%]*%> | \{%[^{}%]*%\} | \[\[[ ]?[\w.]+[ ]?\]\] | <[A-Za-z_][\w.-]{0,40}>  # <%= x %>, [[x]], <x>
    """,
    re.VERBOSE,
)
_FIRST_SIGN = re.compile(r"[{$%\[<]")
"""Each placeholder begins with one of these."""


@catalog_check("foreign-placeholders", about=SENDING)
def foreign_placeholders(context: Context) -> Iterator[str | Finding]:
    """Looks at each text that is sent; finds placeholders that no vendor fills."""

    def report(word: Word, placeholder: str) -> Finding:
        what = f'its {word.field} holds the placeholder "{placeholder}", which nothing fills'
        remedy = "say it in words; a datadog rule by a tag can say {{TAG.name}}"
        key = f"placeholder {placeholder} in {place(word.kind, word.field)}"
        return context.finding(word.kind, word.name, *word.path, key=key, what=what, remedy=remedy)

    yield from look(context, _placeholders, report)


def _placeholders(_: EntryName, text: str) -> Iterator[str]:
    return iter(dict.fromkeys(_each_placeholder(text)))


def _each_placeholder(text: str) -> Iterator[str]:
    """The placeholders in turn; looked for at first signs alone, since most texts have none."""
    end = 0
    for sign in _FIRST_SIGN.finditer(text):
        if sign.start() >= end and (match := _PLACEHOLDER.match(text, sign.start())):
            end = match.end()
            yield match[0]
