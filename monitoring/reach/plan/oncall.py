"""Who can be asked, read from a Plan by PagerDuty's own fields: users by e-mail, layers, events and targets as sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from monitoring.model.catalog import Catalog
from monitoring.model.oncall import MAX_TURN, MIN_TURN
from monitoring.model.scalars import zone
from monitoring.model.week import Window
from monitoring.naming.type_tokens import ESCALATION_POLICY, GET_USER, SCHEDULE, SCHEDULES, SHIFT_BASED_SCHEDULE
from monitoring.oncall.clock import WEEK, instant, second_of_day, wall
from monitoring.oncall.rotation import Rotation, rotations_timeline
from monitoring.oncall.timeline import Timeline
from monitoring.oncall.urgency import UrgencyHours
from monitoring.plan import Plan, Resource
from monitoring.reach.escalation import EscalationPolicy, EscalationStep, NotificationRules, Target, step
from monitoring.reach.paths import MAX_SPAN, OnCallData, always, notification_rules
from monitoring.reach.plan.followed import unfollowed
from monitoring.reach.plan.shifts import shift_timeline
from monitoring.reach.plan.unresolved import Unresolved, UnresolvedError

EVERY_DAY = frozenset(range(1, 8))


@dataclass(frozen=True)
class PlannedOnCall:
    """The people of a plan, and those of its policies that lead nowhere."""

    oncall_data: OnCallData
    unresolved: Mapping[str, Unresolved] = field(default_factory=dict)


def planned_oncall(plan: Plan, catalog: Catalog, start: int, end: int) -> PlannedOnCall:
    """Everybody whom the plan's policies ask; policies and schedules go by the names that PagerDuty shows."""
    names = {person.email: name for name, person in catalog.oncall.people.items()}
    rounds = [_seconds(resource) for resource in plan.of_type(ESCALATION_POLICY)]
    reading = _PlanReader(plan, catalog, names, start, end + min(max(rounds, default=0) + 1, MAX_SPAN))
    policies, unresolved = dict[str, EscalationPolicy](), dict[str, Unresolved]()
    for resource in plan.of_type(ESCALATION_POLICY):
        name = title(resource)
        try:
            policies[name] = reading.policy(name, resource)
        except UnresolvedError as error:
            unresolved[name] = error.unresolved
    people = {name: notification_rules(person) for name, person in catalog.oncall.people.items()}
    strangers = {
        name: NotificationRules(()) for line in reading.timelines.values() for name in line.people if name is not None
    }
    data = OnCallData(start, end, policies, reading.timelines, strangers | people, reading.zones)
    return PlannedOnCall(data, unresolved)


def title(resource: Resource) -> str:
    """The name that the vendor shows."""
    return str(resource.inputs.get("name") or resource.name)


def _seconds(policy: Resource) -> int:
    rules = listed(policy.inputs.get("rules"))
    minutes = sum(whole(rule.get("escalationDelayInMinutes")) for rule in rules)
    return (1 + whole(policy.inputs.get("numLoops"))) * minutes * 60


def listed(value: Any) -> Sequence[Mapping[str, Any]]:
    """The mappings in a list; nothing for what is none."""
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list | tuple) else []


def mapped(value: Any) -> Mapping[str, Any]:
    """A mapping; an empty one for what is none."""
    return value if isinstance(value, Mapping) else {}


def texts(value: Any) -> set[str]:
    """The texts in a list; nothing for what is none."""
    return {entry for entry in value if isinstance(entry, str)} if isinstance(value, list | tuple) else set()


def whole(value: Any) -> int:
    """A number of a sane size without its fraction; 0 for what is none."""
    return int(value) if isinstance(value, int | float) and 0 <= value < 1e9 else 0


