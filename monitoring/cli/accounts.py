"""How a command opens the vendors' accounts."""

from __future__ import annotations

import os
from pathlib import Path

from monitoring.loader import configured
from monitoring.model.catalog import Catalog
from monitoring.vendors.access import Access, access
from monitoring.vendors.settings import settings


def environment_of(project: Path, stack: str) -> str:
    """Which environment a stack is, as the program reads it: what its configuration says, else its name."""
    return configured(project, stack).get("monitoring:environment") or stack


def account_access(catalog: Catalog, project: Path | None, stack: str) -> Access:
    """The accounts as the program opens them: by the stack's configuration, and by the environment.

    Raises UsageError for an address that no key is sent to.
    """
    values = {} if project is None else configured(project, stack)
    return access(settings(values, os.environ), catalog.platform)
