"""The emulated Datadog account: what the facts cannot say in data."""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from monitoring.queries import (
    Unreadable,
    composite_limit,
    fault_of_windows,
    forms_of_type,
    problems_of_query,
    read_query,
)
from tests.engine.accounts.facts import Kind, facts
from tests.engine.accounts.faults import VendorError
from tests.engine.accounts.rules import Refusal, refusals
from tests.engine.accounts.store import Store, Stored
from tests.engine.accounts.values import Properties, holds_unknown, values_at
from tests.engine.accounts.vendor import Vendor, dangling, refers, words

MONITOR = "datadog:index/monitor:Monitor"
MAX_RUNS = 100
"""Runs of a service check that a query may look at (docs.datadoghq.com/api/latest/monitors)."""
SYNTHETICS = "datadog:index/syntheticsTest:SyntheticsTest"
VARIABLE = "datadog:index/syntheticsGlobalVariable:SyntheticsGlobalVariable"
WHOLE_TARGETS = ("responseTime", "certificate", "latency", "packetsReceived", "networkHop", "grpcHealthcheckStatus")
SLO = "datadog:index/serviceLevelObjective:ServiceLevelObjective"
DASHBOARD = "datadog:index/dashboardJson:DashboardJson"
DOWNTIME = "datadog:index/downtimeSchedule:DowntimeSchedule"
TEAMS_CHANNEL = "datadog:ms/integrationTeamsTenantBasedHandle:IntegrationTeamsTenantBasedHandle"
OPSGENIE_SERVICE = "datadog:opsgenie/serviceObject:ServiceObject"
LOCATIONS = ("aws:ap-southeast-1", "aws:eu-central-1", "aws:eu-west-3", "aws:us-east-1")
MORE_LOCATIONS = "datadog-locations"
"""Where the names of further locations are kept: other managed ones, and private ones."""

COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    ">": operator.lt, ">=": operator.lt, "<": operator.gt, "<=": operator.gt,
}  # fmt: skip
"""Whether a value lies on the OK side of the critical threshold, for the query's comparison."""

NOTHING_ADDED = ("id", "author_handle", "author_name", "author_info", "created_at", "modified_at", "url")
ANSWERED: Mapping[str, Any] = {"description": None, "template_variables": [], "notify_list": [], "restricted_roles": []}
"""Keys that the dashboard API adds to its answer (providers' facts, issue 2813 of the Terraform provider)."""


def plan(store: Store, kind: Kind, inputs: Properties) -> Iterator[Refusal]:
    """What a preview asks the account about: monitors go to the validation endpoint, SLOs fetch their monitors."""
    if kind.token == MONITOR and inputs.get("validate") is not False and not holds_unknown(inputs.get("query")):
        yield from refusals(facts("datadog"), kind, inputs, when=("api",))
        yield from query_refusals(store, inputs)
    if kind.token == SLO and inputs.get("validate") is not False:
        yield from dangling(store, kind, inputs)
    if kind.token == DASHBOARD and not holds_unknown(inputs):
        yield from json_refusals(inputs["dashboard"])


def admit(store: Store, kind: Kind, inputs: Properties) -> Iterator[Refusal]:
    """What the API itself refuses."""
    if kind.token == MONITOR:
        yield from query_refusals(store, inputs)
    elif kind.token == SYNTHETICS:
        yield from synthetics_refusals(inputs)
        yield from variable_refusals(store, inputs)
    elif kind.token == DASHBOARD:
        yield from dashboard_refusals(json.loads(inputs["dashboard"]))
    elif kind.token == SLO:
        yield from slo_refusals(inputs)
    elif kind.token == DOWNTIME:
        yield from downtime_refusals(store, inputs)
    if kind.installation:
        yield from installation_refusals(store, kind, inputs)


def downtime_refusals(store: Store, inputs: Properties) -> Iterator[Refusal]:
    """A recurrence that cannot be read, zones that differ, and a start that has passed where the account has a clock.

    Sources: RFC 5545 as the API description names it, and there that `timezone` must match `display_timezone`; a start
    in the past, on creation and on update: DataDog/terraform-provider-datadog issue 2060, datadog-sync-cli 664.
    """
    schedule = inputs.get("recurringSchedule") or {}
    if schedule and schedule.get("timezone") != inputs.get("displayTimezone"):
        yield Refusal("recurringSchedule.timezone", "must match display_timezone")
    zone = ZoneInfo(schedule.get("timezone") or "UTC")
    for recurrence in schedule.get("recurrences", []):
        start = recurrence["start"] and datetime.fromisoformat(recurrence["start"])
        try:
            rrulestr(recurrence["rrule"], dtstart=start.replace(tzinfo=zone))
        except ValueError as error:
            yield Refusal("recurringSchedule.recurrences[].rrule", str(error))
        clock = store.setting("datadog-clock")
        if clock and start.replace(tzinfo=zone) < datetime.fromisoformat(clock):
            yield Refusal("recurringSchedule.recurrences[].start", "Scheduled downtime start cannot be in the past")


