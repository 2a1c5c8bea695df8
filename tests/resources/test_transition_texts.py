"""A text for one transition: where it is sent, what is sent otherwise, and that every check of texts looks at it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitoring import wording
from monitoring.checks import examine
from monitoring.loader import load_texts, read_files
from monitoring.model.catalog import Catalog
from monitoring.naming.type_tokens import MONITOR, SLO, SYNTHETICS_TEST
from monitoring.preview.queries import query_problems
from monitoring.preview.verify import verify
from monitoring.reach.plan.walk import prove_plan
from tests.checks.good import Case, case, shop
from tests.datadog_blocks import said_at
from tests.factories import a_catalog
from tests.platforms import AGENCY
from tests.resources.every_signal import TODAY, declared, every_signal
from tests.resources.spoken import the_rule
from tests.resources.test_sent_texts import unseen

PAGE = Path(__file__).parents[2] / "manual" / "datadog-words.md"
MEANS, RECOVERED, SILENT, REMINDS = "It is slow.", "It is fast again.", "Nobody knows.", "It is still slow."
METRIC = "metric: {p95: trace.request, where: {service: shop}, over: 10m, above: 2s, when-silent: alert}"
TEXTS = f"recovery-text: {RECOVERED}\n    no-data-text: {SILENT}\n    reminder-text: {REMINDS}"


def with_words(words: str) -> Catalog:
    """A catalog whose slow rule has these words beside its metric."""
    means = ("services/shop.yaml", "means: Pages take longer than people will wait.", f"means: {MEANS}")
    return a_catalog(means, ("services/shop.yaml", METRIC, f"{METRIC}\n    {words}"))


def message(catalog: Catalog) -> str:
    """What the slow rule's monitor is told to send."""
    (monitor,) = (each for each in declared(catalog).of_type(MONITOR) if each.name == "shop-slow")
    return str(monitor.inputs["message"])


SENT = [
    pytest.param(TEXTS, {"alert": MEANS, "recovery": RECOVERED, "no_data": SILENT}, id="all of them"),
    pytest.param(
        f"recovery-text: {RECOVERED}",
        {"alert": MEANS, "recovery": RECOVERED, "no_data": MEANS},
        id="that of a recovery alone",
    ),
    pytest.param(
        f"no-data-text: {SILENT}", {"alert": MEANS, "recovery": MEANS, "no_data": SILENT}, id="that of no data alone"
    ),
]


@pytest.mark.parametrize(("words", "says"), SENT)
def test_each_transition_says_its_own_text_in_the_second_line(words: str, says: dict[str, str]):
    text = message(with_words(words))
    assert {transition: said_at(transition, text).splitlines()[1] for transition in says} == says


def test_what_stands_around_it_is_the_same_at_each_transition():
    plain, text = message(with_words("team: platform")), message(with_words(TEXTS))
    assert said_at("alert", text) == plain
    assert said_at("recovery", text) == plain.replace(MEANS, RECOVERED)


def test_what_is_checked_is_what_is_sent():
    catalog = with_words(TEXTS)
    text, rule = message(catalog), the_rule(catalog, "shop-slow")
    assert set(wording.messages(catalog, rule)) == {said_at(each, text) for each in ("alert", "recovery", "no_data")}
    assert [piece for piece in unseen(declared(catalog), catalog) if "{{#is_" in piece] == []


def test_a_plan_with_them_is_taken_and_proved_like_one_without():
    catalog = with_words(TEXTS)
    plan = declared(catalog)
    (monitor,) = (each for each in plan.of_type(MONITOR) if each.name == "shop-slow")
    assert monitor.inputs["escalationMessage"] == REMINDS
    assert list(verify(plan)) == []
    assert list(query_problems(monitor, plan)) == []
    (found,) = (
        each
        for each in prove_plan(plan, catalog, environment="prod", today=TODAY).rules
        if each.path.rule == "shop-slow"
    )
    assert [hop.why for hop in found.path.breaks] == []


