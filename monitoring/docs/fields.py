"""What a template can be filled with: every field that comes from the catalog or from a drill, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from monitoring import wording
from monitoring.docs.markdown import inert, table
from monitoring.docs.rule_facts import public_promise, within
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.scalars import Length
from monitoring.model.severity import Promise, PublicUpdates, Stage
from monitoring.naming import names
from monitoring.oncall.clock import HOUR, in_zone
from monitoring.reach.drill import Drill, Event
from monitoring.reach.formatting import clock, length, local_and_utc

LEAD = "incident-lead"
# A personal data breach is notified within 72 hours of becoming aware of it: Regulation (EU) 2016/679, Article 33(1).
NOTIFY_WITHIN = 72 * HOUR
_TO_FILL = "…"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A rule that has fired at an instant, for a notice that is written in one stage of the incident."""

    catalog: Catalog
    rule: EffectiveRule
    drilled: Drill
    zone: str
    stage: Stage | None = None
    tenant: str | None = None
    sent: int | None = None

    @property
    def promise(self) -> Promise:
        """What the rule's severity promises as it acts."""
        return self.rule.promise


class Needs(StrEnum):
    """What has to be so before a field has a value."""

    NOTHING = ""
    UPDATES = "public updates"
    NEXT = "a next update"
    WAKING = "a human who is woken"
    TENANT = "a customer"


INSIDE = frozenset({"internal", "executives"})
NAMED = frozenset({"tenant", "controller"})


@dataclass(frozen=True, slots=True)
class TemplateField:
    """A field: what it holds, how it is made, what it needs, who may read it, and whether it is Markdown already."""

    about: str
    value: Callable[[Occasion], str]
    needs: Needs = Needs.NOTHING
    audiences: frozenset[str] | None = None
    markdown: bool = False


def value_of(name: str, occasion: Occasion) -> str:
    """A field's value as a template takes it: the catalog's own words can mark, link or mention nothing."""
    field = FIELDS[name]
    made = field.value(occasion)
    return made if field.markdown else inert(made)


# --- times -----------------------------------------------------------------------------------------------------


def _fired(occasion: Occasion) -> str:
    return local_and_utc(occasion.drilled.at, occasion.zone)


def day(occasion: Occasion) -> str:
    """The day on which it fired, on the wall of whom the page asks first."""
    return f"{in_zone(occasion.drilled.at, occasion.zone):%Y-%m-%d}"


def _updates(occasion: Occasion) -> PublicUpdates:
    """The clock of public notices; ValueError where the severity promises none."""
    if occasion.promise.public_updates is None:
        raise ValueError(f"{occasion.rule.severity} promises no public updates")
    return occasion.promise.public_updates


def _pause(occasion: Occasion) -> Length:
    """How long until the next update; a notice without a stage is written while one investigates."""
    return _updates(occasion).every[occasion.stage or Stage.INVESTIGATING]


def notified_after(public: PublicUpdates, stage: Stage | None) -> int:
    """The seconds after firing at which a rehearsal sends a notice: each stage one update later than the last."""
    earlier = list(Stage)[: list(Stage).index(stage or Stage.INVESTIGATING)]
    return public.first_within.seconds + sum(public.every[each].seconds for each in earlier)


def _notified(occasion: Occasion) -> int:
    promised = occasion.drilled.at + notified_after(_updates(occasion), occasion.stage)
    return promised if occasion.sent is None else occasion.sent


def _next_update(occasion: Occasion) -> str:
    return local_and_utc(_notified(occasion) + _pause(occasion).seconds, occasion.zone)


def _deadline(occasion: Occasion) -> str:
    return local_and_utc(occasion.drilled.at + NOTIFY_WITHIN, occasion.zone)


# --- people and places -----------------------------------------------------------------------------------------


def _first_human(occasion: Occasion) -> str:
    """Whom the page asks first, by the duty and never by name."""
    policy = occasion.catalog.oncall.policies[occasion.rule.route.page or ""]
    schedules = occasion.catalog.oncall.schedules
    duties = (schedules[ask].title or ask if ask in schedules else "the person on call" for ask in policy.steps[0].ask)
    return " and ".join(dict.fromkeys(duties))


def _lead(occasion: Occasion) -> str:
    role = occasion.catalog.oncall.roles.get(LEAD)
    return role.title if role else "whoever acknowledged"


def _slack(occasion: Occasion) -> str:
    return ", ".join(f"#{channel}" for channel in occasion.rule.route.slack) or "no channel"


def _tenant(occasion: Occasion) -> str:
    """The customer whose notice it is; ValueError where none was named."""
    if occasion.tenant is None:
        raise ValueError("no customer was named")
    return occasion.tenant


def _address(url: str) -> str:
    """A link's address in which nothing ends the link."""
    return quote(url, safe=":/?#&=%+,;~.-_")


# --- what happened ---------------------------------------------------------------------------------------------


def _timeline(occasion: Occasion) -> str:
    first, again = _first_round(occasion.drilled.events)
    rows = [_event(occasion, event) for event in first]
    if again:
        rows += [["…", "…", "…", f"the steps begin again: {len(again) - 1} more events", _TO_FILL]]
        rows += [_event(occasion, again[-1])]
    return table(["after", "UTC", "local", "what the catalog says", "in fact"], rows)


