"""The tool's documents: nothing is left out of them, and what they show is what happens.

What is written about a platform, its runbooks and its rules' page, is not looked at here: `monitoring verify` does.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from os.path import dirname, normpath
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from monitoring import __version__
from monitoring.checks import check_names
from monitoring.cli import application
from monitoring.loader import load_texts, read_files
from monitoring.model.service import SIGNAL_FIELDS
from tests.cli.story import Story, agrees, play
from tests.platforms import AGENCY

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "manual"
TODAY = "2026-11-23"


def place_of(name: str) -> Path:
    """Where a page or folder lies by its path in the project: a platform's documents are those of the tests' own."""
    return AGENCY.root / name if name.split("/")[0] == "docs" else ROOT / name


TOOLS_OWN = [path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *MANUAL.rglob("*.md")]]
PLATFORMS_OWN = [path.relative_to(AGENCY.root).as_posix() for path in AGENCY.documents.rglob("*.md")]
PAGES = {name: place_of(name).read_text(encoding="utf-8") for name in sorted([*TOOLS_OWN, *PLATFORMS_OWN])}
TEMPLATES = "docs/operations/templates/"  # of messages: the title is in the front matter, and a message has none
REVIEWS = "docs/operations/reviews/"  # one file an incident, which no page lists
RECIPES = "docs/operations/changing-schedules.md"  # applied by tests/docs/test_schedule_recipes.py
FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.MULTILINE | re.DOTALL)
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})
TOKENS = {name: MARKDOWN.parse(FRONT_MATTER.sub("", text)) for name, text in PAGES.items()}


def every(names: list[str]) -> list[object]:
    return [pytest.param(name, id=name) for name in names]


# --- commands --------------------------------------------------------------------------------------------------


def commands(command: Any, *path: str) -> Iterator[tuple[str, Any]]:
    """Every command by what is typed for it, those inside other commands included."""
    inside = getattr(command, "commands", {})
    for name, inner in inside.items():
        yield from commands(inner, *path, name)
    if not inside:
        yield " ".join(path), command


GROUPS = ("ci", "health")
COMMANDS = dict(commands(typer.main.get_command(application())))


def fenced(name: str, *languages: str) -> list[Token]:
    return [one for one in TOKENS[name] if one.type == "fence" and one.info.strip() in languages]


def spans(name: str) -> Iterator[str]:
    """The text of every code span of a page."""
    for token in TOKENS[name]:
        yield from (inner.content for inner in token.children or () if inner.type == "code_inline")


def typed(name: str) -> Iterator[str]:
    """Every line of a page that somebody could type into a shell."""
    for block in fenced(name, "sh", "console"):
        yield from (line.strip().removeprefix("$ ") for line in block.content.splitlines())
    yield from spans(name)


def examples(program: str) -> list[str]:
    """Every example of a program on any page, without what follows in its line; `[…]` is a form, no example."""
    lines = (line for name in PAGES for line in typed(name))
    pieces = (piece.strip() for line in lines for piece in re.split(r"&&|\|\||;| \| |  #", line))
    return sorted({piece for piece in pieces if re.match(rf"{program} [a-z]", piece) and " [" not in piece})


EXAMPLES = examples("monitoring")


@pytest.mark.parametrize("command", every(sorted(COMMANDS)))
def test_a_command_has_help(command: str) -> None:
    help_text = COMMANDS[command].help or ""
    assert len(help_text.split()) > 3
    for parameter in COMMANDS[command].params:
        assert getattr(parameter, "help", None), f"{command}: {parameter.name} has no help"


@pytest.mark.parametrize("command", every(sorted(COMMANDS)))
def test_a_command_has_an_example(command: str) -> None:
    assert [line for line in EXAMPLES if f"{line} ".startswith(f"monitoring {command} ")]


@pytest.mark.parametrize("command", every(sorted(COMMANDS)))
def test_a_command_has_a_story(command: str) -> None:
    told = [path.read_text() for path in (ROOT / "tests" / "cli" / "stories").glob("*.txt")]
    assert [text for text in told if re.search(rf"^\$ monitoring {command}( |$)", text, re.MULTILINE)]


def test_the_readme_has_a_row_for_each_command() -> None:
    rows = [line for line in PAGES["README.md"].splitlines() if line.startswith("| `monitoring ")]
    missing = [name for name in COMMANDS if not any(line.startswith(f"| `monitoring {name}") for line in rows)]
    assert missing == []


@pytest.mark.parametrize("line", every(EXAMPLES))
def test_an_example_is_what_the_command_takes(line: str) -> None:
    words = shlex.split(line)[1:]
    name = next(one for one in (" ".join(words[:2]), words[0]) if one in COMMANDS or one in GROUPS)
    if name in COMMANDS and words != name.split():  # a bare name only names the command
        COMMANDS[name].make_context(name, words[len(name.split()) :])


MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", every(examples("make")))
def test_a_target_of_make_exists(line: str) -> None:
    assert re.search(rf"^{line.split()[1]}:", MAKEFILE, re.MULTILINE)


# --- checks, pages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("check", every(list(check_names())))
def test_a_check_has_its_page(check: str) -> None:
    assert f"manual/checks/{check}.md" in PAGES


def links(name: str) -> Iterator[str]:
    """Where a page's links and pictures lead, as far as it is not the web."""
    for token in TOKENS[name]:
        for inner in token.children or ():
            target = inner.attrGet("href") or inner.attrGet("src")
            if target and not re.match(r"[a-z]+:", str(target)):
                yield str(target)


