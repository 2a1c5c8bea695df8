"""The shipped catalog as plain data, to be damaged and read again."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from monitoring.loader import read_files
from monitoring.loader.documents import parse
from monitoring.model.expectation import EXPECTATIONS_FILE
from tests.platforms import AGENCY

Entry = dict[str, Any]


class _Written(yaml.SafeDumper):
    """Writes a value that stands in two places twice, since a catalog has no anchors."""

    def ignore_aliases(self, _: Any) -> bool:
        """Always."""
        return True


@dataclass
class Tree:
    """Every file's content by its name; damage is done to a copy."""

    files: dict[str, Any]

    def copy(self) -> Tree:
        """The same, to be damaged."""
        return Tree(copy.deepcopy(self.files))

    def texts(self) -> dict[str, bytes]:
        """The files as they would be written."""
        return {name: yaml.dump(data, Dumper=_Written, sort_keys=False).encode() for name, data in self.files.items()}

    @property
    def oncall(self) -> Entry:
        """oncall.yaml."""
        found: Entry = self.files["oncall.yaml"]
        return found

    @property
    def teams(self) -> Entry:
        """teams.yaml."""
        found: Entry = self.files["teams.yaml"]
        return found

    @property
    def platform(self) -> Entry:
        """platform.yaml."""
        found: Entry = self.files["platform.yaml"]
        return found

    @property
    def severities(self) -> Entry:
        """severities.yaml."""
        found: Entry = self.files["severities.yaml"]
        return found

    def services(self) -> Iterator[Entry]:
        """Every service."""
        return (data for name, data in sorted(self.files.items()) if name.startswith("services/"))

    def service(self, name: str) -> Entry:
        """The service of that name."""
        return next(one for one in self.services() if one["service"] == name)

    def rules(self) -> Iterator[Entry]:
        """Every rule."""
        return (rule for service in self.services() for rule in service.get("rules", ()))

    def rule(self, name: str) -> Entry:
        """The rule of that id."""
        return next(one for one in self.rules() if one["id"] == name)

    def home(self, name: str) -> Entry:
        """The service that a rule belongs to."""
        return next(one for one in self.services() if any(rule["id"] == name for rule in one.get("rules", ())))


def shipped() -> Tree:
    """The shipped catalog, without what was typed by hand: damage has to be found by what judges the rest."""
    files, problems = read_files(AGENCY.catalog)
    documents = {name: parse(name, files[name], problems) for name in files if name != EXPECTATIONS_FILE}
    assert not problems
    return Tree({name: _listed(one.data) for name, one in documents.items() if one is not None})


def _listed(value: Any) -> Any:
    """The same with lists in place of tuples, so that it can be damaged and written."""
    if isinstance(value, dict):
        return {name: _listed(inner) for name, inner in value.items()}
    return [_listed(inner) for inner in value] if isinstance(value, tuple) else value
