"""Catalogs of another format."""

from __future__ import annotations

from tests.loader.broken.case import Broken, broken, platform

OLDER = "write format: 1 in the first line of platform.yaml; nothing else changes"

CASES: tuple[Broken, ...] = (
    broken(
        "a catalog that does not say its format",
        platform("format: 1\n", "\n"),
        says=f"platform.yaml:2: format: this catalog has format 0, this tool reads 1; {OLDER} (format)",
    ),
    broken(
        "a catalog of an older format",
        platform("format: 1", "format: 0"),
        says=f"platform.yaml:1: format: this catalog has format 0, this tool reads 1; {OLDER} (format)",
    ),
    broken(
        "a catalog of a newer format, of which nothing else is said",
        platform("format: 1\nname: agency", "format: 2\nlabel: agency"),
        says="platform.yaml:1: format: this catalog has format 2, this tool reads 1; update the tool (format)",
    ),
    broken(
        "a format that is a text",
        platform("format: 1", 'format: "1"'),
        says='platform.yaml:1: format: "1" is not the number of a format; write format: 1 (format)',
    ),
    broken(
        "a format that is no number",
        platform("format: 1", "format: true"),
        says="platform.yaml:1: format: true is not the number of a format; write format: 1 (format)",
    ),
    broken(
        "a format below all",
        platform("format: 1", "format: -1"),
        says='platform.yaml:1: format: "-1" is not the number of a format; write format: 1 (format)',
    ),
)
