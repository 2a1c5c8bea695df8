"""The Pulumi program: load the catalog, require checks and proof, ask what is in the accounts, declare it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from importlib import import_module

from monitoring.checks import require_no_problems
from monitoring.collector import collect_rarely
from monitoring.errors import CatalogError
from monitoring.loader import PlatformFiles, load, load_runbooks
from monitoring.model.catalog import Catalog
from monitoring.reach.problems import proof_problems
from monitoring.reach.proof import prove_catalog
from monitoring.resources.accounts import look_up_accounts
from monitoring.resources.stack import (
    Stack,
    exit_on_user_error,
    let_through,
    require_environment,
    silence_sdk_debug_log,
    stack_config,
)


def run() -> None:
    """Declares what the running stack's catalog says; what the user has to mend ends the run with one sentence."""
    with exit_on_user_error():
        silence_sdk_debug_log()
        collect_rarely()
        stack = stack_config()
        catalog = load(stack.catalog)
        require_no_problems(catalog, today=stack.today, runbooks=load_runbooks(PlatformFiles(stack.catalog).runbooks))
        require_proof(stack, catalog)
        declare_stack(stack, catalog)


def declare_stack(stack: Stack, catalog: Catalog) -> None:
    """Asks what is in the accounts, and declares what the catalog says for the stack's environment."""
    accounts = look_up_accounts(stack, catalog, while_waiting=partial(import_module, "monitoring.resources.sdks"))

    from monitoring.resources.declare import LONG_AGO, declare

    declare(catalog, stack.environment, stack.today, accounts, now=LONG_AGO if stack.offline else datetime.now(UTC))


def require_proof(stack: Stack, catalog: Catalog) -> None:
    """Raises CatalogError with every witness where the proof fails, unless the stack says why it cannot wait."""
    require_environment(stack, catalog)
    problems = proof_problems(prove_catalog(catalog, environment=stack.environment, today=stack.today))
    if not let_through(stack, problems) and problems:
        raise CatalogError(problems)
