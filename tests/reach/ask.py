"""How the tests of this room ask for a proof, and how they write down what they expect."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple

from monitoring.model.catalog import Catalog
from monitoring.oncall.clock import instant, utc
from monitoring.reach.proof import YEAR, Proof, RuleProof, prove_catalog

TODAY = date(2026, 1, 12)


class Hole(NamedTuple):
    """What a witness must say: the hop, the first instant in UTC, for how many minutes in how many stretches, who."""

    hop: str
    at: str | None
    minutes: int | None
    times: int
    people: tuple[str, ...] = ()


def proof(catalog: Catalog, *, environment: str = "prod", today: date = TODAY, horizon: int = YEAR) -> Proof:
    return prove_catalog(catalog, environment=environment, today=today, horizon=horizon)


def rule(found: Proof, name: str, *, later: bool = False) -> RuleProof:
    """The only answer about a rule; with `later` the one for when its trial is over."""
    (one,) = (each for each in found.rules if each.path.rule == name and (each.path.since is not None) == later)
    return one


def holes(found: Proof, name: str = "shop-failing") -> list[Hole]:
    return [
        Hole(
            hop=one.hop,
            at=None if one.at is None else f"{utc(one.at):%Y-%m-%d %H:%M}",
            minutes=None if one.seconds is None else one.seconds // 60,
            times=one.times,
            people=one.people,
        )
        for one in found.witnesses
        if name in one.rules
    ]


def at(text: str) -> int:
    """The instant of a time in UTC."""
    return instant(datetime.fromisoformat(text).replace(tzinfo=UTC))
