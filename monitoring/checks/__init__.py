"""What a good catalog is: one file a check, each a pure generator over the catalog and the day.

A module of this package without a leading underscore holds one check: a function that `rule_check` calls for each rule,
or one that `catalog_check` calls for the whole catalog. Either is given the words for what it is about, and how that is
counted; a check that looks at fewer than are counted, or at others, is a problem itself.
"""

from monitoring.checks._check import Check, Subjects, catalog_check, rule_check
from monitoring.checks._context import ALWAYS, NEVER, Context, Finding, WatchedRule
from monitoring.checks._registry import all_checks, check_in, check_names
from monitoring.checks._report import CheckReport, Examined, Reported, examine, foreseen_problems, require_no_problems

__all__ = [
    "ALWAYS",
    "NEVER",
    "Check",
    "CheckReport",
    "Context",
    "Examined",
    "Finding",
    "Reported",
    "Subjects",
    "WatchedRule",
    "all_checks",
    "catalog_check",
    "check_in",
    "check_names",
    "examine",
    "foreseen_problems",
    "require_no_problems",
    "rule_check",
]
