"""A host of the platform that is asked by name has a rule that watches its certificate, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from monitoring.checks._check import catalog_check
from monitoring.checks._context import Context, Finding
from monitoring.checks._subjects import UPTIME_RULES
from monitoring.model.service import Rule
from monitoring.model.signals import SentryUptime, Uptime
from monitoring.model.signals.uptime_protocols import TLS_PORT


@catalog_check("certificate-watched", about=UPTIME_RULES)
def certificate_watched(context: Context) -> Iterator[str | Finding]:
    """Looks at each uptime rule; finds hosts of one's own that are asked by https and whose certificate nobody watches.

    One's own is what shares the last two labels with an environment's host; the environments' hosts themselves are
    watched by a certificate rule without a host, and others' certificates are theirs.
    """
    environments = {_host(place.url) for place in context.catalog.platform.environments.values()}
    domains = {_domain(host) for host in environments}
    watched = _watched_hosts(tested.signal for tested in context.rules_on(Uptime)) | environments
    reported: set[str] = set()
    for rule, word, host in _asked_hosts(context):
        yield rule.id
        if host and _domain(host) in domains and host not in watched | reported:
            reported.add(host)
            what = f'asks "{host}", and no rule watches the certificate of that host'
            remedy = f"write a rule with asks: {{certificate: {{host: {host}, valid-for: 21d}}}}"
            yield context.finding(
                "rule", rule.id, rule.signal_word, word, key=f"{host} unwatched", what=what, remedy=remedy
            )


def _watched_hosts(signals: Iterable[Uptime]) -> set[str]:
    """The hosts whose certificate for https is watched; one at another port is another certificate."""
    certificates = (signal.asks.certificate for signal in signals)
    return {
        certificate.host
        for certificate in certificates
        if certificate and certificate.host and certificate.port == TLS_PORT
    }


def _asked_hosts(context: Context) -> Iterator[tuple[Rule, str, str]]:
    """Each host that an uptime rule names, empty where it names none; with the rule and its word for what it asks."""
    for _, rule, signal in context.rules_on(Uptime):
        hosts = set(map(_host, signal.asks.urls))
        yield from ((rule, "asks", host) for host in sorted(hosts) or [""])
    for _, rule, monitor in context.rules_on(SentryUptime):
        yield rule, "url", _host(monitor.url or "")


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _domain(host: str) -> str:
    return ".".join(host.split(".")[-2:])
