"""A recording that has a step of each type, as a file of the catalog."""

from __future__ import annotations

import json
from typing import Any

RECORDED = {"multiLocator": {"ab": "/html/body/a[1]"}, "targetOuterHTML": "<a class='lamp'>"}
LAMP = {"userLocator": {"failTestOnCannotLocate": True, "values": [{"type": "css", "value": "a.lamp"}]}}


def a_step(name: str, type_: str, params: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A step as Datadog's recorder writes it."""
    return {"name": name, "type": type_, "params": params or {}, **more}


STEPS = (
    a_step("Open a lamp", "click", {"element": LAMP, "clickType": "primary", "clickWithJavascript": False}),
    a_step("Look at it", "hover", {"element": RECORDED}),
    a_step("Go to the sign-in", "goToUrl", {"value": "/login"}),
    a_step("Type the name", "typeText", {"element": LAMP, "value": "probe", "delay": 25}),
    a_step("Type the password", "typeText", {"element": RECORDED, "value": "${probe-token}"}, noScreenshot=True),
    a_step("Confirm", "pressKey", {"value": "Enter", "modifiers": ["Shift"]}),
    a_step("Wait for the mail", "wait", {"value": 5}, timeout=30),
    a_step("Go on", "refresh"),
    a_step("Go down", "scroll", {"x": 0, "y": 400}),
    a_step("Choose a colour", "selectOption", {"element": LAMP, "value": "red"}),
    a_step("The cart is open", "assertCurrentUrl", {"check": "contains", "value": "/cart"}, timeout=20),
    a_step("The lamp leads on", "assertElementAttribute", {
        "element": LAMP, "attribute": "href", "check": "startsWith", "value": "/lamps",
    }),
    a_step("The lamp has a name", "assertElementContent", {"element": LAMP, "check": "notIsEmpty"}),
    a_step("The lamp is there", "assertElementPresent", {"element": LAMP}),
    a_step("The bill is there", "assertFileDownload", {"file": {"name": "bill.pdf"}}),
    a_step("The price is right", "assertFromJavascript", {"code": "return true"}),
    a_step("The price is shown", "assertPageContains", {"value": "€"}, allowFailure=True, isCritical=True),
    a_step("No error is shown", "assertPageLacks", {"value": "Error"}, allowFailure=True, isCritical=False),
    a_step("One order was sent", "assertRequests", {"requests": [{"url": "/orders", "count": 1}]}),
)  # fmt: skip


def recording(*steps: dict[str, Any]) -> bytes:
    """A recording of these steps, as a file."""
    return json.dumps({"steps": steps}, indent=1, ensure_ascii=False).encode()


ORDER = recording(*STEPS)
