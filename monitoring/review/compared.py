"""Two catalogs side by side: which entries are the same ones, and what both answer about people at every instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from monitoring.errors import Source
from monitoring.model.catalog import Catalog
from monitoring.model.effective import TenantScope, acting_id
from monitoring.model.oncall import Policy, Schedule
from monitoring.model.service import Rule, Service
from monitoring.oncall.clock import utc
from monitoring.oncall.load import Home, Load, homes, loads
from monitoring.oncall.moved import NEAR, MovedShift, moved_shifts
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Timeline
from monitoring.reach.paths import AlertPath, alert_paths, oncall_data
from monitoring.reach.proof import YEAR, Proof, promises_of, prove
from monitoring.reach.sweeps import SweepCache
from monitoring.review.differences import RENAMED_WITH, CatalogDifference, NewNames, differences, source_of
from monitoring.review.effects import Place


@dataclass(frozen=True)
class EnvironmentAnswer:
    """What one catalog answers in one environment: its proof, and whom each rule can wake within a year."""

    proof: Proof
    woken: Mapping[str, frozenset[str]]
    woken_by_rule: Mapping[str, frozenset[str]]
    """The same by the catalog's rules: whom any of those for single tenants can wake."""


@dataclass(frozen=True)
class ComparedCatalogs:
    """The catalog before and after a change that takes effect at an instant."""

    before: Catalog
    after: Catalog
    at: int

    @cached_property
    def renamed(self) -> NewNames:
        """The entries that go on under another name; a rule also with its ids for single tenants."""
        return dict(_renamed(self.before, self.after))

    @cached_property
    def old_names(self) -> NewNames:
        """The old name of each of them, by its new one."""
        return {(kind, new): old for (kind, old), new in self.renamed.items()}

    def goes_on_as(self, kind: str, name: str) -> str:
        """The name of an old entry in the new catalog."""
        return self.renamed.get((kind, name), name)

    def old_name(self, kind: str, name: str) -> str:
        """The name of a new entry in the old catalog."""
        return self.old_names.get((kind, name), name)

    def rule(self, name: str) -> tuple[Rule | None, Rule | None]:
        """A rule before and after, by its new id; None where there is none."""
        old, new = self.before.rules.get(self.old_name("rule", name)), self.after.rules.get(name)
        return old and old[1], new and new[1]

    @cached_property
    def differences(self) -> tuple[CatalogDifference, ...]:
        """Every value that is another one."""
        return differences(self.before, self.after, self.renamed)

    @cached_property
    def environments(self) -> tuple[str, ...]:
        """The environments that both have."""
        return tuple(name for name in self.after.platform.environments if name in self.before.platform.environments)

    @cached_property
    def old_answers(self) -> Mapping[str, EnvironmentAnswer]:
        """What the old catalog answers in each of its environments, with the rules' old ids."""
        return {name: _answer(self.before, name, self.at) for name in self.before.platform.environments}

    @cached_property
    def new_answers(self) -> Mapping[str, EnvironmentAnswer]:
        """What the new catalog answers in each of its environments."""
        return {name: _answer(self.after, name, self.at) for name in self.after.platform.environments}

    @cached_property
    def schedules(self) -> Mapping[str, Schedule]:
        """Every schedule of either side by its new name, the new one where both have it."""
        return {**self._old_schedules, **self.after.oncall.schedules}

    @cached_property
    def _old_schedules(self) -> Mapping[str, Schedule]:
        return {self.goes_on_as("schedule", name): each for name, each in self.before.oncall.schedules.items()}

    @cached_property
    def timelines(self) -> Mapping[str, tuple[Timeline, Timeline]]:
        """Who holds each schedule for a year, before and after; nobody where there is no such schedule."""
        old, new = self._old_schedules, self.after.oncall.schedules
        return {name: (_year(old.get(name), self.at), _year(new.get(name), self.at)) for name in self.schedules}

    @cached_property
    def moved(self) -> Mapping[str, tuple[MovedShift, ...]]:
        """The shifts of the coming year that change hands, by schedule; no schedule without any."""
        by_schedule = {name: moved_shifts(old, new) for name, (old, new) in self.timelines.items()}
        return {name: shifts for name, shifts in by_schedule.items() if shifts}

    def woken_by(self, rule: str) -> tuple[str, ...]:
        """Everybody whom a rule, or one of it for a tenant, can wake after the change, or could before it."""
        old_rule = self.old_name("rule", rule)
        old = (answer.woken_by_rule.get(old_rule, frozenset()) for answer in self.old_answers.values())
        new = (answer.woken_by_rule.get(rule, frozenset()) for answer in self.new_answers.values())
        return tuple(sorted(frozenset().union(*old, *new)))

    def acts(self, rule: str) -> bool:
        """Whether a rule, or what it is for one tenant, acts anywhere after the change."""
        return any(rule in answer.woken for answer in self.new_answers.values())

    def acting_in(self, rule: str) -> tuple[frozenset[str], frozenset[str]]:
        """The environments in which a rule acts before and after, as far as both catalogs have them."""
        sides = (self.old_answers, self.old_name("rule", rule)), (self.new_answers, rule)
        before, after = (
            frozenset(name for name in self.environments if each in answers[name].woken_by_rule)
            for answers, each in sides
        )
        return before, after

    @cached_property
    def homes(self) -> Mapping[str, Home]:
        """Where everybody on either side lives; whoever moves is counted where they will live."""
        return homes({**self.before.oncall.people, **self.after.oncall.people})

    @cached_property
    def loads(self) -> tuple[Mapping[str, Load], Mapping[str, Load]]:
        """Everybody's load of the next twelve weeks, before and after, counted in one home a person."""
        end = self.at + NEAR
        old, new = ([_cut(pair[side], end) for pair in self.timelines.values()] for side in (0, 1))
        return loads(old, self.homes), loads(new, self.homes)

    def catalog_rule(self, acting: str) -> str:
        """The rule of the catalog that acts under an id; the id itself where there is none."""
        return self._catalog_rules.get(acting, acting)

    @cached_property
    def _catalog_rules(self) -> Mapping[str, str]:
        return {
            each.path.rule: each.path.catalog_rule
            for answer in self.new_answers.values()
            for each in answer.proof.rules
        }

    def rule_source(self, acting: str) -> Source:
        """Where a rule stands that acts under an id."""
        return self.source(("rule", self.catalog_rule(acting)))

    def schedule_source(self, name: str) -> Source:
        """Where a schedule's layers stand; in the old catalog where it is gone."""
        return self.source(("schedule", name, "layers"), gone=name not in self.after.oncall.schedules)

    def person_source(self, name: str) -> Source:
        """Where a person stands; in the old catalog where the person is gone."""
        return self.source(("person", name), gone=name not in self.after.oncall.people)

    def source(self, place: Place, *, gone: bool = False) -> Source:
        """Where a value stands, in the old catalog where it is gone."""
        kind, name, *words = place
        if not gone:
            return source_of(self.after, place)
        return source_of(self.before, (kind, self.old_name(RENAMED_WITH.get(kind, kind), name), *words))


