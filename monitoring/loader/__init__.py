"""YAML to Catalog; every mistake of every file at once, with its file and line.

Reading has three steps: bytes to data that knows its lines, the names that the catalog declares, and each entry
against its model with those names at hand. One broken entry never hides a mistake in another.
"""

from monitoring.loader.documents import parse
from monitoring.loader.files import read_files
from monitoring.loader.loading import PartialCatalog, is_about, load, load_partly, load_texts, read_partly
from monitoring.loader.project import PROJECT_FILE, PlatformFiles, configured, find_catalog, nearest_project
from monitoring.loader.runbooks import load_runbooks

__all__ = [
    "PROJECT_FILE",
    "PartialCatalog",
    "PlatformFiles",
    "configured",
    "find_catalog",
    "is_about",
    "load",
    "load_partly",
    "load_runbooks",
    "load_texts",
    "nearest_project",
    "parse",
    "read_files",
    "read_partly",
]
