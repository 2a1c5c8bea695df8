"""The Pulumi program: load the catalog, require that it is good, declare it."""

from monitoring.checks import read_runbooks, require, runbooks_near
from monitoring.loader import load
from monitoring.resources.declare import declare
from monitoring.resources.stack import configured, plainly, require_accounts

with plainly():
    stack = configured()
    catalog = load(stack.catalog)
    require(catalog, today=stack.today, runbooks=read_runbooks(runbooks_near(stack.catalog)))
    require_accounts(stack, catalog)
    declare(catalog, stack.environment, stack.today)
