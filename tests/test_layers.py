"""Imports point one way: each room knows only the rooms before it, and two rooms alone know pulumi."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.platforms import AGENCY

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "monitoring"

WORDS = {
    "errors",
    "collector",
    "file_reading",
    "queries",
    "model",
    "naming",
    "literal",
    "markdown_text",
    "wording",
    "sent_texts",
    "plan",
    "loader",
}
JUDGED = WORDS | {"checks", "oncall"}
CONTRACT = "health.contract"

# Each room, and all that it may import of ours; CONTRACT is the one module of `health` that is open to others.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "collector": set(),
    "pulumi_internals": set(),
    "pydantic_internals": set(),
    "file_reading": {"errors"},
    "queries": set(),
    "model": {"errors", "queries"},
    "naming": {"errors", "model"},
    "literal": set(),
    "markdown_text": set(),
    "wording": {"errors", "markdown_text", "queries", "model", "naming"},
    "sent_texts": {"errors", "markdown_text", "queries", "model", "naming", "wording"},
    "plan": {"errors", "file_reading", "model"},
    "loader": WORDS - {"loader"},
    "vendors": WORDS,
    "oncall": WORDS,
    "checks": WORDS | {"oncall", CONTRACT},
    "reach": JUDGED,
    "review": JUDGED | {"reach"},
    "docs": JUDGED | {"reach"},
    "site": JUDGED | {"reach"},
    "resources": WORDS | {CONTRACT, "oncall", "vendors", "pulumi_internals"},
    "preview": WORDS | {"resources", "program", CONTRACT, "pulumi_internals"},
    "health": set(),
    "smoke": WORDS | {CONTRACT, "vendors"},
    "adoption": WORDS | {"vendors"},
    "drift": WORDS,
    "program": JUDGED | {"reach", "resources"},
    "scaffold": {"errors", "file_reading", "model"},
    "pipelines": WORDS | {"drift", "vendors"},
    "expectations": WORDS,
    "verify": JUDGED | {"reach", "expectations"},
    "cli": JUDGED
    | {"reach", "review", "docs", "site", "resources", "program", "preview", "health", "smoke", "adoption", "drift"}
    | {"pipelines", "expectations", "verify", "vendors", "scaffold"},
    "__main__": {"collector", "pydantic_internals", "cli"},
}
# Libraries that only some rooms may import.
KEPT_TO = {
    "pulumi": {"resources", "preview", "pulumi_internals"},
    "pulumi_datadog": {"resources", "preview"},
    "pulumi_pagerduty": {"resources", "preview"},
    "pulumi_sentry": {"resources", "preview"},
    "jinja2": {"docs", "site"},
    "holidays": {"model", "oncall"},
    "icalendar": {"oncall"},
    "typer": {"cli"},
    "rich": {"cli"},
    "starlette": {"health"},
    "uvicorn": {"health"},
}
# Rooms that are planned and not there yet.
TO_COME: set[str] = set()


# Rooms that read files by themselves: the one reader, and two that import nothing of ours.
READERS = {"file_reading", "health", "queries"}
READS = {"read_text", "read_bytes"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported anywhere, functions included; a name taken from a package may be a module too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def offences(here: str, source: str) -> list[str]:
    """What a module of a room imports and may not."""
    return sorted({name for name in imported(ast.parse(source)) if not allowed(here, name)})


def allowed(here: str, name: str) -> bool:
    first, _, rest = name.partition(".")
    if first != "monitoring":
        return here in KEPT_TO.get(first, {here})
    there = rest.partition(".")[0]
    legal = MAY_IMPORT[here]
    return there in legal | {here, "__version__"} or any(
        rest == one or rest.startswith(f"{one}.") for one in legal if "." in one
    )


@pytest.mark.parametrize("path", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in modules()])
def test_a_module_imports_only_what_comes_before_its_room(path: Path) -> None:
    if path.parent == PACKAGE and path.name == "__init__.py":
        assert offences("errors", path.read_text()) == []
    else:
        assert offences(room(path), path.read_text()) == []


def reading(source: str) -> list[str]:
    """The calls by which a module reads a file; what is asked of an installed distribution is none."""
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    methods = [call for call in calls if isinstance(call, ast.Attribute) and call.attr in READS]
    return [ast.unparse(call) for call in methods if not ast.unparse(call).startswith("distribution(")]


@pytest.mark.parametrize("path", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in modules()])
def test_a_module_reads_files_by_the_one_reader(path: Path) -> None:
    assert room(path) in READERS or reading(path.read_text()) == []


def test_a_file_that_is_read_directly_is_seen() -> None:
    assert reading('Path("x").read_text()\ndistribution("x").read_text("y")\n') == ["Path('x').read_text"]


def test_every_room_has_its_row() -> None:
    rooms = {room(path) for path in modules()} - {"__init__"}
    assert rooms | TO_COME == MAY_IMPORT.keys() | TO_COME


def test_no_two_modules_need_each_other() -> None:
    """Imports for the types alone count, too."""
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in modules()
    }
    graph = {name: set(needed(path, names)) for name, path in names.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(names)
    assert "monitoring.model.references" in graph["monitoring.model.entry"]


def needed(path: Path, names: Collection[str]) -> Iterator[str]:
    """The modules of ours that a module imports; of a package only what it takes from it by name."""
    for name in imported(ast.parse(path.read_text())):
        yield from [one for one in (name, name.rpartition(".")[0]) if one in names][:1]


def test_the_rows_themselves_point_one_way() -> None:
    graph = {here: {name.partition(".")[0] for name in there} for here, there in MAY_IMPORT.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(graph)


@pytest.mark.parametrize(
    ("here", "source", "expected"),
    [
        pytest.param("model", "from monitoring.loader import load", ["monitoring.loader.load"], id="backwards"),
        pytest.param("model", "from monitoring import loader", ["monitoring.loader"], id="backwards, as a name"),
        pytest.param("oncall", "import monitoring.reach.proof", ["monitoring.reach.proof"], id="backwards, as a whole"),
        pytest.param("reach", "def f():\n    import pulumi", ["pulumi"], id="pulumi inside a function"),
        pytest.param("docs", "import pulumi_datadog as d", ["pulumi_datadog"], id="a vendor's package"),
        pytest.param("checks", "import typer", ["typer"], id="a check that speaks"),
        pytest.param("health", "import monitoring.errors", ["monitoring.errors"], id="health knows nothing of ours"),
        pytest.param("checks", "from monitoring.health.contract import PATHS", [], id="the contract is open"),
        pytest.param(
            "checks", "from monitoring.health.app import x", ["monitoring.health.app.x"], id="the rest of health is not"
        ),
        pytest.param("model", "from monitoring.model.scalars import Length", [], id="a room knows itself"),
        pytest.param("resources", "import pulumi", [], id="the room of builders knows pulumi"),
    ],
)
def test_the_test_sees(here: str, source: str, expected: list[str]) -> None:
    assert offences(here, source) == expected


# --- what a whole command loads --------------------------------------------------------------------------------

HEAVY = ("pulumi", "grpc", "google.protobuf")
RUN = """
import json, sys
from monitoring.cli import main
sys.argv = ["monitoring", *json.loads(sys.argv[1])]
try:
    main()
