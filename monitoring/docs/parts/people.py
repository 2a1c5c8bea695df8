"""Who there is: what each role of an incident does and who can be asked, and by what people are reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitoring import wording
from monitoring.docs.markdown import plain, table
from monitoring.docs.rule_facts import channel_name
from monitoring.model.catalog import Catalog
from monitoring.model.oncall import contacts
from monitoring.model.scalars import Length
from monitoring.model.severity import ContactKind


def roles(catalog: Catalog, _: str) -> str:
    """Each role of an incident, what it does, and who can be asked."""
    declared = catalog.oncall.roles.values()
    if not declared:
        return "The catalog declares no role."
    rows = (
        [f"**{plain(role.title)}**", plain(role.does), ", then ".join(_asked(catalog, ask) for ask in role.ask)]
        for role in declared
    )
    return table(["role", "what it does", "who can be asked"], rows)


def _asked(catalog: Catalog, ask: str) -> str:
    """A schedule or a person, with the time zone of it."""
    duty = catalog.oncall.schedules.get(ask) or catalog.oncall.people[ask]
    return f"{plain(wording.ask_title(catalog, ask))} ({plain(duty.time_zone)})"


def people(catalog: Catalog, _: str) -> str:
    """Everybody who can be asked: on which schedules, in which time zone, and by what they are reached."""
    rows = (
        [
            plain(person.name),
            _duties(catalog, name),
            plain(person.time_zone),
            _contacts(person.contact.high),
            _contacts(person.contact.low),
        ]
        for name, person in catalog.oncall.people.items()
    )
    return table(["person", "is asked as", "time zone", "at high urgency", "at low urgency"], rows)


def _duties(catalog: Catalog, name: str) -> str:
    schedules = catalog.oncall.schedules.items()
    on_them = [wording.ask_title(catalog, key) for key, schedule in schedules if name in schedule.people]
    return plain(", ".join([*on_them, *_by_name(catalog, name)]) or "nobody")


def _by_name(catalog: Catalog, person: str) -> Iterator[str]:
    for policy, words in catalog.oncall.policies.items():
        if any(person in step.ask for step in words.steps):
            yield f"{words.title or policy}, by name"


def _contacts(rules: Mapping[ContactKind, tuple[Length, ...]]) -> str:
    in_order = sorted(contacts(rules), key=lambda rule: (rule[1], rule[0].value))
    return (
        ", ".join(
            f"{channel_name(kind)} {f'after {after}' if after.seconds else 'at once'}" for kind, after in in_order
        )
        or "–"
    )
