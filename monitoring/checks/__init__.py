"""What a good catalog is: one file a check, each a pure generator over the catalog and the day.

A module of this package without a leading underscore is a check. It says what it is about (`ABOUT`), and what it finds:
in `looks_at`, which is asked for each rule that it is about, or, where it needs more than one rule at a time, in
`looks`, which yields the name of each subject that it looks at and then what it finds there. A check may have both.
"""

from monitoring.checks._case import Case, Finding, Subjects, Watch, found
from monitoring.checks._report import Examined, Judged, Report, check_module, check_names, examine, require

__all__ = [
    "Case",
    "Examined",
    "Finding",
    "Judged",
    "Report",
    "Subjects",
    "Watch",
    "check_module",
    "check_names",
    "examine",
    "found",
    "require",
]
