"""Markdown: a user's text stays the text that it is."""

import pytest

from monitoring.docs.markdown import document, plain, table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("more than 10 errors", "more than 10 errors", id="plain words are left alone"),
        pytest.param("failure_rate above 5%", "failure_rate above 5%", id="an underscore inside a word is left alone"),
        pytest.param("_never_", r"\_never\_", id="an underscore around a word is no emphasis"),
        pytest.param("*all*", r"\*all\*", id="a star is no emphasis"),
        pytest.param("a | b", r"a \| b", id="a bar ends no cell"),
        pytest.param("<script>", r"\<script\>", id="a tag is no tag"),
        pytest.param("--> gone", r"--\> gone", id="a comment cannot be closed"),
        pytest.param("[a](b)", r"\[a\](b)", id="brackets are no link"),
        pytest.param("`code` ~~gone~~", r"\`code\` \~\~gone\~\~", id="backticks and tildes are no style"),
        pytest.param("a\\b", r"a\\b", id="a backslash stays one"),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_a_table_has_a_rule_under_its_headings() -> None:
    assert table(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_a_document_leaves_out_what_is_empty() -> None:
    assert document("# Title", "", "Text.") == "# Title\n\nText.\n"
