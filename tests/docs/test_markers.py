"""Generated parts of hand-written pages: what stands between the markers is replaced, and nothing else."""

from __future__ import annotations

import pytest

from monitoring.docs.markers import GeneratedPart, filled, lines_of, parts_of, stale
from monitoring.errors import Problem

KNOWN = ("clock", "people")
BEGIN, END = "<!-- monitoring docs: clock -->", "<!-- end: clock -->"


def parts(text: str) -> tuple[tuple[GeneratedPart, ...], list[str]]:
    problems: list[Problem] = []
    return parts_of("page.md", text, KNOWN, problems), list(map(str, problems))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(f"# A\n{BEGIN}\n{END}\nend\n", f"# A\n{BEGIN}\n\nmade\n\n{END}\nend\n", id="an empty part"),
        pytest.param(f"{BEGIN}\nold\nold\n{END}", f"{BEGIN}\n\nmade\n\n{END}", id="a page without a last line break"),
        pytest.param(
            f"a \t\r\n{BEGIN}\r\n{END}\r\nb\r\n",
            f"a \t\r\n{BEGIN}\r\n\nmade\n\n{END}\r\nb\r\n",
            id="line breaks of others",
        ),
        pytest.param(
            f"\x0b\u2028x\n  {BEGIN}\n{END}\n", f"\x0b\u2028x\n  {BEGIN}\n\nmade\n\n{END}\n", id="strange characters"
        ),
        pytest.param("# nothing\n", "# nothing\n", id="a page without parts"),
        pytest.param("", "", id="an empty page"),
        pytest.param(f"```\n{BEGIN}\n```\n", f"```\n{BEGIN}\n```\n", id="a marker in a fence"),
        pytest.param(f"~~~~\n~~~\n{BEGIN}\n~~~~\n", f"~~~~\n~~~\n{BEGIN}\n~~~~\n", id="a fence in a fence"),
        pytest.param(f"write `{BEGIN}`\n", f"write `{BEGIN}`\n", id="a marker in a code span"),
    ],
)
def test_only_what_stands_between_the_markers_is_replaced(before: str, after: str) -> None:
    found, problems = parts(before)
    assert problems == []
    assert filled(before, found, lambda _: "made") == after
    assert list(stale(after, parts(after)[0], lambda _: "made")) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(
            "<!-- monitoring docs: clok -->\n<!-- end: clok -->\n",
            ['page.md:1: no generated part is called "clok"; did you mean "clock"? (docs)'],
            id="an unknown name",
        ),
        pytest.param(
            f"a\n{BEGIN}\nb\n",
            [
                'page.md:2: the part "clock" is not closed before the next one begins, or the page ends; '
                'write "<!-- end: clock -->" after it (docs)'
            ],
            id="not closed",
        ),
        pytest.param(
            f"{BEGIN}\n{END}\n{END}\n",
            [
                'page.md:3: closes "clock", which is not open; write "<!-- monitoring docs: clock -->" before it, '
                "or take it out (docs)"
            ],
            id="closed twice",
        ),
        pytest.param(
            f"{BEGIN}\n<!-- monitoring docs: people -->\n<!-- end: people -->\n",
            [
                'page.md:1: the part "clock" is not closed before the next one begins, or the page ends; '
                'write "<!-- end: clock -->" after it (docs)'
            ],
            id="one in another",
        ),
        pytest.param(
            f"{BEGIN}\n<!-- end: people -->\n{END}\n",
            ['page.md:2: closes "people" while "clock" is open; write "<!-- end: clock -->" (docs)'],
            id="closed by another's name",
        ),
        *(
            pytest.param(
                f"{line}\n",
                [
                    "page.md:1: looks like a marker of a generated part, and is none; write "
                    '"<!-- monitoring docs: NAME -->" or "<!-- end: NAME -->", alone on its line (docs)'
                ],
                id=f"written as {line}",
            )
            for line in (
                "<!-- monitoring docs clock -->",
                "<!--monitoring docs: clock-->",
                f"text {BEGIN}",
                "<!-- end -->",
            )
        ),
    ],
)
def test_a_marker_that_is_wrong_is_told_with_its_line(text: str, says: list[str]) -> None:
    assert parts(text)[1] == says


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        pytest.param("\nmate\n\n", 4, id="a character"),
        pytest.param("made\n\n", 3, id="the empty line before it"),
        pytest.param("\nmade\n", 5, id="the empty line after it"),
        pytest.param("\nmade\n\nmore\n", 6, id="a line too many"),
        pytest.param("", 3, id="all of it"),
        pytest.param("\nmade\r\n\n", 4, id="a line break"),
    ],
)
def test_a_part_that_was_changed_by_hand_is_found_at_its_line(inside: str, line: int) -> None:
    text = f"# A\n{BEGIN}\n{inside}{END}\n"
    assert [at for _, at in stale(text, parts(text)[0], lambda _: "made")] == [line]


def test_lines_are_those_of_a_file_and_not_those_of_unicode() -> None:
    assert lines_of("a\x0bb\u2028c\r\nd\n\ne") == ["a\x0bb\u2028c\r\n", "d\n", "\n", "e"]


def test_a_huge_page_is_read_in_one_pass() -> None:
    text = f"{BEGIN}\n{END}\n" * 20_000
    found, problems = parts(text)
    assert (len(found), problems) == (20_000, [])
    assert filled(text, found, lambda _: "x").count("\nx\n") == 20_000
