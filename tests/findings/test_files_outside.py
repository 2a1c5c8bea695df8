"""Only files of the project are read: what a link shows of others is never printed, and nothing blocks a command."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from tests.findings.running import run
from tests.platforms import PARCELS

SECRET = "planted-secret-0123456789"
SECRETS = {
    "netrc": f"machine git.example login ana password {SECRET}\n",
    "a token": f"{SECRET}\n",
    "an .env file": f"DD_API_KEY={SECRET}\nSENTRY_AUTH_TOKEN={SECRET}\n",
    "a password file": f"root:{SECRET}:0:0:root:/root:/bin/sh\n",
    "a private key": f"-----BEGIN PRIVATE KEY-----\n{SECRET}\n-----END PRIVATE KEY-----\n",
    "an ini file": f"[default]\naws_secret_access_key = {SECRET}\n",
    "YAML": f"users:\n- name: ana\n  user: {{token: {SECRET}}}\n{SECRET}: x\n",
    "JSON": f'{{"auths": {{"{SECRET}": {{"auth": "{SECRET}"}}}}, "{SECRET}": 1}}\n',
    "Markdown": f"# {SECRET}\n\n<!-- made from the catalog: {SECRET} -->\n",
    "bytes": f"\x00\x01{SECRET}\n",
}
LINKS = {
    "a service": "catalog/services/more.yaml",
    "the platform": "catalog/platform.yaml",
    "the teams": "catalog/teams.yaml",
    "the waivers": "catalog/waivers.yaml",
    "the expectations": "catalog/expectations.yaml",
    "a runbook": "docs/runbooks/more.md",
    "a page": "docs/alert-rules.md",
    "another page": "docs/notes.md",
    "a template": "docs/operations/templates/more.md",
    "a schema": "catalog/schema/service.json",
    "a golden Plan": "golden/prod.json",
    "a stack's configuration": "Pulumi.prod.yaml",
}
COMMANDS = {
    "check": ("check",),
    "check, as JSON": ("check", "--format", "json"),
    "reach": ("reach",),
    "docs": ("docs", "--check"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A whole project, in a folder beside which other files lie."""
    folder = Path(copytree(PARCELS.root, tmp_path / "project"))
    (folder / "Pulumi.yaml").write_text("name: parcels\nruntime: python\n")
    return folder


