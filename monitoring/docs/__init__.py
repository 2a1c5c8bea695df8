"""The documents that are made from the catalog, as pure functions from a catalog to Markdown."""

from collections.abc import Mapping

from monitoring.docs.alert_rules import alert_rules
from monitoring.docs.runbook_index import runbook_index
from monitoring.model.catalog import Catalog

__all__ = ["alert_rules", "pages", "runbook_index"]


def pages(catalog: Catalog) -> Mapping[str, str]:
    """Every generated document by its path below the documents' folder."""
    return {"alert-rules.md": alert_rules(catalog), "runbooks/README.md": runbook_index(catalog)}