def installation_refusals(store: Store, kind: Kind, inputs: Properties) -> Iterator[Refusal]:
    """Products that nobody has connected in the account."""
    connected = store.setting(f"datadog-{kind.installation}", default=[])
    if not connected:
        yield Refusal("", f"the {kind.installation} integration is not installed in this account")
    elif "accountName" in inputs and inputs["accountName"] not in connected:
        yield Refusal("accountName", f"no {kind.installation} account named {inputs['accountName']!r} is connected")
    elif kind.token == TEAMS_CHANNEL:
        path = "/".join(quote(inputs[name], safe="") for name in ("tenantName", "teamName", "channelName"))
        if path not in connected:
            yield Refusal("channelName", f"no channel {inputs['channelName']!r} is seen there")


def query_refusals(store: Store, inputs: Properties) -> Iterator[Refusal]:
    """What is wrong with a monitor's query: its form, the monitors that it names, its thresholds."""
    type_, query = inputs["type"], inputs["query"].strip()
    if type_ == "composite":
        yield from composite_refusals(store, query)
        return
    if not is_query_of(type_, query):
        yield Refusal("query", f"{query!r} is not a query of type {type_!r}")
    yield from threshold_refusals(query, inputs.get("monitorThresholds", {}))
    yield from window_refusals(query, inputs)
    yield from run_refusals(query, inputs.get("monitorThresholds", {}))
    if inputs.get("renotifyOccurrences") and not inputs.get("renotifyInterval"):
        yield Refusal("renotifyOccurrences", "can only be set if renotify_interval is set")
    known = read_query(query)
    word = inputs.get("onMissingData")
    if word not in (None, "default") and not isinstance(known, Unreadable) and "default_zero" in known.functions:
        yield Refusal("onMissingData", f"Invalid on_missing_data value: {word}; valid value is: default")
    keys = inputs.get("notifyBies", [])
    if keys not in ([], ["*"]) and not isinstance(known, Unreadable) and not set(keys) < set(known.groups):
        yield Refusal("notifyBies", "must be a proper subset of the grouping tags")
    if inputs.get("newGroupDelay") and not isinstance(known, Unreadable) and not known.groups:
        yield Refusal("newGroupDelay", "The new_group_delay option can only be used for multi-alert monitors")


def is_query_of(type_: str, query: str) -> bool:
    """Whether a monitor of this type takes the query; any query of a type whose forms nobody keeps."""
    known = read_query(query)
    if isinstance(known, Unreadable):
        return not forms_of_type(type_)
    is_whole = known.form.ends_in_comparison is bool(known.comparison)
    return not forms_of_type(type_) or (type_ in known.form.types and is_whole and not any(problems_of_query(known)))


def composite_refusals(store: Store, query: str) -> Iterator[Refusal]:
    """Parts of a composite query that are no monitors; at most ten monitors, none a composite itself."""
    ids = [word for word in words(query) if word not in ("&&", "||")]
    if len(ids) > composite_limit():
        yield Refusal("query", f"{len(ids)} monitors given, at most {composite_limit()} allowed")
    for id_ in ids:
        part = store.get(MONITOR, id_)
        if part is None and not refers(store, [f"{SYNTHETICS}#monitorId"], id_):
            yield Refusal("query", f"no monitor has the id {id_!r}")
        if part is not None and part.body["type"] == "composite":
            yield Refusal("query", f"monitor {id_} is a composite itself")


def threshold_refusals(query: str, thresholds: Mapping[str, Any]) -> Iterator[Refusal]:
    """Thresholds that do not fit the number at the end of the query."""
    end = re.search(r"(<=|>=|<|>)\s*(-?[0-9.]+(?:[eE][-+]?[0-9]+)?)$", query)
    values = {name: float(value) for name, value in thresholds.items() if is_number(value)}
    if end is None:
        return
    if "critical" in values and values["critical"] != float(end[2]):
        yield Refusal("monitorThresholds.critical", f"{values['critical']} does not match {end[2]} used in the query")
    for name, against in (("warning", "critical"), ("criticalRecovery", "critical"), ("warningRecovery", "warning")):
        if name in values and against not in values:
            yield Refusal(f"monitorThresholds.{name}", f"needs {against}")
        elif name in values and not COMPARED[end[1]](values[name], values[against]):
            yield Refusal(f"monitorThresholds.{name}", f"{values[name]} is not on the OK side of {against}")


