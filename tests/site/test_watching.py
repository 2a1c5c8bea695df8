"""`monitoring site --watch` and `--open`: a real process, a catalog that breaks and is mended, and Ctrl-C."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Browser
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.cli.site import KEY_VARIABLE, MIN_KEY
from monitoring.cli.site_building import LIST_OF_FILES
from monitoring.errors import Problem, Source, UsageError
from monitoring.site import Watching, site_files
from monitoring.site.watching import MAX_MESSAGES, messages_of
from tests.factories import TEXTS, a_catalog
from tests.site.building import data_of, parsed

BROKEN = "not-a-severity"
LISTENING = """import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from monitoring.__main__ import main
main()
"""
"""The command with an ear for Ctrl-C, which a job in a shell's background ignores."""


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A small catalog in a project of its own."""
    for name, text in TEXTS.items():
        path = tmp_path / "catalog" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "catalog"


def rewritten(catalog: Path, old: str, new: str) -> None:
    """A change of the shop's rules, put in its place as editors do."""
    path = catalog / "services" / "shop.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    beside = path.with_name("shop.yaml~")
    beside.write_text(text.replace(old, new), encoding="utf-8")
    beside.replace(path)


@contextmanager
def watching(catalog: Path, out: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own, with its answers line by line."""
    words = ["site", "--watch", "--catalog", str(catalog), "--today", "2026-11-23", "--out", str(out), *more]
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", LISTENING, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), KEY_VARIABLE: "k" * MIN_KEY},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(process: subprocess.Popen[str], words: str) -> str:
    """The answers up to the line with these words; a process that ends before fails."""
    lines: list[str] = []
    stream: IO[str] | None = process.stdout
    assert stream
    for line in stream:
        lines.append(line)
        if words in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def test_a_catalog_that_breaks_keeps_its_pages_and_says_what_is_wrong(catalog: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    with watching(catalog, out) as process:
        until(process, "Ctrl-C ends it")
        assert "monitoring/" not in (out / "rule-shop-failing.html").read_text()
        rewritten(catalog, "severity: P0", f"severity: {BROKEN}")
        message = until(process, "found").splitlines()[0]
        rewritten(catalog, f"severity: {BROKEN}", "severity: P1")
        until(process, "written")
        process.send_signal(signal.SIGINT)
        assert "no longer watching" in until(process, "no longer")
        assert process.wait() == 0
    assert BROKEN in message
    assert "P1" in parsed((out / "rule-shop-failing.html").read_text()).text
    assert not [path.name for path in out.iterdir() if path.name.startswith(".")]


def test_a_broken_catalog_shows_the_messages_in_each_page(browser: Browser, catalog: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    page = browser.new_page()
    with watching(catalog, out) as process:
        until(process, "Ctrl-C ends it")
        page.goto((out / "rule-shop-failing.html").as_uri())
        rewritten(catalog, "severity: P0", f"severity: {BROKEN}")
        message = page.get_by_role("complementary", name="While this site is watched").get_by_text(BROKEN)
        message.wait_for()
        assert page.get_by_role("heading", name="The shop is failing").is_visible()
        rewritten(catalog, f"severity: {BROKEN}", "severity: P0")
        message.wait_for(state="detached")
    page.close()


@pytest.mark.parametrize("broken_first", [True, False], ids=["broken from the start", "broken while it is watched"])
def test_a_site_without_names_shows_none_while_its_catalog_is_broken(
    catalog: Path, tmp_path: Path, *, broken_first: bool
) -> None:
    out, oncall = tmp_path / "site", catalog / "oncall.yaml"
    broken = oncall.read_text().replace("people: [ana, ben]", "people: [ana, benn]")
    if broken_first:
        oncall.write_text(broken)
    with watching(catalog, out, "--opaque") as process:
        until(process, "Ctrl-C ends it")
        for text in () if broken_first else (broken, f"{broken}\n"):  # once the second is told, the first is shown
            oncall.write_text(text)
            assert '"benn"' in until(process, "found")
    shown = "".join(path.read_text() for path in out.iterdir())
    assert "1 message in the terminal" in shown
    assert not re.search(r"\bbenn?\b", shown)


def test_a_catalog_that_is_broken_from_the_start_is_waited_for(catalog: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    rewritten(catalog, "severity: P0", f"severity: {BROKEN}")
    with watching(catalog, out) as process:
        until(process, "Ctrl-C ends it")
        assert BROKEN in parsed((out / "index.html").read_text()).text
        rewritten(catalog, f"severity: {BROKEN}", "severity: P0")
        until(process, "written")
    assert BROKEN not in (out / "index.html").read_text()
    assert (out / "rule-shop-failing.html").is_file()


def test_pages_of_an_earlier_run_stay_while_the_catalog_is_broken(catalog: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    answered(catalog, out)
    before = (out / "rule-shop-failing.html").read_bytes()
    rewritten(catalog, "severity: P0", f"severity: {BROKEN}")
    with watching(catalog, out) as process:
        until(process, "Ctrl-C ends it")
    assert (out / "rule-shop-failing.html").read_bytes() == before
    rewritten(catalog, f"severity: {BROKEN}", "severity: P0")
    answered(catalog, out)
    assert "watch.js" not in (out / LIST_OF_FILES).read_text()


def answered(catalog: Path, out: Path, *words: str) -> str:
    """The command's answer in this process."""
    command = ["site", "--catalog", str(catalog), "--today", "2026-11-23", "--out", str(out), *words]
    result = CliRunner().invoke(application(command), command)
    if isinstance(result.exception, UsageError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("place", ["catalog/site", "catalog"])
def test_pages_are_not_written_into_what_is_watched(catalog: Path, place: str) -> None:
    out = catalog.parent / place
    shutil.rmtree(out / "site", ignore_errors=True)
    if place == "catalog":
        (out / LIST_OF_FILES).write_text("[]")
    with pytest.raises(UsageError, match="which is watched"):
        answered(catalog, out, "--watch")


@pytest.mark.parametrize(
    ("there_is_one", "words"),
    [pytest.param(True, "", id="a browser"), pytest.param(False, "there is no browser here; open", id="none")],
)
def test_the_first_page_is_shown(
    catalog: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there_is_one: bool, words: str
) -> None:
    shown: list[str] = []

    def opened(address: str) -> bool:
        shown.append(address)
        return there_is_one

    monkeypatch.setattr(webbrowser, "open", opened)
    answer = answered(catalog, tmp_path / "site", "--open")
    assert shown == [(tmp_path / "site" / "index.html").as_uri()]
    assert words in answer
    assert ("no browser" in answer) is not there_is_one


def test_a_page_has_so_many_messages_and_says_how_many_more() -> None:
    problems = [
        Problem(Source("a.yaml", number), "a", "is wrong", "mend it", "x") for number in range(MAX_MESSAGES + 5)
    ]
    page = parsed(site_files(data_of(a_catalog()), watched=Watching(messages_of(problems), is_behind=True))["map.html"])
    assert page.text.count("is wrong; mend it") == MAX_MESSAGES
    assert "5 more in the terminal" in page.text


def test_pages_that_nobody_watches_ask_for_nothing() -> None:
    files = site_files(data_of(a_catalog()))
    assert not files.keys() & {"watch.js", "site-mark.js"}
    assert [name for name, text in files.items() if "watch.js" in text] == []
