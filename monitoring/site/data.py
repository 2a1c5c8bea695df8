"""What the pages are made from: the catalog, what the checks and the proof say of it, and who is on call for a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType

from monitoring.checks import CheckReport, examine
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule, effective_rules
from monitoring.model.oncall import Schedule
from monitoring.oncall.clock import DAY
from monitoring.oncall.fairness import ScheduleShares, year_shares
from monitoring.oncall.load import Home, Load, homes, loads
from monitoring.oncall.public_holidays import public_holidays
from monitoring.oncall.rotation import timeline
from monitoring.oncall.timeline import Timeline
from monitoring.reach.drill import AROUND, Drill, drill, oncall_around
from monitoring.reach.paths import AlertPath, OnCallData, StaticOnCall, static_oncall
from monitoring.reach.proof import Proof, RuleProof, prove_catalog
from monitoring.site.months import LocalYear, local_year
from monitoring.site.names import shared_receivers
from monitoring.site.opaque import report_without_names, without_names

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class SiteData:
    """One environment of a catalog on a day, and everything that its pages say of it."""

    catalog: Catalog
    environment: str
    today: date
    report: CheckReport
    proof: Proof
    changed: Mapping[str, str]
    """When each rule of the catalog was last changed, and by which revision; or why that is not known."""
    documents: Mapping[str, str]
    """The platform's pages by their paths in its documents, as far as they are known."""

    @cached_property
    def rules(self) -> tuple[EffectiveRule, ...]:
        """Every rule as it acts, the most severe first."""
        acting = effective_rules(self.catalog, self.environment, self.today)
        return tuple(sorted(acting, key=lambda rule: (rule.severity.rank, rule.id)))

    @cached_property
    def proofs(self) -> Mapping[str, tuple[RuleProof, ...]]:
        """The proofs of each rule; of one on trial a second one, for when its trial is over."""
        proofs: dict[str, tuple[RuleProof, ...]] = {}
        for proved in self.proof.rules:
            proofs[proved.path.rule] = (*proofs.get(proved.path.rule, ()), proved)
        return proofs

    @cached_property
    def paths(self) -> tuple[AlertPath, ...]:
        """The path of each rule as it acts now, the most severe first."""
        paths = (self.proofs[rule.id][0].path for rule in self.rules if rule.id in self.proofs)
        return tuple(paths)

    @cached_property
    def by_policy(self) -> Mapping[str, tuple[RuleProof, ...]]:
        """The proofs of the rules that page each policy, the most severe first."""
        paging: dict[str, tuple[RuleProof, ...]] = dict.fromkeys(self.catalog.oncall.policies, ())
        for proved in sorted(self.proof.rules, key=lambda proved: (proved.path.severity.rank, proved.path.rule)):
            for page in proved.path.pages:
                paging[page.policy] = (*paging[page.policy], proved)
        return paging

    @cached_property
    def timelines(self) -> Mapping[str, Timeline]:
        """Who has each schedule in the span of the proof."""
        start, end = self.proof.start, self.proof.end
        return {name: timeline(schedule, start, end) for name, schedule in self.catalog.oncall.schedules.items()}

    @cached_property
    def around(self) -> Mapping[str, Timeline]:
        """The same some weeks longer on both sides, so that shifts show where they begin and end."""
        start, end = self.proof.start - AROUND, self.proof.end + AROUND
        return {name: timeline(schedule, start, end) for name, schedule in self.catalog.oncall.schedules.items()}

    def year(self, zone: str) -> LocalYear:
        """The days of the year in a zone."""
        return local_year(zone, self.today, (self.proof.end - self.proof.start) // DAY)

    @cached_property
    def loads(self) -> Mapping[str, Load]:
        """What being on call asks of each person in that span."""
        return loads(self.timelines.values(), self.homes)

    @cached_property
    def homes(self) -> Mapping[str, Home]:
        """Where each person lives."""
        return homes(self.catalog.oncall.people)

    @cached_property
    def holidays(self) -> Mapping[str, Mapping[date, str]]:
        """The public holidays of each person in the year, by their day there."""
        last = self.today + timedelta(seconds=self.proof.end - self.proof.start)
        return {name: public_holidays(home.region, self.today, last) for name, home in self.homes.items()}

    @cached_property
    def shares(self) -> Mapping[str, ScheduleShares]:
        """What each person holds of each schedule in the year, and how far people are apart."""
        schedules = self.catalog.oncall.schedules
        return {name: year_shares(schedule, self.homes, self.proof.start) for name, schedule in schedules.items()}

    @cached_property
    def _static(self) -> StaticOnCall:
        return static_oncall(self.catalog)

    @cached_property
    def _around(self) -> dict[tuple[tuple[str, ...], int], OnCallData]:
        return {}

    def drilled(self, path: AlertPath, at: int) -> Drill:
        """The drill of a rule at an instant; who is on call around it is worked out once for rules of one policy."""
        key = tuple(sorted({page.policy for page in path.pages})), at
        if key not in self._around:
            self._around[key] = oncall_around(self.catalog, [path], at, static=self._static)
        return drill(path._replace(others=shared_receivers(self.catalog, path)), self._around[key], at)

    def schedules_of(self, person: str) -> Mapping[str, Schedule]:
        """The schedules in which a person takes turns or covers."""
        schedules = self.catalog.oncall.schedules
        return {name: schedule for name, schedule in schedules.items() if person in schedule.people}


def site_data(
    catalog: Catalog,
    environment: str,
    today: date,
    runbooks: Mapping[str, str],
    names: Mapping[str, str] | None = None,
    changed: Mapping[str, str] = NOTHING,
    documents: Mapping[str, str] = NOTHING,
) -> SiteData:
    """Everything that the pages say of a catalog on a day; the proof is that of a year.

    `names` are what the pages call people instead of what the catalog does.
    """
    report = examine(catalog, today, runbooks)
    shown = without_names(catalog, names) if names else catalog
    return SiteData(
        catalog=shown,
        environment=environment,
        today=today,
        report=report_without_names(report, names) if names else report,
        proof=prove_catalog(shown, environment=environment, today=today),
        changed=changed,
        documents=documents,
    )
