"""What the catalog says inside pages that are written by hand: a part by its name, as a pure function to Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from monitoring.docs.parts.severities import severities, update_clock
from monitoring.model.catalog import Catalog

# A part is made from the catalog and from the way to the documents' folder, which links begin with: "" or "../".
MakePart = Callable[[Catalog, str], str]

PARTS: Mapping[str, MakePart] = {
    "severities": severities,
    "update-clock": update_clock,
}

__all__ = ["PARTS", "MakePart"]
