"""What a synthetic test of Datadog's says and our Plan does not: property by property, from the Plan back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    "connection is established": "a test that gets none fails by that alone (DataDog/documentation, tcp_tests)",
    "receivers": "no message names any: whom a test tells was said elsewhere",
}
"""What is not compared, and why."""


def differences(test: VendorObject, translation: Translation, plan: Plan) -> set[str]:
    """The names of the properties of a test that its resource does not say as it does."""
    (rule,) = translation.rules
    ours = plan.by_key[f"{SYNTHETICS_TEST}::{rule['id']}"].inputs
    return {name for name, agrees in COMPARED.items() if not agrees(test, ours)}


def _request(test: VendorObject, ours: Inputs) -> bool:
    theirs, own = test["config"]["request"], ours["requestDefinition"]
    if "host" in theirs:
        return bool((theirs["host"], theirs["port"]) == (own["host"], own["port"]))
    query = f"?{urlencode(theirs['query'])}" if theirs.get("query") else ""
    asked = (theirs["method"], f"{theirs['url']}{query}", theirs.get("headers", {}), theirs.get("body"))
    return asked == (own["method"], own["url"], ours.get("requestHeaders", {}), own.get("body"))


def _assertions(test: VendorObject, ours: Inputs) -> bool:
    asked = {_assertion(row) for row in test["config"]["assertions"]} - {TIMED, CONNECTED}
    return asked == {_own_assertion(row) for row in ours["assertions"]} - {TIMED}


TIMED = ("responseTime", "", "", "")
CONNECTED = ("connection", "is", "established", "")


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
    theirs = [str(row["target"]) for row in test["config"]["assertions"] if row["type"] == "responseTime"]
    return theirs == [row["target"] for row in ours["assertions"] if row["type"] == "responseTime"]


def _retry(test: VendorObject, ours: Inputs) -> bool:
    theirs, own = test["options"].get("retry"), ours["optionsList"].get("retry")
    return (theirs or None) == (own or None)


def _reminders(test: VendorObject, ours: Inputs) -> bool:
    own = ours["optionsList"]["monitorOptions"]
    return bool(test["options"]["monitor_options"]["renotify_interval"] == own["renotifyInterval"])


def _option(theirs: str, own: str, nothing: object) -> Callable[[VendorObject, Inputs], bool]:
    return lambda test, ours: (test["options"].get(theirs) or nothing) == (ours["optionsList"].get(own) or nothing)


COMPARED: Mapping[str, Callable[[VendorObject, Inputs], bool]] = {
    "type": lambda test, ours: (test["type"], test["subtype"]) == (ours["type"], ours["subtype"]),
    "name": lambda test, ours: test["name"] in ours["name"],
    "status": lambda test, ours: test["status"] == ours["status"],
    "message": lambda test, ours: test["message"] in ours["message"],
    "locations": lambda test, ours: sorted(test["locations"]) == sorted(ours["locations"]),
    "request": _request,
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
