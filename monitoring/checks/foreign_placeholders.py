"""No text holds a placeholder of another language: nothing fills it, so that a page would show it as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding, place
from monitoring.checks._texts import TEXTS, texts

# {name} of Python, ${name} and $NAME of shells, %s and %(name)s of C, <%= name %> of Ruby; {{name}} is Datadog's own.
_PLACEHOLDER = re.compile(
    r"(?<![{$])\{[A-Za-z_][\w.]*\}(?!\})|\$\{[^{}]*\}|(?<!\w)\$[A-Z][A-Z_]+\b|%\(\w+\)[sd]|(?<![\w%])%[sd]\b|<%=?[^%]*%>"
)


@catalog_check("foreign-placeholders", about=TEXTS)
def foreign_placeholders(context: Context) -> Iterator[str | Finding]:
    """Looks at each text that a page can show; finds placeholders that no vendor fills."""
    for text in texts(context):
        yield text.subject
        for placeholder in dict.fromkeys(_PLACEHOLDER.findall(text.content)):
            what = f'its {text.field} holds the placeholder "{placeholder}", which nothing fills'
            remedy = "say it in words; a datadog rule by a tag can say {{TAG.name}}"
            key = f"placeholder {placeholder} in {place(text.kind, text.field)}"
            yield context.finding(text.kind, text.entry, text.field, key=key, what=what, remedy=remedy)
