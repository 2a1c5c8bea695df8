"""Writes the documents, schemas and golden Plans of every platform that the tool is tested on."""

from monitoring.cli.console import open_platform
from monitoring.cli.docs import docs
from monitoring.cli.golden import rewrite
from monitoring.cli.schema import schema
from tests.conftest import TODAY
from tests.platforms import ALL

for files in ALL.values():
    docs(catalog=files.catalog)
    schema(write_to=files.catalog / "schema")
    rewrite(open_platform(files.catalog), TODAY)