except SystemExit as end:
    code = end.code or 0
else:
    code = 0
print()
print(json.dumps([code, sorted(sys.modules)]))
"""


def run(*arguments: str, first: str = "") -> tuple[int, list[str]]:
    """The exit code of a command in a process of its own, and every module that it has loaded."""
    command = [sys.executable, "-c", first + RUN, json.dumps(arguments)]
    environ = os.environ | {"MONITORING_CATALOG": str(AGENCY.catalog)}
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=environ)
    code, names = json.loads(said.stdout.splitlines()[-1])
    return code, names


def heavy(names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(HEAVY)]


LIGHT = [
    ("check", "--today", "2026-11-23"),
    ("list", "--today", "2026-11-23"),
    ("show", "database-failure", "--today", "2026-11-23"),
    ("oncall", "--format", "ics"),
    ("schedule", "primary", "swap", "ana", "ben", "--from", "2026-12-07", "--today", "2026-11-23"),
    ("reach", "--today", "2026-11-23"),
    ("reach", "--today", "2026-11-23", "--plan", str(AGENCY.golden("prod"))),
    ("drill", "database-failure", "--at", "2026-12-24 03:00"),
    ("drill", "database-failure", "--at", "2026-12-24 03:00", "--template", "status-investigating"),
    ("docs", "--check"),
    ("ci", "check", "--today", "2026-11-23"),
    ("ci", "reach", "--today", "2026-11-23"),
    ("ci", "docs"),
    ("schema", "tenants"),
]


@pytest.mark.parametrize("arguments", [pytest.param(one, id=" ".join(one)) for one in LIGHT])
def test_a_command_that_judges_the_catalog_loads_no_pulumi(arguments: tuple[str, ...]) -> None:
    code, names = run(*arguments)
    assert heavy(names) == []
    assert "monitoring.loader" in names
    assert code in (0, 1)


def test_what_is_loaded_is_seen() -> None:
    _, names = run("list", first="import pulumi")
    assert "pulumi" in heavy(names)


def test_a_command_loads_no_other_command() -> None:
    _, names = run("list", "--help")
    loaded = {name.removeprefix("monitoring.cli.") for name in names if name.startswith("monitoring.cli.")}
    assert loaded == {"console", "list", "literal_console", "panels", "streams"}