def resolved(name: str, target: str) -> tuple[str, str]:
    """The file or folder that a link leads to, as a path of the project, and the heading in it."""
    path, _, heading = target.partition("#")
    return (normpath(f"{dirname(name)}/{path}").lstrip("/") if path else name), heading


def anchors(name: str) -> set[str]:
    """The anchors that GitHub gives to a page's headings."""
    texts = (after.content for one, after in zip(TOKENS[name], TOKENS[name][1:], strict=False) if _opens(one))
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in texts}


def _opens(token: Token) -> bool:
    return token.type == "heading_open"


@pytest.mark.parametrize("page", every(list(PAGES)))
def test_a_link_leads_somewhere(page: str) -> None:
    for target in links(page):
        there, heading = resolved(page, target)
        assert place_of(there).exists(), target
        assert not heading or heading in anchors(there), target


@pytest.mark.parametrize("page", every(list(PAGES)))
def test_a_page_has_one_title(page: str) -> None:
    front = FRONT_MATTER.match(PAGES[page])
    assert (front is not None) == page.startswith(TEMPLATES)
    headings = [one.tag for one in TOKENS[page] if _opens(one)].count("h1")
    assert headings == 1 or (front and headings == 0 and yaml.safe_load(front[0].strip("-\n"))["title"])


def test_every_page_belongs_to_something() -> None:
    seen: set[str] = set()
    waiting = {"README.md", "manual/README.md", "docs/README.md"}
    while waiting:
        page = waiting.pop()
        seen.add(page)
        waiting |= {there for there, _ in (resolved(page, one) for one in links(page)) if there in PAGES} - seen
    belong = seen | {f"manual/checks/{name}.md" for name in check_names()}
    alone = {page for page in PAGES.keys() - belong if not page.startswith(REVIEWS)}
    assert sorted(alone) == [], "link it from manual/README.md or from the README beside it"


def test_the_architecture_names_every_room() -> None:
    rows = re.findall(r"^\| `([\w./]+?)/?` \|", PAGES["manual/architecture.md"], re.MULTILINE)
    outside = {"__init__.py", "__main__.py", "py.typed", "__pycache__"}
    package = ROOT / "monitoring"
    there = {path.name for path in package.iterdir() if path.suffix or any(path.rglob("*.*"))}
    assert sorted(rows) == sorted(there - outside)


