"""Sixty questions, asked of the pages by mouse and by keyboard and of the command line: both answer the same.

What is expected is the JSON of `reach`, `list`, `oncall` and `drill`, and nothing that the pages are made by.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page
from typer.testing import CliRunner

from monitoring.cli import application
from tests.platforms import AGENCY
from tests.site.building import agency_files

EACH = 15
"""Questions of each kind; every other one is asked by keyboard."""
SEED = 15
FIRST_DAY = date(2026, 11, 24)
SCHEDULES = [name[9:-5] for name in agency_files() if re.fullmatch(r"schedule-.*\.html", name)]


@cache
def command_json(*words: str) -> Any:
    """What a command answers as JSON."""
    command = [*words, "--catalog", str(AGENCY.catalog), "--format", "json"]
    result = CliRunner().invoke(application(command), command)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@cache
def listed() -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = command_json("list", "--today", "2026-11-23")["rules"]
    return rules


@cache
def reached() -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = command_json("reach", "--today", "2026-11-23")["rules"]
    return rules


@dataclass(frozen=True)
class Question:
    """What is chosen, and by what: the words depend on the page."""

    words: tuple[str, ...]
    by_keyboard: bool

    def press(self, target: Locator) -> None:
        """Chooses a button or a link."""
        if self.by_keyboard:
            target.focus()
            target.press("Enter")
        else:
            target.click()

    def __str__(self) -> str:
        return f"{' '.join(self.words)}, by {'keyboard' if self.by_keyboard else 'mouse'}"


def questions(kind: str) -> list[Any]:
    """The questions of a kind, drawn with one seed."""
    drawn = random.Random(f"{kind} {SEED}")
    drawn_questions = [Question(words, number % 2 == 1) for number, words in enumerate(WORDS[kind](drawn))]
    assert len(drawn_questions) == EACH
    return [pytest.param(question, id=f"{kind}: {question}") for question in drawn_questions]


def minute(drawn: random.Random) -> str:
    day = FIRST_DAY + timedelta(days=drawn.randrange(355))
    return f"{day}T{drawn.randrange(24):02}:{drawn.randrange(60):02}"


def map_words(drawn: random.Random) -> Iterator[tuple[str, ...]]:
    rules = [f"rule:{rule['rule']}" for rule in reached()]
    policies = [f"policy:{page['policy']}" for rule in reached() for page in rule["pages"]]
    channels = [f"other:#{channel}" for rule in listed() for channel in rule["slack"]]
    people = [
        f"person:{each['now']['person']}" for each in command_json("oncall", "--at", "2026-12-24T03:00")["schedules"]
    ]
    kinds = [rules, policies, channels, people, rules]
    return ((drawn.choice(sorted(set(kinds[number % len(kinds)]))),) for number in range(EACH))


def search_words(drawn: random.Random) -> Iterator[tuple[str, ...]]:
    for _ in range(EACH):
        rule = drawn.choice(listed())
        known = re.findall(r"[a-z-]{3,}", f"{rule['id']} {rule['title']}".lower())
        yield tuple(drawn.sample(sorted(set(known)), 2))


def calendar_words(drawn: random.Random) -> Iterator[tuple[str, ...]]:
    return ((drawn.choice(SCHEDULES), minute(drawn)) for _ in range(EACH))


def drill_words(drawn: random.Random) -> Iterator[tuple[str, ...]]:
    people = sorted({each["now"]["person"] for each in command_json("oncall", "--at", "2026-12-24T03:00")["schedules"]})
    services = sorted({rule["service"] for rule in listed()})
    for number in range(EACH):
        if number % 5 > 2:
            yield "service", drawn.choice(services), minute(drawn)
        else:
            ack = (f"{drawn.choice(people)}@{drawn.randrange(30)}m",) if number % 5 else ()
            yield "rule", drawn.choice(listed())["id"], minute(drawn), *ack


WORDS = {"map": map_words, "search": search_words, "calendar": calendar_words, "drill": drill_words}


@pytest.fixture(scope="module")
def pages(browser: Browser, folder: Path) -> Iterator[dict[str, Page]]:
    """One page for each kind, opened once, in a window of its own, since one behind another is drawn seldom."""
    files = {"map": "map.html", "search": "rules.html", "calendar": "calendar.html", "drill": "drill.html"}
    opened = {kind: browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-US") for kind in files}
    for kind, page in opened.items():
        page.goto((folder / files[kind]).as_uri())
    yield opened
    for page in opened.values():
        page.close()


# --- the map ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", questions("map"))
def test_the_map(pages: dict[str, Page], question: Question) -> None:
    page, (key,) = pages["map"], question.words
    question.press(page.locator(f'li[data-key="{key}"] button'))
    shown = set(page.locator("li[data-key]:visible").evaluate_all("all => all.map((each) => each.dataset.key)"))
    kind, name = key.split(":", 1)
    match kind:
        case "rule":
            (rule,) = (rule for rule in reached() if rule["rule"] == name)
            assert of(shown, "policy") == {way["policy"] for way in rule["pages"]}
            assert of(shown, "pager") == {way["service"] for way in rule["pages"]}
        case "policy":
            paging = [rule["rule"] for rule in reached() if name in {way["policy"] for way in rule["pages"]}]
            assert of(shown, "rule") == set(paging)
        case "other":
            assert of(shown, "rule") == {rule["id"] for rule in listed() if name[1:] in rule["slack"]}
        case _:
            held = command_json("oncall", "--from", "2026-11-23", "--to", "2027-11-24", "--person", name)["shifts"]
            assert of(shown, "schedule") == {shift["schedule"] for shift in held}
    drawn = page.locator(".lines path").evaluate_all("all => all.map((each) => [each.dataset.from, each.dataset.to])")
    assert drawn
    assert {end for line in drawn for end in line} <= shown
    question.press(page.get_by_role("button", name="Show everything"))
    assert page.locator(".lines path").count() == 0


def of(keys: set[str], kind: str) -> set[str]:
    """The names of one kind among keys of the map."""
    return {key.removeprefix(f"{kind}:") for key in keys if key.startswith(f"{kind}:")}


# --- search ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", questions("search"))
def test_the_search(pages: dict[str, Page], question: Question) -> None:
    page = pages["search"]
    box, words = page.get_by_label("Search"), " ".join(question.words)
    if question.by_keyboard:
        box.focus()
        page.keyboard.press("Control+A")
        page.keyboard.type(words)
    else:
        box.click()
        box.fill(words)
    shown = page.locator("tr[data-mark]:visible th a").all_inner_texts()
    assert set(shown) == {rule["id"] for rule in listed() if all(word in _text(rule) for word in question.words)}


def _text(rule: dict[str, Any]) -> str:
    """What `list` says of a rule, in the words that a page shows of it."""
    words = (rule["id"], rule["title"], rule["severity"], rule["fires-when"], rule["page"] or "", *rule["slack"])
    return " ".join(words).lower()


# --- the calendar ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", questions("calendar"))
def test_the_calendar(pages: dict[str, Page], question: Question) -> None:
    page, (name, moment) = pages["calendar"], question.words
    (expected,) = (each for each in command_json("oncall", "--at", moment)["schedules"] if each["schedule"] == name)
    question.press(page.locator(f'#schedules a[href="schedule-{name}.html"]'))
    at = datetime.fromisoformat(moment)
    month = page.get_by_role("table", name=f"{at:%B %Y}", exact=True)
    day = month.locator("td").filter(has=page.locator("b").get_by_text(str(at.day), exact=True))
    assert holder(day.locator("span").all_inner_texts(), f"{at:%H:%M}") == expected["now"]["person"]
    page.go_back()


def holder(lines: list[str], time: str) -> str:
    """Whoever a day's lines say holds a time of it."""
    parts = [match.groups() for line in lines if (match := re.fullmatch(r"(?:(\d\d:\d\d) )?([a-z]+)", line))]
    return [person for begins, person in parts if (begins or "00:00") <= time][-1]


