"""Does the count notice? Each way in which a check's count can be broken is tried, and a problem has to tell of it.

What a check is about is counted from the catalog as it is written, apart from the check's own walk. A count that names
too few, or others, would let a check that looks at nothing pass; so every comparison, condition, field and part of a
count is turned round or left out, one at a time, and the check is run over three catalogs.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import TypeVar

import pytest

from monitoring import checks
from monitoring.checks import Check, Context, all_checks, check_in, examine
from monitoring.loader import load, load_runbooks
from tests.checks import good
from tests.checks.good import oncall, shop, site, teams
from tests.factories import a_catalog
from tests.platforms import AGENCY
from tests.resources.every_signal import every_signal

T = TypeVar("T")
ROOM = Path(str(checks.__file__)).parent
SHARED = ROOM / "_subjects.py"
CHECKS = sorted(ROOM.glob("[!_]*.py"))
OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.In: ast.NotIn,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
}
RATIO = """\
  - id: shop-share
    title: Few orders are good
    severity: P3
    means: Orders fail.
    ratio: {of: {sum: orders.good}, to: {sum: orders.all}, over: 1h, below: 50%, when-silent: show}
"""
SEEN = """\
  - id: shop-seen
    title: The shop does not answer Sentry
    severity: P3
    means: Nobody can reach the shop.
    sentry-uptime: {project: web, health: readiness, every: 5m}
"""
UNUSUAL = (
    teams("P0: {page: critical, slack: [alerts]}", "P0: {slack: [alerts]}"),
    teams("P1: {page: standard", "P1: {page: critical"),
    oncall("{ask: [primary, secondary], escalate-after: 5m}", "{ask: [kit], escalate-after: 5m}"),
    shop("readiness: true\n", ""),
    shop("rules:\n", f"rules:\n{RATIO}{SEEN}"),
    site("tier: critical", "tier: internal\nhealth: site"),
    site("depends-on: [shop]\n", ""),
)
"""A waking severity that pages nobody, a sleeping one that pages others; a component that does not decide readiness;
a ratio, and a question that Sentry asks."""
EQUIVALENT = {
    "component_asked.py: service.readiness and service.health -> service.readiness and True",
}
"""Changes that break nothing: the loader refuses readiness without health."""


# --- the ways to break a count ---------------------------------------------------------------------------------


def count(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements of a module that count: what its decorator is about and is made of, or its constants."""
    made = {name: statement for statement in tree.body for name in names(statement)}
    checks_own = [statement for statement in tree.body if getattr(statement, "decorator_list", ())]
    if not checks_own:
        yield from (statement for statement in tree.body if isinstance(statement, ast.Assign))
    waiting = [node for function in checks_own for node in ast.walk(vars(function)["decorator_list"][0])]
    for node in waiting:
        statement = made.pop(node.id, None) if isinstance(node, ast.Name) else None
        if statement:
            yield statement
            waiting.extend(ast.walk(statement))


def names(statement: ast.stmt) -> list[str]:
    """What a statement of a module makes."""
    if isinstance(statement, ast.FunctionDef):
        return [statement.name]
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Everything that could stand in a node's place by mistake."""
    match node:
        case ast.Compare(left=left, ops=[operator], comparators=comparators) if type(operator) in OPPOSITE:
            yield ast.Compare(left, [OPPOSITE[type(operator)]()], comparators)
        case ast.BoolOp(op=ast.And(), values=values):
            yield from (ast.BoolOp(ast.And(), [*without(values, at), ast.Constant(True)]) for at in range(len(values)))
        case ast.BoolOp(op=ast.Or(), values=values):
            yield from (ast.BoolOp(ast.Or(), [*without(values, at), ast.Constant(False)]) for at in range(len(values)))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.comprehension(target=target, iter=iterated, ifs=[_]):
            yield ast.comprehension(target, iterated, [], 0)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from (left, right)
        case ast.Dict(keys=keys, values=values):
            yield from (ast.Dict(without(keys, at), without(values, at)) for at in range(len(keys)))
        case ast.Call(func=ast.Name(id="rules_with") as function, args=arguments, keywords=keywords):
            yield from (ast.Call(function, without(arguments, at), keywords) for at in range(1, len(arguments)))
            yield from (ast.Call(function, arguments, without(keywords, at)) for at in range(len(keywords)))
        case _:
            pass


