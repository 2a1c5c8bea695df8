"""What `monitoring init` writes: the smallest project that is green, as texts by their paths."""

from monitoring.scaffold.installed import Installed, installed
from monitoring.scaffold.starter import Starter, named, vendors_of
from monitoring.scaffold.tree import tree

__all__ = ["Installed", "Starter", "installed", "named", "tree", "vendors_of"]
