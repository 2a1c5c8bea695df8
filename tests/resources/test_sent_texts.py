"""Every text that a Plan sends to a vendor is among those that the checks look at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import pytest

from monitoring import wording
from monitoring.model.catalog import Catalog
from monitoring.model.effective import effective_rules, rules_everywhere
from monitoring.plan import Plan
from monitoring.sent_texts import sent_texts
from tests.conftest import TODAY
from tests.datadog_blocks import said_at
from tests.resources.every_signal import every_signal

# What people read at a vendor, by the names of the vendors' properties.
SHOWN = frozenset(
    {"name", "title", "description", "message", "escalationMessage", "notes", "content", "label", "dashboard"}
)
# Made of our own words alone, or the name of an installation that is looked up.
OURS = frozenset({"Layer 1", "Layer 2", "What is firing now", "Your Agency"})


def shown(value: object, key: str = "") -> Iterator[str]:
    """Every text below a property that people read; a dashboard's JSON is read itself."""
    match value:
        case str() if key == "dashboard":
            yield from shown(json.loads(value))
        case str() if key in SHOWN:
            yield value
        case Mapping():
            for name, inner in value.items():
                yield from shown(inner, str(name))
        case list() | tuple():
            for inner in value:
                yield from shown(inner, key)
        case _:
            return


def each_transition(text: str) -> tuple[str, ...]:
    """A text as it is sent when a rule fires, recovers, and has no data."""
    return tuple(said_at(transition, text) for transition in ("alert", "recovery", "no_data"))


def unseen(plan: Plan, catalog: Catalog) -> list[str]:
    """The texts of a Plan that no check sees; a line of a note is the Markdown of words that are seen."""
    seen = {text for _, texts in sent_texts(catalog, rules_everywhere(catalog, TODAY)) for text in texts}
    for name in catalog.platform.environments:
        rules = effective_rules(catalog, name, TODAY)
        seen.update(
            wording.dashboard_line(catalog, rule) for rule in rules if {*wording.dashboard_words(catalog, rule)} <= seen
        )
    lines = (text for resource in plan.resources for sent in shown(resource.inputs) for text in each_transition(sent))
    pieces = {piece for text in lines for piece in ([text] if text in seen else text.split("\n"))}
    # A name with a blank is made for people; one without is made of ids.
    return sorted(piece for piece in pieces - seen - OURS if " " in piece)


def test_nothing_in_a_plan_of_every_signal_escapes_the_checks(every: Plan) -> None:
    assert [text for text in unseen(every, every_signal()) if not text.startswith("agency-monitoring prod ")] == []


@pytest.mark.parametrize("environment", ["prod", "staging"])
def test_nothing_in_the_agencys_plans_escapes_the_checks(
    plans: Mapping[str, Plan], shipped: Catalog, environment: str
) -> None:
    own = f"agency-monitoring {environment} "
    assert [text for text in unseen(plans[environment], shipped) if not text.startswith(own)] == []
