"""Every place at which a module can be changed, and a choice of them that the seed alone decides.

The changes are those of Cosmic Ray, whose operators are applied one by one:
https://cosmic-ray.readthedocs.io/en/latest/reference/operators/index.html
"""

from __future__ import annotations

import ast
import hashlib
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

_BY_IDENTITY = re.compile(r"(?<!_Is)(?<!_IsNot)_(Is|IsNot)$")


@dataclass(frozen=True)
class Mutant:
    """A module with one change; `lines` are the numbers of the lines that it replaces."""

    module: str
    function: str
    before: str
    after: str
    lines: tuple[int, ...]
    text: str

    @property
    def name(self) -> str:
        """How it is called in lists and answers."""
        return f"{self.module} {self.function or '-'}: {self.before} -> {self.after or 'nothing'}"

    @property
    def key(self) -> str:
        """The same for the same text of the same module, and for nothing else."""
        return digest(self.module, self.text)


@dataclass(frozen=True, order=True)
class Site:
    """A place in a module that can be changed in some ways, each an operator and its occurrence."""

    rank: str
    module: str
    ways: tuple[tuple[str, int], ...]


def digest(*words: str) -> str:
    """A hash of words, as hexadecimal digits."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


def chosen(sources: Mapping[str, str], count: int, seed: int) -> Iterator[Mutant]:
    """At most so many mutants of modules, at most one a place; the same for the same seed and the same lines.

    A place has its rank from its own line, so that an edit elsewhere changes no other place's turn.
    """
    ranked = sorted(site for module, text in sources.items() for site in sites(module, text, seed))
    mutants = (next(_mutants(site, sources[site.module], seed), None) for site in ranked)
    return islice((mutant for mutant in mutants if mutant is not None), count)


def sources(root: Path, folder: str) -> dict[str, str]:
    """The text of each module below a folder, by its path from the root."""
    paths = sorted((root / folder).rglob("*.py"))
    return {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in paths}


def sites(module: str, text: str, seed: int) -> Iterator[Site]:
    """The places of a module."""
    lines, repeated = text.splitlines(), Counter[tuple[str, int]]()
    for (line, column), ways in sorted(_ways(text).items()):
        place = (lines[line - 1], column)
        rank = digest(str(seed), module, place[0], str(column), str(repeated[place]))
        repeated[place] += 1
        yield Site(rank, module, tuple(ways))


def _ways(text: str) -> dict[tuple[int, int], list[tuple[str, int]]]:
    """How a module can be changed at each line and column: the operator, and which of its occurrences it is."""
    from cosmic_ray.ast import ast_nodes, get_ast

    ways, counts = defaultdict[tuple[int, int], list[tuple[str, int]]](list), Counter[str]()
    for node in ast_nodes(get_ast(text)):
        for name, operator in _operators().items():
            for start, _ in operator.mutation_positions(node):
                ways[start].append((name, counts[name]))
                counts[name] += 1
    return ways


def mutant_of(module: str, text: str, changed: str) -> Mutant | None:
    """A changed module as a mutant; None where it cannot be compiled, or can mean nothing else."""
    try:
        if meaning(text) == meaning(changed):
            return None
        with warnings.catch_warnings(action="ignore"):
            compile(changed, module, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    old, new = text.splitlines(), changed.splitlines()
    spans = [span for span in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if span[0] != "equal"]
    start, stop = spans[0][1], max(spans[-1][2], spans[0][1] + 1)
    return Mutant(
        module,
        _function(text, start + 1),
        _spaced(old[start : spans[-1][2]]),
        _spaced(new[spans[0][3] : spans[-1][4]]),
        tuple(range(start + 1, stop + 1)),
        changed,
    )


def meaning(text: str) -> str:
    """What a module does, without annotations of functions and dataclasses, which nothing evaluates."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                node.returns = None
            case ast.arg():
                node.annotation = None
            case ast.ClassDef(decorator_list=[ast.Call(func=ast.Name(id="dataclass")) | ast.Name(id="dataclass")]):
                for field in node.body:
                    if isinstance(field, ast.AnnAssign):
                        field.annotation = ast.Constant(None)
            case _:
                pass
    return ast.dump(tree)


def _mutants(site: Site, text: str, seed: int) -> Iterator[Mutant]:
    from cosmic_ray.mutating import mutate_code

    operators = _operators()
    for name, occurrence in sorted(site.ways, key=lambda way: digest(str(seed), site.rank, way[0])):
        changed = mutate_code(text, operators[name], occurrence)
        mutant = mutant_of(site.module, text, changed) if changed is not None else None
        if mutant is not None:
            yield mutant


@cache
def _operators() -> Mapping[str, Any]:
    """The operators that need no argument; the others put another variable in a variable's place.

    Without those that compare values by identity, which is the same for words and small numbers.
    """
    from cosmic_ray.operators.provider import OperatorProvider

    provider = OperatorProvider()
    names = [name for name in provider if not provider[name].arguments() and not _BY_IDENTITY.search(name)]
    return {name: provider[name]() for name in names}


def _function(text: str, line: int) -> str:
    """The qualified name of the innermost function or class around a line; empty at the top of the module."""
    return ".".join(_around(ast.parse(text).body, line))


def _around(body: Iterable[ast.stmt], line: int) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            if first <= line <= (node.end_lineno or first):
                yield node.name
                yield from _around(node.body, line)


def _spaced(lines: Iterable[str]) -> str:
    return " ".join(" ".join(lines).split())
