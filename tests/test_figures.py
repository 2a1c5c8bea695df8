"""The figures that have a limit, and that each of them counts what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.figures import Function, figures, report

LONG = "\n".join(f"    line_{number} = {number}" for number in range(21))
REASONED = f"# long: a table\ndef table():\n{LONG}\n"
SOURCE = f'''
class Page:
    """Not a line of a body."""

    def empty(self):
        """Only this."""

    def short(self, one):
        """Says one and found, which are no names here."""
        found = one

        return found


def long():
{LONG}


{REASONED}
MOST_BYTES = 3
'''


def counted(tmp_path: Path, **sources: str) -> Path:
    for name, text in sources.items():
        (tmp_path / f"{name}.py").write_text(text)
    return tmp_path


def test_functions_are_short_and_a_long_one_says_why() -> None:
    known = figures()
    middle, high, _ = known.bodies
    assert middle <= 4
    assert high <= 12
    assert [f"{each.place} {each.name} has {each.body} lines" for each in known.too_long] == []


def test_a_body_is_counted_without_its_docstring_and_blank_lines(tmp_path: Path) -> None:
    known = figures(counted(tmp_path, page=SOURCE), tmp_path)
    assert {(each.name, each.body) for each in known.functions} == {
        ("empty", 0), ("short", 2), ("long", 21), ("table", 21),
    }  # fmt: skip
    assert known.too_long == (Function("long", "page.py:15", 21, reasoned=False),)


def test_names_are_counted_and_texts_are_not(tmp_path: Path) -> None:
    known = figures(counted(tmp_path, page=SOURCE, other="class Page:\n    pass\n"), tmp_path)
    assert known.filler == {"one": 2, "said": 0, "told": 0, "asked": 0, "found": 2, "wrong": 0}
    assert known.old_bounds == ("MOST_BYTES",)
    assert known.classes_twice == {"Page": (str(tmp_path / "other.py"), str(tmp_path / "page.py"))}


@pytest.mark.parametrize(
    "line", ["over 20 lines    2, without a reason: page.py:15 long (21)", "MOST_, LONGEST_  1: MOST_BYTES"]
)
def test_the_report_names_what_is_left(tmp_path: Path, line: str) -> None:
    assert line in report(figures(counted(tmp_path, page=SOURCE), tmp_path), tmp_path)
