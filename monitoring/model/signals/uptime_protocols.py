"""What a synthetic test of Datadog's asks other than by HTTP: certificates, ports, names, echoes, gRPC's health."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Address, IPv6Address
from math import ceil
from typing import Literal

from monitoring.model.addresses import DnsName, GrpcService, Host, LiteralText, Port
from monitoring.model.entry import Entry, EntryProblem
from monitoring.model.references import Names
from monitoring.model.scalars import SECONDS_IN, Duration, Quantity, Share, quoted
from monitoring.model.signals.answer_time import USUAL, AnswerTime, TimeOrAny, in_time

TLS_PORT = 443
DNS_PORT = 53
GRPC_PORT = 50_051
"""What Datadog asks without a port (DataDog/documentation, synthetics/api_tests/grpc_tests)."""
PACKETS = range(1, 11)
"""How many echoes a test asks for (DataDog/documentation, synthetics/api_tests/icmp_tests)."""

RecordType = Literal["A", "AAAA", "CNAME", "MX", "NS", "TXT"]
"""The types of records that Datadog looks at (DataDog/documentation, synthetics/api_tests/dns_tests)."""

ADDRESSES: Mapping[RecordType, tuple[type[IPv4Address | IPv6Address], str]] = {
    "A": (IPv4Address, "203.0.113.10"),
    "AAAA": (IPv6Address, "2001:db8::10"),
}
"""The types of records that hold an address (RFC 1035, 3596): what it is, and one for examples (RFC 5737, 3849)."""


class Certificate(Entry):
    """A TLS certificate that must still be valid for some days; of the environment's host unless it names one."""

    host: Host | None = None
    """The host whose certificate is checked; left out, the environment's."""
    port: Port = TLS_PORT
    """The port at which the certificate is shown."""
    valid_for: Duration
    """How long the certificate must still be valid, in whole days."""
    revoked_is_valid: bool = False
    """Whether a certificate that was revoked counts as valid."""

    def failing(self) -> str:
        """How it fails."""
        port = "" if self.port == TLS_PORT else f" at port {self.port}"
        return f"the TLS certificate{port} has less than {self.valid_for} left"

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A time that is not one or more whole days.

        Datadog counts a certificate's days, and its provider sends 0 for what is no whole number: the test would fail
        only once the certificate has expired (DataDog/terraform-provider-datadog, resource_datadog_synthetics_test_.go,
        isTargetOfTypeInt).
        """
        days = max(1, ceil(self.valid_for.seconds / SECONDS_IN["d"]))
        if self.valid_for.seconds != days * SECONDS_IN["d"]:
            what = f'Datadog counts a certificate\'s days, and "{self.valid_for}" is not one or more whole days'
            yield EntryProblem(what, f"write valid-for: {days}d", ("valid-for",))


class Connection(Entry):
    """A port of a host that must take a connection in time."""

    host: Host | None = None
    """The host that is connected to; left out, the environment's."""
    port: Port
    """The port of TCP."""
    within: TimeOrAny = USUAL
    """How long the connection may take, or any."""

    def failing(self) -> str:
        """How it fails."""
        return f"port {self.port} of {self.host or 'the host'} takes no connection{in_time(self.within)}"


class NameLookup(Entry):
    """A name that must resolve in time, and perhaps to certain records."""

    name: DnsName | None = None
    """The name that is looked up; left out, the environment's host."""
    server: Host | None = None
    """The name server that is asked; left out, public ones that Datadog chooses."""
    port: Port = DNS_PORT
    """The port of the name server."""
    records: dict[RecordType, LiteralText] = {}
    """For each type of record a value that at least one record of it must have."""
    within: TimeOrAny = USUAL
    """How long the answer may take, or any."""

    def failing(self) -> str:
        """How it fails."""
        records = " and ".join(f"{type_} {value}" for type_, value in self.records.items())
        answer = f" to {records}" if records else ""
        return f"{self.name or 'the host'} does not resolve{answer}{in_time(self.within)}"

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """A port of no server, a look at nothing, and an address that its type of record cannot have."""
        if self.within == "any" and not self.records:
            yield EntryProblem("looks at nothing in the answer", "write within: 3s, or records", ("within",))
        if self.server is None and self.port != DNS_PORT:
            yield EntryProblem("names a port and no server", "write server: ns1.youragency.com, too", ("port",))
        for type_, value in self.records.items():
            if type_ in ADDRESSES and not _is_address(value, ADDRESSES[type_][0]):
                what = f"fires always: {quoted(value)} is no address that a record of type {type_} can have"
                yield EntryProblem(what, f"write one like {ADDRESSES[type_][1]}", ("records", type_))


def _is_address(text: str, kind: type[IPv4Address | IPv6Address]) -> bool:
    try:
        kind(text)
    except ValueError:
        return False
    return True


class Ping(Entry):
    """A host that must answer echoes, most of them and in time."""

    host: Host | None = None
    """The host that is asked; left out, the environment's."""
    packets: int = 4
    """How many echoes are asked for in a run, 1 to 10."""
    loses_below: Share = Quantity(100.0, "%")
    """The share of echoes below which what is lost must lie; left out, one of them is enough."""
    within: AnswerTime = USUAL
    """How long an echo may take on average."""

    def failing(self) -> str:
        """How it fails."""
        lost = f"{self.loses_below} of {self.packets} echoes or more"
        return f"{self.host or 'the host'} loses {lost}, or takes over {self.within} on average"

    def entry_problems(self, _: Names, /) -> Iterator[EntryProblem]:
        """Echoes that are none, or more than Datadog takes."""
        if self.packets not in PACKETS:
            yield EntryProblem(f'"{self.packets}" is not a number of echoes', "Datadog takes 1 to 10", ("packets",))


class GrpcHealth(Entry):
    """A service that must say by gRPC's own health check that it serves."""

    host: Host | None = None
    """The host that is asked; left out, the environment's."""
    port: Port = GRPC_PORT
    """The port at which it is asked."""
    service: GrpcService | None = None
    """The service that is asked for, such as shop.v1.Orders; left out, the whole server."""
    within: TimeOrAny = USUAL
    """How long the answer may take, or any."""

    def failing(self) -> str:
        """How it fails."""
        service, at = self.service or "the server", f"{self.host or 'the host'}:{self.port}"
        return f"{service} at {at} does not say by gRPC{in_time(self.within)} that it serves"
