"""The comment: its shape, its size, and that no text of a catalog becomes anything in it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from markdown_it import MarkdownIt

from monitoring.errors import Source
from monitoring.oncall.clock import WEEK
from monitoring.oncall.moved import NEAR, MovedShift
from monitoring.pipelines.page import MAX_BYTES, MAX_CHARACTERS
from monitoring.review.comment import MARKER, comment
from monitoring.review.effects import Effect
from monitoring.review.people import LoadChange
from monitoring.review.promises import AnswerChange
from monitoring.review.reviewing import Review
from monitoring.review.risks import EffectKind
from monitoring.review.worst import DrillChange, DrillMinute
from tests.review.pairs import AT, COUNTS, reviewed
from tests.review.test_pairs import ONCALL, TEAMS

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def an_effect(sentence: str, kind: EffectKind = EffectKind.RULE_REMOVED, subject: str = "shop-slow") -> Effect:
    return Effect(kind, subject, sentence, Source("services/shop.yaml", 4), people=("ana",), before="a", after="b")


# --- its shape -------------------------------------------------------------------------------------------------


def test_a_comment_without_an_effect_is_short() -> None:
    written = comment(Review(AT, (), COUNTS, rewritten=("oncall.yaml",)), "main", "the working tree")
    assert written.splitlines()[0] == MARKER
    assert "#### No effect on anybody" in written
    assert "no effect: 1 file only written otherwise" in written
    assert "<details>" not in written


def test_each_fold_is_closed_and_says_in_its_title_what_changed() -> None:
    answer = reviewed((ONCALL, "people: [ana, ben, chi]", "people: [ben, ana, chi]"))
    written = comment(answer, "main", "the working tree")
    assert written.count("<details><summary>") == written.count("</summary>") == written.count("</details>") == 5
    titles = re.findall(r"<summary>(.*?)</summary>", written)
    assert titles[0].startswith('<b>high</b>: ana is on call in "primary" at the moment of the change, and not ben')
    assert titles[-1] == f"Shifts that change hands in the next 12 weeks ({len(answer.shifts)})"
    assert re.findall(r"<h\d", GITHUB.render(written)) == ["<h4"]


def test_a_shift_is_shown_in_the_time_of_both() -> None:
    written = comment(reviewed((ONCALL, "people: [ana, ben, chi]", "people: [ben, ana, chi]")), "main", "HEAD")
    row = "| Thu 26 Nov 10:00 CET | ben | ana (09:00 WET) | 3d 23h | primary |"
    assert row in written.replace("\u00a0", " ")


def test_a_shift_that_begins_within_twelve_weeks_is_listed_up_to_its_end() -> None:
    answer = reviewed((ONCALL, "people: [ana, ben, chi]", "people: [ben, ana, chi]"))
    last = answer.shifts[-1][1]
    assert last.start < AT + NEAR < last.end
    assert (last.end - last.start) % WEEK == 0


def test_a_column_in_which_nothing_changes_for_anybody_is_left_out() -> None:
    people = (LoadChange("ana", 0, 0, 7_200, old_nights=3), LoadChange("ben", -2, 0, 60, old_nights=9))
    answer = Review(AT, (an_effect("x"),), COUNTS, people)
    assert [line.replace("\u00a0", " ") for line in comment(answer, "main", "HEAD").splitlines() if "|" in line] == [
        "| in 12 weeks | nights | hours |",
        "| --- | ---: | ---: |",
        "| ana | ±0 (was 3) | +2 |",
        "| ben | −2 (was 9) | ±0 |",
    ]


def test_the_worst_instant_is_shown_as_a_drill_before_and_after() -> None:
    answer = reviewed((ONCALL, "ask: [secondary], escalate-after: 5m", "ask: [secondary], escalate-after: 9m"))
    _, _, fold = comment(answer, "main", "HEAD").partition("<details><summary>Drill of ")
    assert fold.partition("</details>")[0].replace("\u00a0", " ").splitlines() == [
        "<code>shop-slow</code> at its worst instant, Thu 26 Nov 10:00 CET: second answer 6m → 10m</summary>",
        "",
        "| after | before the change | with the change |",
        "|---:|---|---|",
        "| at once | asks dee | asks dee |",
        "| 2m | phone to dee | phone to dee |",
        "| 5m | asks kit | – |",
        "| 6m | phone to kit | – |",
        "| 9m | – | asks kit |",
        "| 10m | – | phone to kit |",
        "",
    ]


def test_a_shift_without_an_end_is_open() -> None:
    written = comment(reviewed((ONCALL, "turn: 1w, people: [dee]", "turn: 1w, people: [kit]")), "main", "HEAD")
    assert "| dee (14:30 IST) | kit | open | secondary |" in written.replace("\u00a0", " ")


# --- what is refused -------------------------------------------------------------------------------------------


def test_what_is_refused_stands_above_all_else_with_its_place() -> None:
    problem = an_effect("the check rule-runbook finds: no runbook", EffectKind.CHECK_FAILS, "rule-runbook: shop-up: x")
    promise = an_effect("it fails", EffectKind.PROMISE_BROKEN, "critical: no phone in step 2")
    written = comment(Review(AT, (problem, promise), COUNTS), "main", "HEAD")
    assert written.splitlines()[2:10] == [
        "#### check finds a problem of shop-up; a promise of critical fails",
        "",
        "**`check` finds 1 problem in HEAD that main has not:**",
        "",
        "- the check rule-runbook finds: no runbook — <code>services/shop.yaml:4</code>",
        "",
        "**`reach` finds 1 failing promise in HEAD that main has not:**",
        "",
    ]
    assert "- critical: no phone in step 2" in written
    assert "**high** 2" in written


def test_of_many_problems_the_first_few_are_listed_and_the_others_counted() -> None:
    problems = tuple(an_effect(f"it {number}", EffectKind.CHECK_FAILS, f"check: it {number}") for number in range(12))
    written = comment(Review(AT, problems, COUNTS), "main", "HEAD")
    assert re.findall("^- .*", written, re.MULTILINE) == [
        *(f"- it {number} — <code>services/shop.yaml:4</code>" for number in range(5)),
        "- and 7 more; `monitoring check` shows all",
    ]
    assert "<details>" not in written


# --- texts that would be something else ------------------------------------------------------------------------

HOSTILE = [
    pytest.param("</summary></details><h1>Approved</h1>", id="HTML that ends the fold"),
    pytest.param("<img src=x onerror=alert(1)>", id="a picture"),
    pytest.param("![x](https://evil.example/x.png)", id="a picture in Markdown"),
    pytest.param("[click](https://evil.example)", id="a link"),
    pytest.param("https://evil.example and www.evil.example", id="an address"),
    pytest.param("@youragency/platform please approve", id="a mention"),
    pytest.param("fixes #12 and GH-12 and youragency/alerts#12", id="a reference to an issue"),
    pytest.param("oncall@youragency.com", id="an e-mail address"),
    pytest.param("a | b | c\n| d |", id="cells of a table"),
    pytest.param("```\n# Heading\n```", id="a block of code and a heading"),
    pytest.param("`code` **bold** _it_ ~~gone~~ $x$", id="marks of every kind"),
    pytest.param("&lt;b&gt; &#64;ana", id="entities"),
    pytest.param("<!-- monitoring:review -->", id="our own marker"),
    pytest.param("left\u202eright\u200b\x1b[31m", id="invisible characters"),
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "kind",
    [EffectKind.RULE_REMOVED, EffectKind.TEXT_CHANGED, EffectKind.CHECK_FAILS, EffectKind.PROMISE_BROKEN],
    ids=["in a fold", "in a list", "as a problem", "as a promise that fails"],
)
def test_a_text_shows_itself_and_is_nothing_else(text: str, kind: EffectKind) -> None:
    effect = Effect(kind, text, f"it says {text}", Source(text, 4), people=(text,), before=text, after=text)
    person = LoadChange(text, 1, 1, 1, first_new=AT)
    answer = Review(
        at=AT,
        effects=(effect,),
        counts=COUNTS,
        people=(person,),
        shifts=((text, MovedShift(AT, AT + 3_600, text, None)),),
        zones={text: "Europe/Berlin"},
        schedule_zones={text: "Europe/Berlin"},
        drills=(_drill_of(text),),
    )
    plain = comment(_harmless(answer), "main", "HEAD")
    written = comment(answer, text, text)
    assert _structure(written) == _structure(plain)
    shown = unescape(re.sub(r"<[^>]*>", " ", GITHUB.render(written)))
    assert not re.search(r"@[\w-]|#\d|GH-\d|://|www\.", shown)
    assert written.count(MARKER) == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u200b\u202e]", written)


def _harmless(answer: Review) -> Review:
    effect = Effect(answer.effects[0].kind, "x", "it says x", Source("x", 4), people=("x",), before="x", after="x")
    shifts = (("x", MovedShift(AT, AT + 3_600, "x", None)),)
    zones = {"x": "Europe/Berlin"}
    person = LoadChange("x", 1, 1, 1, first_new=AT)
    drills = (_drill_of("x"),)
    return Review(AT, (effect,), COUNTS, (person,), shifts, zones=zones, schedule_zones=zones, drills=drills)


def _drill_of(text: str) -> DrillChange:
    change = AnswerChange("prod", "first", 300, 480, AT, "Europe/Berlin", (text,))
    return DrillChange(change, (DrillMinute(0, (f"asks {text}",), ()),))


def _structure(text: str) -> list[str]:
    """Every element of the page, in order, with its attributes."""
    return re.findall(r"<[/!a-z][^>]*>", GITHUB.render(text))


# --- its size --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", ["x", "é", "漢", "🚨"], ids=["one byte", "two bytes", "three bytes", "four bytes"])
def test_a_huge_review_is_cut_by_whole_rows_and_says_how_many_are_left_out(letter: str) -> None:
    effects = tuple(
        an_effect(f"{letter * 150} {number}", kind, str(number))
        for kind in (EffectKind.CHECK_FAILS, EffectKind.PROMISE_BROKEN, EffectKind.LOOSENED, EffectKind.RULE_ADDED)
        for number in range(2_000)
    )
    people = tuple(LoadChange(letter * 60 + str(number), 1, 0, 60, first_new=AT) for number in range(2_000))
    zones = {each.person: "Europe/Berlin" for each in people}
    shifts = tuple(("primary", MovedShift(AT + n, AT + n + 60, people[n].person, None)) for n in range(2_000))
    review = Review(AT, effects, COUNTS, people, shifts, zones=zones, schedule_zones={"primary": "Europe/Berlin"})
    written = comment(review, "main", "HEAD")
    assert (len(written) <= MAX_CHARACTERS, len(written.encode()) <= MAX_BYTES) == (True, True)
    folds = written.count("<b>high</b>") + written.count("<b>medium</b>")
    assert f"and {4_000 - folds} more of high or medium risk" in written
    assert written.count("<details>") == written.count("</details>")
    rows = len(re.findall(r"\| primary \|$", written, re.MULTILINE))
    assert 0 < rows < 2_000
    assert f"and {2_000 - rows} more shifts" in written
    assert written.rstrip().endswith("at the vendors: not asked</sub>")


def test_what_fits_is_shown_whole() -> None:
    answer = reviewed((TEAMS, "slack: [alerts, alerts-critical]", "slack: [alerts]"))
    written = comment(answer, "main", "HEAD")
    assert not re.search(r"and \d+ more", written)
    assert written.count("<details>") == 1
