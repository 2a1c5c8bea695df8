"""The proof and the drill, as ratios: against minute stepping, against a longer horizon, more rules, one import.

    python -m benchmarks.reach

Exit code 1 where a promise is broken. Minute stepping is measured on a sample of its minutes and multiplied, since it
takes the same time for each; beside it stands a stepper that shares one walk among all rules of a policy.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from benchmarks.ratio import told
from monitoring.loader import load_texts
from monitoring.model.catalog import Catalog
from monitoring.model.oncall import Layer, Schedule
from monitoring.oncall.clock import DAY, midnight
from monitoring.reach.drill import drill, drill_duration
from monitoring.reach.paths import alert_paths, oncall_data, static_oncall
from monitoring.reach.proof import Proof, prove_catalog
from tests.factories import ONCALL, SHOP, TEXTS

TODAY = date(2026, 11, 23)
ROUNDS = 7
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Etc/UTC")
LAYERS = (
    "anchor: '2026-01-05 09:00', turn: 1w, people: [ana, ben, kit]",
    "anchor: '2026-01-05 08:00', turn: 1d, people: [ana, ben]",
    "anchor: '2026-01-05 09:00', turn: 12h, people: [ben, kit]",
)
WEEKEND = "anchor: '2026-01-05 09:00', turn: 1w, people: [kit, ana], only: {days: sat-sun, from: '09:00', to: '18:00'}"
IMPORTS = "import pydantic, rich, typer, yaml"


def many(rules: int, schedules: int) -> Catalog:
    """A catalog of that size: every schedule under its own policy, every third with weekend hours on top."""
    people = ONCALL.split("schedules:")[0]
    duties, policies, routes, services = [], [], [], []
    for number in range(schedules):
        layers = [LAYERS[number % len(LAYERS)], *([WEEKEND] if number % 3 == 0 else [])]
        lines = "".join(f"      - {{{layer}}}\n" for layer in layers)
        duties.append(f"  s{number}:\n    time-zone: {ZONES[number % len(ZONES)]}\n    layers:\n{lines}")
        steps = f"[{{ask: [s{number}], escalate-after: 5m}}, {{ask: [kit, ana], escalate-after: 9m}}]"
        policies.append(f"  p{number}: {{steps: {steps}}}\n")
        routes.append(
            f"t{number}: {{title: T{number}, email: t{number}@youragency.com,"
            f" routes: {{P0: {{page: p{number}}}, P1: {{page: p{number}}}}}}}\n"
        )
        services.append(service(number, rules // schedules + (number < rules % schedules)))
    oncall = f"{people}schedules:\n{''.join(duties)}policies:\n{''.join(policies)}"
    owners = ", ".join(f"t{number}: t{number}" for number in range(schedules))
    texts = TEXTS | {
        "oncall.yaml": oncall,
        "teams.yaml": "".join(routes),
        "platform.yaml": TEXTS["platform.yaml"].replace("{platform: platform}", f"{{{owners}}}"),
    }
    texts.pop("services/shop.yaml")
    return load_texts({name: text.encode() for name, text in (texts | dict(services)).items()})


def service(number: int, rules: int) -> tuple[str, str]:
    """A service's file with so many rules."""
    head, one = SHOP.split("  - id: shop-slow")[0].split("  - id: shop-failing")
    head = head.replace("shop", f"x{number}").replace("platform", f"t{number}")
    return f"services/x{number}.yaml", head + "".join(f"  - id: x{number}-r{each}{one}" for each in range(rules))


# --- minute stepping -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stepper:
    """A schedule that is asked minute by minute, with nothing remembered but what does not change."""

    zone: ZoneInfo
    layers: tuple[Layer, ...]

    def person(self, moment: datetime) -> str | None:
        """Who is on call."""
        local = moment.astimezone(self.zone).replace(tzinfo=None)
        for layer in reversed(self.layers):
            if local >= layer.anchor.wall and is_open(layer, local):
                turns = int((local - layer.anchor.wall).total_seconds()) // layer.turn.seconds
                return layer.people[turns % len(layer.people)]
        return None


def is_open(layer: Layer, local: datetime) -> bool:
    """Whether a layer counts at a local time; windows of the benchmark never run over midnight."""
    second = local.hour * 3_600 + local.minute * 60 + local.second
    windows = [hours.window for hours in layer.only]
    return not windows or any(
        local.isoweekday() in window.weekdays and window.start <= second < window.start + window.length
        for window in windows
    )


