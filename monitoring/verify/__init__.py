"""Everything that has to hold for a catalog, in parts: what each looked at, how much of it, and what is wrong."""

from monitoring.verify.pages import page_problems
from monitoring.verify.parts import (
    Part,
    checks_part,
    documents_part,
    expectations_part,
    golden_part,
    proof_part,
    schemas_part,
    unasked,
)

__all__ = [
    "Part",
    "checks_part",
    "documents_part",
    "expectations_part",
    "golden_part",
    "page_problems",
    "proof_part",
    "schemas_part",
    "unasked",
]
