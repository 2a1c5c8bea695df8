"""What is not Pulumi's public interface is used in one module, and nowhere else in this repository."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pulumi.runtime
import pytest

ROOT = Path(__file__).parents[1]
INTERNALS = ROOT / "monitoring" / "pulumi_internals.py"
FOLDERS = ("benchmarks", "monitoring", "pulumi_sentry", "tests", "tools")
PROTOCOL = "pulumi.runtime.proto"
"""The engine's protocol, which is published for whoever writes a plugin."""


def sources() -> list[Path]:
    """Every module of this repository but the one."""
    paths = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in (ROOT / "__main__.py", *paths) if path != INTERNALS)


def is_internal(name: str) -> bool:
    """Whether a dotted name below pulumi is none of its public interface."""
    first, *rest = name.split(".")
    if first != "pulumi" or name.startswith(PROTOCOL):
        return False
    public = {"__all__", *pulumi.runtime.__all__}
    return any(map(is_hidden, rest)) or (rest[:1] == ["runtime"] and not public.issuperset(rest[1:2]))


def is_hidden(word: str) -> bool:
    """Whether a word begins as what is nobody else's."""
    return word.startswith("_") and not word.endswith("__")


def aliases(tree: ast.AST) -> dict[str, str]:
    """The dotted name of everything that is imported, by the word that stands for it in the module."""
    known = {"pulumi": "pulumi", "sys": "sys"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            known |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            known |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return {word: "pulumi" if name.endswith(".pulumi") else name for word, name in known.items()}


def dotted(node: ast.expr, known: dict[str, str]) -> str:
    """What a name, or an attribute of one, stands for; empty where it is neither."""
    if isinstance(node, ast.Name):
        return known.get(node.id, node.id)
    return f"{dotted(node.value, known)}.{node.attr}" if isinstance(node, ast.Attribute) else ""


def uses(source: str) -> Iterator[str]:
    """Each reach of a module into pulumi: an internal name, or something put in place of what is the SDK's own."""
    tree = ast.parse(source)
    known = aliases(tree)
    imported = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    yield from (name for name in [*imported, *known.values()] if is_internal(name))
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(ctx=ast.Load()):
                yield from filter(is_internal, [dotted(node, known)])
            case ast.Attribute():
                yield from (name for name in [dotted(node, known)] if name.startswith("pulumi."))
            case ast.Subscript(value=value, ctx=ast.Store() | ast.Del()):
                yield from (name for name in [dotted(value, known)] if name == "sys.modules")
            case _:
                pass


@pytest.mark.parametrize("path", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in sources()])
def test_no_other_module_uses_what_is_not_public_in_pulumi(path: Path) -> None:
    own = {"sys.modules"} if path.is_relative_to(ROOT / "tests") else set()
    assert sorted(set(uses(path.read_text())) - own) == [], "use it through monitoring/pulumi_internals.py"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("import pulumi._types", ["pulumi._types"], id="a hidden module"),
        pytest.param("def f():\n    from pulumi import _types as t", ["pulumi._types"], id="within a function"),
        pytest.param("from pulumi._types import unwrap_type", ["pulumi._types.unwrap_type"], id="a name of it"),
        pytest.param(
            "from pulumi.runtime import settings", ["pulumi.runtime.settings"], id="a module that the runtime lists not"
        ),
        pytest.param(
            "import pulumi\npulumi.runtime.mocks.MockMonitor",
            ["pulumi.runtime.mocks", "pulumi.runtime.mocks.MockMonitor"],
            id="an attribute",
        ),
        pytest.param(
            "from pulumi.runtime import rpc as wire\nwire._special_sig_key",
            ["pulumi.runtime.rpc._special_sig_key"],
            id="a hidden attribute under another name",
        ),
        pytest.param("import pulumi\npulumi.log.debug = print", ["pulumi.log.debug"], id="a function that is replaced"),
        pytest.param(
            "from monitoring.resources.sdks import pulumi\npulumi.log.debug = print",
            ["pulumi.log.debug"],
            id="the package from a module of ours",
        ),
        pytest.param("import sys\nsys.modules['pulumi_x'] = made", ["sys.modules"], id="a package of our making"),
        pytest.param("from sys import modules\nmodules['x'] = made", ["sys.modules"], id="the same by another way"),
        pytest.param("import pulumi\npulumi.runtime.invoke_async(pulumi.__name__)", [], id="what is public"),
        pytest.param("from pulumi.runtime.proto import provider_pb2", [], id="the engine's protocol"),
        pytest.param("import pulumi_sentry._package", [], id="our own package"),
        pytest.param("import sys\nsys.modules['x']", [], id="a look at the loaded modules"),
    ],
)
def test_the_test_sees(source: str, expected: list[str]) -> None:
    assert sorted(set(uses(source))) == expected


def test_what_stands_in_the_module_is_seen() -> None:
    seen = set(uses(INTERNALS.read_text()))
    assert {"pulumi.runtime.sync_await._sync_await", "pulumi.log.debug", "sys.modules"} <= seen
