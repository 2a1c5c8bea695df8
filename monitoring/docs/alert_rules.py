"""Every rule, for somebody who has never seen the catalog: what it means, when it fires, who is told, by when."""

from __future__ import annotations

from collections.abc import Iterator

from monitoring import wording
from monitoring.docs.markdown import code, document, link, made_from, plain, table
from monitoring.docs.rule_facts import by_rule, receivers, rules_by_severity, within
from monitoring.model.catalog import Catalog
from monitoring.model.effective import EffectiveRule
from monitoring.model.receivers import environment_channels
from monitoring.model.reminders import paced, reminder, repeats
from monitoring.model.severity import Severity
from monitoring.naming import names

_Group = tuple[EffectiveRule, ...]
SAYS = {
    "recovery-text": "Says when it recovers",
    "no-data-text": "Says when no data arrive",
    "reminder-text": "Says in reminders",
}
"""What stands before a text of a single transition, by its word."""


def alert_rules(catalog: Catalog) -> str:
    """The page of all rules: severities, a summary of one line a rule, then each rule."""
    place = catalog.shared_environment
    rules = rules_by_severity(catalog, place)
    groups = [group for matching in rules.values() for group in by_rule(matching)]
    return document(
        "# Alert rules",
        made_from(catalog),
        f"What can fire on the {plain(catalog.platform.title)} in {code(place)}, and whom it tells.\n"
        "How a page reads, and what to do with one, is in [on call](operations/on-call.md).",
        "## What a severity promises",
        _promises(catalog),
        "The times count from the moment at which a rule fires; a signal needs some time of its own before that.",
        "## All rules",
        _summary(catalog, groups),
        *(_severity(catalog, severity, by_rule(matching)) for severity, matching in rules.items()),
        _elsewhere(catalog, place),
        _retired(catalog),
    )


def _promises(catalog: Catalog) -> str:
    rows = (
        [
            f"**{severity}**",
            plain(promise.title),
            within(promise),
            f"within {promise.detects_within}",
            f"every {promise.reminds_every}",
        ]
        for severity, promise in sorted(catalog.severities.items())
    )
    return table(["severity", "what it is for", "who is woken", "a signal sees it", "it reminds"], rows)


def _summary(catalog: Catalog, groups: list[_Group]) -> str:
    rows = ([link(code(rule.rule.id), f"#{rule.rule.id}"), *_line(catalog, rule)] for rule, *_ in groups)
    return table(["rule", "severity", "what is wrong", "service", "arrives at", "runbook"], rows)


def _line(catalog: Catalog, rule: EffectiveRule) -> list[str]:
    return [
        str(rule.severity),
        plain(rule.rule.title),
        plain(rule.service.title),
        receivers(catalog, rule),
        link("runbook", names.runbook_path(rule.rule.id)),
    ]


# --- one severity, one rule ------------------------------------------------------------------------------------


def _severity(catalog: Catalog, severity: Severity, groups: tuple[_Group, ...]) -> str:
    promise = catalog.severities[severity]
    sentence = within(promise)
    heading = f"## {severity}: {plain(promise.title)}"
    return "\n\n".join([heading, f"{sentence[0].upper()}{sentence[1:]}.", *(_rule(catalog, group) for group in groups)])


def _rule(catalog: Catalog, group: _Group) -> str:
    blocks = [
        f"### {group[0].rule.id}",
        f"**{plain(group[0].rule.title)}.**\n{plain(group[0].rule.means)}",
        "\n".join(f"- {name}: {text}" for name, text in _facts(catalog, group)),
        _tenant_rules(catalog, group) if group[0].tenant_scope else "",
    ]
    return "\n\n".join(block for block in blocks if block)


def _facts(catalog: Catalog, group: _Group) -> Iterator[tuple[str, str]]:
    rule = group[0]
    if rule.tenant_scope is None:
        yield "Fires when", plain(wording.condition(catalog, rule))
    yield "Arrives at", receivers(catalog, rule)
    if rule.pages:
        yield "Who is notified", plain(wording.who_is_asked(catalog, rule))
    yield "Within what time", within(rule.promise)
    yield "Reminds", _reminder(rule)
    texts = rule.rule.transition_texts
    yield from ((label, plain(text)) for word, label in SAYS.items() if (text := texts[word]))
    yield "Belongs to", f"{plain(rule.service.title)}, team {plain(catalog.teams[rule.team].title)}"
    if rule.rule.trial_until:
        yield "On trial", f"until {rule.rule.trial_until} it acts as P3"
    if rule.rule.same_symptom_as:
        yield "Same symptom as", ", ".join(link(code(other), f"#{other}") for other in rule.rule.same_symptom_as)
    yield "Runbook", link(plain(rule.rule.title), names.runbook_path(rule.rule.id))


def _reminder(rule: EffectiveRule) -> str:
    every = reminder(rule)
    if every.seconds == 0:
        return "at each event" if rule.watcher == "sentry" else "never"
    if not repeats(rule):
        return f"not by itself; of the same issue it notifies again after {every} at the earliest"
    return f"{paced(every, rule.rule.reminds_at_most)} while it lasts"


def _tenant_rules(catalog: Catalog, group: _Group) -> str:
    rows = (
        [
            plain(wording.tenant_title(catalog, rule)),
            code(rule.id),
            plain(wording.condition(catalog, rule)),
        ]
        for rule in group
    )
    return table(["customer", "id of its own", "fires when"], rows)


# --- other environments, and rules that are gone ---------------------------------------------------------------


def _elsewhere(catalog: Catalog, place: str) -> str:
    sentences = [_environment(catalog, name) for name in catalog.platform.environments if name != place]
    return "\n\n".join(["## Other environments", "\n".join(sentences)]) if sentences else ""


def _environment(catalog: Catalog, name: str) -> str:
    environment = catalog.environment(name)
    count = sum(len(by_rule(matching)) for matching in rules_by_severity(catalog, name).values())
    pages = "they page as here" if environment.pages else "none of them pages"
    own = " and ".join(map(str, environment_channels(environment)))
    channel = f", and all messages go to {plain(own)}" if own else ""
    email = "" if environment.email else ", without e-mail"
    return f"- {plain(environment.title)} ({code(name)}) has {count} rules: {pages}{channel}{email}."


def _retired(catalog: Catalog) -> str:
    retired = catalog.accepted.retired
    if not retired:
        return ""
    rows = ([code(name), str(entry.on), plain(entry.reason)] for name, entry in sorted(retired.items()))
    return f"## Rules that are gone\n\n{table(['rule', 'since', 'why'], rows)}"
