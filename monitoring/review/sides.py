"""The two sides of a review: git revisions, the working tree or folders, each as a catalog and as what its code is."""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import cached_property, partial
from pathlib import Path

from monitoring.errors import CatalogError, Problem, UsageError, printable
from monitoring.file_reading import MAX_BYTES, MAX_MADE_BYTES, UnreadableFileError, content_of
from monitoring.loader import PROJECT_FILE, PlatformFiles, load_runbooks, load_texts, read_files
from monitoring.loader.files import FOLDERS, MAX_CATALOG_BYTES, is_read
from monitoring.model.catalog import Catalog
from monitoring.review.git_objects import LINK, REGULAR, SUBMODULE, GitEntry, GitRepository, repository_of

MAX_LINKS = 10
"""Links that lead to links, before one is taken for a loop."""
RUNBOOK_FOLDERS = ("runbooks", "docs/runbooks")
"""Where runbooks may lie in a project, beside those in the catalog itself."""
NO_CODE_BELOW = ("tests/", "test/", ".")
CODE_FILES = ("requirements*.txt", "pyproject.toml", "Pulumi.yaml", "Pulumi.*.yaml", "monitoring/*")


@dataclass(frozen=True)
class ReviewSide:
    """One side: what it is called, its catalog's files, and a hash of each file of code, None where none is known.

    `read_runbooks` gives the texts of its runbooks, or raises UsageError where one cannot be read.
    """

    label: str
    files: Mapping[str, bytes]
    code: Mapping[str, str] | None = None
    problems: tuple[Problem, ...] = ()
    read_runbooks: Callable[[], Mapping[str, str]] = dict

    @cached_property
    def catalog(self) -> Catalog:
        """The catalog; UsageError where it cannot be read."""
        try:
            return load_texts(self.files, self.problems)
        except CatalogError as error:
            first, how_many = error.problems[0], len(error.problems)
            more = f"; {how_many - 1} more" if how_many > 1 else ""
            raise UsageError(f"the catalog of {self.label} cannot be read: {first}{more}") from None

    @cached_property
    def runbooks(self) -> Mapping[str, str]:
        """The text of each runbook by its file's name without `.md`; UsageError where one cannot be read."""
        return self.read_runbooks()


def review_sides(base: str, head: str | None, find_catalog: Callable[[], Path]) -> tuple[ReviewSide, ReviewSide]:
    """Both sides of a review; `find_catalog` names the folder in the working tree that the revisions have too.

    A side is a folder where it names one that holds a catalog, else a revision; without a second name it is the
    working tree. Of two revisions, or one and the working tree, the first is taken where the second left it. Raises
    UsageError for everything that cannot be read.
    """
    old_folder, new_folder = _folder(base), None if head is None else _folder(head)
    if old_folder is not None and new_folder is not None:
        return folder_side(old_folder), folder_side(new_folder)
    catalog = find_catalog()
    if old_folder is not None:
        return folder_side(old_folder), folder_side(catalog) if head is None else _revision(head, catalog)
    repository = repository_of(catalog)
    start = repository.required_commit(base)
    if new_folder is not None:
        return _at_commit(repository, start, base, catalog), folder_side(new_folder)
    tip = repository.required_commit("HEAD" if head is None else head)
    old = _at_commit(repository, repository.fork_point(start, tip), base, catalog)
    return old, _working_tree(repository, catalog) if head is None else _at_commit(repository, tip, head, catalog)


def named_side(name: str, catalog: Path) -> ReviewSide:
    """The folder or the revision that a name means, as it is now; `catalog` is the folder that a revision has too.

    Raises UsageError for everything that cannot be read.
    """
    folder = _folder(name)
    return _revision(name, catalog) if folder is None else folder_side(folder)


def _folder(name: str) -> Path | None:
    """The catalog's folder that a name means: itself, or the `catalog` of the project; None where it means none."""
    places = (Path(name), Path(name) / "catalog") if name else ()
    return next((place for place in places if (place / "platform.yaml").is_file()), None)


