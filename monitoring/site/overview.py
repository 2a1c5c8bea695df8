"""The map: from services over rules, receivers, policies and schedules to people."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring.model.receivers import Receiver
from monitoring.reach.paths import AlertPath
from monitoring.site import names
from monitoring.site.addresses import MAP, vendor_page
from monitoring.site.blocks import MapBlock, MapColumn, MapEntry, PagePart, Phrase, SitePage, TextBlock
from monitoring.site.data import SiteData
from monitoring.site.vendors import vendors_in_use


def map_page(data: SiteData) -> SitePage:
    """The page that shows every way from a service to a person."""
    vendors = names.joined(Phrase(names.VENDORS[vendor], vendor_page(vendor)) for vendor in vendors_in_use(data))
    return SitePage(
        file=MAP,
        title="Map",
        entry="Map",
        lead="From what is watched to who is woken. Choose an entry to see its ways in both directions.",
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
    yield MapColumn("Services", tuple(_services(data)))
    yield MapColumn("Rules", tuple(_rule_entry(data, path) for path in data.paths))
    yield MapColumn("Receivers", tuple(_receivers(data)))
    yield MapColumn("Policies", tuple(_policies(data)))
    yield MapColumn("Schedules", tuple(_schedules(data)))
    yield MapColumn("People", tuple(_people(data)))


def _services(data: SiteData) -> Iterator[MapEntry]:
    for name, service in data.catalog.services.items():
        own = tuple(f"rule:{path.rule}" for path in data.paths if data.catalog.rules[path.catalog_rule][0] is service)
        yield MapEntry(f"service:{name}", Phrase(service.title), _small(service.tier), onward=own)


def _rule_entry(data: SiteData, path: AlertPath) -> MapEntry:
    onward = (*(f"pager:{page.service}" for page in path.pages), *_beside(data, path))
    return MapEntry(f"rule:{path.rule}", names.rule(path), names.severity(path), onward=onward)


def _beside(data: SiteData, path: AlertPath) -> list[str]:
    """The keys of Slack channels and addresses; a key holds no blank."""
    return list(map(_key, names.shared_receivers(data.catalog, path)))


def _key(receiver: Receiver) -> str:
    return f"other:{str(receiver).replace(' ', '-')}"


def _receivers(data: SiteData) -> Iterator[MapEntry]:
    pagers = {page.service: page for path in data.paths for page in path.pages}
    for name, page in sorted(pagers.items()):
        yield MapEntry(f"pager:{name}", Phrase(name), _small(page.loudness), "PagerDuty", (f"policy:{page.policy}",))
    others = {each for path in data.paths for each in names.shared_receivers(data.catalog, path)}
    for other in sorted(others, key=str):
        yield MapEntry(_key(other), Phrase(str(other)), group=_capital(other.kind.label))


def _capital(label: str) -> str:
    return label[0].upper() + label[1:]


def _policies(data: SiteData) -> Iterator[MapEntry]:
    for name, policy in data.catalog.oncall.policies.items():
        duties = dict.fromkeys(each for step in policy.steps for each in step.ask)
        yield MapEntry(
            f"policy:{name}", names.policy(data.catalog, name), onward=tuple(_duty_key(data, each) for each in duties)
        )


def _duty_key(data: SiteData, name: str) -> str:
    return f"schedule:{name}" if name in data.catalog.oncall.schedules else f"person:{name}"


def _schedules(data: SiteData) -> Iterator[MapEntry]:
    for name, schedule in data.catalog.oncall.schedules.items():
        people = tuple(f"person:{each}" for each in schedule.people)
        yield MapEntry(
            f"schedule:{name}", names.schedule(data.catalog, name), _small(schedule.time_zone), onward=people
        )


def _people(data: SiteData) -> Iterator[MapEntry]:
    for name, person in data.catalog.oncall.people.items():
        yield MapEntry(f"person:{name}", names.person(data.catalog, name), _small(person.time_zone))


def _small(text: str) -> Phrase:
    return Phrase(text, tone="small")