# --- the drill -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", questions("drill"))
def test_the_drill(pages: dict[str, Page], question: Question) -> None:
    page, (kind, name, moment, *acks) = pages["drill"], question.words
    title = name if kind == "rule" else _service_titles()[name]
    choose(page, question, title, moment)
    for ack in acks:
        acknowledge(page, question, *ack.removesuffix("m").split("@"))
    if kind == "rule":
        expected = command_json("drill", name, "--at", moment, *(word for ack in acks for word in ("--ack", ack)))[
            "events"
        ]
        rows = page.locator("#events tbody tr").evaluate_all(
            "all => all.map((row) => [row.children[0].textContent, row.lastChild.textContent])"
        )
        assert rows == [[_length(event["after"]), event["said"]] for event in expected]
    else:
        people = command_json("drill", "--outage", name, "--at", moment)["people"]
        rows = page.locator("#outage tbody tr").evaluate_all("all => all.map((row) => row.innerText.split('\\t'))")
        assert [(int(row[1].split()[0]), row[2]) for row in rows] == [_load(person) for person in people]
    for _ in acks:
        question.press(page.get_by_role("button", name="Take back").first)


@cache
def _service_titles() -> dict[str, str]:
    data = json.loads(agency_files()["site-data.js"].split(" = ", 1)[1].rstrip(";\n"))
    return {name: service["title"] for name, service in data["services"].items()}


def _length(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    days, hours = divmod(hours, 24)
    parts = [f"{number}{unit}" for number, unit in ((days, "d"), (hours, "h"), (minutes, "m")) if number]
    return " ".join(parts[:2]) or "0m"


def _load(person: dict[str, Any]) -> tuple[int, str]:
    return person["incidents"], ", ".join(f"{number} {channel}" for channel, number in person["notifications"].items())


def choose(page: Page, question: Question, title: str, moment: str) -> None:
    """Chooses what fires and when; by keyboard as it is typed into a list and into a field for a time."""
    fires, at = page.get_by_label("What fires"), page.get_by_label("Fires at")
    if question.by_keyboard:
        fires.focus()
        page.keyboard.type(title)
        at.focus()
        page.keyboard.type(f"{datetime.fromisoformat(moment):%m%d%Y%I%M%p}")
    else:
        fires.select_option(label=title)
        at.fill(moment)
    assert fires.locator("option:checked").inner_text() == title
    assert at.input_value() == moment


def acknowledge(page: Page, question: Question, person: str, minutes: str) -> None:
    """Adds an acknowledgement."""
    page.get_by_label("Who acknowledges").select_option(value=person)
    page.get_by_label("Minutes after").fill(minutes)
    question.press(page.get_by_role("button", name="Acknowledge", exact=True))