def _revision(name: str, catalog: Path) -> ReviewSide:
    repository = repository_of(catalog)
    return _at_commit(repository, repository.required_commit(name), name, catalog)


# --- folders ---------------------------------------------------------------------------------------------------


def folder_side(folder: Path) -> ReviewSide:
    """A catalog as it lies in a folder, with the code of the project around it."""
    files, problems = read_files(folder)
    root = folder.resolve().parent
    code = _hashes(root, _walked(root)) if (root / PROJECT_FILE).is_file() else None
    return ReviewSide(f'the folder "{folder}"', files, code, tuple(problems), partial(_runbooks_beside, folder))


def _working_tree(repository: GitRepository, folder: Path) -> ReviewSide:
    if not folder.is_dir():
        raise UsageError(f'there is no catalog "{folder}" in the working tree; name a second revision, such as HEAD')
    files, problems = read_files(folder)
    root = folder.resolve().parent
    below = _relative(repository, root)
    prefix = "" if below == "." else f"{below}/"
    names = (os.fsdecode(path).removeprefix(prefix) for path in repository.kept(below))
    code = _hashes(root, names, repository.hash_name)
    return ReviewSide("the working tree", files, code, tuple(problems), partial(_runbooks_beside, folder))


def _runbooks_beside(folder: Path) -> dict[str, str]:
    """The texts alone, without whether there is a folder: a first runbook is no new problem of every other rule."""
    return dict(load_runbooks(PlatformFiles(folder).runbooks))


def _walked(root: Path) -> Iterator[str]:
    """The files of a project, without what is hidden or installed."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__pycache__", "node_modules")))
        yield from ((Path(folder) / name).relative_to(root).as_posix() for name in sorted(names))


def _hashes(root: Path, names: Iterable[str], algorithm: str = "sha1") -> dict[str, str]:
    """What git would call each file of code, so that a folder can be compared with a revision."""
    return {
        name: name_of for name in names if is_code(name) and (name_of := _object_name(root / name, root, algorithm))
    }


def _object_name(path: Path, root: Path, algorithm: str) -> str | None:
    try:
        content = content_of(path, within=root, limit=MAX_MADE_BYTES)
    except FileNotFoundError:
        return None
    except (UnreadableFileError, OSError):
        return "not read"
    return hashlib.new(algorithm, b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def is_code(name: str) -> bool:
    """Whether a file of a project, by its path there, decides what the program does beside the catalog."""
    if name.startswith(NO_CODE_BELOW):
        return False
    return name.endswith(".py") or any(fnmatch(name, pattern) for pattern in CODE_FILES)


# --- revisions -------------------------------------------------------------------------------------------------


def _at_commit(repository: GitRepository, commit: str, name: str, folder: Path) -> ReviewSide:
    """A catalog as it lies in a commit."""
    below = _relative(repository, folder)
    project = posixpath.dirname(below) or "."
    label = f"{name} ({commit[:10]})"
    entries = repository.entries(commit, project)
    prefix = "" if project == "." else f"{project}/"
    names = {os.fsdecode(each.path): each for each in entries}
    code = {path.removeprefix(prefix): each.object for path, each in names.items()}
    return ReviewSide(
        label=label,
        files=_RevisionFiles(repository, names, below, label).files,
        code={path: object_name for path, object_name in code.items() if is_code(path)},
        read_runbooks=lambda: _RevisionFiles(repository, names, below, label).runbooks,
    )


def _relative(repository: GitRepository, folder: Path) -> str:
    """A folder's path in its repository; UsageError where it lies outside."""
    real, root = folder.resolve(), repository.root.resolve()
    if not real.is_relative_to(root):
        raise UsageError(f'"{folder}" does not lie in the repository "{root}"; name a folder there with --catalog')
    return real.relative_to(root).as_posix()


