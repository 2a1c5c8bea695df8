"""Recordings that are no JSON, that Datadog would not take whole, or that hold a secret."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

import json
from typing import Any

from tests.factories import texts
from tests.loader.broken.case import Broken, replaced, uptime

ASKED = uptime("{browser: {recording: order, path: /cart}}", "{every: 1h, regions: [aws:eu-central-1]}")
LAMP = {"userLocator": {"values": [{"value": "a.lamp"}]}}
FILE = "recordings/order.json"


def with_text(about: str, text: str, *, says: str) -> Broken:
    """A rule with a recording, as a file of this text."""
    return Broken(about, texts(ASKED) | {FILE: text.encode()}, says)


def with_steps(about: str, *steps: dict[str, Any], says: str) -> Broken:
    """A rule with a recording of these steps, each on a line of its own from the second line on."""
    rows = ",\n".join(json.dumps({"name": "Go on", "type": "refresh"} | step) for step in steps)
    return with_text(about, f'{{"steps": [\n{rows}\n]}}\n', says=says)


def typed(value: str, html: str = "<input>", name: str = "Sign in") -> dict[str, Any]:
    """A step that types into a field."""
    element = {"multiLocator": {"ab": "/html/body/input"}, "targetOuterHTML": html}
    return {"name": name, "type": "typeText", "params": {"element": element, "value": value}}


CASES: tuple[Broken, ...] = (
    Broken("a recording that is not there", texts(ASKED), 'services/shop.yaml:11: rule "shop-failing": uptime.asks.browser.recording: no recording is called "order"; there is none; declare it in recordings/order.json (shape)'),
    Broken("a recording of another name", texts(ASKED) | {"recordings/orders.json": b'{"steps": [{"name": "Go on", "type": "refresh"}]}'}, 'services/shop.yaml:11: rule "shop-failing": uptime.asks.browser.recording: no recording is called "order"; did you mean "orders"? (shape)'),
    replaced("a recording among the services", "services/order.json.yaml", "[]", says='services/order.json.yaml:1: a list stands where a mapping is expected; write key: value lines (shape)'),
    replaced("a recording in YAML", "recordings/order.yaml", "steps: []\n", says='recordings/order.yaml: is no file of a catalog; services go to services/NAME.yaml, recordings to recordings/NAME.json (file)'),
    with_text("a recording that is no JSON", '{"steps": [\n],}\n', says='recordings/order.json:2: is not JSON: expecting property name enclosed in double quotes; export it again, or mend the line (file)'),
    with_text("a recording with a number that is none", '{"steps": NaN}', says='recordings/order.json: is not JSON that can be read; export it again (file)'),
    with_text("a recording with half a character", '{"steps": [\n{"name": "\\ud83d", "type": "refresh"}]}', says='recordings/order.json:2: holds half a character; write both halves, or neither, as in \\ud83d\\ude00 (file)'),
    with_text("a recording that is a list", '[{"name": "Go on", "type": "refresh"}]', says='recordings/order.json:1: recording "order": is a list of steps alone; write {"steps": [ and ]} around them (shape)'),
    with_text("a recording with a word twice", '{"steps": [{"name": "Go on", "type": "refresh"}],\n"steps": []}', says='recordings/order.json:2: the key "steps" is defined twice; take one out; the first is on line 1 (duplicate-key)'),
    with_text("a recording without a step", '{"steps": []}', says='recordings/order.json:1: recording "order": steps: has no step; record one (shape)'),
    with_text("the whole export of a test", '{"steps": [{"name": "Go on", "type": "refresh"}],\n"public_id": "abc-def-ghi"}', says='recordings/order.json:2: recording "order": public_id: is an unknown field; there is steps (shape)'),
    with_steps("a step with its id at Datadog", {"public_id": "abc-def-ghi"}, says='recordings/order.json:2: recording "order": steps.1.public_id: is an unknown field; there is allowFailure, isCritical, name, noScreenshot, params, timeout, type (shape)'),
    with_steps("a step of no type", {"type": "clik", "params": {"element": LAMP}}, says='recordings/order.json:2: recording "order": steps.1.type: "clik" is not a type of step; did you mean "click"? (shape)'),
    with_steps("a step that runs another test", {"type": "playSubTest", "params": {}}, says='recordings/order.json:2: recording "order": steps.1.type: a step of the type "playSubTest" names another test by its id at Datadog, which takes a time that nobody can count; take the step out (shape)'),
    with_steps("a step that is a request", {"type": "runApiTest", "params": {}}, says='recordings/order.json:2: recording "order": steps.1.type: a step of the type "runApiTest" is a request, and no page in a browser; write asks: {steps: …} in a rule of its own (shape)'),
    with_steps("a parameter of another type", {"type": "assertPageContains", "params": {"value": "x", "check": "contains"}}, says='recordings/order.json:2: recording "order": steps.1.params.check: Datadog takes no "check" in a step of the type "assertPageContains"; take it out (shape)'),
    with_steps("a click on nothing", {"type": "click"}, says='recordings/order.json:2: recording "order": steps.1.params: a step of the type "click" needs "element"; add it, or record the step again (shape)'),
    with_steps("an element that nothing finds", {"type": "click", "params": {"element": {"url": "https://app.youragency.com"}}}, says='recordings/order.json:2: recording "order": steps.1.params.element: says nothing by which the element is found; write userLocator, or record it again (shape)'),
    with_steps("two selectors of an element", {"type": "click", "params": {"element": {"userLocator": {"values": [{"value": "a"}, {"value": "b"}]}}}}, says='recordings/order.json:2: recording "order": steps.1.params.element.userLocator.values: holds 2 selectors; write one (shape)'),
    with_steps("a step with a picture's key at Datadog", {"type": "click", "params": {"element": LAMP | {"bucketKey": "x"}}}, says='recordings/order.json:2: recording "order": steps.1.params.element.bucketKey: is an unknown field; there is multiLocator, shadowHtmls, targetOuterHTML, url, userLocator (shape)'),
    with_steps("a comparison with nothing", {"type": "assertCurrentUrl", "params": {"check": "contains"}}, says='recordings/order.json:2: recording "order": steps.1.params: a step of the type "assertCurrentUrl" needs "value"; add it, or record the step again (shape)'),
    with_steps("a step that tries for too long", {"timeout": 301}, says='recordings/order.json:2: recording "order": steps.1.timeout: "301" is not how many seconds a step can try; Datadog takes 1 to 300, and 0 for its own 60 (shape)'),
    with_steps("a step that waits for too long", {"type": "wait", "params": {"value": 301}}, says='recordings/order.json:2: recording "order": steps.1.params.value: "301" is not how many seconds a step can wait; Datadog takes 1 to 300 (shape)'),
    with_steps("a wait that is no number", {"type": "wait", "params": {"value": "a while"}}, says='recordings/order.json:2: recording "order": steps.1.params.value: "a while" is not how many seconds a step can wait; Datadog takes 1 to 300 (shape)'),
    with_steps("an address that is none", {"type": "goToUrl", "params": {"value": "http://app.youragency.com/"}}, says='recordings/order.json:2: recording "order": steps.1.params.value: "http://app.youragency.com/" is no https address, and no path below the environment\'s; write it like https://shop.youragency.com/cart, or /cart (shape)'),
    with_steps("a variable of Datadog's", {"type": "assertPageContains", "params": {"value": "{{ NAME }}"}}, says='recordings/order.json:2: recording "order": steps.1.params.value: "{{ NAME }}" holds "{{", which Datadog replaces by a variable of its own; write the text without it, and a secret like ${probe-password} (shape)'),
    with_steps("a password that is written out", typed("hunter2", "<input type='password'>"), says='recordings/order.json:2: recording "order": steps.1.params.value: types a secret, and the catalog holds none; write ${probe-password}, and its value in the stack\'s configuration (shape)'),
    with_steps("a password that was typed while it was recorded", typed("${probe-password}", '<input type="password" value="hunter2">'), says='recordings/order.json:2: recording "order": steps.1.params.element.targetOuterHTML: holds what was typed into a field for a password; take value out of the HTML (shape)'),
    with_steps("a secret by the step's name", typed("abc", name="Type the token"), says='recordings/order.json:2: recording "order": steps.1.params.value: types a secret, and the catalog holds none; write ${probe-password}, and its value in the stack\'s configuration (shape)'),
    with_steps("two steps of one name", {}, {}, says='recordings/order.json:3: recording "order": steps.2.name: has two steps called "Go on"; give each a name of its own (shape)'),
    with_steps("a recording that nothing fails", {"allowFailure": True}, says='recordings/order.json:1: recording "order": steps: fires never, since a failure of each step is allowed; write isCritical: true at one (shape)'),
)  # fmt: skip
