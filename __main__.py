"""The Pulumi program: load the catalog, require that it is good, ask what is in the accounts, declare it."""

from functools import partial
from importlib import import_module

from monitoring.checks import read_runbooks, require, runbooks_near
from monitoring.collector import collect_rarely
from monitoring.loader import load
from monitoring.resources.accounts import accounts_of
from monitoring.resources.stack import configured, plainly, spare_debug_messages

with plainly():
    spare_debug_messages()
    collect_rarely()
    stack = configured()
    catalog = load(stack.catalog)
    require(catalog, today=stack.today, runbooks=read_runbooks(runbooks_near(stack.catalog)))
    accounts = accounts_of(stack, catalog, meanwhile=partial(import_module, "monitoring.resources.sdks"))

    from monitoring.resources.declare import declare

    declare(catalog, stack.environment, stack.today, accounts)
