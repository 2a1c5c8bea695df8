"""A procedure promises no time of its own: the catalog's clock stands in generated parts, a law's beside its source."""

import pytest

from monitoring.docs.markers import GeneratedPart
from monitoring.docs.typed_times import typed_times


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("We send an update every 30 minutes.", ["30 minutes"], id="updates"),
        pytest.param("The first notice is out within 15m.", ["15m"], id="a notice"),
        pytest.param("PagerDuty escalates after five minutes.", ["five minutes"], id="an escalation"),
        pytest.param("An acknowledgement expires after half an hour.", ["half an hour"], id="an acknowledgement"),
        pytest.param("Write an update every hour.", ["every hour"], id="each hour"),
        pytest.param("A second person is woken within 30 min.", ["30 min"], id="a human"),
        pytest.param("Rotate the lead after two hours.", [], id="what the catalog does not know"),
        pytest.param("The notice of 72 hours is counted in hours.", [], id="no bound"),
        pytest.param(
            "A notice within 72 hours ([Art. 33](https://eur-lex.europa.eu/x)).", [], id="a law with its source"
        ),
        pytest.param("Write `escalate-after: 5m` where updates come every `10m`.", [], id="words of the catalog"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_time_that_the_catalog_knows_is_found(line: str, found: list[str]) -> None:
    problems = list(typed_times("docs/operations/page.md", f"# A\n\n{line}\n", ()))
    assert [str(one) for one in problems] == [
        f'docs/operations/page.md:3: promises "{written}", a time that the catalog knows; '
        "let a generated part say it, or link the source of the time on the same line (docs)"
        for written in found
    ]


def test_generated_parts_and_fences_may_say_it() -> None:
    text = "<!-- x -->\nan update every 30m\n<!-- y -->\n```\nan update every 30m\n```\n"
    assert list(typed_times("page.md", text, [GeneratedPart("x", 1, 3)])) == []
