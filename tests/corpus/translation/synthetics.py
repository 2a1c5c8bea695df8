"""A synthetic test of Datadog's as a rule."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from monitoring.model.scalars import Length
from tests.corpus import VendorObject
from tests.corpus.translation.losses import Translation
from tests.corpus.translation.slugs import slug

SEVERITIES = {1: "P0", 2: "P1", 3: "P2", 4: "P3"}
PLATFORM = "https://shop.youragency.com"
BODIES = {"application/json": "json", "text/plain": "text"}


def translated(test: VendorObject) -> Translation:
    """The rule of a test, with what a browser does in it; nothing of a test is lost."""
    recordings = {slug(test["name"]): {"steps": test["steps"]}} if test["type"] == "browser" else {}
    return Translation("test", test["name"], (rule(test),), recordings=recordings)


def rule(test: VendorObject) -> dict[str, Any]:
    """The rule of a test; its team is the platform's, since no message names a receiver."""
    options = test["options"]
    severity = SEVERITIES[options["monitor_priority"]]
    return {
        "id": slug(test["name"]),
        "title": test["name"],
        "severity": severity,
        "means": test["message"],
        "uptime": {
            "asks": asks(test),
            **({"methods": [test["config"]["request"]["method"]]} if is_http(test) else {}),
            "every": str(Length(options["tick_every"])),
            "regions": list(test["locations"]),
            "failing-in": options["min_location_failed"],
            **_patience(options),
        },
        "team": "platform",
        **reminders(test),
    }


def reminders(test: VendorObject) -> dict[str, str]:
    """How often it repeats itself."""
    minutes = test["options"]["monitor_options"]["renotify_interval"]
    return {"reminds-every": str(Length(60 * minutes)) if minutes else "0m"}


def is_http(test: VendorObject) -> bool:
    """Whether it asks by HTTP, once."""
    return bool(test.get("subtype") == "http")


def _patience(options: VendorObject) -> dict[str, Any]:
    lasting, retry = options["min_failure_duration"], options.get("retry")
    return {
        **({"failing-for": str(Length(lasting))} if lasting else {}),
        **({"retry": {"times": retry["count"], "after": f"{retry['interval'] // 1_000}s"}} if retry else {}),
    }


# --- what it asks ----------------------------------------------------------------------------------------------


def asks(test: VendorObject) -> dict[str, Any]:
    """Its request, and what must hold in the answer."""
    config, asserted = test["config"], assertions_of(test["config"])
    if test["type"] == "browser":
        starts, devices = _address(config["request"]["url"]), test["options"]["device_ids"]
        return {"browser": {"recording": slug(test["name"]), **starts, "devices": devices}}
    if test["subtype"] == "multi":
        return {"steps": [step(row) for row in config["steps"]]}
    request, within = config["request"], _within(asserted)
    match test["subtype"]:
        case "ssl":
            (left,) = asserted["certificate"]
            named = {"host": request["host"], **_port(request, 443), "valid-for": f"{left['target']}d"}
            revoked = {} if test["options"]["checkCertificateRevocation"] else {"revoked-is-valid": True}
            return {"certificate": named | revoked}
        case "tcp":
            return {"connection": {"host": request["host"], "port": int(request["port"]), "within": within}}
        case "dns":
            records = {row["property"]: row["target"] for row in asserted["recordSome"]}
            return {"dns": {"name": request["host"], "records": records, "within": within}}
        case "icmp":
            return {"ping": ping(request, asserted)}
        case "grpc":
            named = {"host": request["host"], "port": int(request["port"]), "service": request["service"]}
            return {"grpc": {**named, "within": within}}
        case _:
            requested = page(request, asserted, follows=bool(test["options"]["follow_redirects"]))
            version = test["options"]["httpVersion"]
            return {"page": requested if version == "any" else requested | {"http-version": version}}


