"""A site that shows nobody's name: the same answers under other names, which the secret alone makes."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.cli.site import KEY_VARIABLE
from monitoring.errors import UsageError
from monitoring.loader import load_runbooks
from monitoring.model.catalog import Catalog
from monitoring.model.platform import Waiver
from monitoring.site import SiteData, site_data, site_files
from monitoring.site.opaque import hidden, hidden_file, is_opaque, opaque_names
from tests.conftest import TODAY
from tests.factories import Change, a_catalog
from tests.platforms import AGENCY
from tests.site.building import agency

RUNBOOKS = load_runbooks(AGENCY.runbooks)
KEY = "0123456789abcdef0123456789abcdef"
AFTER_COVER = date(2026, 12, 28)
COVER: Change = (
    "oncall.yaml",
    "primary:\n    time-zone: Europe/Berlin\n",
    'primary:\n    time-zone: Europe/Berlin\n    cover: [{who: kit, instead-of: ana, from: "2026-12-24 09:00", '
    'to: "2026-12-27 09:00"}]\n',
)


def opaque(catalog: Catalog) -> tuple[SiteData, dict[str, str]]:
    names = opaque_names(catalog.oncall.people, KEY)
    data = site_data(catalog, "prod", TODAY, RUNBOOKS, names)
    return data, {name: hidden_file(name, text, catalog, names) for name, text in site_files(data).items()}


@pytest.mark.parametrize(
    "catalog",
    [pytest.param(agency().catalog, id="a large platform"), pytest.param(a_catalog(COVER), id="a cover")],
)
def test_nobodys_name_key_or_address_stands_in_any_file(catalog: Catalog) -> None:
    people = catalog.oncall.people
    words = "|".join([*people, *(person.name for person in people.values()), *catalog.personal_addresses])
    said = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
    _, files = opaque(catalog)
    holiday = "Christmas Eve"  # is nobody's name
    texts = [(name, text.replace(holiday, "")) for name, text in files.items() if name != "style.css"]
    unfolded = [(name, text.replace("\r\n ", "")) for name, text in texts]
    assert [(name, match[0]) for name, text in (*texts, *unfolded) if (match := said.search(text))] == []


def test_the_answers_are_those_of_the_site_with_names() -> None:
    data, files = opaque(agency().catalog)
    assert [len(each.problems) for each in (data.report, agency().report)] == [0, 0]
    assert [rule.verdict for rule in data.proof.rules] == [rule.verdict for rule in agency().proof.rules]
    assert len(files) == len(site_files(agency()))
    assert sorted(load.seconds for load in data.loads.values()) == sorted(
        load.seconds for load in agency().loads.values()
    )


def test_a_problem_names_people_as_the_pages_do() -> None:
    names = opaque_names(("ana", "ben", "kit"), KEY)
    catalog = a_catalog(("oncall.yaml", "people: [ana, ben]}", "people: [ana]}"), COVER)
    data = site_data(catalog, "prod", AFTER_COVER, {}, names)
    (problem,) = (problem for problem in data.report.problems if problem.check == "covers")
    assert f'"{names["kit"]}" covers "{names["ana"]}"' in problem.what


def test_a_waiver_accepts_the_same_finding() -> None:
    catalog = a_catalog(COVER)
    waiver = Waiver.model_construct(
        check="covers",
        finding="primary: cover of ana from 2026-12-24 09:00: over",
        reason="kept for the books",
        owner="platform",
        expires=TODAY.replace(year=2027),
    )
    accepted = catalog.accepted.model_copy(update={"waivers": (waiver,)})
    names = opaque_names(catalog.oncall.people, KEY)
    data = site_data(Catalog(**{**vars(catalog), "accepted": accepted}), "prod", AFTER_COVER, {}, names)
    assert [problem for problem in data.report.problems if problem.check == "covers"] == []
    assert data.catalog.accepted.waivers[0].finding == f"primary: cover of {names['ana']} from 2026-12-24 09:00: over"


def test_a_name_follows_from_the_secret_and_the_person_alone() -> None:
    assert opaque_names(["ana"], KEY) == {"ana": "ped32ed7ozo75"}
    assert opaque_names(["ana", "ben"], KEY)["ana"] == opaque_names(["ana"], KEY)["ana"]
    assert opaque_names(["ana"], KEY + "0")["ana"] != opaque_names(["ana"], KEY)["ana"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ask Ana O'Example", id="as it is"),
        pytest.param("ask ANA O'EXAMPLE", id="in capitals"),
        pytest.param("ask Ana-O'Example", id="with another sign between its words"),
        pytest.param("ask ana  o'example", id="with more blanks, in small letters"),
    ],
)
def test_a_full_name_in_a_text_is_replaced(text: str) -> None:
    catalog = a_catalog(("oncall.yaml", "name: Ana Example", "name: Ana O'Example"))
    assert hidden(text, catalog, {"ana": "px", "ben": "py", "kit": "pz"}) == "ask Person px"


@pytest.mark.parametrize("name", ["Al", "Div", "Mark", "Body", "Role", "True", "A B", "Ana Zoë Weiß"])
def test_a_name_that_is_also_a_word_of_a_page_breaks_none(name: str) -> None:
    _, plain = opaque(a_catalog())
    _, files = opaque(a_catalog(("oncall.yaml", "name: Ana Example", f'name: "{name}"')))
    assert {file: text for file, text in files.items() if text != plain[file]} == {}


def test_a_full_name_is_hidden_where_a_picture_breaks_a_title_into_lines() -> None:
    title = "The week of the platform of Ana Example and of Ben Example and of all others"
    catalog = a_catalog(
        ("oncall.yaml", "  primary:\n    time-zone", f'  primary:\n    title: "{title}"\n    time-zone'),
        ("teams.yaml", "title: Platform", f"title: {title}"),
        ("services/shop.yaml", "title: The shop is failing", f"title: {title}"),
    )
    _, files = opaque(catalog)
    texts = {name: re.sub(r"<[^>]*>|\s+", " ", text.replace("\r\n ", "")) for name, text in files.items()}
    assert [name for name, text in texts.items() if re.search(r"(Ana|Ben) +Example", text)] == []


def test_a_full_name_is_hidden_in_what_a_tag_says() -> None:
    catalog, names = a_catalog(), {"ana": "px", "ben": "py", "kit": "pz"}
    page = '<p class="Ana Example" title="of Ana Example &amp; Ben Example">for Ana&nbsp;Example</p>'
    shown = '<p class="Ana Example" title="of Person px &amp; Person py">for Person px</p>'
    assert hidden_file("index.html", page, catalog, names) == shown


@pytest.mark.parametrize("padding", range(0, 60, 9))
def test_a_full_name_is_replaced_where_a_calendar_file_folds_its_line(padding: int) -> None:
    title = f"{'x' * padding} for Ana Example, who is on call"
    catalog = a_catalog(
        ("oncall.yaml", "  primary:\n    time-zone", f'  primary:\n    title: "{title}"\n    time-zone')
    )
    _, files = opaque(catalog)
    feeds = {name: text for name, text in files.items() if name.endswith(".ics")}
    assert feeds
    assert [name for name, text in feeds.items() if "Ana Example" in text.replace("\r\n ", "")] == []
    assert max(len(line) for text in feeds.values() for line in text.split("\r\n")) <= 75


@pytest.mark.parametrize("name", ["Ana, Example", "Ana; Example", "Ana \\\\ Example", "Ana & Example", "Ana <Example>"])
def test_a_full_name_of_any_signs_is_replaced_in_every_file(name: str) -> None:
    catalog = a_catalog(
        ("oncall.yaml", "name: Ana Example", f'name: "{name}"'),
        ("services/shop.yaml", "means: Customers cannot buy.", f'means: "{name} knows."'),
    )
    _, files = opaque(catalog)
    texts = {file: html.unescape(text.replace("\r\n ", "")) for file, text in files.items()}
    assert [file for file, text in texts.items() if re.search(r"Ana\W+(?:u003c)?Example", text)] == []


# --- the command -----------------------------------------------------------------------------------------------


def built(out: Path, *words: str, key: str | None = KEY) -> str:
    command = ["site", "--out", str(out), "--catalog", str(AGENCY.catalog), "--today", "2026-11-23", *words]
    result = CliRunner(env={KEY_VARIABLE: key}).invoke(application(command), command)
    if isinstance(result.exception, UsageError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_folder_with_names_becomes_one_without(tmp_path: Path) -> None:
    built(tmp_path / "site")
    assert "ana is p" in built(tmp_path / "site", "--opaque", "--who")
    names = [path.name for path in (tmp_path / "site").iterdir()]
    assert is_opaque(names)
    assert "person-ana.ics" not in names
    assert json.loads((tmp_path / "site" / "site-files.json").read_text()) == sorted(
        name for name in names if name != "site-files.json"
    )
    assert "ana" not in built(tmp_path / "site", "--opaque")


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        pytest.param(None, "SITE_NAMES_KEY is not set", id="no secret"),
        pytest.param("short", "SITE_NAMES_KEY has 5 characters, and needs 32", id="one that can be guessed"),
    ],
)
def test_names_are_made_with_a_secret_or_not_at_all(tmp_path: Path, key: str | None, fault: str) -> None:
    with pytest.raises(UsageError, match=fault):
        built(tmp_path / "site", "--opaque", key=key)
    assert not (tmp_path / "site").exists()
