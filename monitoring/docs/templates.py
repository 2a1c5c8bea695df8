"""Templates of what is written during an incident: their front matter, their text, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from monitoring.docs.fields import FIELDS, Needs
from monitoring.docs.lengths import Span, lengths_in
from monitoring.docs.markers import lines_of
from monitoring.errors import Problem, Source
from monitoring.loader import parse
from monitoring.loader.validation_messages import Mistakes, RawEntry, read_entry
from monitoring.model.catalog import Catalog
from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.personal import people_named, personal_in
from monitoring.model.references import Names, nearest
from monitoring.model.scalars import ScalarType, Sentence, invalid_value, quoted, shown
from monitoring.model.severity import Promise, Severity, SeverityWord, Stage
from monitoring.model.sources import Lines

Audience = Literal[
    "status page", "customers", "tenant", "controller", "authority", "individuals", "executives", "internal"
]
_FENCE = "---"
_TEXT = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)


def parse_field_name(value: Any) -> str:
    """A field's name: small letters, digits and underscores."""
    if isinstance(value, str) and re.fullmatch(r"[a-z][a-z0-9_]*", value, re.ASCII):
        return value
    raise invalid_value(f"{shown(value)} is not the name of a field", "use small letters, digits and underscores")


FieldName = Annotated[str, ScalarType(parse_field_name, {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"})]


class Prompt(Entry):
    """What only the writer knows: the question to ask, and an invented answer for rehearsals."""

    ask: Sentence
    example: Sentence


class LegalFact(Entry):
    """A length that a law fixes, and where the law says so."""

    fact: Sentence
    source: Sentence

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A source that nobody can follow."""
        if "https://" not in self.source:
            yield EntryProblem("has a source without an address", "write where it is read, https://…", ("source",))


class FrontMatter(Entry):
    """What a template says of itself."""

    title: Sentence
    audience: Audience
    status: Literal["none", "investigating", "identified", "monitoring", "resolved"] = "none"
    severities: tuple[SeverityWord, ...]
    say: dict[FieldName, Prompt] = {}
    never: tuple[Sentence, ...]
    law: tuple[LegalFact, ...] = ()
    kind: Literal["message", "review"] = "message"

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """No severity, nothing that is never written, a status page without a status, a name that we fill ourselves."""
        if not self.severities:
            yield EntryProblem("is for no severity", "name at least one", ("severities",))
        if not self.never:
            yield EntryProblem("says nothing that must never be written", "name at least one thing", ("never",))
        if self.audience == "status page" and self.stage is None:
            yield EntryProblem("is for the status page and has no status", "write status: investigating", ("audience",))
        for name in (name for name in self.say if name in FIELDS):
            yield EntryProblem(f'"{name}" is filled from the catalog', "give the question another name", ("say", name))

    @property
    def stage(self) -> Stage | None:
        """How far the incident has come when it is written."""
        return None if self.status == "none" else Stage(self.status)


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its name, its file, what it says of itself and where, and its text after as many line breaks."""

    name: str
    file: str
    front: FrontMatter
    lines: Lines
    body: str

    @property
    def used(self) -> Mapping[str, int]:
        """Each field of the text with the line on which it stands first."""
        used: dict[str, int] = {}
        for node in ENVIRONMENT.parse(self.body).find_all(nodes.Name):
            used.setdefault(node.name, node.lineno)
        return used

    def problem(self, line: int, what: str, remedy: str) -> Problem:
        """A mistake on a line of it."""
        return Problem(Source(self.file, line), f"template {quoted(self.name)}", what, remedy, "template")


def template_of(name: str, file: str, text: str, problems: list[Problem]) -> Template | None:
    """The template in a file, or None and its problems."""
    lines = lines_of(text)
    ends = [number for number, line in enumerate(lines) if number and line.strip() == _FENCE]
    if not lines or lines[0].strip() != _FENCE or not ends:
        what, remedy = "begins with no front matter", 'write "---", the fields, and "---" above the text'
        problems.append(Problem(Source(file, 1), "", what, remedy, "template"))
        return None
    front = _front(name, file, "".join(["\n", *lines[1 : ends[0]]]), problems)
    body = "\n" * (ends[0] + 1) + "".join(lines[ends[0] + 1 :])
    fault = _body_fault(body)
    if fault:
        problems.append(Problem(Source(file, fault[0]), f"template {quoted(name)}", fault[1], fault[2], "template"))
    return Template(name, file, front[0], front[1], body) if front and not fault else None


def _front(name: str, file: str, text: str, problems: list[Problem]) -> tuple[FrontMatter, Lines] | None:
    mistakes = Mistakes()
    document = parse(file, text.encode(), mistakes.problems)
    raw = document and RawEntry(document.data, file, document.lines, f"template {quoted(name)}", document.has_nulls)
    front = read_entry(FrontMatter, raw, Names(), mistakes) if raw else None
    problems.extend(replace(fault, check="template") for fault in mistakes.problems)
    return (front, document.lines) if front and document else None


def _body_fault(body: str) -> tuple[int, str, str] | None:
    """The first line on which the text is more than text and fields; what is wrong, and what to do."""
    if not body.strip():
        return body.count("\n"), "has no text", "write it below the front matter"
    try:
        strange = [node for node in ENVIRONMENT.parse(body).find_all(nodes.Node) if not isinstance(node, _TEXT)]
    except TemplateSyntaxError as error:
        return error.lineno, "has a field that is not closed, or braces that are no field", "write {{ field }}"
    if strange:
        return strange[0].lineno, "holds more than text and fields", "write {{ field }}, and nothing else in braces"
    return None


# --- what is wrong with it ------------------------------------------------------------------------------------


def faults(template: Template, text: str, catalog: Catalog) -> Iterator[Problem]:
    """Everything for which a template is refused, given its whole file and the catalog that fills it."""
    yield from _field_faults(template)
    yield from _severity_faults(template, catalog)
    yield from _length_faults(template)
    people = people_named(person.name for person in catalog.oncall.people.values())
    for number, line in enumerate(lines_of(text), start=1):
        for what, written in personal_in(line, people):
            yield template.problem(number, f'holds the {what} "{written}"', "say it without, or ask for it under say")


def _field_faults(template: Template) -> Iterator[Problem]:
    front = template.front
    for name, line in template.used.items():
        field = FIELDS.get(name)
        if field is None and name not in front.say:
            what = f"no field is called {quoted(name)}"
            yield template.problem(
                line, what, f"ask for it under say, or write another: {nearest(name, [*FIELDS, *front.say])}"
            )
        elif field and field.audiences is not None and front.audience not in field.audiences:
            what = f'"{name}" is not for the audience "{front.audience}"'
            yield template.problem(line, what, f"it is for {', '.join(sorted(field.audiences))}")
    for name in (name for name in front.say if name not in template.used):
        what, remedy = f'asks for "{name}", which the text does not use', f"write {{{{ {name} }}}}, or take it out"
        yield template.problem(template.lines.at("say", name), what, remedy)


def unmet(field_needs: Needs, promise: Promise, stage: Stage | None) -> str | None:
    """What a severity or a stage lacks for a field to have a value; None where nothing is missing."""
    match field_needs:
        case Needs.NOTHING | Needs.TENANT:
            return None
        case Needs.WAKING:
            return None if promise.wakes else "wakes nobody"
        case Needs.UPDATES:
            return None if promise.public_updates else "promises no public updates"
        case Needs.NEXT if stage is Stage.RESOLVED:
            return "has no next update once it is resolved"
        case Needs.NEXT:
            return None if promise.public_updates else "promises no public updates"


def _severity_faults(template: Template, catalog: Catalog) -> Iterator[Problem]:
    """What is wrong for the severities that the catalog has; a procedure may be for more of them."""
    promised = {name: catalog.severities[name] for name in template.front.severities if name in catalog.severities}
    if not promised:
        what = f"is for {' and '.join(template.front.severities)} alone, and the catalog has no such severity"
        yield template.problem(template.lines.at("severities"), what, "take the template out")
    for severity, promise in promised.items():
        yield from _faults_for(template, severity, promise)


def _faults_for(template: Template, severity: Severity, promise: Promise) -> Iterator[Problem]:
    front, line = template.front, template.lines.at("severities")
    if front.audience == "status page" and promise.public_updates is None:
        what = f"is for the status page, and {severity} promises no public updates"
        yield template.problem(line, what, f"take {severity} out, or write its public-updates")
    for name, line_of_use in template.used.items():
        lack = unmet(FIELDS[name].needs, promise, front.stage) if name in FIELDS else None
        if lack:
            what = f'"{name}" has no value, for {severity} {lack}'
            yield template.problem(line_of_use, what, f"take {{{{ {name} }}}} out, or {severity} out of severities")


def _length_faults(template: Template) -> Iterator[Problem]:
    lawful = {span.seconds for law in template.front.law for span in lengths_in(law.fact)}
    for number, line in enumerate(lines_of(template.body), start=1):
        for span in lengths_in(line):
            if span.seconds not in lawful:
                what = f'the length of time "{span.written}" is written by hand'
                yield template.problem(number, what, f"write {_instead(line, span)}, or declare it under law")


def _instead(line: str, span: Span) -> str:
    before = line[: span.at].rstrip().lower()
    if before.endswith("every") or span.written.lower().startswith(("every", "hour")):
        return "{{ updates_every }}"
    if before.endswith("within"):
        return "{{ first_notice_within }}"
    return "{{ next_update }}, {{ updates_every }} or {{ first_notice_within }}"
