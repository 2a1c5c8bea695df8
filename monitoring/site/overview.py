"""The map: from services over rules, receivers, policies and schedules to people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from monitoring.model.receivers import Receiver
from monitoring.model.scalars import many
from monitoring.reach.paths import AlertPath, PagedService
from monitoring.site import map_words, names
from monitoring.site.addresses import MAP, vendor_page
from monitoring.site.blocks import MapBlock, MapColumn, MapEntry, PagePart, Phrase, SitePage, TextBlock
from monitoring.site.data import SiteData
from monitoring.site.vendors import vendors_in_use

LEAD = (
    "From what is watched to who is woken. Choose an entry to see its ways in both directions; "
    "a dashed line wakes nobody."
)


def map_page(data: SiteData) -> SitePage:
    """The page that shows every way from a service to a person."""
    vendors = names.joined(Phrase(names.VENDORS[vendor], vendor_page(vendor)) for vendor in vendors_in_use(data))
    return SitePage(
        file=MAP,
        title="Map",
        entry="Map",
        lead=LEAD,
        parts=(
            PagePart("Ways to people", (MapBlock(tuple(map_columns(data))),), "ways"),
            PagePart(
                "Vendors", (TextBlock((Phrase("What stops when one is down: "), *vendors, Phrase("."))),), "vendors"
            ),
        ),
        scripts=("map.js",),
    )


def map_columns(data: SiteData) -> Iterator[MapColumn]:
    """The columns, each with all of its entries and what lies behind each."""
    yield MapColumn("Services", (*_services(data), *_watchers(data)))
    yield MapColumn("Rules", tuple(_rule_entry(data, path) for path in data.paths))
    yield MapColumn("Receivers", (*_pagers(data), *_others(data)))
    yield MapColumn("Policies", tuple(_policies(data)))
    yield MapColumn("Schedules", tuple(_schedules(data)))
    yield MapColumn("People", tuple(_people(data)))


def _services(data: SiteData) -> Iterator[MapEntry]:
    for name, service in data.catalog.services.items():
        own = [path for path in data.paths if data.catalog.rules[path.catalog_rule][0] is service]
        says, onward = map_words.rules_in_words(own), _rule_keys(own)
        yield MapEntry(f"service:{name}", Phrase(service.title), _small(service.tier), onward=onward, says=says)


def _watchers(data: SiteData) -> Iterator[MapEntry]:
    """The vendors that watch, each with all that stops while it is down."""
    for vendor in vendors_in_use(data):
        own = [path for path in data.paths if path.vendor == vendor]
        if own:
            name = Phrase(names.VENDORS[vendor], vendor_page(vendor))
            says = f"{map_words.rules_in_words(own)}, stop while it is down"
            yield MapEntry(f"vendor:{vendor}", name, group="Watched by", onward=_rule_keys(own), says=says)


def _rule_keys(paths: Iterable[AlertPath]) -> tuple[str, ...]:
    return tuple(f"rule:{path.rule}" for path in paths)


def _rule_entry(data: SiteData, path: AlertPath) -> MapEntry:
    onward = (*(f"pager:{page.service}" for page in path.pages), *_beside(data, path))
    says = map_words.rule_in_words(data.proofs.get(path.rule, ()))
    key, severity = f"rule:{path.rule}", names.severity(path)
    return MapEntry(key, names.rule(path), severity, "", onward, says, is_quiet=not path.wakes)


def _beside(data: SiteData, path: AlertPath) -> list[str]:
    """The keys of Slack channels and addresses; a key holds no blank."""
    return list(map(_key, names.shared_receivers(data.catalog, path)))


def _key(receiver: Receiver) -> str:
    return f"other:{str(receiver).replace(' ', '-')}"


def _pagers(data: SiteData) -> Iterator[MapEntry]:
    arriving: dict[PagedService, list[AlertPath]] = {}
    for path in data.paths:
        for page in path.pages:
            arriving.setdefault(page, []).append(path)
    for page in sorted(arriving, key=lambda page: page.service):
        says, onward = map_words.rules_in_words(arriving[page]), (f"policy:{page.policy}",)
        name, quiet = Phrase(page.service), not page.can_be_high
        yield MapEntry(f"pager:{page.service}", name, _small(page.loudness), "PagerDuty", onward, says, quiet)


def _others(data: SiteData) -> Iterator[MapEntry]:
    """Slack channels and addresses, which wake nobody."""
    arriving = Counter(other for path in data.paths for other in names.shared_receivers(data.catalog, path))
    for other in sorted(arriving, key=str):
        group, says = _capital(other.kind.label), f"{many(arriving[other], 'rule')}; it wakes nobody"
        yield MapEntry(_key(other), Phrase(str(other)), group=group, says=says, is_quiet=True)


def _capital(label: str) -> str:
    return label[0].upper() + label[1:]


def _policies(data: SiteData) -> Iterator[MapEntry]:
    for name, policy in data.catalog.oncall.policies.items():
        onward = tuple(
            _duty_key(data, each) for each in dict.fromkeys(each for step in policy.steps for each in step.ask)
        )
        says = map_words.policy_in_words(data, name)
        yield MapEntry(f"policy:{name}", names.policy(data.catalog, name), onward=onward, says=says)


def _duty_key(data: SiteData, name: str) -> str:
    return f"schedule:{name}" if name in data.catalog.oncall.schedules else f"person:{name}"


def _schedules(data: SiteData) -> Iterator[MapEntry]:
    for name, schedule in data.catalog.oncall.schedules.items():
        people = tuple(f"person:{each}" for each in schedule.people)
        zone, says = _small(schedule.time_zone), map_words.schedule_in_words(data, name)
        yield MapEntry(f"schedule:{name}", names.schedule(data.catalog, name), zone, onward=people, says=says)


def _people(data: SiteData) -> Iterator[MapEntry]:
    for name, person in data.catalog.oncall.people.items():
        zone, says = _small(person.time_zone), map_words.person_in_words(data, name)
        yield MapEntry(f"person:{name}", names.person(data.catalog, name), zone, says=says)


def _small(text: str) -> Phrase:
    return Phrase(text, tone="small")
