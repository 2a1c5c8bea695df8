"""Reads a synthetic test of Datadog: what it asks, step by step, and what must be true of the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitoring.expectations.references import Row, require


def synthetic_test_row(inputs: Mapping[str, Any]) -> Row:
    """A test: what it asks, from where and how often, and what makes it fail."""
    require(inputs["status"] == "live", f"a test is {inputs['status']}")
    options = inputs["optionsList"]
    require(not options.get("acceptSelfSigned"), "a test accepts a certificate that nobody vouches for")
    retry = options.get("retry")
    return {
        "request": _request(inputs.get("subtype"), inputs.get("requestDefinition") or {}, options),
        "sends": list(_sent(inputs)),
        "steps": [_test_step(step) for step in inputs.get("apiSteps") or ()],
        "browser-steps": [_browser_step(step) for step in inputs.get("browserSteps") or ()],
        "devices": list(inputs.get("deviceIds") or ()),
        "tick-every": options["tickEvery"],
        "locations": inputs["locations"],
        "min-location-failed": options["minLocationFailed"],
        "min-failure-duration": options.get("minFailureDuration"),
        "retry": {"count": retry["count"], "interval": retry["interval"]} if retry else None,
        "assertions": [" ".join(_assertion(assertion)) for assertion in inputs.get("assertions") or ()],
        "priority": options["monitorPriority"],
    }


def _test_step(step: Mapping[str, Any]) -> Row:
    """A request of a test of several: what is asked, sent and kept of the answer, and what its failure does."""
    request, kept = step["requestDefinition"], step.get("extractedValues") or ()
    for value in kept:
        sort = (value["type"], value["parser"]["type"])
        require(sort == ("http_body", "json_path"), f"a step keeps what is {' by '.join(sort)}")
    return {
        "name": step["name"],
        "request": _request(step["subtype"], request, request),
        "sends": list(_sent(step)),
        "assertions": [" ".join(_assertion(assertion)) for assertion in step.get("assertions") or ()],
        "keeps": [f"{value['name']}: {value['parser'].get('value')}" for value in kept],
        "on-failure": _on_failure(step),
    }


def _on_failure(step: Mapping[str, Any]) -> str:
    return "stop" if not step.get("allowFailure") else "continue" if step.get("isCritical") else "ignore"


COMPARED = (
    "attribute", "check", "value", "delay", "clickType", "clickWithJavascript", "modifiers", "code", "file", "requests",
    "x", "y",
)  # fmt: skip
"""What of a browser's step is spelled out where it is given, in this order."""


def _browser_step(step: Mapping[str, Any]) -> Row:
    """What a browser does or looks for, and what its failure does."""
    params = step["params"]
    parts = [f"{name} {_spelled(params[name])}" for name in COMPARED if _is_given(params.get(name))]
    return {
        "name": step["name"],
        "does": " ".join([step["type"], *parts, *_elements(params)]),
        "seconds": step["timeout"],
        "on-failure": _on_failure(step),
    }


def _is_given(value: Any) -> bool:
    return value is not None and value is not False and value != []


def _spelled(value: Any) -> str:
    return "+".join(value) if isinstance(value, list | tuple) else str(value)


def _elements(params: Mapping[str, Any]) -> Iterator[str]:
    if locator := params.get("elementUserLocator"):
        alone = " alone" if locator.get("failTestOnCannotLocate") else ""
        yield f"in {locator['value']['type']} {locator['value']['value']}{alone}"
    if params.get("element"):
        yield "in what was recorded"


def _request(subtype: str | None, asks: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """What a test asks; a redirect that it would follow, or a revoked certificate that it would take, is said."""
    if subtype is None:
        return f"a browser from {asks['url']}"
    if subtype == "http":
        version = f" by {options['httpVersion']}" if options.get("httpVersion") else ""
        redirects = ", redirects followed" if options.get("followRedirects") else ""
        return f"{asks['method']} {asks['url']}{version}{redirects}"
    if subtype == "tcp":
        return f"connection to {asks['host']}:{asks['port']}"
    if subtype == "dns":
        return f"{asks['host']} at {asks.get('dnsServer') or 'any server'}:{asks['dnsServerPort']}"
    if subtype == "icmp":
        return f"{asks['numberOfPackets']} echoes of {asks['host']}"
    if subtype == "grpc":
        return f"{asks['callType']} of {asks.get('service') or 'all'} at {asks['host']}:{asks['port']}"
    if subtype == "multi":
        return "its steps, one after the other"
    revoked = "" if options.get("checkCertificateRevocation") else ", revoked or not"
    return f"certificate of {asks['host']}:{asks['port']}{revoked}"


def _sent(inputs: Mapping[str, Any]) -> Iterator[str]:
    """What a request carries: its headers, and its body with what it is."""
    yield from (f"{name}: {value}" for name, value in sorted((inputs.get("requestHeaders") or {}).items()))
    if body := (inputs.get("requestDefinition") or {}).get("body"):
        yield f"{inputs['requestDefinition'].get('bodyType')} {body}"


def _assertion(assertion: Mapping[str, Any]) -> Iterator[str]:
    path, schema = assertion.get("targetjsonpath"), assertion.get("targetjsonschema")
    yield assertion["type"]
    if path:
        require(assertion["operator"] == "validatesJSONPath", "an assertion has a path that it does not use")
        first = path.get("elementsoperator") in (None, "firstElementMatches")
        require(first, "an assertion is not about the first value at its path")
        yield from (path["jsonpath"], path["operator"], path["targetvalue"] or '""')
    elif schema:
        require(assertion["operator"] == "validatesJSONSchema", "an assertion has a schema that it does not use")
        yield from (assertion["operator"], schema["metaschema"], schema["jsonschema"])
    else:
        yield from filter(None, (assertion.get("property"), assertion["operator"], assertion["target"]))
