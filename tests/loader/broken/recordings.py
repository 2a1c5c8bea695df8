"""Recordings that are no JSON, that Datadog would not take whole, or that hold a secret."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

import json
from typing import Any

from tests.factories import texts
from tests.loader.broken.case import Broken, replaced, uptime

RULE = uptime("{browser: {recording: order, path: /cart}}", "{every: 1h, regions: [aws:eu-central-1]}")
LAMP = {"userLocator": {"values": [{"value": "a.lamp"}]}}
FILE = "recordings/order.json"
SECRET = 'recordings/order.json:2: recording "order": steps.1.params.value: types a secret, and the catalog holds none; write ${probe-password}, and its value in the stack\'s configuration (shape)'


def with_text(about: str, text: str, *, says: str) -> Broken:
    """A rule with a recording, as a file of this text."""
    return Broken(about, texts(RULE) | {FILE: text.encode()}, says)


def with_steps(about: str, *steps: dict[str, Any], says: str) -> Broken:
    """A rule with a recording of these steps, each on a line of its own from the second line on."""
    rows = ",\n".join(json.dumps({"name": "Go on", "type": "refresh"} | step) for step in steps)
    return with_text(about, f'{{"steps": [\n{rows}\n]}}\n', says=says)


def typed(value: str, html: str = "<input>", name: str = "Sign in", ab: str = "/input", **more: int) -> dict[str, Any]:
    """A step that types into a field that was recorded."""
    element = {"multiLocator": {"ab": ab}, "targetOuterHTML": html}
    return {"name": name, "type": "typeText", "params": {"element": element, "value": value} | more}


def selected(selector: str) -> dict[str, Any]:
    """A step that types into a field that a selector finds."""
    element = {"userLocator": {"values": [{"value": selector}]}}
    return {"type": "typeText", "params": {"element": element, "value": "hunter2"}}


CASES: tuple[Broken, ...] = (
    Broken("a recording that is not there", texts(RULE), 'services/shop.yaml:11: rule "shop-failing": uptime.asks.browser.recording: no recording is called "order"; there is none; declare it in recordings/order.json (shape)'),
    Broken("a recording of another name", texts(RULE) | {"recordings/orders.json": b'{"steps": [{"name": "Go on", "type": "refresh"}]}'}, 'services/shop.yaml:11: rule "shop-failing": uptime.asks.browser.recording: no recording is called "order"; did you mean "orders"? (shape)'),
    replaced("a recording among the services", "services/order.json.yaml", "[]", says='services/order.json.yaml:1: a list stands where a mapping is expected; write key: value lines (shape)'),
    replaced("a recording in YAML", "recordings/order.yaml", "steps: []\n", says='recordings/order.yaml: is no file of a catalog; services go to services/NAME.yaml, recordings to recordings/NAME.json (file)'),
    with_text("a recording that is no JSON", '{"steps": [\n],}\n', says='recordings/order.json:2: is not JSON: expecting property name enclosed in double quotes; export it again, or mend the line (file)'),
    with_text("a recording with a number that is none", '{"steps": NaN}', says='recordings/order.json:1: holds "NaN", which is no number, or too large for one; write a number, like 20 (file)'),
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
    with_steps("a click on nothing", {"type": "click"}, says='recordings/order.json:2: recording "order": steps.1.params: a step of the type "click" needs "element"; add it, like "element": {"userLocator": {"values": [{"value": "a.lamp"}]}}, or record the step again (shape)'),
    with_steps("an element that nothing finds", {"type": "click", "params": {"element": {"url": "https://app.youragency.com"}}}, says='recordings/order.json:2: recording "order": steps.1.params.element: says nothing by which the element is found; write userLocator, or record it again (shape)'),
    with_steps("two selectors of an element", {"type": "click", "params": {"element": {"userLocator": {"values": [{"value": "a"}, {"value": "b"}]}}}}, says='recordings/order.json:2: recording "order": steps.1.params.element.userLocator.values: holds 2 selectors; write one (shape)'),
    with_steps("a step with a picture's key at Datadog", {"type": "click", "params": {"element": LAMP | {"bucketKey": "x"}}}, says='recordings/order.json:2: recording "order": steps.1.params.element.bucketKey: is an unknown field; there is multiLocator, shadowHtmls, targetOuterHTML, url, userLocator (shape)'),
    with_steps("a comparison with nothing", {"type": "assertCurrentUrl", "params": {"check": "contains"}}, says='recordings/order.json:2: recording "order": steps.1.params: a step of the type "assertCurrentUrl" needs "value"; add it, like "value": "a lamp", or record the step again (shape)'),
    with_steps("a step that tries for too long", {"timeout": 301}, says='recordings/order.json:2: recording "order": steps.1.timeout: "301" is not how many seconds a step can try; Datadog takes 1 to 300, and 0 for its own 60 (shape)'),
    with_steps("a step that waits for too long", {"type": "wait", "params": {"value": 301}}, says='recordings/order.json:2: recording "order": steps.1.params.value: "301" is not how many seconds a step can wait; Datadog takes 1 to 300 (shape)'),
    with_steps("a wait that is no number", {"type": "wait", "params": {"value": "a while"}}, says='recordings/order.json:2: recording "order": steps.1.params.value: "a while" is not how many seconds a step can wait; Datadog takes 1 to 300 (shape)'),
    with_steps("an address that is none", {"type": "goToUrl", "params": {"value": "http://app.youragency.com/"}}, says='recordings/order.json:2: recording "order": steps.1.params.value: "http://app.youragency.com/" is no https address, and no path below the environment\'s; write it like https://shop.youragency.com/cart, or /cart (shape)'),
    with_steps("a variable of Datadog's", {"type": "assertPageContains", "params": {"value": "{{ NAME }}"}}, says='recordings/order.json:2: recording "order": steps.1.params.value: "{{ NAME }}" holds "{{", which Datadog replaces by a variable of its own; write the text without it, and a secret like ${probe-password} (shape)'),
    with_steps("a password that is written out", typed("hunter2", "<input type='password'>"), says=SECRET),
    with_steps("a password that was typed while it was recorded", typed("${probe-password}", '<input type="password" value="hunter2">'), says='recordings/order.json:2: recording "order": steps.1.params.element.targetOuterHTML: holds what was typed into a field for a password; take value out of the HTML (shape)'),
    with_steps("a secret by the step's name", typed("abc", name="Type the token"), says=SECRET),
    with_steps("two steps of one name", {}, {}, says='recordings/order.json:3: recording "order": steps.2.name: has two steps called "Go on"; give each a name of its own (shape)'),
    with_steps("a recording that nothing fails", {"allowFailure": True}, says='recordings/order.json:1: recording "order": steps: fires never, since a failure of each step is allowed; write "isCritical": true at one (shape)'),
    with_text("an empty recording", "\n", says='recordings/order.json:1: is empty; export it again (file)'),
    with_text("a recording with a number that no double holds", '{"steps": [\n1e999]}', says='recordings/order.json:2: holds "1e999", which is no number, or too large for one; write a number, like 20 (file)'),
    with_text("a recording with an endless number after a text that looks like one", '{"steps": [{"name": "Infinity",\n"type": "refresh", "timeout": -Infinity}]}', says='recordings/order.json:2: holds "-Infinity", which is no number, or too large for one; write a number, like 20 (file)'),
    with_text("a recording that is null", "null", says='recordings/order.json:1: is empty; export it again (file)'),
    with_text("a recording that is a number", "3", says='recordings/order.json:1: recording "order": a number stands where a mapping is expected; write {"key": value} (shape)'),
    with_text("a recording on one long line", '{"steps": []' + " " * 10_000 + "}", says='recordings/order.json:1: has a line of 10013 characters; keep lines under 10000, as python3 -m json.tool writes them (file)'),
    with_text("a recording with a character of zeros", '{"steps": [\n"\0"]}', says='recordings/order.json:2: is not JSON: invalid control character; export it again, or mend the line (file)'),
    with_text("a recording nested deeper than Python reads", "[\n" * 5_000 + "]\n" * 5_000, says='recordings/order.json:41: is nested more than 40 deep; flatten it (file)'),
    with_text("a recording without its word", "{}", says='recordings/order.json:1: recording "order": steps: is missing; add it, for example "steps": [{"name": "Load the page again", "type": "refresh"}] (shape)'),
    with_text("a step without a name", '{"steps": [{"type": "refresh"}]}', says='recordings/order.json:1: recording "order": steps.1.name: is missing; add it, for example "name": "Load the page again" (shape)'),
    with_text("a step without a type", '{"steps": [{"name": "Go on"}]}', says='recordings/order.json:1: recording "order": steps.1.type: is missing; add it, for example "type": "refresh" (shape)'),
    with_steps("a selector that is missing", {"type": "click", "params": {"element": {"userLocator": {}}}}, says='recordings/order.json:2: recording "order": steps.1.params.element.userLocator.values: is missing; add it, for example "values": [{"value": "a.lamp"}] (shape)'),
    Broken("a recording in a folder of its own", texts() | {"recordings/shop/order.json": b"{}"}, 'recordings/shop/order.json: is no file of a catalog; services go to services/NAME.yaml, recordings to recordings/NAME.json (file)'),
    with_steps("nothing to look for", {"type": "assertPageContains", "params": {"value": ""}}, says='recordings/order.json:2: recording "order": steps.1.params.value: an empty text; write what stands there, like "a lamp" (shape)'),
    with_steps("keys too far apart", typed("a lamp", delay=1_001), says='recordings/order.json:2: recording "order": steps.1.params.delay: "1001" is not how many milliseconds lie between two keys; write 0 to 1000 (shape)'),
    with_steps("keys in the past", typed("a lamp", delay=-1), says='recordings/order.json:2: recording "order": steps.1.params.delay: "-1" is not how many milliseconds lie between two keys; write 0 to 1000 (shape)'),
    with_steps("a password by its selector", selected("input[type=password]"), says=SECRET),
    with_steps("a token by its selector", selected("#token"), says=SECRET),
    with_steps("a password by the way to it that was recorded", typed("hunter2", ab="//input[@id=\"password\"]"), says=SECRET),
    with_steps("a password by the name of its field", typed("hunter2", '<input name="user[password]">'), says=SECRET),
    with_steps("a part of a text as a secret", typed("x${probe-password}"), says='recordings/order.json:2: recording "order": steps.1.params.value: names the secret "probe-password" where no secret is filled in; write ${probe-password} alone, in a step of the type typeText (shape)'),
    with_steps("a secret that is looked for", {"type": "assertPageContains", "params": {"value": "${probe-password}"}}, says='recordings/order.json:2: recording "order": steps.1.params.value: names the secret "probe-password" where no secret is filled in; write ${probe-password} alone, in a step of the type typeText (shape)'),
)  # fmt: skip