def window_refusals(query: str, inputs: Properties) -> Iterator[Refusal]:
    """The windows of an anomaly: missing, beside another query, or such that it could fire and recover at once."""
    windows, known = inputs.get("monitorThresholdWindows"), read_query(query)
    is_anomaly = not isinstance(known, Unreadable) and known.form.name == "anomaly"
    if is_anomaly is not bool(windows):
        yield Refusal("monitorThresholdWindows", "are required for anomaly monitors and taken by them alone")
    elif windows:
        thresholds = inputs.get("monitorThresholds", {})
        fires_at, recovers_at = (float(thresholds.get(name) or 0) for name in ("critical", "criticalRecovery"))
        trigger, recover = windows.get("triggerWindow", ""), windows.get("recoveryWindow", "")
        if fault := fault_of_windows(query, trigger, recover, fires_at, recovers_at):
            yield Refusal("monitorThresholdWindows", fault)


def run_refusals(query: str, thresholds: Mapping[str, Any]) -> Iterator[Refusal]:
    """A service check that looks at fewer runs than a threshold counts, at too many, or without a group."""
    known = read_query(query)
    if isinstance(known, Unreadable) or known.runs is None or known.aggregation != "count_by_status":
        return
    counted = [float(value) for value in thresholds.values() if is_number(value)]
    if not max(counted, default=1) <= known.runs <= MAX_RUNS:
        yield Refusal("query", f"last({known.runs}) is below a threshold, or above {MAX_RUNS}")
    if not known.groups:
        yield Refusal("query", "a check monitor must be grouped")


def is_number(value: Any) -> bool:
    """Whether a text can be read as a number."""
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def synthetics_refusals(inputs: Properties) -> Iterator[Refusal]:
    """Numbers of a synthetic test that do not fit each other."""
    options = inputs.get("optionsList", {})
    if options.get("minLocationFailed", 1) > len(inputs["locations"]):
        yield Refusal("optionsList.minLocationFailed", "is above the number of locations")
    is_of_steps = inputs.get("subtype") == "multi"
    if inputs["type"] == "api" and not is_of_steps and not inputs.get("assertions"):
        yield Refusal("assertions", "an API test needs at least one")
    if is_of_steps is not bool(inputs.get("apiSteps")):
        yield Refusal("apiSteps", "go with the subtype multi, and it with them")
    if inputs["type"] != "browser" and inputs.get("browserSteps"):
        yield Refusal("browserSteps", "go with the type browser")
    for number, step in enumerate(inputs.get("browserSteps") or ()):
        yield from step_refusals(number, step)


def step_refusals(number: int, step: Properties) -> Iterator[Refusal]:
    """A browser's step without what its type needs (DataDog/terraform-provider-datadog, issues 933 and 2626)."""
    params, taken = step["params"], SENT_OF_STEPS[step["type"]].split()
    for name in ("value", "code", "file", "requests"):
        if name in taken and not params.get(name) and params.get("check") not in ("isEmpty", "notIsEmpty"):
            yield Refusal(f"browserSteps[{number}].params", f"'{name}' is a required property")
    is_located = params.get("element") or params.get("elementUserLocator")
    if "element" in taken and not is_located and step["type"] not in ("scroll", "assertFromJavascript"):
        yield Refusal(f"browserSteps[{number}].params", "'element' is a required property")


def variable_refusals(store: Store, inputs: Properties) -> Iterator[Refusal]:
    """Variables of a test under another name than their own (DataDog/terraform-provider-datadog, issue 1973)."""
    for variable in (*inputs.get("configVariables", ()), *inputs.get("browserVariables", ())):
        known = store.get(VARIABLE, variable.get("id", ""))
        if variable["type"] == "global" and known and known.body["name"] != variable["name"]:
            yield Refusal("configVariables", f"Global variable invalid names: {variable['name']}")


