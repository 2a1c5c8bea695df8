"""A catalog while it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from monitoring.loader.documents import Document
from monitoring.loader.files import MAX_PROBLEMS
from monitoring.loader.sections import lacked
from monitoring.loader.validation_messages import Mistakes
from monitoring.model.recording import RECORDINGS
from monitoring.model.references import Names
from monitoring.model.sources import Lines


@dataclass
class OpenCatalog:
    """The documents that could be read, the names that they declare, and the mistakes so far."""

    documents: Mapping[str, Document]
    mistakes: Mistakes
    unread: frozenset[str] = frozenset()
    names: Names = field(default_factory=Names)
    entries: dict[tuple[str, str], tuple[str, Lines]] = field(default_factory=dict)

    @property
    def unread_services(self) -> bool:
        """Whether a service's file could not be read, so that names may be missing."""
        return any(name.startswith("services/") for name in self.unread)

    def has_met(self, file: str) -> bool:
        """Whether there is such a file, be it one that could not be read."""
        return file in self.documents or file in self.unread

    @property
    def is_full(self) -> bool:
        """Whether there are so many mistakes that no further entry is read."""
        return len(self.mistakes.problems) > MAX_PROBLEMS

    @cached_property
    def lacked(self) -> frozenset[str]:
        """The sections of platform.yaml that this company leaves out."""
        return lacked(self.documents.get("platform.yaml"))

    @property
    def recordings(self) -> dict[str, Document]:
        """The recordings that could be read, by their names."""
        prefix = f"{RECORDINGS}/"
        return {
            name.removeprefix(prefix).removesuffix(".json"): document
            for name, document in sorted(self.documents.items())
            if name.startswith(prefix)
        }

    @property
    def services(self) -> list[Document]:
        """The services' files that could be read, by name."""
        return [document for name, document in sorted(self.documents.items()) if name.startswith("services/")]
