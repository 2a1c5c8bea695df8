"""Files that an option names: what cannot be read is one sentence, with the option in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitoring.cli.files import text
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
