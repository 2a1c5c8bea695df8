"""The fields that a template can use, for whoever writes one."""

from __future__ import annotations

from monitoring.docs.fields import FIELDS, TemplateField
from monitoring.docs.markdown import code, plain, table
from monitoring.model.catalog import Catalog


def template_fields(_: Catalog, __: str) -> str:
    """Each field, what it holds, and which audiences may read it."""
    rows = ([code(f"{{{{ {name} }}}}"), plain(field.about), _readers(field)] for name, field in FIELDS.items())
    return table(["field", "what it holds", "for the audience"], rows)


def _readers(field: TemplateField) -> str:
    return "any" if field.audiences is None else ", ".join(sorted(field.audiences))