def without(parts: list[T], at: int) -> list[T]:
    """The parts but for one."""
    return parts[:at] + parts[at + 1 :]


class Swap(ast.NodeTransformer):
    """Puts one node in another's place."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """The new node where the old one stands."""
        return self.new if node is self.old else self.generic_visit(node)


@dataclass(frozen=True, eq=False)
class BrokenCount:
    """A module with another node at one place of its count."""

    path: Path
    tree: ast.Module
    node: ast.AST
    change: ast.AST

    @property
    def name(self) -> str:
        """The module, and what it says at the place before and after."""
        return f"{self.path.name}: {ast.unparse(self.node).strip()} -> {ast.unparse(self.change).strip()}"

    def code(self) -> CodeType:
        """The changed module's code; the tree is as it was again."""
        Swap(self.node, self.change).visit(self.tree)
        code = compile(ast.fix_missing_locations(self.tree), str(self.path), "exec")
        Swap(self.change, self.node).visit(self.tree)
        return code


def broken(path: Path) -> Iterator[BrokenCount]:
    """Every module that differs from this one at one place of its count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in [node for statement in count(tree) for node in ast.walk(statement)]:
        yield from (BrokenCount(path, tree, node, change) for change in changes(node))


# --- a check with such a count ---------------------------------------------------------------------------------


def module(path: Path, code: CodeType) -> ModuleType:
    """The module that some code makes, kept away from those that are imported."""
    made = ModuleType(f"monitoring.checks.{path.stem}")
    made.__file__ = str(path)
    exec(code, vars(made))
    return made


@cache
def compiled(path: Path) -> CodeType:
    """The code of a module as it is."""
    return compile(path.read_text(encoding="utf-8"), str(path), "exec")


def suspects(broken_count: BrokenCount, monkeypatch: pytest.MonkeyPatch) -> list[Check]:
    """The checks that count by a changed module: its own, or those of all modules where the change is a shared one."""
    changed = module(broken_count.path, broken_count.code())
    if broken_count.path != SHARED:
        return [check_in(changed)]
    all_checks()  # what is imported for the first time beside a changed module would keep it
    monkeypatch.setitem(sys.modules, "monitoring.checks._subjects", changed)
    return [check_in(module(own, compiled(own))) for own in CHECKS]


@cache
def contexts() -> tuple[Context, ...]:
    """The good catalog, one with unusual routes and services, a large one, and one with a rule of every signal."""
    return (
        Context(a_catalog(**good.FILES), good.TODAY, good.RUNBOOKS),
        Context(a_catalog(*UNUSUAL, **good.FILES), good.TODAY, good.RUNBOOKS),
        Context(load(AGENCY.catalog), good.TODAY, load_runbooks(AGENCY.runbooks)),
        Context(every_signal(), good.TODAY, good.RUNBOOKS),
    )


def noticed(suspected: list[Check], context: Context) -> bool:
    """Whether a problem tells of the count; one that breaks down is heard of too."""
    try:
        report = examine(context.catalog, context.today, context.runbooks, suspected)
    except (AttributeError, KeyError, TypeError):
        return True
    return any([*answer.coverage_problems()] for answer in report.examined)


BROKEN = {each.name: each for path in (SHARED, *CHECKS) for each in broken(path)}


@pytest.mark.parametrize(
    "broken_count", [pytest.param(each, id=name) for name, each in BROKEN.items() if name not in EQUIVALENT]
)
def test_a_broken_count_is_noticed(broken_count: BrokenCount, monkeypatch: pytest.MonkeyPatch):
    suspected = suspects(broken_count, monkeypatch)
    assert any(noticed(suspected, context) for context in contexts())


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in CHECKS])
def test_a_count_that_is_not_broken_raises_no_alarm(path: Path):
    honest = [check_in(module(path, compiled(path)))]
    assert not any(noticed(honest, context) for context in contexts())


def test_the_counts_of_all_checks_are_broken_in_many_ways():
    assert len(BROKEN) > 60
    assert any("route.page and context.catalog.severities[severity].wakes ->" in name for name in BROKEN)
