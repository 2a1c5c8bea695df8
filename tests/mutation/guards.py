"""Which guards turn red over a damaged catalog: the loader, the checks, the proof. No golden file is asked."""

from __future__ import annotations

from datetime import date
from functools import cache

from monitoring.checks import examine
from monitoring.errors import CatalogError
from monitoring.loader import load_runbooks, load_texts
from monitoring.model.catalog import Catalog
from monitoring.reach.proof import prove_catalog
from tests.mutation.tree import Tree
from tests.platforms import AGENCY

TODAY = date(2026, 11, 23)
LOADER, PROOF = "loader", "reach"


def red(tree: Tree) -> frozenset[str]:
    """The guards that find something: `loader`, names of checks, `reach`."""
    try:
        catalog = load_texts(tree.texts())
    except CatalogError:
        return frozenset({LOADER})
    report = examine(catalog, TODAY, _runbooks())
    return frozenset({judged.check for judged in report.unwaived} | ({PROOF} if _unproved(catalog) else set()))


@cache
def _runbooks() -> dict[str, str]:
    return dict(load_runbooks(AGENCY.runbooks))


def _unproved(catalog: Catalog) -> bool:
    environments = catalog.platform.environments
    return not all(prove_catalog(catalog, environment=name, today=TODAY).holds for name in environments)
