"""What a synthetic test of Datadog's says and our Plan does not: property by property, from the Plan back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from monitoring.naming.type_tokens import SYNTHETICS_TEST
from monitoring.plan import Plan
from tests.corpus import VendorObject
from tests.corpus.translation.losses import Translation

Inputs = Mapping[str, Any]
UNCOMPARED = {
    "public_id, monitor_id, created_at, modified_at, creator": "the vendor's own, new for a new object",
    "tags": "ours name the owner, service and severity; nothing reads the old ones but people",
    "monitor_name, escalation_message, notification_preset_name": "the test's name again, and texts that are empty",
    "allow_insecure": "no test allows it, and ours do not",
    "request.timeout": "none is said there; an answer that is late fails by its time, which is compared",
    "secure, and a step's own retry": "ours hide what a step keeps; no step tries again there",
    "the name of a global variable": "derived here, and its value is the whole header's",
    "receivers": "no message names any: whom a test tells was said elsewhere",
}
"""What is not compared, and why."""


def differences(test: VendorObject, translation: Translation, plan: Plan) -> set[str]:
    """The names of the properties of a test that its resource does not say as it does."""
    (rule,) = translation.rules
    ours = plan.by_key[f"{SYNTHETICS_TEST}::{rule['id']}"].inputs
    return {name for name, agrees in COMPARED.items() if not agrees(test, ours)}


def _steps(test: VendorObject, ours: Inputs) -> bool:
    """Whether a browser does the same, in turn; a step that names no time tries for Datadog's own 60s."""
    theirs, own = test.get("steps", []), ours.get("browserSteps") or []
    return len(theirs) == len(own) and all(map(_same_browser_step, theirs, own))


def _same_browser_step(theirs: VendorObject, own: Inputs) -> bool:
    words = ("name", "type", "allowFailure", "isCritical")
    locator = theirs["params"].get("element", {}).get("userLocator")
    own_locator = own["params"].get("elementUserLocator")
    wanted = own_locator and {
        "failTestOnCannotLocate": own_locator["failTestOnCannotLocate"], "values": [own_locator["value"]]
    }  # fmt: skip
    return (
        [theirs[word] for word in words] == [own[word] for word in words]
        and (theirs["timeout"] or 60) == own["timeout"]
        and locator == wanted
        and _plain(theirs["params"], "element") == _plain(own["params"], "elementUserLocator")
    )


def _plain(params: Inputs, without: str) -> Inputs:
    return {name: value for name, value in params.items() if name != without}


def _request(test: VendorObject, ours: Inputs) -> bool:
    steps = test["config"].get("steps")
    if steps is not None:
        own = ours.get("apiSteps") or []
        return len(steps) == len(own) and all(map(_same_step, steps, own))
    theirs, own_request = test["config"]["request"], ours.get("requestDefinition") or {}
    if "url" in theirs:
        return _asked(theirs, theirs.get("headers", {})) == _asked(own_request, ours.get("requestHeaders") or {})
    return all(str(theirs[name]) == str(own_request.get(word, "")) for name, word in HOSTED.items() if name in theirs)


HOSTED = {
    "host": "host",
    "port": "port",
    "dnsServer": "dnsServer",
    "dnsServerPort": "dnsServerPort",
    "numberOfPackets": "numberOfPackets",
    "shouldTrackHops": "shouldTrackHops",
    "service": "service",
    "callType": "callType",
}
"""The words of a request to a host, and those of Datadog's package."""
VARIABLE = re.compile(r".*\{\{ \w+ \}\}.*")


def _asked(request: Inputs, headers: Inputs) -> tuple[Any, ...]:
    """What is asked, in one spelling; a header with a variable is a secret, whose name and value are elsewhere."""
    query = f"?{urlencode(request['query'])}" if request.get("query") else ""
    sent = {name: "a secret" if VARIABLE.fullmatch(value) else value for name, value in headers.items()}
    words = (request.get(name) for name in ("method", "body", "bodyType"))
    return *words, f"{request.get('url')}{query}", sent


def _same_step(theirs: VendorObject, own: Inputs) -> bool:
    kept = [(value["name"], value["type"], value["parser"]) for value in theirs.get("extractedValues", [])]
    own_kept = [(value["name"], value["type"], value["parser"]) for value in own.get("extractedValues") or []]
    return (
        (theirs["name"], theirs["subtype"], theirs["allowFailure"], theirs["isCritical"], kept)
        == (own["name"], own["subtype"], own["allowFailure"], own["isCritical"], own_kept)
        and _asked(theirs["request"], theirs["request"].get("headers", {}))
        == _asked(own["requestDefinition"], own.get("requestHeaders") or {})
        and _held(theirs["assertions"], own["assertions"])
    )


