"""The steps of a browser test as Datadog knows them: their types, what each needs, their times, and their texts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, cast, get_args

from monitoring.model.references import nearest
from monitoring.model.scalars import MAX_QUERY, ScalarType, as_text, invalid_value, quoted, shown

KnownType = Literal[
    "assertCurrentUrl",
    "assertElementAttribute",
    "assertElementContent",
    "assertElementPresent",
    "assertFileDownload",
    "assertFromJavascript",
    "assertPageContains",
    "assertPageLacks",
    "assertRequests",
    "click",
    "goToUrl",
    "hover",
    "pressKey",
    "refresh",
    "scroll",
    "selectOption",
    "typeText",
    "wait",
]
"""The types of step that a recording may hold, of those in Datadog's API description (SyntheticsStepType)."""
_NOT_TAKEN: Mapping[str, str] = {
    "assertEmail": "needs an address that Datadog makes, by a variable of its own",
    "drag": "is half of a move, which no recording holds yet",
    "drop": "is half of a move, which no recording holds yet",
    "extractFromEmailBody": "needs an address that Datadog makes, by a variable of its own",
    "extractFromJavascript": "makes a variable of Datadog's, and no text here may name one",
    "extractVariable": "makes a variable of Datadog's, and no text here may name one",
    "goToEmailLink": "needs an address that Datadog makes, by a variable of its own",
    "goToUrlAndMeasureTti": "is sent without its address by Datadog's provider",
    "playSubTest": "names another test by its id at Datadog, which takes a time that nobody can count",
    "runApiTest": "is a request, and no page in a browser",
    "uploadFiles": "names files by their ids at Datadog",
}
"""The others of Datadog's types, and why a recording cannot hold them."""
_INSTEAD: Mapping[str, str] = {
    "goToUrlAndMeasureTti": "write goToUrl",
    "runApiTest": "write asks: {steps: …} in a rule of its own",
}
Check = Literal[
    "equals",
    "notEquals",
    "contains",
    "notContains",
    "startsWith",
    "notStartsWith",
    "greater",
    "lower",
    "greaterEquals",
    "lowerEquals",
    "matchRegex",
    "between",
    "isEmpty",
    "notIsEmpty",
]
"""How an assertion compares (SyntheticsCheckType of Datadog's API description)."""
WITHOUT_VALUE = frozenset({"isEmpty", "notIsEmpty"})


@dataclass(frozen=True, slots=True)
class TypeParameters:
    """The parameters of a type of step: those that it needs, and those that it may have."""

    needed: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


def _parameters(needed: str = "", optional: str = "") -> TypeParameters:
    return TypeParameters(frozenset(needed.split()), frozenset(optional.split()))


PARAMETERS: Mapping[KnownType, TypeParameters] = {
    "assertCurrentUrl": _parameters("check value"),
    "assertElementAttribute": _parameters("attribute check element value"),
    "assertElementContent": _parameters("check element value"),
    "assertElementPresent": _parameters("element"),
    "assertFileDownload": _parameters("file"),
    "assertFromJavascript": _parameters("code", "element"),
    "assertPageContains": _parameters("value"),
    "assertPageLacks": _parameters("value"),
    "assertRequests": _parameters("requests"),
    "click": _parameters("element", "clickType clickWithJavascript"),
    "goToUrl": _parameters("value"),
    "hover": _parameters("element"),
    "pressKey": _parameters("value", "modifiers"),
    "refresh": _parameters(),
    "scroll": _parameters("", "element x y"),
    "selectOption": _parameters("element value"),
    "typeText": _parameters("element value", "delay"),
    "wait": _parameters("value"),
}
"""What Datadog's provider sends of each type; it leaves anything else out without a word, and asks for it again at the
next preview (DataDog/terraform-provider-datadog, getParamsKeysForStepType, issue 2007).
"""
WRITTEN_BY_HAND: Mapping[str, str] = {
    "attribute": '"attribute": "href"',
    "check": '"check": "contains"',
    "code": '"code": "return true"',
    "element": '"element": {"userLocator": {"values": [{"value": "a.lamp"}]}}',
    "value": '"value": "a lamp"',
}
"""How a parameter is written by hand, where it can be."""
USUAL_STEP_SECONDS, MAX_STEP_SECONDS = 60, 300
"""How long a step tries before it fails where it names no time, and at most (DataDog/documentation, browser_tests,
advanced options, timeout).
"""
WAITS = range(1, 301)
"""The seconds that a step of the type wait may take (the same, test steps, wait)."""
MAX_DELAY = 1_000
"""The milliseconds between two keys, at most: our own judgement, so that a text is typed in a time that counts."""
SECRET_LENGTH = 100
"""The characters that a secret is taken to have, while its typing is counted: our own judgement."""


def _without_braces(text: str) -> str:
    if "{{" in text:
        what = f'{quoted(text)} holds "{{{{", which Datadog replaces by a variable of its own'
        raise invalid_value(what, "write the text without it, and a secret like ${probe-password}")
    return text


def parse_step_value(value: Any) -> str:
    """What a step types, looks for, opens or waits, as it stands; a number is written as one."""
    text = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        raise invalid_value(f"{shown(value)} is not a text", 'write it in quotes, like "a lamp"')
    if not text:
        raise invalid_value("an empty text", 'write what stands there, like "a lamp"')
    return _without_braces(text)


def parse_code(value: Any) -> str:
    """Code in JavaScript."""
    return _without_braces(as_text(value, "code", "write JavaScript in quotes", MAX_QUERY))


def parse_recorded_json(value: Any) -> str:
    """An object of Datadog's recorder, in which nothing is looked for here, as JSON on one line."""
    if not isinstance(value, dict | tuple) or not value:
        raise invalid_value(f"{shown(value)} is not what a recorder writes", "record the step again")
    return _without_braces(json_at_datadog(value))


def json_at_datadog(value: Any) -> str:
    """JSON in the form in which Datadog's provider keeps what it reads back, so that the next preview is empty.

    That of Go's json.Marshal: no blanks, keys in order, and <, > and & escaped (convertStepParamsValueForState).
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return re.sub("[<>&\u2028\u2029]", lambda sign: f"\\u{ord(sign[0]):04x}", text)


def parse_step_type(value: Any) -> KnownType:
    """A type of step that a recording may hold."""
    text = as_text(value, "a type of step", "write it as Datadog spells it, like click")
    if reason := _NOT_TAKEN.get(text):
        raise invalid_value(f"a step of the type {quoted(text)} {reason}", _INSTEAD.get(text, "take the step out"))
    if text not in get_args(KnownType):
        raise invalid_value(f"{quoted(text)} is not a type of step", nearest(text, PARAMETERS))
    return cast("KnownType", text)


StepType = Annotated[KnownType, ScalarType(parse_step_type, {"type": "string", "enum": list(PARAMETERS)})]
StepValue = Annotated[str, ScalarType(parse_step_value, {"type": ["string", "number"], "minLength": 1})]
Code = Annotated[str, ScalarType(parse_code, {"type": "string", "minLength": 1, "maxLength": MAX_QUERY})]
RecordedJson = Annotated[str, ScalarType(parse_recorded_json, {"type": ["object", "array"]})]


def typing_seconds(characters: int, delay: int) -> int:
    """The seconds, rounded up, in which a text is typed with so many milliseconds between two keys."""
    return -(-characters * delay // 1_000)