def step_minutes(catalog: Catalog, policies: Sequence[str], start: datetime, minutes: int) -> int:
    """Walks through an incident from every minute; answers how often two humans are reached in time."""
    kept = 0
    steppers = {name: stepper(one) for name, one in catalog.oncall.schedules.items()}
    for name in policies:
        steps = catalog.oncall.policies[name].steps
        for minute in range(minutes):
            on_call_at, told = start + timedelta(minutes=minute), set[str]()
            for step in steps:
                for ask in step.ask:
                    person = steppers[ask].person(on_call_at) if ask in steppers else ask
                    if person is not None:
                        told.add(person)
                on_call_at += timedelta(seconds=step.escalate_after.seconds)
            kept += len(told) >= 2
    return kept


def stepper(schedule: Schedule) -> Stepper:
    """A schedule as minute stepping needs it."""
    return Stepper(ZoneInfo(schedule.time_zone), schedule.layers)


# --- measuring -------------------------------------------------------------------------------------------------


def proof(catalog: Catalog, days: int = 366) -> Proof:
    """The proof that is measured, wiring and timelines included."""
    return prove_catalog(catalog, environment="prod", today=TODAY, horizon=days * DAY)


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median time of some work, after one turn to warm up."""
    work()
    return median(_once(work) for _ in range(rounds))


def _once(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def ratio(one: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS) -> float:
    """How much longer the second takes, measured in turns, so that a noisy machine slows both."""
    one(), other()
    return median(_once(other) / _once(one) for _ in range(rounds))


def against_stepping(catalog: Catalog) -> tuple[float, float, float]:
    """Seconds of the proof, and how many times as long stepping takes: a walk a policy, and a walk a rule."""
    days, policies = 2, list(catalog.oncall.policies)[:10]
    start = datetime(2026, 11, 23, tzinfo=UTC)
    sample = seconds(lambda: step_minutes(catalog, policies, start, days * 1_440), rounds=3)
    a_policy = sample / len(policies) * 366 / days
    ours = seconds(lambda: proof(catalog))
    return ours, a_policy * len(catalog.oncall.policies) / ours, a_policy * len(catalog.rules) / ours


def thousand_drills(catalog: Catalog) -> None:
    """A thousand incidents at a thousand instants, each with who is on call worked out anew."""
    found, known = alert_paths(catalog, "prod", TODAY), static_oncall(catalog)
    begun = midnight(TODAY)
    for number in range(1_000):
        chain, at = found[number % len(found)], begun + number * 31_337
        policies = [page.policy for page in chain.pages]
        asked = oncall_data(catalog, at, at + 1, policies, known)
        assert drill_duration(asked.policies.values(), ()) < DAY
        assert drill(chain, asked, at).events


def interpreter() -> None:
    """One interpreter that starts and imports the libraries."""
    subprocess.run([sys.executable, "-c", IMPORTS], check=True)


def main() -> int:
    """Measures, prints, and answers 1 where a promise is broken."""
    thousand, more = many(1_000, 50), many(1_100, 50)
    assert proof(thousand).holds
    ours, a_policy, a_rule = against_stepping(thousand)
    longer = ratio(lambda: proof(thousand, 366), lambda: proof(thousand, 732))
    rules = ratio(lambda: proof(thousand), lambda: proof(more))
    few, hundred = many(10, 1), many(110, 1)
    alone = ratio(lambda: proof(few, 3_660), lambda: proof(hundred, 3_660))
    drills = ratio(interpreter, lambda: thousand_drills(thousand))
    told("a year of 1,000 rules over 50 schedules", f"{ours * 1_000:.0f} ms")
    told("against minute stepping once for each policy", f"{a_policy:,.0f}x")
    kept = [
        told("against minute stepping for each rule", f"{a_rule:,.0f}x", "at least 500x", kept=a_rule >= 500),
        told("double the horizon", f"{longer:.2f}x", "at most 2.1x", kept=longer <= 2.1),
        told("1,100 rules for 1,000", f"{rules:.2f}x", "at most 1.2x", kept=rules <= 1.2),
        told("110 rules for 10 on one policy, ten years", f"{alone:.2f}x", "at most 1.2x", kept=alone <= 1.2),
        told("1,000 drills for one interpreter with libraries", f"{drills:.2f}x", "below 1x", kept=drills < 1),
    ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
