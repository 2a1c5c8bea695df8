"""The Pulumi program: load the catalog, require that it is good, ask what is in the accounts, declare it."""

from __future__ import annotations

from functools import partial
from importlib import import_module

from monitoring.checks import require
from monitoring.collector import collect_rarely
from monitoring.loader import PlatformFiles, load, read_runbooks
from monitoring.resources.accounts import accounts_of
from monitoring.resources.stack import configured, plainly, spare_debug_messages


def run() -> None:
    """Declares what the running stack's catalog says; what the user has to mend ends the run with one sentence."""
    with plainly():
        spare_debug_messages()
        collect_rarely()
        stack = configured()
        catalog = load(stack.catalog)
        require(catalog, today=stack.today, runbooks=read_runbooks(PlatformFiles(stack.catalog).runbooks))
        accounts = accounts_of(stack, catalog, meanwhile=partial(import_module, "monitoring.resources.sdks"))

        from monitoring.resources.declare import declare

        declare(catalog, stack.environment, stack.today, accounts)
