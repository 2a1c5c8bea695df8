"""The templates that belong to a catalog's documents, found by name and filled for a drill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from monitoring.cli.console import Format, say_json
from monitoring.cli.documents import documents_near, shown
from monitoring.cli.files import text
from monitoring.docs.fields import Occasion
from monitoring.docs.filling import catalog_fields, examples, filled_in, misfit
from monitoring.docs.templates import Template, faults, template_of
from monitoring.errors import CatalogError, Problem, UsageError
from monitoring.model.catalog import Catalog
from monitoring.model.references import nearest

FOLDER = "operations/templates"
INDEX = "README"


def templates_of(
    texts: Mapping[str, str], folder: Path, catalog: Catalog
) -> tuple[Mapping[str, Template], list[Problem]]:
    """Every template among the documents of a folder, by its name, and everything that is wrong with any of them."""
    problems: list[Problem] = []
    templates: dict[str, Template] = {}
    for path, written in texts.items():
        name = Path(path).stem
        if Path(path).parent.as_posix() == FOLDER and name != INDEX:
            template = template_of(name, shown(folder / path), written, problems)
            if template:
                templates[name] = template
                problems += faults(template, written, catalog)
    return templates, problems


def template_named(name: str, directory: Path, catalog: Catalog) -> Template:
    """The template of that name beside a catalog's runbooks.

    Raises UsageError where there is none, and CatalogError with everything that is wrong with it.
    """
    documents = documents_near(directory, "templates lie in operations/templates, beside its runbooks")
    names = sorted(path.stem for path in (documents / FOLDER).glob("*.md") if path.stem != INDEX)
    if name not in names:
        raise UsageError(f'no template is called "{name}"; there is {", ".join(names) or "none"}')
    path = f"{FOLDER}/{name}.md"
    templates, problems = templates_of({path: text(documents / path, "--template")}, documents, catalog)
    if problems:
        raise CatalogError(problems)
    return templates[name]


def answers(template: Template, given: Sequence[str]) -> dict[str, str]:
    """What the writer says, from FIELD=TEXT words; the marked examples where nothing at all is given.

    Raises UsageError for a word that is no such pair, a field that is not asked for, and fields that are missing.
    """
    prompts = template.front.say
    if not given:
        return examples(template)
    texts: dict[str, str] = {}
    for word in given:
        name, equals, words = word.partition("=")
        if not equals or not words.strip():
            raise UsageError(f'--say "{word}" is not FIELD=TEXT; write it as --say "{_first(prompts)}=…"')
        if name not in prompts:
            raise UsageError(f'--say: the template "{template.name}" asks for no "{name}"; {nearest(name, prompts)}')
        if name in texts:
            raise UsageError(f'--say: "{name}" is given twice; give it once')
        texts[name] = words.strip()
    missing = [f"{name} ({prompt.ask})" for name, prompt in prompts.items() if name not in texts]
    if missing:
        raise UsageError(f'--say: the template "{template.name}" also asks for {", ".join(missing)}')
    return texts


def _first(prompts: Mapping[str, object]) -> str:
    return next(iter(prompts), "FIELD")


def require_fit(template: Template, occasion: Occasion) -> None:
    """Raises UsageError where a template cannot be filled for an occasion."""
    why_not = misfit(template, occasion)
    if why_not:
        raise UsageError(why_not)


def print_filled(template: Template, occasion: Occasion, given: Sequence[str], format: Format) -> None:  # noqa: A002
    """Writes the filled template; UsageError where it does not fit the occasion."""
    require_fit(template, occasion)
    fields = answers(template, given) | catalog_fields(template, occasion)
    if format is Format.JSON:
        say_json(as_json(template, fields, rehearsal=not given))
        return
    if not given:
        typer.echo(f'REHEARSAL, do not send: "{template.front.title}", filled by a drill, with invented examples\n')
    typer.echo(filled_in(template, fields), nl=False)
    typer.echo(f"\nNever write into it: {'; '.join(template.front.never)}.", err=True)


def as_json(template: Template, fields: Mapping[str, str], *, rehearsal: bool) -> dict[str, Any]:
    """The filled template as plain data."""
    front = template.front
    return {
        "template": template.name,
        "title": front.title,
        "audience": front.audience,
        "status": front.status,
        "rehearsal": rehearsal,
        "fields": [{"field": name, "text": fields[name]} for name in template.used],
        "never": list(front.never),
        "text": filled_in(template, fields),
    }