@dataclass
class _PlanReader:
    plan: Plan
    catalog: Catalog
    known: Mapping[str, str]
    start: int
    end: int
    timelines: dict[str, Timeline] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)

    def policy(self, name: str, resource: Resource) -> EscalationPolicy:
        _require_followed(resource)
        rules = listed(resource.inputs.get("rules"))
        if not rules:
            raise UnresolvedError("policy", f'the policy "{name}" has no steps', "declare its rules")
        steps = tuple(self.step(name, number, rule) for number, rule in enumerate(rules, start=1))
        return EscalationPolicy(name, steps, rounds=1 + whole(resource.inputs.get("numLoops")))

    def step(self, policy: str, number: int, rule: Mapping[str, Any]) -> EscalationStep:
        where = f'step {number} of "{policy}"'
        strategy = rule.get("escalationRuleAssignmentStrategy")
        if isinstance(strategy, Mapping) and strategy.get("type") != "assign_to_everyone":
            why = f'{where} asks one after the other ("{strategy.get("type")}"), which this cannot follow'
            raise UnresolvedError("step", why, "use assign_to_everyone")
        delay, targets = whole(rule.get("escalationDelayInMinutes")), listed(rule.get("targets"))
        if delay < 1 or not targets:
            raise UnresolvedError("step", f"{where} has no delay of a minute or more, or no targets", "declare both")
        return step(tuple(self.target(where, target) for target in targets), delay * 60)

    def target(self, where: str, target: Mapping[str, Any]) -> Target:
        reference, kind = target.get("id"), target.get("type", "user_reference")  # the provider's default
        resource = next(filter(None, (referred(self.plan, reference, type_) for type_ in SCHEDULES)), None)
        if resource is not None and kind == "schedule_reference":
            return self.schedule(resource)
        email = looked_up(reference)
        if email is not None and kind == "user_reference":
            return self.person(email)
        raise UnresolvedError(
            "target", f'{where} has a target of type "{kind}" that is not one', "refer to what the type says"
        )

    def person(self, email: str) -> Target:
        name = self.known.get(email, email)
        self.timelines.setdefault(name, always(name, self.start, self.end))
        person = self.catalog.oncall.people.get(name)
        self.zones.setdefault(name, person.time_zone if person else "Etc/UTC")
        return Target(name, self.timelines[name])

    def schedule(self, resource: Resource) -> Target:
        name = title(resource)
        _require_followed(resource)
        if name not in self.timelines:
            try:
                self.timelines[name] = self.drawn(resource)
            except (KeyError, TypeError, ValueError, OverflowError) as error:
                why = f'the schedule "{name}" cannot be read: {error}'
                fix = f"declare {'layers' if resource.type == SCHEDULE else 'rotations'} as PagerDuty takes them"
                raise UnresolvedError("schedule", why, fix) from None
            self.zones[name] = str(resource.inputs.get("timeZone"))
        return Target(name, self.timelines[name])

    def drawn(self, resource: Resource) -> Timeline:
        if resource.type == SHIFT_BASED_SCHEDULE:
            return shift_timeline(resource, self.member, self.start, self.end)
        zone_name = str(resource.inputs.get("timeZone"))
        return rotations_timeline(list(self.rotations(resource, zone_name)), zone_name, self.start, self.end)

    def member(self, user: Any) -> str:
        email = looked_up(user)
        if email is None:
            raise ValueError("an event's members are not all looked up by e-mail")
        return self.known.get(email, email)

    def rotations(self, resource: Resource, zone_name: str) -> Iterator[Rotation]:
        for layer in listed(resource.inputs["layers"]):
            emails = [looked_up(user) for user in layer["users"]]
            if None in emails or not emails:
                raise ValueError("a layer's users are not all looked up by e-mail")
            windows = tuple(_window(restriction) for restriction in listed(layer.get("restrictions")))
            yield Rotation(
                anchor=_wall(layer["rotationVirtualStart"], zone_name),
                turn=_turn(layer["rotationTurnLengthSeconds"]),
                people=tuple(self.known.get(email, email) for email in emails if email is not None),
                windows=windows or None,
                since=instant(datetime.fromisoformat(layer["start"])),
                until=instant(datetime.fromisoformat(layer["end"])) if layer.get("end") else None,
            )


def _require_followed(resource: Resource) -> None:
    for problem in unfollowed(resource):
        raise UnresolvedError(problem.hop, problem.why, problem.fix)


def _turn(seconds: Any) -> int:
    if not isinstance(seconds, int | float) or not MIN_TURN.seconds <= seconds <= MAX_TURN.seconds:
        raise ValueError(f'"{seconds}" is no turn that PagerDuty takes')
    return int(seconds)


def _wall(text: str, zone_name: str) -> int:
    moment = datetime.fromisoformat(text)
    instant(moment)
    return wall(moment.astimezone(zone(zone_name)).replace(tzinfo=None))


def _window(restriction: Mapping[str, Any]) -> Window:
    daily = restriction["type"] == "daily_restriction"
    days = EVERY_DAY if daily else frozenset({int(restriction["startDayOfWeek"])})
    opens = second_of_day(time.fromisoformat(restriction["startTimeOfDay"]))
    return Window(days, opens, min(int(restriction["durationSeconds"]), WEEK))


def urgency_hours(hours: Mapping[str, Any]) -> UrgencyHours:
    """Support hours as PagerDuty takes them; KeyError, TypeError and ValueError for what is none."""
    opens, closes = (second_of_day(time.fromisoformat(hours[name])) for name in ("startTime", "endTime"))
    days = frozenset(int(day) for day in hours["daysOfWeeks"])
    if closes <= opens or not days:
        raise ValueError("they have no hour")
    zone(hours["timeZone"])
    return UrgencyHours(str(hours["timeZone"]), Window(days, opens, closes - opens))


def referred(plan: Plan, value: Any, type_: str, output: str = "id") -> Resource | None:
    """The resource of that type whose output a value is, or None."""
    if isinstance(value, Mapping) and "secret" in value:
        value = value["secret"]
    if not isinstance(value, Mapping) or value.get("output") != output:
        return None
    resource = plan.by_key.get(str(value.get("ref")))
    return resource if resource is not None and resource.type == type_ else None


def looked_up(value: Any) -> str | None:
    """The e-mail address by which a user is looked up, or None."""
    if isinstance(value, Mapping) and value.get("lookup") == GET_USER and value.get("output") == "id":
        return str(mapped(value.get("arguments")).get("email"))
    return None
