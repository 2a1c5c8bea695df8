"""The files of a new project, before anything is made from its catalog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from monitoring.file_reading import content_of
from monitoring.scaffold.installed import Installed
from monitoring.scaffold.starter import SIGNALLING, Starter

FILES = Path(__file__).parent / "files"
"""A folder for every project, and one for each vendor: what two of them call the same is put together, in order."""
EVERY = "all"
PROGRAM = "from monitoring.program import run\n\nrun()\n"
TOKENS: Mapping[str, tuple[str, ...]] = {"datadog": ("DD_API_KEY", "DD_APP_KEY"), "sentry": ("SENTRY_AUTH_TOKEN",)}
NO_HASH = "THE-HASH-OF-THE-WHEEL"


def tree(starter: Starter, tool: Installed) -> Mapping[str, str]:
    """Each file's text by its path in the project."""
    texts = {"__main__.py": PROGRAM, tool.lock_name: tool.lock}
    for layer in (EVERY, *starter.vendors):
        for path, text in _layer(FILES / layer):
            texts[path] = texts.get(path, "") + _filled(_without_others(text, starter), starter, tool)
    return texts


def _layer(folder: Path) -> Iterator[tuple[str, str]]:
    """The files of a folder; a name that has to begin with a dot begins with "dot-" here."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield path.relative_to(folder).as_posix().replace("dot-", ".", 1), content_of(path, within=folder).decode()


def _without_others(text: str, starter: Starter) -> str:
    """The text without the lines that give a job the token of a vendor that the platform does not have."""
    foreign = [name for vendor in SIGNALLING if vendor not in starter.vendors for name in TOKENS[vendor]]
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not any(line.lstrip().startswith(f"{name}: ") for name in foreign))


def _filled(text: str, starter: Starter, tool: Installed) -> str:
    values = {
        "NAME": starter.name,
        "TITLE": starter.title,
        "WHEEL": tool.wheel,
        "LOCK": tool.lock_name,
        "HASH": tool.sha256 or NO_HASH,
    }
    for name, value in values.items():
        text = text.replace(f"${{{name}}}", value)
    return text
