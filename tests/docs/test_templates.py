"""Templates: each fault is told in one sentence with its line, and what the catalog says in one stays plain text."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

import pytest

from monitoring.docs.fields import FIELDS
from monitoring.docs.filling import Mode, catalog_fields, filled_in, misfit, placeholders
from monitoring.docs.templates import Template, faults, template_of
from monitoring.errors import Problem
from monitoring.model.catalog import Catalog
from monitoring.model.severity import Stage
from tests.docs.occasions import occasion
from tests.factories import a_catalog

NOTE = """\
---
title: A note
audience: status page
status: investigating
severities: [P0]
say:
  affected: {ask: What is broken?, example: Payments}
never: [a cause]
---
{{ affected }} on {{ platform }} since {{ fired_at }}.
The next update is due at {{ next_update }}.
"""
CLOCK = (
    "severities.yaml",
    "  reminds-every: 5m\n",
    "  reminds-every: 5m\n  public-updates: {first-within: 15m, investigating: 20m, identified: 30m, monitoring: 1h}\n",
)
LAW = "law:\n  - {fact: within 72 hours, source: 'GDPR, https://eur-lex.europa.eu/eli/reg/2016/679/oj'}\nnever:"


def read(text: str, catalog: Catalog | None = None) -> tuple[Template | None, list[str]]:
    problems: list[Problem] = []
    template = template_of("note", "note.md", text, problems)
    if template:
        problems += faults(template, text, catalog or a_catalog(CLOCK))
    return template, [str(problem) for problem in sorted(problems)]


def a_template(text: str = NOTE) -> Template:
    template, problems = read(text)
    assert problems == []
    assert template
    return template


def changed(*pairs: tuple[str, str]) -> str:
    text = NOTE
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(changed(), [], id="nothing is wrong"),
        pytest.param(
            changed(("{{ platform }}", "{{ platfrom }}")),
            [
                'note.md:10: template "note": no field is called "platfrom"; ask for it under say, or write another: did you mean "platform"? (template)'
            ],
            id="an unknown field",
        ),
        pytest.param(
            changed(("{{ platform }}", "{{ runbook }}")),
            [
                'note.md:10: template "note": "runbook" is not for the audience "status page"; it is for executives, internal (template)'
            ],
            id="a field that this audience must not read",
        ),
        pytest.param(
            changed(("{{ affected }} on", "On")),
            [
                'note.md:7: template "note": asks for "affected", which the text does not use; write {{ affected }}, or take it out (template)'
            ],
            id="a question that nothing uses",
        ),
        pytest.param(
            changed(("  affected: {", "  platform: {ask: Where?, example: here}\n  affected: {")),
            [
                'note.md:7: template "note": say.platform: "platform" is filled from the catalog; give the question another name (template)'
            ],
            id="a question that the catalog answers",
        ),
        pytest.param(
            changed(("[P0]", "[P0, P2]")),
            [
                'note.md:5: template "note": is for the status page, and P2 promises no public updates; take P2 out, or write its public-updates (template)',
                'note.md:11: template "note": "next_update" has no value, for P2 promises no public updates; take {{ next_update }} out, or P2 out of severities (template)',
            ],
            id="a severity without public updates",
        ),
        pytest.param(
            changed(("status: investigating", "status: resolved")),
            [
                'note.md:11: template "note": "next_update" has no value, for P0 has no next update once it is resolved; take {{ next_update }} out, or P0 out of severities (template)'
            ],
            id="a next update after the end",
        ),
        pytest.param(
            changed(("The next update is due at {{ next_update }}.", "We write every 30 minutes.")),
            [
                'note.md:11: template "note": the length of time "30 minutes" is written by hand; write {{ updates_every }}, or declare it under law (template)'
            ],
            id="a clock of its own",
        ),
        pytest.param(
            changed(("due at {{ next_update }}", "within 20 min")),
            [
                'note.md:11: template "note": the length of time "20 min" is written by hand; write {{ first_notice_within }}, or declare it under law (template)'
            ],
            id="a first notice of its own",
        ),
        pytest.param(
            changed(("at {{ next_update }}", "in two hours")),
            [
                'note.md:11: template "note": the length of time "two hours" is written by hand; write {{ next_update }}, {{ updates_every }} or {{ first_notice_within }}, or declare it under law (template)'
            ],
            id="a length as words",
        ),
        pytest.param(
            changed(("at {{ next_update }}", "in 72 hours"), ("never:", LAW)), [], id="a length that a law fixes"
        ),
        pytest.param(
            changed(("at {{ next_update }}", "in 71 hours"), ("never:", LAW)),
            [
                'note.md:13: template "note": the length of time "71 hours" is written by hand; write {{ next_update }}, {{ updates_every }} or {{ first_notice_within }}, or declare it under law (template)'
            ],
            id="a length that the law does not fix",
        ),
        pytest.param(
            changed(("never:", LAW.replace("https://eur-lex.europa.eu/eli/reg/2016/679/oj", "Article 33"))),
            [
                'note.md:9: template "note": law.1.source: has a source without an address; write where it is read, https://… (template)'
            ],
            id="a law without an address",
        ),
        pytest.param(
            changed(("What is broken?", "Ask ana@youragency.com")),
            [
                'note.md:7: template "note": holds the e-mail address "ana@youragency.com"; say it without, or ask for it under say (template)'
            ],
            id="an address",
        ),
        pytest.param(
            changed(("The next", "Call +49 30 1234567. The next")),
            [
                'note.md:11: template "note": holds the telephone number "+49 30 1234567"; say it without, or ask for it under say (template)'
            ],
            id="a telephone number",
        ),
        pytest.param(
            changed(("The next", "Ana Example leads. The next")),
            [
                'note.md:11: template "note": holds the person\'s name "Ana Example"; say it without, or ask for it under say (template)'
            ],
            id="the name of somebody in the catalog",
        ),
        pytest.param(
            changed(("title:", "titel:")),
            [
                'note.md:2: template "note": titel: is an unknown field; did you mean "title"? (template)',
            ],
            id="a misspelt word",
        ),
        pytest.param(
            changed(("audience: status page", "audience: everybody")),
            [
                'note.md:3: template "note": audience: "everybody" is not a word for this; it is one of status page, customers, tenant, controller, authority, individuals, executives, internal (template)'
            ],
            id="an unknown audience",
        ),
        pytest.param(
            changed(("status: investigating\n", "")),
            [
                'note.md:3: template "note": audience: is for the status page and has no status; write status: investigating (template)'
            ],
            id="a status page without a status",
        ),
        pytest.param(
            changed(("[a cause]", "[]"), ("[P0]", "[]")),
            [
                'note.md:5: template "note": severities: is for no severity; name at least one (template)',
                'note.md:8: template "note": never: says nothing that must never be written; name at least one thing (template)',
            ],
            id="no severity, and nothing that is never written",
        ),
        pytest.param(
            changed(("{{ platform }}", "{% for x in y %}{% endfor %}")),
            [
                'note.md:10: template "note": holds more than text and fields; write {{ field }}, and nothing else in braces (template)'
            ],
            id="a loop",
        ),
        pytest.param(
            changed(("{{ platform }}", '{% include "x" %}')),
            [
                'note.md:10: template "note": holds more than text and fields; write {{ field }}, and nothing else in braces (template)'
            ],
            id="another file",
        ),
        pytest.param(
            changed(("{{ platform }}", "{{ platform.__class__ }}")),
            [
                'note.md:10: template "note": holds more than text and fields; write {{ field }}, and nothing else in braces (template)'
            ],
            id="an attribute",
        ),
        pytest.param(
            changed(("{{ platform }}", "{{ platform | upper }}")),
            [
                'note.md:10: template "note": holds more than text and fields; write {{ field }}, and nothing else in braces (template)'
            ],
            id="a filter",
        ),
        pytest.param(
            changed(("{{ platform }}", "{{ platform")),
            [
                'note.md:10: template "note": has a field that is not closed, or braces that are no field; write {{ field }} (template)'
            ],
            id="a field that is not closed",
        ),
        pytest.param(
            "",
            ['note.md:1: begins with no front matter; write "---", the fields, and "---" above the text (template)'],
            id="an empty file",
        ),
        pytest.param(
            NOTE.partition("---\n")[2],
            ['note.md:1: begins with no front matter; write "---", the fields, and "---" above the text (template)'],
            id="no front matter",
        ),
        pytest.param(
            NOTE[: NOTE.index("{{ affected")],
            ['note.md:9: template "note": has no text; write it below the front matter (template)'],
            id="no text",
        ),
        pytest.param(
            "---\n---\ntext\n",
            ['note.md: is empty; write the entries, or "{}" where there are none (template)'],
            id="front matter without words",
        ),
        pytest.param(
            "---\ntitle: [a\nnever: b\n---\ntext\n",
            ['note.md:2: is not YAML: the "[" is not closed, as line 3 shows; write "]", or a comma (template)'],
            id="front matter that is no YAML",
        ),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, says: list[str]) -> None:
    assert read(text)[1] == says


def test_a_rehearsal_marks_what_is_invented() -> None:
    one = occasion(a_catalog(CLOCK), "shop-failing", Stage.INVESTIGATING)
    template = a_template()
    assert filled_in(template, placeholders(template, Mode.REHEARSAL) | catalog_fields(template, one)) == (
        "[example: Payments] on Agency platform since Thu 2026-12-24 03:10 Europe/Berlin (2026-12-24 02:10 UTC).\n"
        "The next update is due at Thu 2026-12-24 03:45 Europe/Berlin (2026-12-24 02:45 UTC).\n"
    )
    assert placeholders(template, Mode.FORM) == {"affected": "*What is broken?*"}


@pytest.mark.parametrize(
    ("stage", "due", "following"),
    [
        pytest.param(None, "03:25", "03:45", id="without a stage, as while investigating"),
        pytest.param(Stage.INVESTIGATING, "03:25", "03:45", id="investigating"),
        pytest.param(Stage.IDENTIFIED, "03:45", "04:15", id="identified"),
        pytest.param(Stage.MONITORING, "04:15", "05:15", id="monitoring"),
        pytest.param(Stage.RESOLVED, "05:15", None, id="resolved, after the last update"),
    ],
)
def test_each_stage_is_due_one_update_after_the_last(stage: Stage | None, due: str, following: str | None) -> None:
    one = occasion(a_catalog(CLOCK), "shop-failing", stage)
    assert f" {due} Europe/Berlin" in FIELDS["notified_at"].value(one)
    if following:
        assert f" {following} Europe/Berlin" in FIELDS["next_update"].value(one)


@pytest.mark.parametrize(
    ("stage", "following"),
    [
        pytest.param(Stage.INVESTIGATING, "04:22", id="investigating"),
        pytest.param(Stage.IDENTIFIED, "04:32", id="identified"),
        pytest.param(Stage.MONITORING, "05:02", id="monitoring"),
    ],
)
def test_the_next_update_counts_from_when_this_one_is_sent(stage: Stage, following: str) -> None:
    later = occasion(a_catalog(CLOCK), "shop-failing", stage, sent="2026-12-24 04:02")
    assert " 04:02 Europe/Berlin" in FIELDS["notified_at"].value(later)
    assert f" {following} Europe/Berlin" in FIELDS["next_update"].value(later)


def test_the_timeline_ends_where_it_would_repeat_itself() -> None:
    rows = FIELDS["timeline"].value(occasion(a_catalog(), "shop-failing", None)).splitlines()
    after = [row.split(" | ")[0].strip("| ") for row in rows[2:]]
    assert after == ["0m", "0m", "0m", "0m", "0m", "2m", "5m", "5m", "5m", "5m", "6m", "15m", "…", "30m"]
    assert rows[-2].endswith("| the steps begin again: 7 more events | … |")


@pytest.mark.parametrize(
    ("text", "rule", "why"),
    [
        pytest.param(
            NOTE,
            "shop-slow",
            'the template "note" is for P0, and "shop-slow" acts as P1; name another',
            id="another severity",
        ),
        pytest.param(
            changed(("audience: status page", "audience: controller"), ("{{ platform }}", "{{ tenant }}")),
            "shop-failing",
            'the template "note" is for one customer; name it with --tenant: acme',
            id="a customer who was not named",
        ),
        pytest.param(NOTE, "shop-failing", None, id="a template that fits"),
    ],
)
def test_a_template_that_does_not_fit_says_why(text: str, rule: str, why: str | None) -> None:
    assert misfit(a_template(text), occasion(a_catalog(CLOCK), rule, Stage.INVESTIGATING)) == why


def test_a_severity_that_lost_its_clock_says_so() -> None:
    why = misfit(a_template(), occasion(a_catalog(), "shop-failing", Stage.INVESTIGATING))
    assert why == 'the template "note" uses {{ next_update }}, and P0 promises no public updates'


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("@channel help", "(at)channel help", id="a mention"),
        pytest.param("<!channel> <@U1>", r"\< !channel\> \<(at)U1\>", id="a mention of Slack's"),
        pytest.param("[x](https://evil.example)", r"\[x\](https: //evil.example)", id="a link"),
        pytest.param(
            "see https://evil.example and www.evil.example",
            "see https: //evil.example and www .evil.example",
            id="an address",
        ),
        pytest.param("<b onload=x> & &lt;b&gt;", r"\<b onload=x\> \& \&lt;b\&gt;", id="HTML"),
        pytest.param("# A heading", r"\# A heading", id="a heading"),
        pytest.param("1. a list", r"1\. a list", id="a list with numbers"),
        pytest.param("- a list", r"\- a list", id="a list"),
        pytest.param("*a* `b` | c", r"\*a\* \`b\` \| c", id="marks"),
        pytest.param("{{ tenant }} {% raw %}", "{{ tenant }} {% raw %}", id="a field in a field"),
        pytest.param("the shop is 2026-12-24", "the shop is 2026-12-24", id="a date is no list"),
    ],
)
def test_a_title_stays_a_text_in_a_template(title: str, expected: str) -> None:
    text = NOTE.replace("{{ affected }} on {{ platform }}", "{{ affected }}\n{{ title }}\n")
    escaped = title.encode("unicode_escape").decode().replace('"', r"\"")
    catalog = a_catalog(CLOCK, ("services/shop.yaml", "title: The shop is failing", f'title: "{escaped}"'))
    one = occasion(catalog, "shop-failing", Stage.INVESTIGATING)
    template = a_template(text)
    assert (
        filled_in(template, placeholders(template, Mode.REHEARSAL) | catalog_fields(template, one)).splitlines()[1]
        == expected
    )
