"""The accounts as a test sees them: what humans make, what stands in them, what goes wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.engine.accounts import datadog, pagerduty, sentry
from tests.engine.accounts import vendor as vendors
from tests.engine.accounts.faults import Fault
from tests.engine.accounts.store import Call, Store, Stored

VENDORS = {"datadog": datadog.VENDOR, "pagerduty": pagerduty.VENDOR, "sentry": sentry.VENDOR}


@dataclass(frozen=True)
class Account:
    """One organisation's accounts at all three vendors."""

    store: Store

    @classmethod
    def at(cls, path: Path) -> Account:
        """The accounts in a file, which is made when it is missing."""
        store = Store(path)
        store.prepare()
        return cls(store)

    def seed_users(self, *emails: str) -> dict[str, str]:
        """PagerDuty users, who are stored in lower case; their ids by address."""
        return {email: self._seed(pagerduty.USER, email=email.lower(), name=email.split("@")[0]) for email in emails}

    def seed_vendors(self, *names: str) -> None:
        """Vendors of PagerDuty integrations, such as Datadog."""
        for name in names:
            self._seed(pagerduty.VENDORS, name=name, type="generic_events_api_inbound_integration")

    def seed_organization(
        self, slug: str, *, teams: Sequence[str] = (), members: Sequence[str] = (), environments: Sequence[str] = ()
    ) -> None:
        """A Sentry organisation with its teams, its members, and the environments that sent it an event.

        Whoever and whatever is there already stays.
        """
        self.store.put(sentry.ORGANIZATION, slug, {"slug": slug})
        for environment in environments:
            self._seed(sentry.ENVIRONMENT, name=environment)
        for team in (team for team in teams if not self.store.get(sentry.TEAM, team)):
            number = str(4_200_000 + self.store.next_number("sentry"))
            self.store.put(sentry.TEAM, team, {"slug": team, "name": team, "internalId": number})
        known = {member["email"] for member in self.objects(sentry.MEMBER).values()}
        for email in (email for email in members if email not in known):
            self._seed(sentry.MEMBER, email=email, role="member", internalId=str(self.store.next_number("sentry")))

    def seed_project(self, slug: str, *, organization: str) -> None:
        """A Sentry project that exists already, with the two monitors that Sentry makes for it; once made, it stays."""
        if self.store.get(sentry.PROJECT, slug):
            return
        internal = sentry.own_monitors(self.store, slug)
        body = {"slug": slug, "name": slug, "organization": organization, "internalId": internal, "platform": "python"}
        self.store.put(sentry.PROJECT, slug, body)

    def seed_sentry_installation(self, provider_key: str, name: str) -> str:
        """An integration that somebody installed in Sentry, such as `pagerduty` or `slack`; its id."""
        return self._seed(sentry.INSTALLATION, providerKey=provider_key, name=name)

    def seed_internal_integration(self, slug: str) -> str:
        """An internal integration that somebody made in Sentry, which calls a webhook; its id."""
        return self._seed(sentry.APP_INSTALLATION, slug=slug, status="installed")

    def seed_opsgenie_service(self, name: str) -> None:
        """A service in Datadog's integration with Opsgenie."""
        self._seed(datadog.OPSGENIE_SERVICE, name=name)

    def seed_locations(self, *names: str) -> None:
        """Further locations from which Datadog tests, such as a private one."""
        self.store.set(datadog.MORE_LOCATIONS, list(names))

    def connect_datadog(self, product: str, *accounts: str) -> None:
        """Integrations that somebody connected in Datadog: `slack` with its workspaces, `pagerduty`, and more.

        `microsoft-teams` is connected with the channels that its app sees: the quoted names of tenant, team, channel.
        """
        self.store.set(f"datadog-{product}", list(accounts) or [True])

    def expect_credential(self, name: str, value: str) -> None:
        """Refuse every other value of a credential, named as its environment variable."""
        self.store.set(f"credential {name}", value)

    def allow_sentry_key(self, *scopes: str) -> None:
        """Let Sentry's key do this and nothing else."""
        self.store.set("sentry-scopes", list(scopes))

    def set_datadog_clock(self, now: datetime) -> None:
        """Let Datadog refuse every start of a recurrence that is before this."""
        self.store.set("datadog-clock", now.isoformat())

    def limit_seats(self, type_: str, seats: int) -> None:
        """Let Sentry have only so many seats for its cron or uptime monitors; further ones stay disabled."""
        self.store.set(f"{type_} seats", seats)

    def _seed(self, type_: str, **body: object) -> str:
        """The id of what people made; the same again where exactly this stands already."""
        for stored in self.store.objects(type_):
            if stored.body == body:
                return stored.id
        vendor = type_.split(":", 1)[0]
        id_ = vendors.ID_FORMS["pagerduty" if vendor == "pagerduty" else "number"](self.store.next_number(vendor))
        self.store.put(type_, id_, body)
        return id_

    def objects(self, type_: str) -> dict[str, Mapping[str, Any]]:
        """What the vendor shows of all objects of a type, by id."""
        return {stored.id: stored.visible for stored in self.store.objects(type_)}

    def everything(self) -> dict[str, dict[str, Mapping[str, Any]]]:
        """All objects of the types that a program can declare, by type and id."""
        kinds = [token for vendor in VENDORS.values() for token in vendor.facts.kinds]
        return {token: found for token in kinds if (found := self.objects(token))}

    def one(self, type_: str, **wanted: object) -> Stored:
        """The only object of a type with some values. Fails when there are none or several."""
        matching = [one for one in self.store.objects(type_) if {**one.body, **wanted} == dict(one.body)]
        assert len(matching) == 1, f"{len(matching)} objects of type {type_} with {wanted}"
        return matching[0]

    def edit(self, stored: Stored, **changed: object) -> None:
        """Change an object in the vendor's own pages; None takes a property away."""
        now = {name: value for name, value in {**stored.body, **changed}.items() if value is not None}
        self.store.put(stored.type, stored.id, now)

    def remove(self, stored: Stored) -> None:
        """Delete an object in the vendor's own pages."""
        self.store.remove(stored.type, stored.id)

    def make_by_hand(self, type_: str, **inputs: object) -> Stored:
        """Make an object in the vendor's own pages. Raises `VendorError` when the vendor refuses it."""
        vendor = VENDORS[type_.split(":", 1)[0]]
        kind = vendor.kind(type_)
        return vendors.create(self.store, vendor, kind, vendors.with_defaults(inputs, kind.defaults, kind=kind))

    def cause(
        self,
        fault: Fault,
        *,
        vendor: str | None = None,
        method: str | None = None,
        type_: str | None = None,
        name: str | None = None,
        nth: int = 1,
        times: int = 1,
        seconds: float = 0.0,
        message: str = "",
    ) -> int:
        """Let a fault strike at the nth call that fits and at as many as `times` in a row; its number.

        `seconds` is the reset of a rate limit; a hang lasts until `end_faults`.
        """
        values = (fault.value, vendor, method, type_, name, nth, times, seconds, message)
        with self.store.transaction() as connection:
            row = connection.execute(
                "insert into faults (kind, vendor, method, type, name, nth, times, seconds, message) "
                "values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning number",
                values,
            ).fetchone()
        return int(row[0])

    def hits(self, fault: int) -> int:
        """How often a fault has struck."""
        return int(self.store.rows("select hits from faults where number = ?", fault)[0][0])

    def end_faults(self) -> None:
        """Let everything go well from now on; a call that hangs is answered."""
        with self.store.transaction() as connection:
            connection.execute("delete from faults")

    def calls(self) -> list[Call]:
        """All calls since the last `forget_calls`, in order."""
        return self.store.calls()

    def forget_calls(self) -> None:
        """Start a new list of calls."""
        self.store.forget_calls()
