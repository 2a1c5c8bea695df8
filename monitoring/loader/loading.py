"""A directory, or texts, to a Catalog: read again as if each mistake were mended, until none is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitoring.collector import gc_paused
from monitoring.errors import CatalogError, Problem, UsageError
from monitoring.loader.declared_names import declared_names, places
from monitoring.loader.documents import Document, parse
from monitoring.loader.entries import catalog_of
from monitoring.loader.files import MAX_PROBLEMS, file_problem, read_files
from monitoring.loader.layout import PARTS_OF_PLATFORM, SECTIONS, inside, is_legal, missing_or_unknown_files
from monitoring.loader.open_catalog import OpenCatalog
from monitoring.loader.repairs import Action, Repair, repaired
from monitoring.loader.validation_messages import Mistakes
from monitoring.loader.version import format_problems, is_newer
from monitoring.model.catalog import Catalog
from monitoring.model.platform import FORMAT
from monitoring.model.scalars import quoted

MAX_READINGS = 6
"""How often files are read with remedies followed; each reading follows from the mistakes of the one before."""


@dataclass(frozen=True)
class PartialCatalog:
    """The problems of a catalog, and the catalog as it is once they are mended in the way that their remedies say.

    There is no catalog where a remedy leaves open what to write. `guessed` names the entries with a value in them that
    stands for what the reader will write, like `rule "shop-slow"`.
    """

    problems: tuple[Problem, ...]
    catalog: Catalog | None
    guessed: frozenset[str] = frozenset()


def load(directory: Path) -> Catalog:
    """The catalog in a directory.

    Raises CatalogError with every mistake, and UsageError where there is no such directory.
    """
    return _whole_catalog(load_partly(directory))


def load_texts(files: Mapping[str, bytes], problems: Iterable[Problem] = ()) -> Catalog:
    """The catalog in these files, by their names; raises CatalogError with every mistake."""
    return _whole_catalog(read_partly(files, problems))


def _whole_catalog(partial: PartialCatalog) -> Catalog:
    if partial.problems or partial.catalog is None:
        raise CatalogError(partial.problems)
    return partial.catalog


def load_partly(directory: Path) -> PartialCatalog:
    """What can be read of the catalog in a directory; UsageError where there is no such directory."""
    if not directory.is_dir():
        raise UsageError(f'there is no catalog directory "{directory}"; name one with --catalog')
    files, problems = read_files(directory)
    return read_partly(files, problems)


def read_partly(files: Mapping[str, bytes], problems: Iterable[Problem] = ()) -> PartialCatalog:
    """What can be read of the catalog in these files, by their names.

    A mistake can hide another that shows once the first is mended; so the files are read again as if it were.
    """
    with gc_paused():
        unread = list(problems)
        unread += missing_or_unknown_files(files, unread)
        legal = {name: content for name, content in files.items() if is_legal(name)}
        parsed = {name: parse(name, content, unread) for name, content in legal.items()}
        documents = {name: document for name, document in parsed.items() if document}
        return _read(documents, unread)


def _read(documents: Mapping[str, Document], unread: Sequence[Problem]) -> PartialCatalog:
    problems: list[Problem] = []
    guessed: frozenset[str] = frozenset()
    for _ in range(MAX_READINGS):
        reading, catalog = _reading(documents, unread)
        problems += [problem for problem in reading.mistakes.problems if not is_about(problem, guessed)]
        repairs = [repair for repair in reading.mistakes.repairs if repair]
        if not repairs or None in reading.mistakes.repairs:
            return PartialCatalog(tuple(sorted(set(problems))), catalog, guessed)
        guessed |= {_entry_of(repair, documents) for repair in repairs if repair.guesses}
        documents = repaired(documents, repairs)
    return PartialCatalog(tuple(sorted(set(problems))), None, guessed)


def _reading(documents: Mapping[str, Document], unread: Sequence[Problem]) -> tuple[OpenCatalog, Catalog | None]:
    reading = OpenCatalog(documents, Mistakes(), frozenset(problem.source.file for problem in unread))
    reading.mistakes.extend(unread)
    if not _is_of_this_format(reading):
        return reading, None
    for entry, place in places(reading):
        reading.entries.setdefault(entry, place)  # of two with one name, the first
    reading.names = declared_names(reading)
    catalog = catalog_of(reading)
    if reading.is_full:
        what = f"has more than {MAX_PROBLEMS} mistakes, so not every entry was read"
        reading.mistakes.add(file_problem("catalog", what, "mend these first"))
    return reading, catalog


def _is_of_this_format(reading: OpenCatalog) -> bool:
    """Whether this tool reads the catalog's format; of an older one it says what to change, and reads on."""
    platform = reading.documents.get("platform.yaml")
    if platform is None:
        return True
    newer = is_newer(platform)
    for problem in format_problems(platform):
        reading.mistakes.add(problem, None if newer else Repair(platform.file, ("format",), Action.PUT, FORMAT))
    return not newer


def is_about(problem: Problem, entries: Iterable[str]) -> bool:
    """Whether a problem is about one of these entries, or in a file of which there is no smaller part."""
    return any(entry == problem.source.file or problem.where.startswith(entry) for entry in entries)


def _entry_of(repair: Repair, documents: Mapping[str, Document]) -> str:
    """The entry that a repair changes, as messages name it."""
    for section in PARTS_OF_PLATFORM + SECTIONS:
        depth = len(section.path)
        if (section.file, section.path) == (repair.file, repair.path[:depth]) and len(repair.path) > depth:
            return f"{section.kind} {quoted(str(repair.path[depth]))}"
    document = documents[repair.file]
    if repair.path[0] == "rules" and len(repair.path) > 1:
        rules, _ = inside(document, ("rules",))
        return f"rule {quoted(_name(rules[repair.path[1]], 'id'))}"
    service = _name(document.data, "service")
    return f"service {quoted(service)}" if service else repair.file


def _name(entry: Any, word: str) -> str:
    name = entry.get(word) if isinstance(entry, dict) else None
    return name if isinstance(name, str) else ""
