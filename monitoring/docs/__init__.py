"""The documents that are made from the catalog, as pure functions from a catalog to Markdown."""

from collections.abc import Callable, Mapping
from functools import partial

from monitoring.docs.alert_rules import alert_rules
from monitoring.docs.parts import PARTS
from monitoring.docs.runbook_index import runbook_index
from monitoring.model.catalog import Catalog

__all__ = ["PARTS", "alert_rules", "pages", "part_maker", "runbook_index"]


def pages(catalog: Catalog) -> Mapping[str, str]:
    """Every generated document by its path below the documents' folder."""
    return {"alert-rules.md": alert_rules(catalog), "runbooks/README.md": runbook_index(catalog)}


def part_maker(catalog: Catalog, page: str) -> Callable[[str], str]:
    """What makes a generated part by its name, for a page at this path below the documents' folder."""
    return partial(_made, catalog, "../" * page.count("/"))


def _made(catalog: Catalog, root: str, name: str) -> str:
    return PARTS[name](catalog, root)
