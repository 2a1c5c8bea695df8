"""The templates that belong to a catalog's documents, found by name and filled for a drill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitoring.cli.console import OpenPlatform, OutputFormat, say, say_json
from monitoring.cli.documents import documents_folder
from monitoring.cli.files import text
from monitoring.docs.fields import Occasion
from monitoring.docs.filling import Mode, catalog_fields, filled_in, misfit, placeholders
from monitoring.docs.templates import Template, faults, template_of
from monitoring.errors import CatalogError, Problem, UsageError, printable
from monitoring.file_reading import as_typed
from monitoring.loader import PlatformFiles
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
            template = template_of(name, as_typed(folder / path), written, problems)
            if template:
                templates[name] = template
                problems += faults(template, written, catalog)
    return templates, problems


def template_named(name: str, files: PlatformFiles, catalog: Catalog) -> Template:
    """The template of that name beside a catalog's runbooks.

    Raises UsageError where there is none, and CatalogError with everything that is wrong with it.
    """
    documents = documents_folder(files, "templates lie in operations/templates, beside its runbooks")
    names = sorted(path.stem for path in (documents / FOLDER).glob("*.md") if path.stem != INDEX)
    if name not in names:
        raise UsageError(f'no template is called "{name}"; there is {", ".join(map(printable, names)) or "none"}')
    path = f"{FOLDER}/{name}.md"
    templates, problems = templates_of({path: text(documents / path, "--template", documents)}, documents, catalog)
    if problems:
        raise CatalogError(problems)
    return templates[name]


def answers(template: Template, given: Sequence[str]) -> dict[str, str]:
    """What the writer says, from FIELD=TEXT words.

    Raises UsageError for a word that is no such pair, a field that is not asked for, and fields that are missing.
    """
    prompts = template.front.say
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


@dataclass(frozen=True, slots=True)
class Filling:
    """A template with all of its fields, and what it is for."""

    template: Template
    mode: Mode
    fields: Mapping[str, str]


def filling(template: Template, occasion: Occasion, say: Sequence[str], *, form: bool) -> Filling:
    """The template filled for real where anything is said, else as a form or for a rehearsal.

    Raises UsageError where it does not fit the occasion, or what is said does not fit it.
    """
    require_fit(template, occasion)
    mode = Mode.FORM if form else Mode.REAL if say else Mode.REHEARSAL
    written = answers(template, say) if mode is Mode.REAL else placeholders(template, mode)
    return Filling(template, mode, written | catalog_fields(template, occasion))


def print_filled(platform: OpenPlatform, made: Filling, format: OutputFormat) -> None:  # noqa: A002  the option's name
    """Writes the filled template; beside it, on standard error, whose it is and what must never be written into it."""
    if format is OutputFormat.JSON:
        say_json({**platform.fields, **as_json(made)})
        return
    say(platform.heading, err=True)
    front = made.template.front
    match made.mode:
        case Mode.REHEARSAL:
            say(f'REHEARSAL, do not send: "{front.title}", filled by a drill, with invented examples\n')
        case Mode.FORM:
            say(f'FORM, not filled yet: "{front.title}"; answer each question in italics, and take out this line\n')
        case Mode.REAL:
            pass
    say(filled_in(made.template, made.fields), nl=False)
    say(f"\nNever write into it: {'; '.join(front.never)}.", err=True)


def as_json(made: Filling) -> dict[str, Any]:
    """The filled template as plain data."""
    template, front = made.template, made.template.front
    return {
        "template": template.name,
        "title": front.title,
        "audience": front.audience,
        "status": front.status,
        "mode": made.mode.value,
        "fields": [{"field": name, "text": made.fields[name]} for name in template.used],
        "never": list(front.never),
        "text": filled_in(template, made.fields),
    }
