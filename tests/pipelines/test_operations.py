"""What an update would do: read from the engine's answer, saved, compared; every kind of operation is known."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from monitoring.errors import UsageError
from monitoring.pipelines.operations import SavedPlan, differences, dumped, lines, planned, saved, terraform_report

ROOT = "urn:pulumi:prod::monitoring::"
MONITOR = f"{ROOT}datadog:index/monitor:Monitor::"
STACK = {"op": "same", "urn": f"{ROOT}pulumi:pulumi:Stack::monitoring-prod", "oldState": {}, "newState": {}}
Steps = list[dict[str, Any]]


def step(op: str, name: str = "shop-slow", **more: Any) -> dict[str, Any]:
    """A step of the engine's preview, as it prints one."""
    urn = f"{MONITOR}{name}"
    old = {"urn": urn, "inputs": {"query": "a > 2"}} if op not in ("create", "import") else None
    new = {"urn": urn, "inputs": {"query": "a > 2"}} if op != "delete" else None
    return {"op": op, "urn": urn, "oldState": old, "newState": new, **more}


def update(to: str, name: str = "shop-slow") -> dict[str, Any]:
    new = {"urn": f"{MONITOR}{name}", "inputs": {"query": to}}
    return step("update", name, newState=new, detailedDiff={"query": {"kind": "update"}})


def renamed() -> dict[str, Any]:
    return step("same", oldState={"urn": f"{MONITOR}shop-is-slow", "inputs": {}})


def forgotten() -> dict[str, Any]:
    return step("delete", oldState={"urn": f"{MONITOR}shop-slow", "inputs": {}, "retainOnDelete": True})


def replacement() -> Steps:
    return [step(op) for op in ("create-replacement", "replace", "delete-replaced")]


def answer(*steps: dict[str, Any], **more: Any) -> str:
    """The engine's answer with these steps and its own count of them."""
    every = [STACK, *steps]
    summary: dict[str, int] = {}
    for each in every:
        summary[each["op"]] = summary.get(each["op"], 0) + 1
    return "debug: a line of the program\n" + json.dumps({"steps": every, "changeSummary": summary, **more}, indent=4)


def plan(*steps: dict[str, Any]) -> SavedPlan:
    return planned(answer(*steps), "prod")


@pytest.mark.parametrize(
    ("steps", "counts", "line"),
    [
        pytest.param([step("create")], {"create": 1}, 'Monitor "shop-slow": create', id="a creation"),
        pytest.param([update("a > 3")], {"update": 1}, 'Monitor "shop-slow": update (query)', id="an update"),
        pytest.param(replacement(), {"replace": 1}, 'Monitor "shop-slow": replace', id="a replacement counts once"),
        pytest.param([step("delete")], {"delete": 1}, 'Monitor "shop-slow": delete', id="a deletion"),
        pytest.param([forgotten()], {"forget": 1}, 'Monitor "shop-slow": forget', id="one that is only forgotten"),
        pytest.param([step("import")], {"import": 1}, 'Monitor "shop-slow": import', id="an import"),
        pytest.param([step("read")], {"read": 1}, 'Monitor "shop-slow": read', id="a resource that is read"),
        pytest.param(
            [renamed()], {"rename": 1}, 'Monitor "shop-slow": rename, before shop-is-slow', id="another name alone"
        ),
        pytest.param(
            [step("sideways")], {"sideways": 1}, 'Monitor "shop-slow": sideways', id="a word of a later engine"
        ),
    ],
)
def test_every_kind_of_operation_has_its_word(steps: Steps, counts: dict[str, int], line: str) -> None:
    made = plan(*steps)
    assert made.counts() == counts
    assert line in list(lines(made))
    assert differences(plan(), made) != []
    assert differences(made, plan(*reversed(steps))) == []
    assert saved(dumped(made), "plan.json") == made


def test_a_resource_that_stays_is_counted_and_not_listed() -> None:
    made = plan(step("same"), step("same", "other"))
    assert (made.changes, made.counts(), list(lines(made))) == ((), {"same": 2}, ["2 same"])


