"""Figures about the code: how long functions are, which names are left to change, how much of it is tests.

`make figures` prints them; `tests/test_figures.py` holds those that have a limit.
"""

from __future__ import annotations

import ast
import re
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
CODE, TESTS = ROOT / "monitoring", ROOT / "tests"
MAX_BODY = 20
FILLER = ("one", "said", "told", "asked", "found", "wrong")
OLD_BOUND = re.compile(r"_?(MOST|LONGEST)_")
REASON = re.compile(r"#\s*long:\s*\S+")


@dataclass(frozen=True, slots=True)
class Function:
    """A function: where it is, how many lines its body has without docstring and blank lines, and why it is long."""

    name: str
    place: str
    body: int
    reasoned: bool


@dataclass(frozen=True, slots=True)
class Module:
    """A file of Python: its text, its lines that are not blank, and its syntax tree."""

    path: Path
    lines: tuple[str, ...]
    tree: ast.Module

    @property
    def size(self) -> int:
        """How many lines are not blank."""
        return sum(bool(line.strip()) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known about the code; every name with how often, or where, it stands."""

    modules: int
    functions: tuple[Function, ...]
    classes_twice: Mapping[str, tuple[str, ...]]
    filler: Mapping[str, int]
    old_bounds: tuple[str, ...]
    code_lines: int
    test_lines: int
    tests: int

    @property
    def bodies(self) -> tuple[int, int, int]:
        """Median, 90th percentile and maximum of the bodies' lines."""
        lines = [function.body for function in self.functions]
        return int(median(lines)), int(quantiles(lines, n=10, method="inclusive")[-1]), max(lines)

    @property
    def too_long(self) -> tuple[Function, ...]:
        """The functions of more than 20 lines that give no reason for it."""
        return tuple(each for each in self.functions if each.body > MAX_BODY and not each.reasoned)


def parsed(folder: Path) -> tuple[Module, ...]:
    """Every module below a folder, in order."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py"))}
    return tuple(Module(path, tuple(text.splitlines()), ast.parse(text)) for path, text in texts.items())


def figures(code: Path = CODE, tests: Path = TESTS) -> Figures:
    """The figures of the code in one folder and its tests in another."""
    modules, tested = parsed(code), parsed(tests)
    names = {name for module in modules for name in identifiers(module.tree)}
    words = Counter(word for module in modules for word in words_of(module))
    return Figures(
        modules=len(modules),
        functions=tuple(function for module in modules for function in functions(module)),
        classes_twice=classes_twice(modules),
        filler={word: words[word] for word in FILLER},
        old_bounds=tuple(sorted(name for name in names if OLD_BOUND.match(name))),
        code_lines=sum(module.size for module in modules),
        test_lines=sum(module.size for module in tested),
        tests=sum(name.name.startswith("test_") for module in tested for name in functions(module)),
    )


def functions(module: Module) -> Iterator[Function]:
    """Every function and method of a module, those inside others too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            place = f"{module.path.name}:{node.lineno}"
            yield Function(node.name, place, body_lines(node, module.lines), is_reasoned(node, module.lines))


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef, lines: tuple[str, ...]) -> int:
    """The lines of the body that are not blank, without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    return sum(bool(line.strip()) for line in lines[body[0].lineno - 1 : body[-1].end_lineno])


def is_reasoned(function: ast.FunctionDef | ast.AsyncFunctionDef, lines: tuple[str, ...]) -> bool:
    """Whether the line above the function, or its first one, says why it is long: `# long: a table`."""
    first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    return any(REASON.search(line) for line in lines[max(first - 2, 0) : function.body[0].lineno])


def words_of(module: Module) -> Iterator[str]:
    """Each name, wherever it is given or used; what stands in texts and comments is no name."""
    tokens = tokenize.generate_tokens(iter([f"{line}\n" for line in module.lines]).__next__)
    return (token.string for token in tokens if token.type == tokenize.NAME)


def identifiers(tree: ast.Module) -> Iterator[str]:
    """Each place where a name is given: variables, parameters, attributes of classes, functions, classes."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from (alias.asname for alias in names if alias.asname)
            case _:
                pass


def classes_twice(modules: tuple[Module, ...]) -> Mapping[str, tuple[str, ...]]:
    """The class names that more than one module defines, with the modules."""
    places: dict[str, list[str]] = defaultdict(list)
    for module in modules:
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(str(module.path))
    return {name: tuple(files) for name, files in sorted(places.items()) if len(files) > 1}


def report(known: Figures, root: Path = ROOT) -> Iterator[str]:
    """The figures as lines of text."""
    middle, high, most = known.bodies
    yield f"modules          {known.modules}"
    yield f"functions        {len(known.functions)}: bodies of {middle} lines (median), {high} (p90), {most} (max)"
    yield f"over {MAX_BODY} lines    {sum(each.body > MAX_BODY for each in known.functions)}, without a reason: " + (
        ", ".join(f"{each.place} {each.name} ({each.body})" for each in known.too_long) or "none"
    )
    yield f"filler names     {sum(known.filler.values())}: " + ", ".join(f"{w} {n}" for w, n in known.filler.items())
    yield f"MOST_, LONGEST_  {len(known.old_bounds)}: {', '.join(known.old_bounds) or 'none'}"
    yield f"tests            {known.tests} functions; {known.test_lines / known.code_lines:.2f} lines a line of code"
    yield f"class names in two modules  {len(known.classes_twice)}"
    for name, files in known.classes_twice.items():
        yield f"  {name}: {', '.join(str(Path(file).relative_to(root)) for file in files)}"


def main() -> None:
    """Prints the figures."""
    for line in report(figures()):
        print(line)


if __name__ == "__main__":
    main()
