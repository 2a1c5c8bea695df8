"""A template filled for one occasion: for a rehearsal, for real use, or as a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from monitoring.docs.fields import FIELDS, Needs, Occasion, value_of
from monitoring.docs.templates import ENVIRONMENT, Template, unmet


def misfit(template: Template, occasion: Occasion) -> str | None:
    """Why a template cannot be filled for an occasion, as a sentence; None where it can."""
    front, severity = template.front, occasion.rule.severity
    if severity not in front.severities:
        fits = " and ".join(front.severities)
        return (
            f'the template "{template.name}" is for {fits}, and "{occasion.rule.id}" acts as {severity}; name another'
        )
    return next(_lacks(template, occasion), None)


def _lacks(template: Template, occasion: Occasion) -> Iterator[str]:
    for name in template.used:
        needs = FIELDS[name].needs if name in FIELDS else Needs.NOTHING
        lack = unmet(needs, occasion.promise, occasion.stage)
        if lack:
            yield f'the template "{template.name}" uses {{{{ {name} }}}}, and {occasion.rule.severity} {lack}'
        elif needs is Needs.TENANT and occasion.tenant is None:
            tenant_scope = ", ".join(occasion.catalog.tenants) or "the catalog has none"
            yield f'the template "{template.name}" is for one customer; name it with --tenant: {tenant_scope}'


def catalog_fields(template: Template, occasion: Occasion) -> dict[str, str]:
    """The fields that the catalog and the drill fill, by name, in the order of the text."""
    return {name: value_of(name, occasion) for name in template.used if name in FIELDS}


class Mode(StrEnum):
    """What a filled template is for, which decides what stands in the writer's place."""

    REHEARSAL = "rehearsal"
    FORM = "form"
    REAL = "real"


def placeholders(template: Template, mode: Mode) -> dict[str, str]:
    """What stands for the writer's answers: an example marked as invented, or the question; nothing for real use."""
    match mode:
        case Mode.REHEARSAL:
            return {name: f"[example: {prompt.example}]" for name, prompt in template.front.say.items()}
        case Mode.FORM:
            return {name: f"*{prompt.ask}*" for name, prompt in template.front.say.items()}
        case Mode.REAL:
            return {}


def filled_in(template: Template, fields: Mapping[str, str]) -> str:
    """The text with its fields, without the front matter."""
    return ENVIRONMENT.from_string(template.body).render(fields).strip("\n") + "\n"
