"""Files that an option names: what cannot be read is one sentence, with the option in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitoring.cli.files import text, write, write_new
from monitoring.errors import UsageError


def test_a_text_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("ä", encoding="utf-8")
    assert text(tmp_path / "a.txt", "--from") == "ä"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(None, 'there is no file "{}"; name another with --from', id="no file"),
        pytest.param(b"abc\xff", '"{}" is not UTF-8 at byte 3; name another with --from', id="bytes that are no text"),
    ],
)
def test_what_is_no_text_is_a_message(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "a.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError) as refused:
        text(path, "--from")
    assert str(refused.value) == said.format(path)


def test_a_folder_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: is a directory; name another with --from"):
        text(tmp_path, "--from")


# --- where a file is put ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755], ids=oct)
def test_a_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "oncall.yaml"
    path.write_text("a: 1\n")
    path.chmod(mode)
    assert write(path, "a: 2\n", "--catalog")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("a: 2\n", mode)


def test_a_folder_that_a_command_may_make_is_made_with_what_lies_in_it(tmp_path: Path) -> None:
    assert write(tmp_path / "docs" / "runbooks" / "README.md", "# All\n", "--out", folder=tmp_path / "docs")
    assert write_new(tmp_path / "reviews" / "a.md", "# A\n", "--out")


def test_nothing_above_it_is_made(tmp_path: Path) -> None:
    sentence = f'there is no folder "{tmp_path}/nope"; create it first, or name another with --out'
    with pytest.raises(UsageError) as refused:
        write(tmp_path / "nope" / "docs" / "a.md", "# A\n", "--out", folder=tmp_path / "nope" / "docs")
    assert str(refused.value) == sentence
    with pytest.raises(UsageError) as refused:
        write_new(tmp_path / "nope" / "reviews" / "a.md", "# A\n", "--out")
    assert str(refused.value) == sentence
    assert [*tmp_path.iterdir()] == []
