"""Writes what is made from the corpus: its catalog's services and metrics, and its table."""

from tests.corpus.table import TABLE, page
from tests.corpus.translation.company import CATALOG, catalog_texts, translations

objects = translations()
for name, text in catalog_texts(objects).items():
    (CATALOG / name).parent.mkdir(parents=True, exist_ok=True)
    (CATALOG / name).write_text(text, encoding="utf-8")
TABLE.write_text(page(objects), encoding="utf-8")