def _assertions(test: VendorObject, ours: Inputs) -> bool:
    return _held(test["config"].get("assertions", []), ours.get("assertions") or [])


def _held(theirs: Sequence[VendorObject], own: Sequence[Inputs]) -> bool:
    return {_assertion(row) for row in theirs} - {TIMED} == {_own_assertion(row) for row in own} - {TIMED}


TIMED = ("responseTime", "", "", "")


def _assertion(row: VendorObject) -> tuple[str, str, str, str]:
    if row["type"] == "responseTime":
        return TIMED
    target = row["target"]
    if isinstance(target, dict):
        names = ("jsonPath", "operator", "targetValue", "elementsOperator")
        return row["type"], row["operator"], str([target[name] for name in names]), ""
    return row["type"], row["operator"], str(target), row.get("property", "")


def _own_assertion(row: Inputs) -> tuple[str, str, str, str]:
    if row["type"] == "responseTime":
        return TIMED
    if path := row.get("targetjsonpath"):
        names = ("jsonpath", "operator", "targetvalue", "elementsoperator")
        return row["type"], row["operator"], str([path[name] for name in names]), ""
    return row["type"], row["operator"], row["target"], row.get("property", "")


def _limit(test: VendorObject, ours: Inputs) -> bool:
    theirs = [row["assertions"] for row in test["config"].get("steps", [test["config"]])]
    own = [row.get("assertions") or [] for row in ours.get("apiSteps") or [ours]]
    return [_times(rows) for rows in theirs] == [_times(rows) for rows in own]


def _times(assertions: Sequence[Inputs]) -> list[str]:
    return [str(row["target"]) for row in assertions if row["type"] == "responseTime"]


def _variables(test: VendorObject, ours: Inputs) -> bool:
    theirs = [variable["type"] for variable in test["config"]["configVariables"]]
    return theirs == [variable["type"] for variable in ours.get("configVariables") or []]


def _retry(test: VendorObject, ours: Inputs) -> bool:
    theirs, own = test["options"].get("retry"), ours["optionsList"].get("retry")
    return (theirs or None) == (own or None)


def _reminders(test: VendorObject, ours: Inputs) -> bool:
    own = ours["optionsList"]["monitorOptions"]
    return bool(test["options"]["monitor_options"]["renotify_interval"] == own["renotifyInterval"])


def _option(theirs: str, own: str, nothing: object) -> Callable[[VendorObject, Inputs], bool]:
    return lambda test, ours: (test["options"].get(theirs) or nothing) == (ours["optionsList"].get(own) or nothing)


COMPARED: Mapping[str, Callable[[VendorObject, Inputs], bool]] = {
    "type": lambda test, ours: (test["type"], test.get("subtype")) == (ours["type"], ours.get("subtype")),
    "name": lambda test, ours: test["name"] in ours["name"],
    "status": lambda test, ours: test["status"] == ours["status"],
    "message": lambda test, ours: test["message"] in ours["message"],
    "locations": lambda test, ours: sorted(test["locations"]) == sorted(ours["locations"]),
    "request": _request,
    "steps": _steps,
    "devices": lambda test, ours: test["options"].get("device_ids", []) == (ours.get("deviceIds") or []),
    "configVariables": _variables,
    "assertions": _assertions,
    "responseTime": _limit,
    "retry": _retry,
    "reminders": _reminders,
    "tick_every": _option("tick_every", "tickEvery", 0),
    "min_location_failed": _option("min_location_failed", "minLocationFailed", 1),
    "min_failure_duration": _option("min_failure_duration", "minFailureDuration", 0),
    "priority": _option("monitor_priority", "monitorPriority", 0),
    "follow_redirects": _option("follow_redirects", "followRedirects", False),
    "httpVersion": lambda test, ours: (
        (test["options"].get("httpVersion") or "any") == (ours["optionsList"].get("httpVersion") or "any")
    ),
    "accept_self_signed": _option("accept_self_signed", "acceptSelfSigned", False),
    "checkCertificateRevocation": _option("checkCertificateRevocation", "checkCertificateRevocation", False),
}
"""Each property that is compared, and whether a test of ours has it as the vendor's object does."""
