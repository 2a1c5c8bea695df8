"""One broken catalog: what is changed in the catalog that offends nobody, and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.factories import texts

Change = tuple[str, str, str]

ERRORS = "errors: {project: web, where: {feature: checkout}, more-than: 10, within: 5m}"
METRIC = "metric: {p95: trace.request, where: {service: shop}, over: 10m, above: 2s, when-silent: alert}"
LAYER = '{anchor: "2026-01-05 09:00", turn: 1w, people: [ana, ben]}'
TEST = "{every: 1m, regions: [aws:eu-central-1, aws:us-east-1], failing-in: 2, retry: {times: 1, after: 5s}}"
CRON = 'cron: {project: web, schedule: "30 2 * * *", time-zone: Europe/Berlin, late-after: 10m, at-most: 1h}'
SLO = "slo: {good: {sum: trace.request}, total: {sum: trace.request}, objective: 99%}"
RATE = "sentry-metric: {project: web, measure: failure_rate, over: 10m, above: 5%}"
WINDOW = """
window:
  title: A window
  time-zone: Europe/Berlin
  from: "2026-12-01 22:00"
  to: "2026-12-01 23:00"
  services: [shop]
  environments: [prod]
  reason: An upgrade.
"""


@dataclass(frozen=True)
class Broken:
    """A catalog with a mistake, as a sentence, its files, and the whole message."""

    about: str
    files: dict[str, bytes]
    says: str


def broken(about: str, *changes: Change, says: str) -> Broken:
    """The catalog with changes (file, from, to)."""
    return Broken(about, texts(*changes), says)


def replaced(about: str, name: str, content: str | bytes, *, says: str) -> Broken:
    """The catalog with one file replaced, or one more."""
    given = content.encode() if isinstance(content, str) else content
    return Broken(about, texts() | {name: given}, says)


def without(about: str, name: str, *, says: str) -> Broken:
    """The catalog without a file."""
    return Broken(about, {file: text for file, text in texts().items() if file != name}, says)


def platform(old: str, new: str) -> Change:
    return "platform.yaml", old, new


def severities(old: str, new: str) -> Change:
    return "severities.yaml", old, new


def oncall(old: str, new: str) -> Change:
    return "oncall.yaml", old, new


def role(words: str) -> Change:
    """A role of incidents, below the policies."""
    return oncall("    extra-rounds: 1\n", f"    extra-rounds: 1\nroles:\n  scribe: {{{words}}}\n")


def updates(words: str) -> Change:
    """A clock of public updates for P0."""
    return severities("  reminds-every: 5m\n", f"  reminds-every: 5m\n  public-updates: {{{words}}}\n")


def teams(old: str, new: str) -> Change:
    return "teams.yaml", old, new


def tenants(old: str, new: str) -> Change:
    return "tenants.yaml", old, new


def waivers(old: str, new: str) -> Change:
    return "waivers.yaml", old, new


def shop(old: str, new: str) -> Change:
    return "services/shop.yaml", old, new


def layer(only: str) -> Change:
    """The layer with one more word."""
    return oncall("people: [ana, ben]}", f"people: [ana, ben], {only}}}")


def cover(*covers: str) -> Change:
    """The schedule with these covers, each on a line of its own; the first one follows the layer at once."""
    first, *more = (f"{{{words}}}" for words in covers)
    return oncall(f"{LAYER}\n", f"{LAYER}\n    cover: [{first}{''.join(f',{chr(10)}      {each}' for each in more)}]\n")


def errors(new: str) -> Change:
    """Another signal in place of the errors."""
    return shop(ERRORS, new)


def metric(new: str) -> Change:
    """Another signal in place of the metric."""
    return shop(METRIC, new)


def uptime(asks: str, test: str = TEST) -> Change:
    """A synthetic test in place of the errors."""
    return errors(f"uptime: {{asks: {asks}, {test[1:]}")