def slo_refusals(inputs: Properties) -> Iterator[Refusal]:
    """Thresholds of an SLO that contradict each other."""
    frames = [threshold["timeframe"] for threshold in inputs["thresholds"]]
    if len(set(frames)) < len(frames):
        yield Refusal("thresholds", "holds a timeframe twice")
    for threshold in inputs["thresholds"]:
        if threshold["timeframe"] == "custom":
            yield Refusal("thresholds", "custom is not accepted")
        if threshold.get("warning", 100) <= threshold["target"]:
            yield Refusal("thresholds", f"warning {threshold['warning']} is not above target {threshold['target']}")


def json_refusals(text: str) -> Iterator[Refusal]:
    """A dashboard that is no JSON object."""
    try:
        fine = isinstance(json.loads(text), dict)
    except ValueError:
        fine = False
    if not fine:
        yield Refusal("dashboard", "is not a JSON object")


def dashboard_refusals(board: Mapping[str, Any]) -> Iterator[Refusal]:
    """What the dashboard API asks of every dashboard."""
    if board.get("layout_type") not in ("ordered", "free"):
        yield Refusal("dashboard", f"layout_type {board.get('layout_type')!r} is neither ordered nor free")
    for name in ("title", "widgets"):
        if name not in board:
            yield Refusal("dashboard", f"{name} is missing")
    tags = board.get("tags") or []
    if len(tags) > 5 or any(not tag.startswith("team:") for tag in tags):
        yield Refusal("dashboard", "takes at most five tags, each team:<name>")


def keep(store: Store, kind: Kind, body: Properties, old: Stored | None) -> Properties:
    """What the account stores for a request."""
    if kind.token == SYNTHETICS:
        return kept_test(store, body, old)
    if kind.token == DASHBOARD:
        id_ = str(body.get("_id") or (old.body["_id"] if old else ""))
        return {**body, "dashboard": answered(body["dashboard"], id_=id_), "url": f"/dashboard/{id_}"}
    if kind.token == SLO and "tags" in body:
        return {**body, "tags": sorted({tidy_tag(tag) for tag in body["tags"]})}
    return body


def kept_test(store: Store, body: Properties, old: Stored | None) -> Properties:
    """A synthetic test with the monitor that Datadog makes for it. Raises `VendorError` when its type changes."""
    if old is not None and old.body["type"] != body["type"]:
        raise VendorError(400, f"the type of a test cannot change from {old.body['type']} to {body['type']}")
    number = old.body["monitorId"] if old else 1_000_000 + store.next_number("datadog")
    subtype = {"subtype": "http"} if body["type"] == "api" else {}
    steps = [kept_step(index, step) for index, step in enumerate(body.get("browserSteps") or ())]
    browser = {"browserSteps": steps} if steps else {}
    return {**subtype, **body, **kept_parts(body), **browser, "monitorId": number}


SENT_OF_STEPS: Mapping[str, str] = {
    "assertCurrentUrl": "check value", "assertElementAttribute": "attribute check element value",
    "assertElementContent": "check element value", "assertElementPresent": "element", "assertFileDownload": "file",
    "assertFromJavascript": "code element", "assertPageContains": "value", "assertPageLacks": "value",
    "assertRequests": "requests", "click": "clickType clickWithJavascript element", "goToUrl": "value",
    "hover": "element", "pressKey": "modifiers value", "refresh": "", "scroll": "element x y",
    "selectOption": "element value", "typeText": "delay element value", "wait": "value",
}  # fmt: skip
"""What the provider sends of a browser's step, of the types that are declared here (getParamsKeysForStepType)."""


def kept_step(number: int, step: Properties) -> Properties:
    """A browser's step as the provider reads it back: with an id, and of its parameters those that were sent.

    An element that somebody wrote down is answered inside of `element`, too (the provider's getStepParams, and
    updateSyntheticsBrowserTestLocalState).
    """
    params, taken = step["params"], SENT_OF_STEPS[step["type"]].split()
    sent = {name: value for name, value in params.items() if name in taken}
    if "element" in taken and (locator := params.get("elementUserLocator")):
        named = {"failTestOnCannotLocate": locator.get("failTestOnCannotLocate", False), "values": [locator["value"]]}
        whole = {**json.loads(params.get("element") or "{}"), "userLocator": named}
        forced = params.get("element") if step.get("forceElementUpdate") else None
        sent |= {"elementUserLocator": locator, "element": forced or json.dumps(whole, sort_keys=True)}
    return {**step, "params": sent, "publicId": f"stp-{number:03d}"}


def kept_parts(body: Properties) -> Properties:
    """The assertions of a test and of its steps as the provider sends them."""
    steps = [{**step, **kept_parts(step)} for step in body.get("apiSteps") or ()]
    assertions = [kept_assertion(assertion) for assertion in body.get("assertions") or ()]
    return {**({"apiSteps": steps} if steps else {}), **({"assertions": assertions} if assertions else {})}


