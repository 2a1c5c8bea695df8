"""Every property of everything that is declared, changed by hand in the accounts: named by the drift command, or blind.

The places are taken from what is declared, so the matrix grows with the program. A round changes one place in each of
many resources, asks the engine once, and judges each resource by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.drift.answer import Refreshed
from monitoring.drift.blind_spots import BLIND_SPOTS
from monitoring.drift.differences import differences
from monitoring.drift.undeclared import undeclared_differences
from tests.engine import hand_edits
from tests.engine.accounts import vendor as vendors
from tests.engine.accounts.account import VENDORS
from tests.engine.accounts.facts import names_paths
from tests.engine.accounts.values import is_empty
from tests.engine.conftest import copied
from tests.engine.hand_edits import ABSENT, HandEdit
from tests.engine.workspace import SECRET as MARK
from tests.engine.workspace import Workspace

STREAM = {"PULUMI_ENABLE_STREAMING_JSON_PREVIEW": "true"}
BLIND = {name for spot in BLIND_SPOTS for name in spot.properties}
OF_NOBODY = {
    "DashboardJson.url": "made by Datadog from the id",
    "MetricMonitor.conditionGroup.conditions[].id": "made by Sentry",
    "Schedule.finalSchedules": "computed by PagerDuty from the layers",
    "Service.createdAt": "made by PagerDuty",
    "Service.htmlUrl": "made by PagerDuty from the id",
    "Service.type": "the same for every service",
    "ServiceIntegration.emailFilterMode": "of an integration that takes e-mail",
    "ServiceIntegration.emailIncidentCreation": "of an integration that takes e-mail",
    "ServiceIntegration.emailParsingFallback": "of an integration that takes e-mail",
    "ServiceIntegration.htmlUrl": "made by PagerDuty from the id",
    "ServiceIntegration.integrationEmail": "of an integration that takes e-mail",
    "ServiceIntegration.type": "PagerDuty has no way to change it",
    "ServiceIntegration.vendor": "PagerDuty has no way to change it",
    "ServiceLevelObjective.thresholds[].targetDisplay": "written by Datadog from the target",
    "ServiceLevelObjective.thresholds[].warningDisplay": "written by Datadog from the warning",
    "SyntheticsTest.browserSteps[].forceElementUpdate": "a word between the program and Datadog's provider",
    "SyntheticsTest.browserSteps[].localKey": "a word between the program and Datadog's provider",
    "SyntheticsTest.browserSteps[].publicId": "made by Datadog",
    "SyntheticsTest.monitorId": "made by Datadog",
}
"""What nobody declares and no person can change, with the reason."""
SECRET = "IntegrationPagerduty.integrationKey"
KINDS = (hand_edits.changed, hand_edits.taken_away, hand_edits.reordered, hand_edits.added)
Edits = Callable[[hand_edits.State, hand_edits.Held], Iterator[HandEdit]]


@dataclass
class Tally:
    """What came of the edits of a matrix: how many refreshes, edits and rows, and which rows were not seen."""

    refreshes: int = 0
    edits: int = 0
    rows: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Answers:
    """What the command says of one refresh, as text and as JSON."""

    text: str
    json: Mapping[str, Any]

    def of(self, edit: HandEdit) -> list[Mapping[str, Any]]:
        """The differences of the resource that was edited."""
        return [drift for drift in self.json["drifts"] if drift["urn"] == edit.property.urn]


@dataclass(frozen=True)
class Deployed:
    """A workspace in which everything stands, its state, and what the accounts hold of it."""

    workspace: Workspace
    state: hand_edits.State
    held: hand_edits.Held

    def edits(self, kind: Edits) -> list[HandEdit]:
        """Every edit of a kind, without those that no person can make."""
        return [edit for edit in kind(self.state, self.held) if edit.property.row not in OF_NOBODY]

    def put(self, urn: str, body: Mapping[str, Any]) -> None:
        """Write an object into the account."""
        stored = self.held[urn]
        self.workspace.account.store.put(stored.type, stored.id, body)


def deployed(workspace: Workspace) -> Deployed:
    """A workspace that has been brought up, and asks the engine for its stream of events."""
    state = workspace.state()
    held = hand_edits.held_by_vendors(workspace.account.store, state)
    return Deployed(Workspace(**{**vars(workspace), "extra": STREAM}), state, held)


@pytest.fixture(scope="module")
def stack_of_ours(ours_once: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """Our own program."""
    return deployed(copied(ours_once, tmp_path_factory.mktemp("matrix") / "room"))


@pytest.fixture(scope="module")
def stack_of_every(every_once: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """A rule of every signal."""
    return deployed(copied(every_once, tmp_path_factory.mktemp("matrix") / "room"))


def try_out(stack: Deployed, rounds: Iterable[list[HandEdit]]) -> Tally:
    """Make the edits of each round, ask, undo them, and judge the answer."""
    tally = Tally()
    for edits in rounds:
        for edit in edits:
            body = dict(stack.held[edit.property.urn].body)
            stack.put(edit.property.urn, hand_edits.with_value(body, edit.property.place, edit.now))
        answers = answers_after_refresh(stack.workspace)
        for edit in edits:
            stack.put(edit.property.urn, stack.held[edit.property.urn].body)
        judge(stack, edits, answers, tally)
    return tally


def answers_after_refresh(workspace: Workspace) -> Answers:
    """What the command says of a refresh by the engine."""
    file = workspace.room / "refresh.json"
    file.write_text(workspace.run("refresh", "--preview-only", "--json").out)
    words = ["drift", "--from", str(file), "--catalog", str(workspace.program / "catalog")]
    text, answer = (CliRunner().invoke(application(["drift"]), [*words, "--format", form]) for form in ("text", "json"))
    assert (text.exit_code, answer.exit_code) in ((0, 0), (1, 1)), text.output + answer.output
    return Answers(text.stdout, json.loads(answer.stdout))


def blind_spot(row: str) -> str:
    """The blind spot in which a row lies, as a word of the JSON of an element does; else the row itself."""
    return next((spot for spot in BLIND if row.startswith(f"{spot}.")), row)


def judge(stack: Deployed, edits: list[HandEdit], answers: Answers, tally: Tally) -> None:
    """Hold an answer against the edits: each is named, or a blind spot, and the numbers are the engine's own."""
    seen = [edit for edit in edits if answers.of(edit)]
    complaints = [
        f"{edit.property}: {complaint}" for edit in seen if (complaint := complaint_about(edit, answers.of(edit)))
    ]
    assert not complaints
    assert not [drift for drift in answers.json["drifts"] if not in_the_catalog(stack, drift)]
    unseen = {blind_spot(edit.property.row) for edit in edits if edit not in seen}
    assert unseen <= BLIND, f"changed by hand and not seen: {sorted(unseen - BLIND)}"
    assert {drift["urn"] for drift in answers.json["drifts"]} == {edit.property.urn for edit in seen}
    numbers(answers, resources=len(stack.state), differ=len(seen))
    tally.refreshes, tally.edits = tally.refreshes + 1, tally.edits + len(edits)
    tally.rows |= {edit.property.row for edit in edits}
    tally.unseen |= unseen


