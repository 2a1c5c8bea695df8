"""Run one vendor's plugin: `python -m tests.engine.accounts datadog`; ACCOUNTS names the accounts' file."""

import os
import sys
from pathlib import Path

from tests.engine.accounts.plugin import VENDORS, Plugin, serve
from tests.engine.accounts.store import Store

serve(Plugin(Store(Path(os.environ["ACCOUNTS"])), VENDORS[sys.argv[1]]))
