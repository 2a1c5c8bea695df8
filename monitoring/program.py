"""The Pulumi program: load the catalog, require that it is good, ask what is in the accounts, declare it."""

from __future__ import annotations

from functools import partial
from importlib import import_module

from monitoring.checks import require_no_problems
from monitoring.collector import collect_rarely
from monitoring.loader import PlatformFiles, load, load_runbooks
from monitoring.resources.accounts import look_up_accounts
from monitoring.resources.stack import exit_on_user_error, silence_sdk_debug_log, stack_config


def run() -> None:
    """Declares what the running stack's catalog says; what the user has to mend ends the run with one sentence."""
    with exit_on_user_error():
        silence_sdk_debug_log()
        collect_rarely()
        stack = stack_config()
        catalog = load(stack.catalog)
        require_no_problems(catalog, today=stack.today, runbooks=load_runbooks(PlatformFiles(stack.catalog).runbooks))
        accounts = look_up_accounts(stack, catalog, while_waiting=partial(import_module, "monitoring.resources.sdks"))

        from monitoring.resources.declare import declare

        declare(catalog, stack.environment, stack.today, accounts)
