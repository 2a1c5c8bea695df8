"""What a message of Datadog's says at a transition: its conditional blocks, resolved as its documentation says.

docs.datadoghq.com/monitors/notify/variables, conditional variables, 2026-11-26.
"""

from __future__ import annotations

import re

BLOCK = re.compile(r"\{\{#is_(\w+)\}\}(.*?)\{\{/is_\1\}\}", re.DOTALL)
NEGATED = re.compile(r"\{\{\^is_(\w+)\}\}(.*?)\{\{/is_\1\}\}", re.DOTALL)


def said_at(transition: str, message: str) -> str:
    """The message at a transition such as alert, recovery or no_data; negated blocks may stand inside each other."""
    text = BLOCK.sub(lambda block: block[2] if block[1] == transition else "", message)
    while (resolved := NEGATED.sub(lambda block: "" if block[1] == transition else block[2], text)) != text:
        text = resolved
    return text