Case = tuple[Steps, Steps, list[str]]
DIFFERENCES: dict[str, Case] = {
    "one more": ([], [step("create")], ['Monitor "shop-slow": create now; the reviewed plan has nothing']),
    "one less": ([step("create")], [], ['Monitor "shop-slow": nothing now; the reviewed plan has create']),
    "another operation": (
        [update("a > 3")],
        [step("delete")],
        ['Monitor "shop-slow": delete now; the reviewed plan has update (query)'],
    ),
    "the same update with another value": (
        [update("a > 3")],
        [update("a > 30")],
        ['Monitor "shop-slow": update (query) now sends other values than the reviewed plan'],
    ),
    "one that was done already": (
        [step("create")],
        [step("same")],
        ['Monitor "shop-slow": no change now; the reviewed plan has create'],
    ),
}


@pytest.mark.parametrize(
    ("before", "after", "says"), [pytest.param(*case, id=id_) for id_, case in DIFFERENCES.items()]
)
def test_what_differs_is_a_sentence(before: Steps, after: Steps, says: list[str]) -> None:
    assert differences(plan(*before), plan(*after)) == says


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        pytest.param([step("create")], [step("same")], False, id="what was created stands there now"),
        pytest.param([update("a > 3")], [step("same")], False, id="what was changed is so now"),
        pytest.param([step("delete")], [], False, id="what was deleted is gone"),
        pytest.param([forgotten()], [], False, id="what was forgotten is forgotten"),
        pytest.param([step("create")], [], True, id="what was to be created is not declared any more"),
        pytest.param([step("same")], [], True, id="what was to stay is not declared any more"),
        pytest.param([], [step("same")], True, id="one that nobody reviewed"),
        pytest.param([step("same")], [step("delete")], True, id="a deletion that nobody reviewed"),
        pytest.param([step("create")], [update("a > 3")], True, id="made in the meantime, and different"),
    ],
)
def test_what_was_done_already_may_be_passed_over(before: Steps, after: Steps, differs: bool) -> None:
    assert bool(differences(plan(*before), plan(*after), allow_done=True)) is differs


def test_gitlab_gets_the_three_counts_that_it_shows() -> None:
    every = [step("create", "a"), update("a > 3", "b"), *replacement(), step("delete", "d"), step("import", "e")]
    assert json.loads(terraform_report(plan(*every))) == {"create": 3, "update": 1, "delete": 2}


def without_a_step() -> str:
    content = json.loads(answer(step("create"))[len("debug: a line of the program\n") :])
    return json.dumps({**content, "steps": content["steps"][:1]}, indent=1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(lambda: "", "it printed nothing", id="nothing"),
        pytest.param(lambda: "error: no stack named 'prod'", "no stack named 'prod'", id="a complaint"),
        pytest.param(lambda: "{\n", "not readable", id="half an answer"),
        pytest.param(lambda: '{\n"other": 1}', "nobody knows", id="an answer without steps"),
        pytest.param(lambda: '{\n"steps": [], "diagnostics": [1]}', "not readable", id="another shape"),
        pytest.param(
            lambda: answer(diagnostics=[{"severity": "error", "message": "401 from Datadog"}]), "401 from Datadog",
            id="an error of a vendor",
        ),
        pytest.param(without_a_step, "create: 0 of 1", id="fewer operations than the engine counts"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none_is_refused(text: Callable[[], str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        planned(text(), "prod")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "it is no JSON; make one with", id="an empty file"),
        pytest.param('{"version": 2, "stack": "prod", "operations": []}', '"version" is not 1', id="a later version"),
        pytest.param('{"version": 1, "stack": "prod"}', 'it has no "operations"', id="no operations"),
        pytest.param(
            '{"version": 1, "stack": "prod", "operations": [{"urn": "a::b::c::d"}]}',
            'no "operations.0.op"',
            id="no word",
        ),
        pytest.param(
            '{"version": 1, "stack": "prod", "operations": [{"urn": "x::y", "op": "same"}]}',
            '"operations.0.urn" is not what a plan has there',
            id="a resource without a type and a name",
        ),
        pytest.param("[1]", "it is no mapping", id="a list"),
        pytest.param('{"version": 1, "stack": 3, "operations": []}', '"stack" is not what a plan has', id="a number"),
        pytest.param(
            '{"version": 1, "stack": "prod", "operations": [], "key": 1}', 'it has "key", which no plan', id="more"
        ),
    ],
)
def test_a_file_that_is_no_saved_plan_is_one_sentence(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=rf'"plan.json" is no saved plan: .*{says}') as error:
        saved(text, "plan.json")
    assert not re.search(r"\n|Field|Input|valid|required", str(error.value).replace("is no saved plan", ""))