def kept_assertion(assertion: Properties) -> Properties:
    """An assertion as the provider sends it and reads it back.

    A target of a whole type that is no whole number becomes 0, and another number is spelled without an exponent.
    Source: DataDog/terraform-provider-datadog, resource_datadog_synthetics_test_.go: strconv.Atoi, its error ignored;
    strconv.ParseFloat and FormatFloat with 'f'.
    """
    if at_path := assertion.get("targetjsonpath"):
        is_number = at_path["operator"] in ("lessThan", "moreThan") and "{{" not in at_path["targetvalue"]
        value = as_read_back(at_path["targetvalue"]) if is_number else at_path["targetvalue"]
        return {**assertion, "targetjsonpath": {**at_path, "targetvalue": value}}
    if assertion["type"] == "packetLossPercentage":
        return {**assertion, "target": as_read_back(assertion["target"])}
    whole = re.fullmatch(r"[-+]?\d+", str(assertion.get("target", "0")))
    return assertion if whole or assertion["type"] not in WHOLE_TARGETS else {**assertion, "target": "0"}


def as_read_back(text: str) -> str:
    """A number as the provider spells it."""
    return f"{Decimal(repr(float(text))).normalize():f}"


def answered(text: str, *, id_: str) -> str:
    """A dashboard as the API answers it: with its own keys, and with defaults for some that were left out."""
    own = {"id": id_, "author_handle": "oncall@youragency.com", "url": f"/dashboard/{id_}"}
    return json.dumps({**ANSWERED, **json.loads(text), **own})


def plain_dashboard(text: str) -> Any:
    """A dashboard without what the provider never compares."""
    board = json.loads(text)
    board = {name: part for name, part in board.items() if name not in NOTHING_ADDED}
    if isinstance(board.get("restricted_roles"), list):
        board.pop("is_read_only", None)
    if isinstance(board.get("notify_list"), list):
        board["notify_list"] = sorted(board["notify_list"])
    return without_ids(board)


def without_ids(value: Any) -> Any:
    """A dashboard's part without the ids that change on every write."""
    if isinstance(value, dict):
        return {name: without_ids(part) for name, part in value.items() if name not in ("id", "widget_ids")}
    return [without_ids(element) for element in value] if isinstance(value, list) else value


def tidy_tag(tag: str) -> str:
    """A tag as SLOs store it: lower case, odd characters as underscores, cut at 200."""
    return re.sub(r"[^a-z0-9_:./\-]", "_", tag.lower())[:200]


def same(token: str, path: str, old: Any, new: Any) -> bool:
    """Differences that the provider treats as none."""
    if path.startswith("monitorThresholds.") and is_number(old) and is_number(new):
        return float(old) == float(new)
    if path == "type" and {old, new} == {"metric alert", "query alert"}:
        return True
    if path == "dashboard":
        return bool(plain_dashboard(old) == plain_dashboard(new))
    if token == SLO and path == "tags" and isinstance(old, list) and isinstance(new, list):
        return sorted(map(tidy_tag, old)) == sorted(map(tidy_tag, new))
    tidy = path in ("message", "query", "escalationMessage", "description", "query.numerator", "query.denominator")
    return tidy and isinstance(old, str) and isinstance(new, str) and old.strip() == new.strip()


def farewell(store: Store, kind: Kind, stored: Stored) -> None:
    """Nothing hangs on a Datadog object beyond what the facts say, except dashboards that show an SLO."""
    boards = store.objects(DASHBOARD) if kind.token == SLO and not stored.body.get("forceDelete") else []
    for board in boards:
        if any(stored.id in text for text in values_at(dict(board.body), "dashboard")):
            raise VendorError(409, f"SLO {stored.id} is still shown on dashboard {board.id}")


def get_locations(store: Store, _: Properties) -> Properties:
    """From where Datadog tests, by id: a few of its managed locations, and those that somebody added."""
    names = (*LOCATIONS, *store.setting(MORE_LOCATIONS, default=[]))
    return {"id": "datadog-synthetics-locations", "locations": {name: name for name in names}}


VENDOR = Vendor(
    facts=facts("datadog"),
    plan=plan,
    admit=admit,
    keep=keep,
    farewell=farewell,
    same=same,
    functions={"datadog:index/getSyntheticsLocations:getSyntheticsLocations": get_locations},
)