def test_nobody_real_is_written_to() -> None:
    found = {address for text in PAGES.values() for address in re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+\w", text)}
    assert found
    ours = ("@youragency.com", "@youragency.pagerduty.com")
    assert {address for address in found if not address.endswith(ours)} == set()


def test_the_changelog_has_its_order_and_its_version() -> None:
    text = PAGES["CHANGELOG.md"]
    order = ["Security", "Removed", "Deprecated", "Added", "Changed", "Fixed"]
    for release in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        kinds = re.findall(r"^### (\w+)$", release, re.MULTILINE)
        assert kinds == [kind for kind in order if kind in kinds]
    assert f"## [{__version__}]" in text


# --- examples --------------------------------------------------------------------------------------------------

# Which file of the catalog an entry of an example belongs to, by a word that only such an entry has.
KINDS = {"from": "maintenance.yaml", "routes": "teams.yaml", "plan": "tenants.yaml"}
PAGE_OF = {"reach": "manual/reach.md"}
SIGNALS = tuple(SIGNAL_FIELDS)
# The metrics that examples name and the shipped catalog does not have.
MORE_METRICS = """
    shop.orders: {kind: count, interval: 10s, sent-by: the shop, tags: {}}
    shop.orders.ok: {kind: count, interval: 10s, sent-by: the shop, tags: {}}
"""
A_SERVICE = """
service: example
title: Example
team: platform
tier: standard
rules:
  - {id: example, title: An example, severity: P3, means: It shows a signal., SIGNAL}
"""


def changed(file: str, text: str, *, instead: bool = False) -> dict[str, bytes]:
    """The shipped files with a text at the end of one of them, or instead of it."""
    files, problems = read_files(AGENCY.catalog)
    assert problems == []
    recording = {"recordings/order.json": fenced("manual/browser-tests.md", "json")[0].content.encode()}
    return files | recording | {file: (b"" if instead else files.get(file, b"")) + text.encode()}


YAML = [
    pytest.param(name, block.content, id=f"{name}: {block.content.splitlines()[0]}")
    for name in PAGES
    for block in fenced(name, "yaml")
    if name != RECIPES
]


@pytest.mark.parametrize(("page", "text"), YAML)
def test_an_example_of_an_entry_loads(page: str, text: str) -> None:
    shown = yaml.safe_load(text)
    if isinstance(shown, list):
        assert load_texts(changed("services/example.yaml", A_SERVICE.partition("  - {")[0] + text)).services["example"]
    elif "waivers" in shown:
        loaded = load_texts(changed("waivers.yaml", text, instead=True))
        assert [PAGE_OF.get(one.check, f"manual/checks/{one.check}.md") for one in loaded.accepted.waivers] == [page]
    elif "retired" in shown:
        assert load_texts(changed("waivers.yaml", text, instead=True)).accepted.retired
    elif "pagerduty" in shown:
        before = changed("platform.yaml", "")["platform.yaml"].decode()
        platform = re.sub(r"^pagerduty:.*\n( .*\n)*", text, before, flags=re.M)
        account = load_texts(changed("platform.yaml", platform, instead=True)).platform.pagerduty
        assert account.model_dump(exclude_unset=True) == shown["pagerduty"]
    else:
        (entry,) = shown.values()
        (file,) = {file for word, file in KINDS.items() if word in entry}
        load_texts(changed(file, text))


SIGNAL_EXAMPLES = [text for text in spans("manual/add-an-alert.md") if re.match(rf"({'|'.join(SIGNALS)}): {{", text)]


@pytest.mark.parametrize("signal", every(SIGNAL_EXAMPLES))
def test_an_example_of_a_signal_loads(signal: str) -> None:
    files = changed("services/example.yaml", A_SERVICE.replace("SIGNAL", signal))
    files |= {"platform.yaml": files["platform.yaml"].rstrip() + MORE_METRICS.encode()}
    assert "example" in load_texts(files).rules


def test_every_signal_has_an_example() -> None:
    assert {one.partition(":")[0] for one in SIGNAL_EXAMPLES} == {*SIGNALS}


def test_the_readme_mounts_the_health_endpoint_as_its_page_does() -> None:
    (here,) = fenced("README.md", "python")
    assert here.content in [block.content for block in fenced("manual/health.md", "python")]  # run by tests/health
    assert len(here.content.splitlines()) == 6


# --- walks: pages that change the catalog and show what is answered -----------------------------------------------

DATED = {"check", "reach", "show", "list", "golden", "verify"}


def project(folder: Path) -> None:
    """A copy of the platform that the pages speak of, laid out as here."""
    shutil.copytree(AGENCY.root, folder, dirs_exist_ok=True)
    shutil.copy(ROOT / "Pulumi.yaml", folder)


def apply(folder: Path, diff: str) -> None:
    """Changes a file as a page shows it, or makes it; what is taken away must stand there once."""
    heading, *lines = diff.splitlines()
    path = folder / heading.removeprefix("--- ")
    old = "\n".join(line[1:] for line in lines if line[:1] in (" ", "-"))
    new = "\n".join(line[1:] for line in lines if line[:1] in (" ", "+"))
    if not path.exists():
        assert not old
        path.write_text(f"{new}\n", encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def answers(console: str) -> Iterator[tuple[str, str]]:
    """Each command of a console with the answer that is shown."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, re.sub("…", "[..]", re.sub(r"^…$", "[...]", shown, flags=re.MULTILINE))


def walked(command: str, folder: Path) -> str:
    name = command.split()[1]
    day = f" --today {TODAY}" if name in DATED else ""
    answer = play(Story("", f"{command}{day}", 0, {}), folder, {})
    return answer.stdout + answer.stderr


@pytest.mark.parametrize("page", ["README.md", "manual/add-an-alert.md"])
def test_a_page_shows_what_is_answered(page: str, tmp_path: Path) -> None:
    project(tmp_path)
    played = 0
    for block in fenced(page, "diff", "console"):
        if block.info.strip() == "diff":
            apply(tmp_path, block.content)
            continue
        for command, shown in answers(block.content):
            if command.startswith("monitoring "):
                said = walked(command, tmp_path)
                assert agrees(shown, said), f"{command}\n{said}"
                played += 1
    assert played > 3
