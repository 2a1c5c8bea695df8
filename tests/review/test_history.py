"""The comment of each commit of a team's year is the one that lies in git, and was read."""

from __future__ import annotations

from monitoring.review.headline import MAX_HEADLINE
from tests.review.history import COMMENTS, STEPS, comments


def test_the_comments_of_a_year() -> None:
    written = dict(comments())
    assert len(written) == len(STEPS) >= 12
    assert written == {path.name: path.read_text(encoding="utf-8") for path in sorted(COMMENTS.glob("*.md"))}
    assert all(len(text.splitlines()[2]) <= MAX_HEADLINE + 40 for text in written.values())
