"""Writes what is made from the corpus: its catalog, the waivers of what is found in that, and its table."""

from monitoring.reach.proof import prove_catalog
from tests.conftest import TODAY
from tests.corpus.table import TABLE, page
from tests.corpus.translation.accepting import waivers_text
from tests.corpus.translation.company import CATALOG, catalog_texts, company
from tests.corpus.translation.kinds import translations

objects = translations()
for name, text in catalog_texts(objects, waivers_text(objects, TODAY)).items():
    (CATALOG / name).parent.mkdir(parents=True, exist_ok=True)
    (CATALOG / name).write_text(text, encoding="utf-8")
catalog = company(objects)
TABLE.write_text(page(objects, catalog, prove_catalog(catalog, environment="prod", today=TODAY)), encoding="utf-8")