OTHERS = [
    pytest.param("shop-up", SYNTHETICS_TEST, id="a test"),
    pytest.param("shop-gone", MONITOR, id="a composite"),
    pytest.param("shop-orders-slowly", MONITOR, id="an objective's burn rate"),
]


@pytest.mark.parametrize(("rule", "kind"), OTHERS)
def test_what_has_no_query_sends_them_too(rule: str, kind: str):
    words = f"    recovery-text: {RECOVERED}\n    reminder-text: {REMINDS}\n"
    plan = declared(every_signal(("services/shop.yaml", f"id: {rule}\n", f"id: {rule}\n{words}")))
    sent = [each.inputs for each in plan.of_type(kind) if each.name.startswith(rule)]
    assert sent
    assert all(RECOVERED in said_at("recovery", inputs["message"]) for inputs in sent)
    assert all(RECOVERED not in said_at("alert", inputs["message"]) for inputs in sent)
    reminders = [inputs.get("optionsList", {}).get("monitorOptions", inputs) for inputs in sent]
    assert [options["escalationMessage"] for options in reminders] == [REMINDS] * len(sent)


def test_an_objective_which_is_no_notification_holds_no_block():
    words = f"    recovery-text: {RECOVERED}\n"
    plan = declared(every_signal(("services/shop.yaml", "id: shop-orders\n", f"id: shop-orders\n{words}")))
    assert ["{{" in str(each.inputs["description"]) for each in plan.of_type(SLO)] == [False, False]


def slow(text: str) -> tuple[str, str, str]:
    """The slow rule with one more text."""
    return shop("    means: Pages take longer than people will wait.\n", f"    means: M.\n    {text}\n")


LOOKED_AT = [
    pytest.param(
        "message-handles",
        slow("recovery-text: All is well @ops."),
        'its recovery-text holds the handle "@ops"',
        id="a handle in the text for a recovery",
    ),
    pytest.param(
        "message-handles",
        slow("reminder-text: Ask @pagerduty-shop."),
        'its reminder-text holds the handle "@pagerduty-shop"',
        id="a handle in the text for reminders",
    ),
    pytest.param(
        "personal-data",
        slow("no-data-text: Ask Ana Example."),
        "its no-data-text holds the person's name",
        id="a person in the text for missing data",
    ),
    pytest.param(
        "template-variables",
        slow('recovery-text: "{{host.name}} is well."'),
        'nothing fills "{{host.name}}"',
        id="a variable that no group fills in the text for a recovery",
    ),
    pytest.param(
        "template-variables",
        slow('recovery-text: "Well.{{/is_recovery}}"'),
        'nothing fills "{{/is_recovery}}"',
        id="the end of a block in the text for a recovery",
    ),
    pytest.param(
        "template-variables",
        slow('no-data-text: "It was {{value}}."'),
        'its no-data-text holds "{{value}}", and there is no value when no data arrive',
        id="a value in the text for missing data",
    ),
    pytest.param(
        "foreign-placeholders",
        slow("recovery-text: The host ${HOST} is well."),
        'its recovery-text holds the placeholder "${HOST}"',
        id="a placeholder of a shell in the text for a recovery",
    ),
]


@pytest.mark.parametrize(("check", "change", "says"), LOOKED_AT)
def test_the_checks_of_texts_look_at_them(check: str, change: tuple[str, str, str], says: str):
    (param,) = (case("a text", change),)
    (the_case,) = param.values
    assert isinstance(the_case, Case)
    (line,) = the_case.found(check)
    assert says in line


def test_the_example_of_the_manual_passes():
    (example,) = re.findall(r"```yaml\n(- id: function-memory\n.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    files, _ = read_files(AGENCY.catalog)
    service = "service: example\ntitle: Example\nteam: platform\ntier: standard\nrules:\n"
    catalog = load_texts(files | {"services/example.yaml": f"{service}{example}".encode()})
    found = [each.finding for each in examine(catalog, TODAY, {}).unwaived]
    assert [each.what for each in found if each.where == 'rule "function-memory"'] == [
        'has no runbook "runbooks/function-memory.md"'
    ]
