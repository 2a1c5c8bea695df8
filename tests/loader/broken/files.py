"""Files that cannot be read, or that hold what is refused unread."""

# ruff: noqa: E501  a message stands in one piece

from __future__ import annotations

from tests.loader.broken.case import (
    Broken,
    broken,
    replaced,
    shop,
    without,
)

CASES: tuple[Broken, ...] = (
    replaced(
        "an empty file",
        "tenants.yaml",
        "",
        says='tenants.yaml: is empty; write the entries, or "{}" where there are none (file)',
    ),
    replaced(
        "a file of comments",
        "severities.yaml",
        "# P0: later\n",
        says='severities.yaml: is empty; write the entries, or "{}" where there are none (file)',
    ),
    replaced(
        "a file that is not utf-8",
        "tenants.yaml",
        b"acme: {title: Acme}\nb: \xff\n",
        says="tenants.yaml:2: is not UTF-8; save it as UTF-8 (file)",
    ),
    replaced(
        "a file in utf-16",
        "tenants.yaml",
        b"\xff\xfea\x00c\x00m\x00e\x00:\x00 \x001\x00\n\x00",
        says="tenants.yaml:1: is not UTF-8; save it as UTF-8 (file)",
    ),
    replaced(
        "an anchor",
        "tenants.yaml",
        "acme: &acme {title: Acme, plan: enterprise}\n",
        says="tenants.yaml:1: uses an anchor or an alias; write the value out where it is used (file)",
    ),
    replaced(
        "an anchor bomb",
        "tenants.yaml",
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n",
        says="tenants.yaml:1: uses an anchor or an alias; write the value out where it is used (file)",
    ),
    replaced(
        "a line of five megabytes",
        "tenants.yaml",
        b"acme: " + b"x" * 5_000_000,
        says="tenants.yaml:1: has a line of 5000006 characters; keep lines under 10000 (file)",
    ),
    replaced(
        "two documents in a file",
        "tenants.yaml",
        "acme: {title: Acme, plan: enterprise}\n---\nb: 1\n",
        says="tenants.yaml:2: holds a second document; move it into a file of its own, or take the --- out (file)",
    ),
    replaced(
        "a tab",
        "tenants.yaml",
        "acme:\n\ttitle: Acme\n",
        says="tenants.yaml:2: is indented with a tab; indent with spaces (file)",
    ),
    broken(
        "a bracket that is not closed",
        shop("alert}", "alert"),
        says='services/shop.yaml:16: is not YAML: the "{" is not closed, as line 17 shows; write "}", or a comma (file)',
    ),
    replaced(
        "a quote that is not closed",
        "tenants.yaml",
        'acme: {title: "Acme, plan: enterprise}\n',
        says="tenants.yaml:1: is not YAML: the quote is not closed, as line 2 shows; close it (file)",
    ),
    broken(
        "a colon in a plain text",
        shop("Shop", "Shop: all of it"),
        says='services/shop.yaml:3: is not YAML: a ": " stands where no value can begin; put the text in quotes, or mend the indent (file)',
    ),
    broken(
        "a value that begins with a percent sign",
        shop("Shop", "%Shop"),
        says="services/shop.yaml:3: is not YAML: a value begins with a character that YAML keeps for itself; put the text in quotes (file)",
    ),
    broken(
        "an indent that fits nothing",
        shop("    severity: P1", "   severity: P1"),
        says="services/shop.yaml:14: is not YAML: this line is no item of the list above it; mend the indent (file)",
    ),
    replaced(
        "a control character",
        "tenants.yaml",
        "acme: {title: Ac\x07me, plan: enterprise}\n",
        says="tenants.yaml:1: is not YAML: a control character; take it out (file)",
    ),
    replaced(
        "nesting without end",
        "tenants.yaml",
        "a: " + "[" * 5000,
        says="tenants.yaml:1: is nested more than 40 deep; flatten it (file)",
    ),
    replaced(
        "a key that is a mapping",
        "tenants.yaml",
        "? {a: b}\n: 1\nacme: {title: Acme Stores, plan: enterprise}\n",
        says="tenants.yaml:1: has a key that is not a word; write a word (file)",
    ),
    replaced(
        "a tag that would run code",
        "tenants.yaml",
        "acme: !!python/object/apply:os.system [ls]\n",
        says='tenants.yaml:1: uses the tag "tag:yaml.org,2002:python/object/apply:os.system"; write plain YAML (file)',
    ),
    replaced(
        "a merge key",
        "tenants.yaml",
        "acme: {<<: {title: Acme}, plan: enterprise, title: A}\n",
        says='tenants.yaml:1: tenant "acme": <<: is an unknown field; there is plan, title (shape)',
    ),
    replaced(
        "a file that no catalog has",
        "monitors.yaml",
        "{}\n",
        says="monitors.yaml: is no file of a catalog; there is expectations, maintenance, oncall, platform, severities, teams, tenants, waivers (file)",
    ),
    without("a file that is missing", "teams.yaml", says="teams.yaml: is missing; a catalog needs it (file)"),
    replaced(
        "a file deeper than services",
        "services/eu/shop.yaml",
        "{}\n",
        says="services/eu/shop.yaml: is no file of a catalog; services go to services/NAME.yaml, recordings to recordings/NAME.json (file)",
    ),
)
