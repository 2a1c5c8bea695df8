"""Where the files of a platform lie: its catalog, and what belongs to it in the same project folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from monitoring.errors import UsageError
from monitoring.file_reading import UnreadableFileError, content_of

PROJECT_FILE = "Pulumi.yaml"
CATALOG_FOLDER = "catalog"
CATALOG_VARIABLE = "MONITORING_CATALOG"
CATALOG_SETTING = "monitoring:catalog"


class PlatformFiles(NamedTuple):
    """The files of one platform, found from its catalog's folder; none of them has to be there."""

    catalog: Path

    @property
    def root(self) -> Path:
        """The project folder, in which the catalog lies."""
        return self.catalog.resolve().parent

    @property
    def documents(self) -> Path:
        """The folder of the documents written about this platform: the one that holds its runbooks."""
        return self.runbooks.parent

    @property
    def runbooks(self) -> Path:
        """The runbooks' folder: in the catalog, beside it, or in the project's `docs`.

        Raises UsageError where it is a link that leads out of the project.
        """
        places = (self.catalog / "runbooks", self.root / "runbooks", self.root / "docs" / "runbooks")
        folder = next((place for place in places if place.is_dir()), places[-1])
        if not folder.resolve().is_relative_to(self.root):
            raise UsageError(f'"{folder}" leads out of the project; put the folder itself there, not a link')
        return folder

    @property
    def program(self) -> Path:
        """The project's own Pulumi program."""
        return self.root / "__main__.py"

    def golden(self, environment: str) -> Path:
        """The golden Plan of an environment."""
        return self.root / "golden" / f"{environment}.json"


def nearest_project(start: Path) -> Path | None:
    """The nearest folder, from `start` upwards, that is a Pulumi project."""
    folder = start.resolve()
    return next((parent for parent in (folder, *folder.parents) if (parent / PROJECT_FILE).is_file()), None)


def find_catalog(chosen: Path | None, environ: Mapping[str, str], start: Path, stack: str | None = None) -> Path:
    """The catalog's folder that a command answers for.

    The one chosen on the command line; else MONITORING_CATALOG; else what the stacks of the nearest project say; else
    the `catalog` of that project. Raises UsageError where none of these names a folder.
    """
    if chosen is not None:
        return chosen
    if environ.get(CATALOG_VARIABLE):
        return Path(environ[CATALOG_VARIABLE])
    project = nearest_project(start)
    folder = None if project is None else _configured_catalog(project, stack)
    if folder is None or not folder.is_dir():
        raise UsageError(
            "no catalog belongs to this folder; make one with monitoring init DIR, or name one with --catalog DIR"
        )
    return folder


def _configured_catalog(project: Path, stack: str | None) -> Path:
    """What the stacks of a project say, which has to be one folder for all of them unless a stack is named."""
    files = sorted(project.glob(f"Pulumi.{stack or '*'}.yaml"))
    folders = {file: project / (_setting(file) or CATALOG_FOLDER) for file in files}
    different = sorted(set(folders.values()))
    if len(different) > 1:
        named = ", ".join(f"{file.name}: {folder.relative_to(project)}" for file, folder in folders.items())
        raise UsageError(f"the stacks have different catalogs ({named}); name one with --catalog DIR")
    return different[0] if different else project / CATALOG_FOLDER


def _setting(stack_file: Path) -> str | None:
    """The stack's `monitoring:catalog`; UsageError for a file that is no stack's configuration."""
    value = _configuration(stack_file).get(CATALOG_SETTING)
    return None if value is None else str(value)


def configured(project: Path, stack: str) -> Mapping[str, str]:
    """What a stack's file says in clear, by NAMESPACE:KEY; nothing where the stack has no file.

    What is encrypted there is left out, because only the engine reads it. Raises UsageError as for every command.
    """
    stack_file = project / f"Pulumi.{stack}.yaml"
    if not stack_file.is_file():
        return {}
    plain = {name: value for name, value in _configuration(stack_file).items() if isinstance(value, str)}
    return {str(name): value for name, value in plain.items()}


def _configuration(stack_file: Path) -> Mapping[object, object]:
    """What a file says under `config`; UsageError for a file that is no stack's configuration."""
    try:
        content = yaml.safe_load(content_of(stack_file, within=stack_file.parent)) or {}
        config = content.get("config") or {}
        return {**config}
    except (OSError, UnreadableFileError, UnicodeDecodeError, yaml.YAMLError, AttributeError, TypeError):
        raise UsageError(f'"{stack_file}" cannot be read as a stack\'s configuration; mend it') from None