def in_the_catalog(stack: Deployed, drift: Mapping[str, Any]) -> bool:
    """Whether the entry that a difference is said to belong to stands at the place that it names."""
    file, _, line = drift["source"].rpartition(":")
    return drift["name"] in (stack.workspace.program / "catalog" / file).read_text().splitlines()[int(line) - 1]


def numbers(answers: Answers, *, resources: int, differ: int) -> None:
    """The counts are those of the resources and of the edits, the engine's own, and printed."""
    summary, undeclared = answers.json["engine-summary"], answers.json["undeclared"]
    assert (answers.json["compared"], answers.json["differs"]) == (resources, differ)
    assert summary.get("update", 0) == differ - undeclared
    assert sum(summary.values()) == resources + 1, "the stack is one more"
    verb = "nothing differs" if not differ else f"{differ} differs" if differ == 1 else f"{differ} differ"
    assert f"{resources} resources compared, {verb} (the engine counts " in answers.text


def complaint_about(edit: HandEdit, drifts: list[Mapping[str, Any]]) -> str | None:
    """What is wrong with what the command says of an edit; of a list it may name several elements."""
    inside = [drift for drift in drifts if drift["property"].startswith(edit.property.path)]
    if inside != drifts or (len(drifts) > 1 and not isinstance(edit.was, list)):
        return f"{[drift['property'] for drift in drifts]} are named"
    if len(drifts) > 1:
        return None
    shown = (drifts[0]["declared"], drifts[0]["held"])
    wanted = expected(edit, drifts[0]["property"])
    return None if all(map(means, shown, wanted)) else f"{shown} for {edit.was} and {edit.now}"


def means(shown: Any, value: Any) -> bool:
    """Whether a value is shown as it is; for nothing the older bridge shows what is empty."""
    return bool(shown == value) or (value is None and is_empty(shown))


