"""A large catalog: 300 rules of 15 services, 40 people in 10 schedules, every third of them with daily turns."""

from __future__ import annotations

from pathlib import Path

from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from tests.factories import SHOP, TEXTS

SECTIONS = "".join(f"\n## {section}\n\nLook at it.\n" for section in ("Meaning", "Impact", "Diagnosis", "Mitigation"))
RULES, PEOPLE, SCHEDULES, SERVICES = 300, 40, 10, 15
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Etc/UTC")


def large_catalog() -> Catalog:
    """The catalog as the loader reads it."""
    return load_texts(large_texts())


def large_texts() -> dict[str, bytes]:
    """The catalog's files."""
    texts = TEXTS | {"oncall.yaml": _oncall(), "teams.yaml": _teams()}
    owners = ", ".join(f"t{number}: t{number}" for number in range(SCHEDULES))
    texts["platform.yaml"] = TEXTS["platform.yaml"].replace("{platform: platform}", f"{{{owners}}}")
    del texts["services/shop.yaml"]
    services = {f"services/x{number}.yaml": _service(number) for number in range(SERVICES)}
    return {name: text.encode() for name, text in (texts | services).items()}


def _oncall() -> str:
    people = "".join(_person(number) for number in range(PEOPLE))
    schedules = "".join(_schedule(number) for number in range(SCHEDULES))
    policies = "".join(_policy(number) for number in range(SCHEDULES))
    return f"people:\n{people}schedules:\n{schedules}policies:\n{policies}"


def _person(number: int) -> str:
    contact = "{high: {push: 0m, phone: 2m}, low: {email: 0m}}"
    words = f"name: Person {number}, email: p{number}@youragency.com, time-zone: {ZONES[number % len(ZONES)]}"
    return f"  p{number}: {{{words}, contact: {contact}}}\n"


def _schedule(number: int) -> str:
    people = ", ".join(f"p{number * 4 + place}" for place in range(4))
    layer = f'{{anchor: "2026-01-05 09:00", turn: {"1w" if number % 3 else "1d"}, people: [{people}]}}'
    return f"  s{number}:\n    time-zone: {ZONES[number % len(ZONES)]}\n    layers: [{layer}]\n"


def _policy(number: int) -> str:
    asked = (f"s{number}", f"s{(number + 1) % SCHEDULES}")
    steps = ", ".join(f"{{ask: [{name}], escalate-after: 5m}}" for name in asked)
    return f"  c{number}: {{steps: [{steps}], extra-rounds: 2}}\n"


def _teams() -> str:
    return "".join(
        f"t{number}: {{title: T{number}, email: t{number}@youragency.com, routes: "
        f"{{P0: {{page: c{number}, slack: [alerts]}}, P1: {{page: c{number}}}}}}}\n"
        for number in range(SCHEDULES)
    )


def _service(number: int) -> str:
    head, rule = SHOP.split("  - id: shop-slow")[0].split("  - id: shop-failing")
    head = head.replace("shop", f"x{number}").replace("platform", f"t{number % SCHEDULES}")
    return head + "".join(f"  - id: x{number}-r{each}{rule}" for each in range(RULES // SERVICES))


def written(folder: Path) -> Path:
    """The catalog in a folder, with a runbook for each rule."""
    for name, text in (large_texts() | large_runbooks()).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    return folder


def large_runbooks() -> dict[str, bytes]:
    """A runbook for each rule."""
    rules = (f"x{service}-r{number}" for service in range(SERVICES) for number in range(RULES // SERVICES))
    return {f"runbooks/{rule}.md": f"# {rule}\n{SECTIONS}".encode() for rule in rules}