def _first_round(events: Sequence[Event]) -> tuple[Sequence[Event], Sequence[Event]]:
    """The events until somebody is asked once more as before, and those from there on."""
    asks: set[str] = set()
    for number, event in enumerate(events):
        if event.what == "asks" and event.text in asks:
            return events[:number], events[number:]
        asks |= {event.text} if event.what == "asks" else set()
    return events, ()


def _event(occasion: Occasion, event: Event) -> list[str]:
    at = occasion.drilled.at + event.after
    local = local_and_utc(at, occasion.zone).partition(" (")[0].removesuffix(f" {occasion.zone}")
    return [length(event.after), clock(at).removesuffix(" UTC"), local, inert(event.text), _TO_FILL]


def _against_promise(occasion: Occasion) -> str:
    return table(["what", "promised", "in the drill", "in fact"], _compared(occasion))


def _compared(occasion: Occasion) -> Iterator[list[str]]:
    promise, reached = occasion.promise, _reached(occasion)
    if promise.wakes:
        first, second = promise.wakes.first_human_within, promise.wakes.second_human_within
        yield ["a first person is woken", f"within {first}", reached[0] if reached else "never", _TO_FILL]
        yield ["a second person is woken", f"within {second}", reached[1] if len(reached) > 1 else "never", _TO_FILL]
    if promise.public_updates:
        yield ["the first public notice", f"within {promise.public_updates.first_within}", "–", _TO_FILL]
        yield from ([f"an update while {stage}", f"every {pause}", "–", _TO_FILL] for stage, pause in _pauses(promise))
    yield ["the signal sees it", f"within {promise.detects_within}", "–", _TO_FILL]


def _pauses(promise: Promise) -> Iterator[tuple[str, Length]]:
    public = promise.public_updates
    return ((stage.value, pause) for stage, pause in (public.every if public else {}).items())


def _reached(occasion: Occasion) -> list[str]:
    """When each different person is first notified by a channel that wakes, the soonest first."""
    waking = {kind.value for kind in occasion.promise.wakes.by} if occasion.promise.wakes else set()
    times: dict[str, str] = {}
    for event in occasion.drilled.events:
        if event.what == "notifies" and event.channel in waking:
            times.setdefault(event.people[0], f"{length(event.after)} ({event.people[0]}, by {event.channel})")
    return list(times.values())


# --- the table -------------------------------------------------------------------------------------------------

FIELDS: Mapping[str, TemplateField] = {
    "rule": TemplateField("the rule's id", lambda occasion: occasion.rule.rule.id),
    "title": TemplateField("the rule's title", lambda occasion: occasion.rule.rule.title),
    "means": TemplateField("what the rule means", lambda occasion: occasion.rule.rule.means),
    "condition": TemplateField(
        "when the rule fires", lambda occasion: wording.condition(occasion.catalog, occasion.rule), audiences=INSIDE
    ),
    "severity": TemplateField("the severity as which it acts", lambda occasion: str(occasion.rule.severity)),
    "severity_title": TemplateField("what that severity is for", lambda occasion: occasion.promise.title),
    "service": TemplateField("the service's name", lambda occasion: occasion.rule.service.service),
    "service_title": TemplateField("the service's title", lambda occasion: occasion.rule.service.title),
    "team_title": TemplateField("the team's title", lambda occasion: occasion.catalog.teams[occasion.rule.team].title),
    "platform": TemplateField("the platform's title", lambda occasion: occasion.catalog.platform.title),
    "promise": TemplateField("who is woken, and how soon", lambda occasion: within(occasion.promise)),
    "public_promise": TemplateField("what the public is promised", lambda occasion: public_promise(occasion.promise)),
    "fired_at": TemplateField("when it fired, local and in UTC", _fired),
    "fired_at_utc": TemplateField("when it fired, in UTC", lambda occasion: clock(occasion.drilled.at)),
    "date": TemplateField("the day on which it fired, as the people see it who are asked first", day),
    "notified_at": TemplateField(
        "when this notice is sent: at the time of --sent, else when it is due, each stage one update after the last",
        lambda occasion: local_and_utc(_notified(occasion), occasion.zone),
        needs=Needs.UPDATES,
    ),
    "next_update": TemplateField("when the next update is due", _next_update, needs=Needs.NEXT),
    "updates_every": TemplateField(
        "how often this stage is updated", lambda occasion: str(_pause(occasion)), needs=Needs.NEXT
    ),
    "first_notice_within": TemplateField(
        "how soon the first public notice is promised",
        lambda occasion: str(_updates(occasion).first_within),
        needs=Needs.UPDATES,
    ),
    "deadline_72h": TemplateField("72 hours after it fired, an example of when awareness might begin", _deadline),
    "first_human": TemplateField("whom the page asks first, by duty and not by name", _first_human, Needs.WAKING),
    "lead": TemplateField("the title of the role that leads", _lead),
    "slack_channels": TemplateField("the team's Slack channels", _slack, audiences=INSIDE, markdown=True),
    "runbook": TemplateField(
        "the runbook's address",
        lambda occasion: _address(names.runbook_url(occasion.catalog, occasion.rule.rule.id)),
        audiences=INSIDE,
        markdown=True,
    ),
    "tenant": TemplateField("the customer's id, from --tenant", _tenant, needs=Needs.TENANT, audiences=NAMED),
    "timeline": TemplateField("the drill, an event a row", _timeline, audiences=frozenset({"internal"}), markdown=True),
    "against_promise": TemplateField(
        "what was promised beside what the drill says, with a column to fill",
        _against_promise,
        audiences=frozenset({"internal"}),
        markdown=True,
    ),
}