def expected(edit: HandEdit, path: str) -> tuple[Any, Any]:
    """The two values at a path in an edit, None for nothing; a secret only by a word."""
    steps = re.findall(r"\[(\d+)\]|([^.\[\]]+)", path.removeprefix(edit.property.path))
    below = tuple(int(index) if index else name for index, name in steps)
    was, now = (hand_edits.value_at(value, below) for value in (edit.was, edit.now))
    was, now = (None if value is ABSENT else value for value in (was, now))
    return ("[secret]", now and "[secret]") if edit.property.row == SECRET else (was, now)


@pytest.mark.parametrize(
    ("fixture", "kind"),
    [
        pytest.param("stack_of_ours", hand_edits.changed, id="changed in what ships"),
        pytest.param("stack_of_every", hand_edits.changed, id="changed in a rule of every signal"),
        pytest.param("stack_of_ours", hand_edits.taken_away, id="taken away"),
        pytest.param("stack_of_ours", hand_edits.reordered, id="in another order"),
        pytest.param("stack_of_ours", hand_edits.added, id="added"),
    ],
)
def test_a_round_of_edits_by_hand_is_named_place_by_place(
    fixture: str, kind: Edits, request: pytest.FixtureRequest
) -> None:
    stack: Deployed = request.getfixturevalue(fixture)
    sample = hand_edits.rounds(hand_edits.one_of_each_row(stack.edits(kind)))[0]
    assert len(try_out(stack, [sample]).rows) == len(sample)


@pytest.mark.parametrize("fixture", ["stack_of_ours", "stack_of_every"])
def test_every_edit_is_named_where_the_providers_answer_is_made_without_an_engine(
    fixture: str, request: pytest.FixtureRequest
) -> None:
    stack: Deployed = request.getfixturevalue(fixture)
    edits = [edit for kind in KINDS for edit in stack.edits(kind) if edit.property.row != SECRET]
    seen = {edit.property.row for edit in edits if named(stack, edit)}
    assert len(edits) > 1500
    assert {blind_spot(edit.property.row) for edit in edits if edit.property.row not in seen} <= BLIND


def named(stack: Deployed, edit: HandEdit) -> bool:
    """Whether an edit is named; fails where it is named in another place."""
    outcome = refreshed(stack, edit)
    places = [place.path for place in differences(outcome)] if outcome.differs else []
    places += [place.path for place in undeclared_differences(outcome)]
    assert all(place.startswith(edit.property.path) for place in places), f"{edit.property}: {places}"
    return bool(places)


def refreshed(stack: Deployed, edit: HandEdit) -> Refreshed:
    """What an engine would say of a resource after an edit, as its provider compares it; nothing of its secrets."""
    property_, vendor = edit.property, VENDORS[edit.property.type.split(":", 1)[0]]
    declared, stored = stack.state[property_.urn], stack.held[property_.urn]
    body = hand_edits.with_value(dict(stored.body), property_.place, edit.now)
    held = vendors.state_of(property_.kind, replace(stored, body=body), remembered=declared["outputs"])
    differing = vendors.differing(vendor, property_.kind, held, dict(declared["inputs"]))
    comparable = [place for place in differing if MARK not in str(declared["inputs"].get(place.top))]
    paths = tuple(place.place for place in comparable if names_paths(property_.type))
    names = tuple(sorted({place.top for place in comparable}))
    return Refreshed(
        property_.urn, "update" if comparable else "same", names, paths, declared, {"inputs": {}, "outputs": held}
    )


@pytest.mark.full
@pytest.mark.parametrize("fixture", ["stack_of_ours", "stack_of_every"])
def test_every_property_is_named_or_a_blind_spot(fixture: str, request: pytest.FixtureRequest) -> None:
    """Every declared place of every resource changed, and one of each row taken away, reordered, added.

    Prints its figures; `pytest -rP` shows them.
    """
    stack: Deployed = request.getfixturevalue(fixture)
    unseen = set()
    for kind in KINDS:
        edits = stack.edits(kind)
        chosen = edits if kind is hand_edits.changed else hand_edits.one_of_each_row(edits)
        tally = try_out(stack, hand_edits.rounds(chosen))
        figures = f"{tally.edits} edits of {len(tally.rows)} rows in {tally.refreshes} refreshes"
        print(f"{kind.__name__}: {figures}, not seen: {sorted(tally.unseen)}")
        unseen |= tally.unseen
    assert unseen == {row for row in BLIND if holds(stack, row)}, "each blind spot is one"


def holds(stack: Deployed, row: str) -> bool:
    """Whether a resource has the type of a row, and an element where the row lies in a list."""
    type_, _, path = row.partition(".")
    top = path.partition(".")[0]
    bodies = [body for urn, body in stack.state.items() if urn.split("::")[2].rpartition(":")[2] == type_]
    return any(not top.endswith("[]") or body["outputs"].get(top.removesuffix("[]")) for body in bodies)