@dataclass(frozen=True)
class _RevisionFiles:
    """The files of a catalog in one revision."""

    repository: GitRepository
    entries: Mapping[str, GitEntry]
    folder: str
    label: str

    @property
    def files(self) -> dict[str, bytes]:
        """The bytes of each file of the catalog by its path below its folder."""
        self._require_folder()
        chosen = {path: self._target(path) for path in self.entries if self._is_read(path)}
        if sum(each.size for each in chosen.values()) > MAX_CATALOG_BYTES:
            raise UsageError(f"the catalog of {self.label} is larger than {MAX_CATALOG_BYTES} bytes; make two of it")
        contents = self.repository.blobs(each.object for each in chosen.values())
        return {path.removeprefix(f"{self.folder}/"): contents[each.object] for path, each in chosen.items()}

    @property
    def runbooks(self) -> dict[str, str]:
        """The text of each runbook, in the first folder that has files of those in which runbooks may lie."""
        project = posixpath.dirname(self.folder)
        folders = (f"{self.folder}/runbooks", *(posixpath.join(project, each) for each in RUNBOOK_FOLDERS))
        folder = next((each for each in folders if any(path.startswith(f"{each}/") for path in self.entries)), None)
        if folder is None:
            return {}
        inside = replace(self, folder=folder)
        chosen = {path: inside._target(path) for path in self.entries if _is_runbook(path, folder)}
        contents = self.repository.blobs(each.object for each in chosen.values())
        return {Path(path).stem: self._text(path, contents[each.object]) for path, each in chosen.items()}

    def _text(self, path: str, content: bytes) -> str:
        try:
            return content.decode()
        except UnicodeDecodeError:
            raise UsageError(f'the runbook "{path}" in {self.label} is not UTF-8; save it as such') from None

    def _is_read(self, path: str) -> bool:
        below = path.removeprefix(f"{self.folder}/")
        return below != path and (is_read(below) or self.entries[path].mode == SUBMODULE)

    def _require_folder(self) -> None:
        """Raises UsageError where the folder is not one of files: absent, a link or another repository."""
        inside = (f"{self.folder}/{folder}" for folder in FOLDERS)
        for path in (self.folder, *inside, *map(str, Path(self.folder).parents)):
            entry = self.entries.get(path)
            if entry is not None and entry.mode == LINK:
                raise UsageError(f'"{path}" is a link in {self.label}; put the folder itself there')
            if entry is not None and entry.mode == SUBMODULE:
                raise self._of_another_repository(path)
        if not any(path.startswith(f"{self.folder}/") for path in self.entries):
            remedy = "name a folder that both revisions have with --catalog, such as --catalog catalog"
            raise UsageError(f'there is no folder "{self.folder}" in {self.label}; {remedy}')

    def _of_another_repository(self, path: str) -> UsageError:
        what = f'"{printable(path)}" is a submodule in {self.label}, whose files lie in another repository'
        return UsageError(f"{what}; review two folders instead: monitoring review OLD NEW")

    def _target(self, path: str) -> GitEntry:
        """The regular file that a path leads to, links followed inside the catalog; UsageError for anything else."""
        place = path
        for _ in range(MAX_LINKS):
            entry = self.entries.get(place)
            if entry is None or not place.startswith(f"{self.folder}/"):
                break
            if entry.mode in REGULAR:
                return self._required(entry, path)
            if entry.mode == SUBMODULE:
                raise self._of_another_repository(path)
            target = os.fsdecode(self.repository.blobs([entry.object])[entry.object])
            place = posixpath.normpath(posixpath.join(posixpath.dirname(place), target))
        what = f'"{printable(path)}" is a link in {self.label} that does not lead to a file below "{self.folder}"'
        raise UsageError(f"{what}; put the file itself there")

    def _required(self, entry: GitEntry, path: str) -> GitEntry:
        """The entry itself, if its name can be spelled and its file is small enough to be written by people."""
        try:
            entry.path.decode()
        except UnicodeDecodeError:
            raise UsageError(f'"{printable(path)}" in {self.label} has a name that is not UTF-8; rename it') from None
        if entry.size > MAX_BYTES:
            raise UsageError(f'"{path}" in {self.label} is larger than {MAX_BYTES} bytes; split it')
        return entry


def _is_runbook(path: str, folder: str) -> bool:
    """Whether a path is a runbook's: directly in the folder, as in one on the disk."""
    return posixpath.dirname(path) == folder and path.endswith(".md")
