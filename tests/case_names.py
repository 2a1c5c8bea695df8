"""The names by which a test of a file can be meant: its functions, and the ids of its tables."""

from __future__ import annotations

import ast
from pathlib import Path


def case_names(file: Path) -> frozenset[str]:
    """Every test function of a file, and every text in it that can be a case's id."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return frozenset(texts | {name for name in functions if name.startswith("test_")})