def ping(request: VendorObject, asserted: Mapping[str, list[VendorObject]]) -> dict[str, Any]:
    """Echoes that a host must answer."""
    ((lost,), (late,)) = asserted["packetLossPercentage"], asserted["latency"]
    return {
        "host": request["host"],
        "packets": request["numberOfPackets"],
        "loses-below": f"{lost['target'] * 100:g}%",
        "within": f"{late['target']}ms",
    }


def step(row: VendorObject) -> dict[str, Any]:
    """One request of several, and the values of its answer that later ones use."""
    request = {**row["request"], "url": VARIABLE.sub(lambda name: f"${{{slug(name[1])}}}", row["request"]["url"])}
    kept = {slug(value["name"]): value["parser"]["value"] for value in row.get("extractedValues", [])}
    return {
        "name": row["name"],
        "method": request["method"],
        "page": page(request, assertions_of(row), follows=False),
        **({"keeps": kept} if kept else {}),
        **({} if row["isCritical"] else {"on-failure": "ignore"}),
    }


def _port(request: VendorObject, usual: int) -> dict[str, int]:
    return {} if int(request["port"]) == usual else {"port": int(request["port"])}


def assertions_of(config: VendorObject) -> Mapping[str, list[VendorObject]]:
    """The assertions of a test or of a step by their types."""
    asserted: dict[str, list[VendorObject]] = {}
    for assertion in config.get("assertions", []):
        asserted.setdefault(assertion["type"], []).append(assertion)
    return asserted


def _address(url: str) -> dict[str, str]:
    """An address, below that of the one environment if it lies there."""
    return {"path": url.removeprefix(PLATFORM)} if url.startswith(f"{PLATFORM}/") else {"url": url}


def _within(asserted: Mapping[str, list[VendorObject]]) -> str:
    times = asserted.get("responseTime")
    return f"{times[0]['target']}ms" if times else "any"


def page(request: VendorObject, asserted: Mapping[str, list[VendorObject]], *, follows: bool) -> dict[str, Any]:
    """What a request by HTTP asks, and what must hold in the answer."""
    query = f"?{urlencode(request['query'])}" if request.get("query") else ""
    headers = {
        row["property"]: compared(row["operator"], row["target"], "contains") for row in asserted.get("header", [])
    }
    values = [row["target"] for row in asserted.get("body", []) if row["operator"] == "validatesJSONPath"]
    texts = [row["target"] for row in asserted.get("body", []) if row["operator"] == "contains"]
    (status,) = asserted["statusCode"]
    return {
        **_address(f"{request['url']}{query}"),
        "status": status["target"],
        "within": _within(asserted),
        **({"contains": texts[0]} if texts else {}),
        **({"headers": headers} if headers else {}),
        **({"json-values": {row["jsonPath"]: in_json(row) for row in values}} if values else {}),
        **sent(request),
        **({"follows-redirects": True} if follows else {}),
    }


COMPARISONS = {"is": "is", "isNot": "is-not", "contains": "contains", "moreThan": "more-than", "lessThan": "less-than"}


def compared(operator: str, target: str | int, usual: str) -> Any:
    """What a value of an answer must be: a text alone where it is compared as usual."""
    return target if operator == usual else {COMPARISONS[operator]: target}


def in_json(target: VendorObject) -> Any:
    """What a value in an answer's JSON must be; what is more or less is so than a number."""
    value, operator = target["targetValue"], target["operator"]
    return compared(operator, int(value) if operator in ("moreThan", "lessThan") else value, "is")


def sent(request: VendorObject) -> dict[str, Any]:
    """What a request carries: headers, of which a secret names its variable, and a body."""
    headers = request.get("headers", {})
    secrets = {name: slug(found[1]) for name, value in headers.items() if (found := VARIABLE.search(value))}
    plain = {name: value for name, value in headers.items() if name not in secrets}
    body = {"type": BODIES[request["bodyType"]], "text": request["body"]} if "body" in request else None
    carried = {"headers": plain, "secret-headers": secrets, "body": body}
    return {"sends": {word: value for word, value in carried.items() if value}} if any(carried.values()) else {}


VARIABLE = re.compile(r"\{\{ (\w+) \}\}")