Named = Mapping[str, Schedule | Policy | Service | Rule]


def _renamed(before: Catalog, after: Catalog) -> Iterator[tuple[tuple[str, str], str]]:
    """The entries that go on under another name; one whose old name is still in use is a new entry."""
    for (kind, old_entries), (_, new_entries) in zip(_named(before), _named(after), strict=True):
        for name, entry in new_entries.items():
            went = [old for old in entry.formerly if old in old_entries and old not in new_entries]
            for old in went if name not in old_entries else ():
                yield (kind, old), name
                if isinstance(entry, Rule):
                    yield from _renamed_scopes(entry, old, name, {**before.tenants, **after.tenants})


def _named(catalog: Catalog) -> Iterator[tuple[str, Named]]:
    """Every kind of entry that can be renamed, with its entries."""
    yield "schedule", catalog.oncall.schedules
    yield "policy", catalog.oncall.policies
    yield "service", catalog.services
    yield "rule", {name: rule for name, (_, rule) in catalog.rules.items()}


def _renamed_scopes(
    rule: Rule, old: str, new: str, tenants: Mapping[str, object]
) -> Iterator[tuple[tuple[str, str], str]]:
    if rule.for_each_tenant is not None:
        for listed in (*tenants, None):
            scope = TenantScope(rule.for_each_tenant.plan, listed)
            yield ("rule", acting_id(old, scope)), acting_id(new, scope)


def _year(schedule: Schedule | None, start: int) -> Timeline:
    return Timeline((start,), (None,), start + YEAR) if schedule is None else timeline(schedule, start, start + YEAR)


def _cut(whole: Timeline, end: int) -> Timeline:
    count = sum(start < end for start in whole.starts)
    return Timeline(whole.starts[:count], whole.people[:count], end)


def _answer(catalog: Catalog, environment: str, at: int) -> EnvironmentAnswer:
    today = utc(at).date()
    paths = alert_paths(catalog, environment, today)
    policies = sorted({page.policy for path in paths for page in path.pages})
    data = oncall_data(catalog, at, at + YEAR, policies)
    sweeps = SweepCache(data)
    woken: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    by_rule: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for path in paths:
        people = _woken(path, sweeps)
        woken[path.rule] |= people
        by_rule[path.catalog_rule] |= people
    return EnvironmentAnswer(prove(paths, data, promises_of(catalog, environment, today)), woken, by_rule)


def _woken(path: AlertPath, sweeps: SweepCache) -> frozenset[str]:
    """Everybody whom a rule can wake at some time: who is asked at high urgency, and has a channel that wakes."""
    if path.waking is None or path.limited_by_environment:
        return frozenset()
    channels = {kind.value for kind in path.waking.by}
    people = sweeps.oncall_data.people
    return frozenset(
        name
        for page in path.pages
        if page.can_be_high
        for name in sweeps.everybody(page.policy)
        if any(rule.channel in channels for rule in people[name].high)
    )
