"""What the vendors will be asked to do: each word, what follows from a rename or a replacement, and the comment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from monitoring.cli import application
from monitoring.errors import UsageError
from monitoring.naming.type_tokens import (
    DASHBOARD,
    DOWNTIME,
    ESCALATION_POLICY,
    GET_USER,
    MONITOR,
    SCHEDULE,
    SERVICE,
    SERVICE_INTEGRATION,
    SERVICE_OBJECT,
    SLACK_CHANNEL,
)
from monitoring.pipelines.operations import WORDS
from monitoring.pipelines.page import MAX_BYTES, MAX_CHARACTERS
from monitoring.plan import Lookup, Plan, Resource, dumps, loads
from monitoring.preview import apart
from monitoring.preview.apart import plans_apart
from monitoring.preview.facts import demands
from monitoring.review.comment import ASKED, UNASKED, comment
from monitoring.review.headline import MAX_HEADLINE, NO_EFFECT, headline
from monitoring.review.plans import (
    OPTIONS,
    VendorChange,
    VendorOperation,
    VendorWord,
    operations,
    vendor_changes,
    vendor_headline,
    vendor_summary,
)
from monitoring.review.reviewing import Review
from tests.conftest import TODAY
from tests.factories import texts
from tests.pipelines.test_workflows import TOKENS
from tests.review.pairs import AT, COUNTS

Rows = list[tuple[str, str, str]]
"""What an operation is about, its word and its detail."""


def a_plan(*resources: Resource, lookups: Iterable[Lookup] = ()) -> Plan:
    return Plan("monitoring", "prod", tuple(sorted(resources, key=lambda each: each.key)), tuple(lookups))


def a_resource(type_: str = MONITOR, name: str = "shop-slow", **options: Any) -> Resource:
    inputs = {"name": name, "type": "query alert"} | options.pop("inputs", {})
    return Resource(type_, name, inputs, **options)


def replaced_by(token: str) -> tuple[str, ...]:
    return demands(token).replaced_by


def done(before: Plan, after: Plan) -> tuple[VendorOperation, ...]:
    return operations(before, after, replaced_by)


def rows(before: Plan, after: Plan) -> Rows:
    return [(each.subject, str(each.word), each.detail) for each in done(before, after) if each.differs]


def ref(type_: str, name: str, output: str = "id") -> Mapping[str, str]:
    return {"ref": f"{type_}::{name}", "output": output}


# --- one change each -------------------------------------------------------------------------------------------

SLOW = a_resource()
PROTECTED = a_resource(SERVICE, "shop", protect=True)
SHOP_SLOW = 'Monitor "shop-slow"'
CHANGES: Mapping[str, tuple[list[Resource], list[Resource], Rows]] = {
    "nothing": ([SLOW], [SLOW], []),
    "a new resource": ([], [SLOW], [(SHOP_SLOW, "create", "")]),
    "one that the account holds": ([], [replace(SLOW, import_id="7")], [(SHOP_SLOW, "import", "")]),
    "one that is held already is another one": (
        [SLOW],
        [replace(SLOW, import_id="7")],
        [(SHOP_SLOW, "replace", "for the engine alone: import; loses its history")],
    ),
    "an import that is done and taken out": (
        [replace(SLOW, import_id="7")],
        [SLOW],
        [(SHOP_SLOW, "same", "for the engine alone: import")],
    ),
    "one is gone": ([SLOW], [], [(SHOP_SLOW, "delete", "loses its history")]),
    "one is gone that has no history": (
        [a_resource(DOWNTIME, "upgrade")],
        [],
        [('DowntimeSchedule "upgrade"', "delete", "")],
    ),
    "one is gone that is protected": (
        [PROTECTED],
        [],
        [('Service "shop"', "delete", "the update stops: it is protected")],
    ),
    "one is left to the vendor": ([replace(SLOW, retain_on_delete=True)], [], [(SHOP_SLOW, "forget", "")]),
    "a protected one is left to the vendor": (
        [replace(PROTECTED, retain_on_delete=True)],
        [],
        [('Service "shop"', "forget", "the update stops: it is protected")],
    ),
    "a property differs": ([SLOW], [a_resource(inputs={"query": "x"})], [(SHOP_SLOW, "update", "query")]),
    "a property is gone": ([a_resource(inputs={"query": "x"})], [SLOW], [(SHOP_SLOW, "update", "query")]),
    "a property is null and was not there": (
        [SLOW],
        [a_resource(inputs={"query": None})],
        [(SHOP_SLOW, "update", "query")],
    ),
    "many properties differ": (
        [SLOW],
        [a_resource(inputs=dict.fromkeys("abcdefgh"))],
        [(SHOP_SLOW, "update", "a, b, c, d, e, f and 2 more")],
    ),
    "a property differs that the vendor never changes": (
        [SLOW],
        [a_resource(inputs={"type": "composite"})],
        [(SHOP_SLOW, "replace", "type; loses its history")],
    ),
    "a property that the program lets replace": (
        [a_resource(SLACK_CHANNEL, "alerts", inputs={"channelName": "#a"}, replace_on_changes=("channelName",))],
        [a_resource(SLACK_CHANNEL, "alerts", inputs={"channelName": "#b"}, replace_on_changes=("channelName",))],
        [('Channel "alerts"', "replace", "channelName")],
    ),
    "a path below a property that the program lets replace": (
        [a_resource(inputs={"options": {"a": 1}}, replace_on_changes=("options.a",))],
        [a_resource(inputs={"options": {"a": 2}}, replace_on_changes=("options.a",))],
        [(SHOP_SLOW, "replace", "options; loses its history")],
    ),
    "any property that the program lets replace": (
        [a_resource(replace_on_changes=("*",))],
        [a_resource(inputs={"query": "x"}, replace_on_changes=("*",))],
        [(SHOP_SLOW, "replace", "query; loses its history")],
    ),
    "a replaced one that is protected": (
        [a_resource(protect=True)],
        [a_resource(inputs={"type": "composite"}, protect=True)],
        [(SHOP_SLOW, "replace", "type; the update stops: it is protected")],
    ),
    "a replaced one that was protected until now": (
        [a_resource(protect=True)],
        [a_resource(inputs={"type": "composite"})],
        [(SHOP_SLOW, "replace", "type; for the engine alone: protect; loses its history; not protected any more")],
    ),
    "a replaced one that is protected from now on": (
        [SLOW],
        [a_resource(inputs={"type": "composite"}, protect=True)],
        [(SHOP_SLOW, "replace", "type; for the engine alone: protect; loses its history")],
    ),
    "a replaced one whose former self is retained": (
        [a_resource(retain_on_delete=True)],
        [a_resource(inputs={"type": "composite"}, retain_on_delete=True)],
        [(SHOP_SLOW, "replace", "type")],
    ),
    "another name, by an alias": (
        [a_resource(name="old", inputs={"name": "shop-slow"})],
        [a_resource(aliases=("old",))],
        [(SHOP_SLOW, "rename", 'before "old"')],
    ),
    "another name, by a whole URN": (
        [a_resource(name="old", inputs={"name": "shop-slow"})],
        [a_resource(aliases=(f"urn:pulumi:prod::monitoring::{MONITOR}::old",))],
        [(SHOP_SLOW, "rename", 'before "old"')],
    ),
    "another name and another property": (
        [a_resource(name="old")],
        [a_resource(aliases=("old",))],
        [(SHOP_SLOW, "update", 'name; before "old"')],
    ),
    "another name and no alias": (
        [a_resource(name="old")],
        [SLOW],
        [('Monitor "old"', "delete", "loses its history"), (SHOP_SLOW, "create", "")],
    ),
    "an alias that nobody had": ([], [a_resource(aliases=("old",))], [(SHOP_SLOW, "create", "")]),
    "an alias of another type": (
        [a_resource(DASHBOARD, "old")],
        [a_resource(aliases=("old",))],
        [('DashboardJson "old"', "delete", ""), (SHOP_SLOW, "create", "")],
    ),
    "two that want the same former self": (
        [a_resource(name="old", inputs={"name": "shop-slow"})],
        [a_resource(aliases=("old",)), a_resource(name="zoo", aliases=("old",))],
        [(SHOP_SLOW, "rename", 'before "old"'), ('Monitor "zoo"', "create", "")],
    ),
    "an alias that is declared itself": (
        [a_resource(name="old")],
        [a_resource(aliases=("old",)), a_resource(name="old")],
        [(SHOP_SLOW, "create", "")],
    ),
    "an alias that is taken out later": (
        [a_resource(aliases=("old",))],
        [SLOW],
        [(SHOP_SLOW, "same", "for the engine alone: aliases")],
    ),
    "only the protection": (
        [SLOW],
        [replace(SLOW, protect=True)],
        [(SHOP_SLOW, "same", "for the engine alone: protect")],
    ),
    "what waits for whom": (
        [SLOW],
        [replace(SLOW, depends_on=(f"{SERVICE}::shop",))],
        [(SHOP_SLOW, "same", "for the engine alone: dependsOn")],
    ),
}


@pytest.mark.parametrize(("before", "after", "expected"), CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_told_by_its_operation(before: list[Resource], after: list[Resource], expected: Rows) -> None:
    assert rows(a_plan(*before), a_plan(*after)) == expected


def test_what_names_a_renamed_resource_is_not_asked_for_anything() -> None:
    def policy(schedule: str) -> Resource:
        return a_resource(ESCALATION_POLICY, "critical", inputs={"rules": [{"id": ref(SCHEDULE, schedule)}]})

    old, new = a_resource(SCHEDULE, "old", inputs={"name": "a"}), a_resource(SCHEDULE, "new", inputs={"name": "a"})
    changed = rows(a_plan(old, policy("old")), a_plan(replace(new, aliases=("old",)), policy("new")))
    assert changed == [
        ('Schedule "new"', "rename", 'before "old"'),
        ('EscalationPolicy "critical"', "same", "what it names has another name"),
    ]


def test_what_holds_an_output_of_a_replaced_resource_is_updated_or_replaced_with_it() -> None:
    def plan(vendor: str) -> Plan:
        way = a_resource(SERVICE_INTEGRATION, "way", inputs={"vendor": vendor})
        key = {"secret": ref(SERVICE_INTEGRATION, "way", "integrationKey")}
        named = a_resource(
            SERVICE_OBJECT, "shop", inputs={"serviceName": {"format": ["a", ref(SERVICE_INTEGRATION, "way")]}}
        )
        return a_plan(way, named, a_resource(SERVICE_OBJECT, "api", inputs={"serviceKey": key}), SLOW)

    assert rows(plan("1"), plan("2")) == [
        ('ServiceObject "shop"', "replace", "serviceName"),
        ('ServiceIntegration "way"', "replace", "vendor; loses its history"),
        ('ServiceObject "api"', "update", "serviceKey"),
    ]


def test_a_look_up_is_told_by_its_kind_alone() -> None:
    ana, ben = (Lookup(GET_USER, {"email": f"{name}@youragency.com"}) for name in ("ana", "ben"))
    changed = rows(a_plan(SLOW, lookups=[ana]), a_plan(SLOW, lookups=[ben]))
    assert changed == [("getUser", "read", ""), ("getUser", "same", "not looked up any more")]


def test_an_environment_of_one_side_alone_is_new_or_gone_as_a_whole() -> None:
    changes = vendor_changes({"prod": a_plan(SLOW), "old": a_plan(SLOW)}, {"prod": a_plan(SLOW)}, replaced_by)
    assert [(each.environment, [str(operation.word) for operation in each.differing]) for each in changes] == [
        ("prod", []),
        ("old", ["delete"]),
    ]


def test_the_words_are_those_of_a_saved_plan() -> None:
    assert set(VendorWord) == set(WORDS.values())


def test_every_option_of_a_resource_is_compared() -> None:
    assert {*OPTIONS, "type", "name", "inputs"} == {each.name for each in fields(Resource)}


# --- properties ------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "c"])
TYPES = st.sampled_from([MONITOR, SERVICE_INTEGRATION, SERVICE_OBJECT])
VALUES = st.one_of(
    st.integers(0, 1),
    st.none(),
    st.builds(ref, TYPES, NAMES),
    st.builds(lambda type_, name: {"secret": ref(type_, name, "integrationKey")}, TYPES, NAMES),
)
RESOURCES = st.builds(
    Resource,
    TYPES,
    NAMES,
    st.dictionaries(st.sampled_from(["type", "serviceName", "service", "query"]), VALUES, max_size=2),
    protect=st.booleans(),
    aliases=st.lists(NAMES, max_size=2).map(tuple),
    depends_on=st.lists(st.builds("{}::{}".format, TYPES, NAMES), max_size=1).map(tuple),
    replace_on_changes=st.sampled_from([(), ("query",), ("*",)]),
    retain_on_delete=st.booleans(),
    import_id=st.sampled_from(["", "7"]),
)
LOOKUPS = st.lists(st.builds(Lookup, st.just(GET_USER), st.fixed_dictionaries({"email": NAMES})), max_size=2)
PLANS = st.builds(
    lambda resources, lookups: a_plan(*resources, lookups={str(each): each for each in lookups}.values()),
    st.lists(RESOURCES, max_size=5, unique_by=lambda each: each.key),
    LOOKUPS,
)


@given(PLANS)
def test_equal_plans_ask_for_nothing(plan: Plan) -> None:
    assert rows(plan, plan) == []
    assert vendor_summary(vendor_changes({"prod": plan}, {"prod": plan}, replaced_by)) == "nothing"


@given(PLANS)
def test_a_plan_is_the_same_once_a_child_process_has_printed_it(plan: Plan) -> None:
    assert loads(dumps(plan)) == plan


@given(PLANS, PLANS)
def test_each_difference_of_two_plans_is_told_by_an_operation(before: Plan, after: Plan) -> None:
    changes = [each for each in done(before, after) if each.differs]
    about = {key for each in changes for key in (each.key, each.was)}
    keys = before.by_key.keys() | after.by_key.keys()
    assert {key for key in keys if before.by_key.get(key) != after.by_key.get(key)} <= about
    assert bool(changes) or set(map(str, before.lookups)) == set(map(str, after.lookups))


@given(PLANS, PLANS)
def test_each_resource_of_either_side_meets_exactly_one_fate(before: Plan, after: Plan) -> None:
    keys = [each.key for each in done(before, after) if "::" in each.key]
    former = {each.was for each in done(before, after) if each.was}
    assert sorted(keys) == sorted((after.by_key.keys() | before.by_key.keys()) - (former - after.by_key.keys()))


# --- in words --------------------------------------------------------------------------------------------------

EACH_WORD = {
    VendorWord.CREATE: ("1 new, 0 updates, 0 replaced, 0 deleted (history kept)", "1 new"),
    VendorWord.UPDATE: ("1 update, 0 replaced, 0 deleted (history kept)", "1 update"),
    VendorWord.REPLACE: ("0 updates, 1 replaced, 0 deleted (history kept)", "1 replaced"),
    VendorWord.DELETE: ("0 updates, 0 replaced, 1 deleted (history kept)", "1 deleted"),
    VendorWord.RENAME: ("0 updates, 0 replaced, 0 deleted, 1 renamed (history kept)", "1 renamed"),
    VendorWord.IMPORT: ("0 updates, 0 replaced, 0 deleted, 1 imported (history kept)", "1 imported"),
    VendorWord.FORGET: ("0 updates, 0 replaced, 0 deleted, 1 forgotten (history kept)", "1 forgotten"),
    VendorWord.READ: ("0 updates, 0 replaced, 0 deleted, 1 look-up (history kept)", "1 look-up"),
    VendorWord.SAME: ("nothing (1 differs for the engine alone)", ""),
}


def an_operation(word: VendorWord, **more: Any) -> VendorOperation:
    note = "for the engine alone: protect" if word is VendorWord.SAME else ""
    return VendorOperation(f"{MONITOR}::shop-slow", word, note=note, **more)


def changed(*vendor_operations: VendorOperation) -> tuple[VendorChange, ...]:
    return (VendorChange("prod", vendor_operations),)


@pytest.mark.parametrize("word", VendorWord)
def test_counts_headline_and_comment_know_each_word(word: VendorWord) -> None:
    changes = changed(an_operation(word))
    summary, short = EACH_WORD[word]
    review = Review(AT, (), COUNTS, vendors=changes)
    assert vendor_summary(changes) == summary
    assert headline(review) == (f"{NO_EFFECT}; at the vendors: {short}" if short else NO_EFFECT)
    assert f"<details><summary>At the vendors: {summary}</summary>" in comment(review, "a", "b")


@pytest.mark.parametrize(
    ("vendor_operations", "summary", "short"),
    [
        pytest.param((), "nothing", "", id="nothing"),
        pytest.param(
            (an_operation(VendorWord.REPLACE, loses_history=True), an_operation(VendorWord.UPDATE)),
            "1 update, 1 replaced, 0 deleted (1 loses its history)",
            "at the vendors: 1 replaced, 1 update (1 loses its history)",
            id="history is lost",
        ),
        pytest.param(
            (an_operation(VendorWord.DELETE, refused=True), an_operation(VendorWord.DELETE, loses_history=True)),
            "0 updates, 0 replaced, 2 deleted (1 loses its history; the update stops: 1 is protected)",
            "at the vendors: 2 deleted (1 loses its history; the update stops: 1 is protected)",
            id="the update stops, and history would be lost",
        ),
        pytest.param(
            (an_operation(VendorWord.DELETE, refused=True),) * 2,
            "0 updates, 0 replaced, 2 deleted (the update stops: 2 are protected)",
            "at the vendors: 2 deleted (the update stops: 2 are protected)",
            id="the update stops",
        ),
        pytest.param(
            tuple(map(an_operation, VendorWord)) * 1000,
            "1000 new, 1000 updates, 1000 replaced, 1000 deleted, 1000 renamed, 1000 imported, 1000 forgotten, "
            "1000 look-ups (history kept)",
            "at the vendors: 8000 operations",
            id="more than a headline holds",
        ),
    ],
)
def test_what_is_counted(vendor_operations: tuple[VendorOperation, ...], summary: str, short: str) -> None:
    assert (vendor_summary(changed(*vendor_operations)), vendor_headline(changed(*vendor_operations))) == (
        summary,
        short,
    )
    assert len(headline(Review(AT, (), COUNTS, vendors=changed(*vendor_operations)))) <= MAX_HEADLINE


def test_without_plans_the_comment_says_that_nobody_was_asked() -> None:
    text = comment(Review(AT, (), COUNTS), "a", "b")
    assert UNASKED in text
    assert "At the vendors:" not in text


def test_with_equal_plans_the_comment_says_that_nothing_is_asked() -> None:
    text = comment(Review(AT, (), COUNTS, vendors=changed()), "a", "b")
    assert (
        "<summary>At the vendors: nothing</summary>\n\nThe program declares the same as before.\n\n</details>" in text
    )
    assert ASKED in text


def test_the_comment_cuts_operations_by_whole_rows_and_says_how_many_are_left() -> None:
    vendor_operations = [VendorOperation(f"{MONITOR}::{'ö' * 200}{n}", VendorWord.CREATE) for n in range(1000)]
    text = comment(Review(AT, (), COUNTS, vendors=changed(*vendor_operations)), "a", "b")
    shown = text.count("| prod |")
    assert f"\nand {1000 - shown} more operations\n" in text
    assert 0 < shown < 1000
    assert len(text) <= MAX_CHARACTERS
    assert len(text.encode()) <= MAX_BYTES


def test_equal_operations_are_one_row() -> None:
    vendor_operations = [VendorOperation(GET_USER, VendorWord.READ)] * 3
    assert "| prod | getUser ×3 | read |" in comment(
        Review(AT, (), COUNTS, vendors=changed(*vendor_operations)), "a", "b"
    )


def test_a_name_becomes_nothing_in_the_comment() -> None:
    hostile = VendorOperation(f"{MONITOR}::</details>|<b>@you #1 [a](b)", VendorWord.CREATE)
    text = comment(Review(AT, (), COUNTS, vendors=changed(hostile)), "a", "b")
    assert text.count("</details>") == 1
    assert all(word not in text for word in ("<b>", "@you", "#1", "[a](b)"))


# --- the command -----------------------------------------------------------------------------------------------

TRAP = "from pathlib import Path\nPath({!r}).touch()\nraise SystemExit('not this program')\n"


def a_project(root: Path, files: Mapping[str, bytes], trap: Path) -> Path:
    """A catalog beside programs that must not run."""
    for name, content in files.items():
        path = root / "catalog" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name in ("__main__.py", "monitoring/__init__.py", "pulumi.py", "sitecustomize.py", "catalog/__main__.py"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(TRAP.format(str(trap)))
    return root


def test_the_command_asks_its_own_program_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trap = tmp_path / "trap"
    old = a_project(tmp_path / "old", texts(), trap)
    new = a_project(tmp_path / "new", texts(("services/shop.yaml", "title: The shop is slow", "title: Slow")), trap)
    monkeypatch.chdir(new)
    words = ["review", str(old), str(new), "--at", "2026-11-26 09:00", "--plans", "--format", "json"]
    result = CliRunner().invoke(application(words), words)
    assert result.exit_code == 0, result.output
    (prod, *_) = json.loads(result.stdout)["vendors"]
    assert {each["operation"] for each in prod["operations"]} == {"update"}
    assert prod["counts"]["update"] == len(prod["operations"]) > 0
    assert not trap.exists()


def test_names_alone_need_no_plan() -> None:
    words = ["review", "a", "b", "--approvers", "--plans"]
    result = CliRunner().invoke(application(words), words)
    assert str(result.exception) == "--approvers is a list of names; leave --plans out"


def test_a_catalog_of_which_no_plan_can_be_made_is_one_sentence() -> None:
    with pytest.raises(UsageError, match=r"the Plan of the old side cannot be made: oncall.yaml: is missing; [^\n]*$"):
        plans_apart({"services/shop.yaml": b""}, ["prod"], TODAY, "the old side")


def test_plans_that_take_too_long_are_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MAX_SECONDS", 0.0)
    with pytest.raises(UsageError, match=r"^the Plan of the old side takes longer than 0 s to make$"):
        plans_apart(texts(), ["prod"], TODAY, "the old side")


def test_the_child_gets_no_credential_of_the_job() -> None:
    credentials = (*TOKENS, "GITHUB_TOKEN", "GITLAB_TOKEN", "AWS_SECRET_ACCESS_KEY", "ACTIONS_ID_TOKEN_REQUEST_TOKEN")
    environ = dict.fromkeys((*credentials, "PATH", "HOME"), "x")
    assert apart.without_credentials(environ).keys() == {"PATH", "HOME"}


def test_a_file_that_leads_out_of_the_catalog_is_written_nowhere() -> None:
    with pytest.raises(UsageError, match=r'"\.\./x\.yaml" in the old side leads out of the catalog'):
        plans_apart({"../x.yaml": b""}, ["prod"], TODAY, "the old side")