@pytest.fixture
def inside(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project as the folder in which commands run."""
    monkeypatch.chdir(project)
    return project


def linked(place: Path, target: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(target)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.usefixtures("inside")
def test_without_a_link_each_command_answers_for_the_project(command: tuple[str, ...]) -> None:
    assert run(*command).code == 0


@pytest.mark.parametrize("place", LINKS.values(), ids=LINKS)
def test_verify_prints_nothing_of_a_file_outside(inside: Path, place: str) -> None:
    (inside.parent / "outside").write_text(SECRETS["YAML"])
    linked(inside / place, inside.parent / "outside")
    assert SECRET not in run("verify").text


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("place", LINKS.values(), ids=LINKS)
def test_nothing_of_a_file_outside_is_printed(inside: Path, place: str, command: tuple[str, ...]) -> None:
    for content in SECRETS.values():
        (inside.parent / "outside").write_text(content)
        linked(inside / place, inside.parent / "outside")
        answer = run(*command)
        assert SECRET not in answer.text
        assert answer.code in (0, 1, 2)


@pytest.mark.parametrize("place", list(LINKS.values())[:6], ids=list(LINKS)[:6])
def test_a_link_out_of_the_catalog_or_the_runbooks_is_named(inside: Path, place: str) -> None:
    (inside.parent / "outside").write_text("# Notes\n")
    linked(inside / place, inside.parent / "outside")
    answer = run("check")
    assert answer.code != 0
    assert "leads out of its folder; put the file itself there, not a link" in answer.text


@pytest.mark.parametrize("form", SECRETS.values(), ids=SECRETS)
def test_a_file_that_is_no_catalog_is_named_and_not_quoted(inside: Path, form: str) -> None:
    (inside / "catalog" / "services" / "more.yaml").write_text(form.replace("users:\n", "").replace("{", "[{", 1))
    answer = run("check")
    assert answer.code == 1
    assert "services/more.yaml" in answer.text
    assert SECRET not in answer.text


def a_pipe(place: Path) -> None:
    os.mkfifo(place)


def a_socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        previous = Path.cwd()
        os.chdir(place.parent)  # the name of a socket is short
        try:
            listening.bind(place.name)
        finally:
            os.chdir(previous)


def endless_zeros(place: Path) -> None:
    place.symlink_to("/dev/zero")


def the_log_of_the_kernel(place: Path) -> None:
    place.symlink_to("/proc/kmsg")


def a_terminal(place: Path) -> None:
    place.symlink_to("/dev/tty")


def a_loop(place: Path) -> None:
    place.symlink_to(place.name)


def a_folder(place: Path) -> None:
    place.mkdir()


def a_link_to_a_pipe_inside(place: Path) -> None:
    os.mkfifo(place.with_name("pipe"))
    place.symlink_to("pipe")


SPECIAL: list[Callable[[Path], None]] = [
    a_pipe,
    a_socket,
    endless_zeros,
    the_log_of_the_kernel,
    a_terminal,
    a_loop,
    a_folder,
    a_link_to_a_pipe_inside,
]


@pytest.mark.parametrize("special", SPECIAL, ids=[make.__name__.replace("_", " ") for make in SPECIAL])
@pytest.mark.parametrize("place", LINKS.values(), ids=LINKS)
def test_what_is_no_file_is_refused_at_once(inside: Path, place: str, special: Callable[[Path], None]) -> None:
    (inside / place).parent.mkdir(parents=True, exist_ok=True)
    (inside / place).unlink(missing_ok=True)
    special(inside / place)
    codes = {name: run(*command).code for name, command in COMMANDS.items()}
    assert set(codes.values()) <= {0, 1, 2}
    if place.startswith("catalog/services"):
        assert 0 not in codes.values()
    if place.startswith("docs/runbooks"):
        assert codes["check"] != 0


NAMES = ("a\n::error::x", "::error::x", "a\x1b[31mx", "a\u202ex", "\udcff", "a\r::warning::x")
FOLDERS = {"catalog": ".yaml", "catalog/services": ".yaml", "docs/runbooks": ".md", "docs/operations/templates": ".md"}


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_files_name_is_no_line_and_no_command_of_its_own(inside: Path, folder: str, name: str) -> None:
    (inside / folder).mkdir(parents=True, exist_ok=True)
    (inside / folder / f"{name}{FOLDERS[folder]}").write_text("no: front matter\n")
    for command in (*COMMANDS.values(), ("verify",), ("drill", "tracker-down", "--template", "x")):
        lines = run(*command).text.split("\n")
        assert [line for line in lines if line.startswith("::")] == []
        assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize("special", [a_pipe, endless_zeros], ids=["a pipe", "endless zeros"])
@pytest.mark.parametrize("place", ["docs/alert-rules.md", "docs/runbooks/README.md"])
def test_nothing_is_written_over_what_is_no_file(inside: Path, place: str, special: Callable[[Path], None]) -> None:
    (inside / place).unlink()
    special(inside / place)
    answer = run("docs")
    assert (answer.code, "is a pipe or a device, and no file" in answer.text) == (2, True), answer


@pytest.mark.parametrize("folder", ["docs/runbooks", "catalog/services"])
def test_a_folder_that_is_a_link_out_of_the_project_is_refused(inside: Path, folder: str) -> None:
    outside = inside.parent / "outside"
    (inside / folder).rename(outside)
    (outside / "secret.md").write_text(SECRET)
    (inside / folder).symlink_to(outside)
    answer = run("check")
    assert answer.code != 0
    assert "put the folder itself there" in answer.text
    assert SECRET not in answer.text


def test_a_link_from_one_file_of_the_catalog_to_another_is_read(inside: Path) -> None:
    teams = inside / "catalog" / "teams.yaml"
    teams.rename(teams.with_suffix(".txt"))
    teams.symlink_to("teams.txt")
    assert run("check").code == 0
