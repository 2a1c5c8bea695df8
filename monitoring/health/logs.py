"""Structured logs: one JSON object a line; what other libraries say is masked."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

from . import masking

OWN = "monitoring.health"
"""The logger whose messages are ours, and are masked already where they need be."""


class JsonLines(logging.Formatter):
    """A record as one line of JSON: when, how grave, who, what."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; foreign messages keep harmless words only, and an exception is written by `masking.whole`."""
        text = record.getMessage()
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": text if record.name == OWN else masking.masked(text),
        }
        error = record.exc_info[1] if record.exc_info else None
        return json.dumps(line | ({"error": masking.whole(error)} if error else {}), ensure_ascii=False)


def to_stream(stream: TextIO = sys.stderr, *, level: int = logging.INFO) -> None:
    """Send every log record of the process to a stream as JSON lines."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=level, force=True)
