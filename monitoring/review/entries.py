"""What a difference of any other entry does: services, teams and receivers, people, policies, tenants, accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monitoring.model.oncall import Step
from monitoring.model.receivers import Receiver, ReceiverKind
from monitoring.model.service import Route
from monitoring.review.compared import ComparedCatalogs
from monitoring.review.differences import CatalogDifference
from monitoring.review.effects import Effect
from monitoring.review.explaining import effect, from_to, number
from monitoring.review.risks import EffectKind

TIERS = ("critical", "standard", "internal")
NO_ROUTE = Route.model_construct()


def text_effect(compared: ComparedCatalogs, difference: CatalogDifference) -> Effect:
    """A difference that is nothing but another text."""
    kind, name, *words = difference.place
    sentence = f'{kind} "{name}" reads otherwise: {" ".join(words)} {from_to(difference.before, difference.after)}'
    return effect(compared, difference, EffectKind.TEXT_CHANGED, sentence, detail=".".join((kind, *words)))


def service_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference of a service does."""
    name, words = difference.place[1], difference.place[2:]
    before, after = difference.before, difference.after
    match words:
        case () if before is None:
            yield effect(compared, difference, EffectKind.SERVICE_ADDED, f'service "{name}" is new')
        case ():
            yield effect(compared, difference, EffectKind.SERVICE_REMOVED, f'service "{name}" is gone')
        case ("title",):
            yield text_effect(compared, difference)
        case ("team",):
            sentence = f'service "{name}" goes to another team: {from_to(before, after)}'
            yield effect(compared, difference, EffectKind.TEAM_CHANGED, sentence, detail="service")
        case ("tier",) if TIERS.index(after) > TIERS.index(before):
            sentence = f'service "{name}" matters less: tier {from_to(before, after)}'
            yield effect(compared, difference, EffectKind.TIER_LOWERED, sentence, detail="")
        case (word, *_) if word in SERVICE_FACTS:
            sentence = f'service "{name}": {word} {from_to(before, after)}'
            yield effect(compared, difference, EffectKind.SERVICE_CHANGED, sentence)


SERVICE_FACTS = frozenset(
    {"service", "tier", "kind", "status-page", "http", "health", "readiness", "formerly", "depends-on"}
)


# --- teams and receivers ---------------------------------------------------------------------------------------


# long: one case a field of a team, and the verbs of each
def team_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference of a team does; a route is looked at receiver by receiver."""
    name, words = difference.place[1], difference.place[2:]
    match words:
        case () | ("email",):
            kind = (
                "is new"
                if difference.before is None
                else "is gone"
                if difference.after is None
                else "has another address"
            )
            yield effect(compared, difference, EffectKind.TEAM_EDITED, f'team "{name}" {kind}')
            yield from _whole_routes(compared, difference) if not words else ()
        case ("title",):
            yield text_effect(compared, difference)
        case ("routes", severity):
            old, new = difference.before or NO_ROUTE, difference.after or NO_ROUTE
            if old.page != new.page:
                yield _page(compared, difference, severity, old.page, new.page)
            for kind in ReceiverKind:
                yield from _channels(compared, difference, severity, kind, old.of_kind(kind), new.of_kind(kind))
        case ("routes", severity, "page"):
            yield _page(compared, difference, severity, _text(difference.before), _text(difference.after))
        case ("routes", severity, word) if word in set(ReceiverKind):
            names = _texts(difference.before), _texts(difference.after)
            yield from _channels(compared, difference, severity, ReceiverKind(word), *names)
        case _:
            return


def _whole_routes(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """The pages that come or go with a team."""
    for severity, route in (difference.before or difference.after).routes.items():
        old, new = (None, route.page) if difference.before is None else (route.page, None)
        if route.page:
            yield _page(compared, difference, str(severity), old, new)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(map(str, value)) if isinstance(value, tuple) else ()


def _page(
    compared: ComparedCatalogs, difference: CatalogDifference, severity: str, before: str | None, after: str | None
) -> Effect:
    team = difference.place[1]
    route, detail = f'{severity} of team "{team}"', f"{severity}.page"
    if after is None:
        sentence = f'{route} pages nobody any more; it paged by policy "{before}"'
        return effect(compared, difference, EffectKind.PAGE_LOST, sentence, detail=detail)
    if before is None:
        sentence = f'{route} pages by policy "{after}"; it paged nobody'
        return effect(compared, difference, EffectKind.PAGE_GAINED, sentence, detail=detail)
    if compared.goes_on_as("policy", before) == after:
        sentence = f'{route} pages by the same policy, which is now called "{after}"'
        return effect(compared, difference, EffectKind.TEXT_CHANGED, sentence, detail=detail)
    sentence = f"{route} pages by another policy: {from_to(before, after)}"
    return effect(compared, difference, EffectKind.PAGE_CHANGED, sentence, detail=detail)


def _channels(
    compared: ComparedCatalogs,
    difference: CatalogDifference,
    severity: str,
    kind_of_receiver: ReceiverKind,
    before: Iterable[str],
    after: Iterable[str],
) -> Iterator[Effect]:
    """Receivers of a kind that come or go, as sets."""
    old, new = set(before), set(after)
    route = f'{severity} of team "{difference.place[1]}"'
    for kind, names, verb in (
        (EffectKind.CHANNEL_LOST, old - new, "does not arrive any more at"),
        (EffectKind.CHANNEL_GAINED, new - old, "arrives also at"),
    ):
        if names:
            where = ", ".join(str(Receiver(kind_of_receiver, name)) for name in sorted(names))
            detail = f"{severity}.{kind_of_receiver}"
            yield effect(compared, difference, kind, f"{route} {verb} {where}", detail=detail)


# --- on call ---------------------------------------------------------------------------------------------------


# long: one case a field of a person
def person_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference of a person or a role does."""
    kind, name, *words = difference.place
    before, after = difference.before, difference.after
    people = (name,) if kind == "person" else ()
    match words:
        case []:
            verb = "is new" if before is None else "is gone"
            sentence = f'{kind} "{name}" {verb}'
            yield effect(compared, difference, EffectKind.PEOPLE_CHANGED, sentence, detail=kind, people=people)
        case ["name" | "title" | "does"]:
            yield text_effect(compared, difference)
        case ["time-zone" | "region" | "ask" as word]:
            sentence = f'{kind} "{name}": {word} {from_to(before, after)}'
            yield effect(compared, difference, EffectKind.PEOPLE_CHANGED, sentence, people=people)
        case ["login"]:
            sentence = f'person "{name}" is asked for reviews as another account: {from_to(before, after)}'
            yield effect(compared, difference, EffectKind.PEOPLE_CHANGED, sentence, people=people)
        case ["email"]:
            sentence = f'person "{name}" is reached at another address'
            yield effect(compared, difference, EffectKind.CONTACT_CHANGED, sentence, people=people)
        case ["contact", *way]:
            sentence = f'person "{name}" is reached otherwise: {" ".join(way)} {from_to(before, after)}'
            yield effect(compared, difference, EffectKind.CONTACT_CHANGED, sentence, people=people)
        case _:
            return


def schedule_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference of a schedule does beside the shifts that change hands."""
    name, words = difference.place[1], difference.place[2:]
    match words:
        case ("title" | "formerly",):
            yield text_effect(compared, difference)
        case () | ("layers" | "cover" | "time-zone",) if name not in compared.moved:
            verb = "is new" if difference.before is None else "is gone" if difference.after is None else "is edited"
            sentence = f'schedule "{name}" {verb}, and no shift of the coming year changes hands'
            yield effect(compared, difference, EffectKind.SCHEDULE_EDITED, sentence)
        case ("fairness", *_):
            bound = f"{' '.join(words)} {from_to(difference.before, difference.after)}"
            sentence = f'schedule "{name}": {bound}; a bound moves no shift by itself'
            yield effect(compared, difference, EffectKind.SCHEDULE_EDITED, sentence)
        case _:
            return


def policy_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference of an escalation policy does; asks that differ only in a new name are the same."""
    name, words = difference.place[1], difference.place[2:]
    before, after = difference.before, difference.after
    match words:
        case ():
            verb = "is new" if before is None else "is gone"
            yield effect(compared, difference, EffectKind.POLICY_CHANGED, f'policy "{name}" {verb}')
        case ("title" | "formerly",):
            yield text_effect(compared, difference)
        case ("team",):
            sentence = f'policy "{name}" belongs to another team: {from_to(before, after)}'
            yield effect(compared, difference, EffectKind.TEAM_EDITED, sentence, detail="policy")
        case ("steps",):
            yield _asks_otherwise(compared, difference)
        case ("extra-rounds" | "acknowledgement-expires" | "resolves-after" | "support-hours" as word, *_):
            sentence = f'policy "{name}": {word} {from_to(before, after)}'
            yield effect(compared, difference, EffectKind.POLICY_CHANGED, sentence)
        case _:
            return


def _asks_otherwise(compared: ComparedCatalogs, difference: CatalogDifference) -> Effect:
    """Other steps; where only a schedule in them is called otherwise, the same people are asked."""
    old = [
        ({compared.goes_on_as("schedule", ask) for ask in each.ask}, each.escalate_after) for each in difference.before
    ]
    new = [(set(each.ask), each.escalate_after) for each in difference.after]
    name = difference.place[1]
    if old == new:
        sentence = f'policy "{name}" asks the same people, by a schedule\'s new name'
        return effect(compared, difference, EffectKind.TEXT_CHANGED, sentence)
    values = f"{_steps_text(difference.before)} → {_steps_text(difference.after)}"
    return effect(compared, difference, EffectKind.POLICY_CHANGED, f'policy "{name}" asks otherwise: {values}')


def _steps_text(steps: Iterable[Step]) -> str:
    return ", then ".join(f"{' and '.join(each.ask)} for {each.escalate_after}" for each in steps)


# --- promises --------------------------------------------------------------------------------------------------


def severity_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference of a severity's promise does: a longer time promises less."""
    name, words = difference.place[1], difference.place[2:]
    before, after = difference.before, difference.after
    match words:
        case ("title",):
            yield text_effect(compared, difference)
        case ("reminds-every",):
            sentence = f"{name} is repeated at another pace: {from_to(before, after)}"
            yield effect(compared, difference, EffectKind.REMINDERS_CHANGED, sentence)
        case _:
            kind = EffectKind.PROMISE_WEAKENED if _promises_less(before, after) else EffectKind.PROMISE_STRENGTHENED
            verb = "less" if kind is EffectKind.PROMISE_WEAKENED else "more"
            sentence = f"{name} promises {verb}: {' '.join(words) or 'as a whole'} {from_to(before, after)}"
            yield effect(compared, difference, kind, sentence)


def _promises_less(before: object, after: object) -> bool:
    """Whether a promise is gone, later, or kept by a channel that did not count; what cannot be told is less."""
    if after is None:
        return True
    if before is None:
        return False
    old, new = number(before), number(after)
    if old is not None and new is not None:
        return new > old
    return not (isinstance(before, tuple) and isinstance(after, tuple) and set(after) < set(before))


# --- accounts and environments ---------------------------------------------------------------------------------


def tenant_entry_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference of a tenant does."""
    name, words = difference.place[1], difference.place[2:]
    match words:
        case () if difference.before is None:
            sentence = f'tenant "{name}" is new, on plan "{difference.after.plan}"'
            yield effect(compared, difference, EffectKind.TENANT_GAINED, sentence)
        case ():
            yield effect(compared, difference, EffectKind.TENANT_LOST, f'tenant "{name}" is gone')
        case ("title",):
            yield text_effect(compared, difference)
        case ("plan",):
            sentence = f'tenant "{name}" has another plan: {from_to(difference.before, difference.after)}'
            yield effect(compared, difference, EffectKind.TENANT_LOST, sentence)
        case _:
            return


SENDERS = (("sentry", "projects"), ("datadog", "metrics"), ("datadog", "regions"))


def platform_effects(compared: ComparedCatalogs, difference: CatalogDifference) -> Iterator[Effect]:
    """What a difference in platform.yaml does."""
    words = difference.place[2:]
    values = from_to(difference.before, difference.after)
    match words:
        case ("title",):
            yield effect(compared, difference, EffectKind.TEXT_CHANGED, f"the platform is called otherwise: {values}")
        case ("environments", *_):
            yield _environment(compared, difference)
        case ("links", *_):
            sentence = f"pages link to another place: {' '.join(words)} {values}"
            yield effect(compared, difference, EffectKind.SENDER_CHANGED, sentence)
        case (first, second, *_) if (first, second) in SENDERS:
            sentence = f"what is taken as sent is another: {' '.join(words)} {values}"
            yield effect(compared, difference, EffectKind.SENDER_CHANGED, sentence)
        case ("format" | "name" | "tenancy" | "sentry" | "datadog" | "pagerduty", *_):
            sentence = f"the platform: {' '.join(words)} {values}"
            yield effect(compared, difference, EffectKind.ACCOUNT_CHANGED, sentence)
        case _:
            return


def _environment(compared: ComparedCatalogs, difference: CatalogDifference) -> Effect:
    name, words = difference.place[3], difference.place[4:]
    before, after = difference.before, difference.after
    match words:
        case () if before is None:
            kind, sentence = EffectKind.ENVIRONMENT_GAINED, f'environment "{name}" is new'
        case ():
            kind, sentence = EffectKind.ENVIRONMENT_LOST, f'environment "{name}" is gone'
        case ("title",):
            kind, sentence = EffectKind.TEXT_CHANGED, f'environment "{name}" reads otherwise: {from_to(before, after)}'
        case ("pages",) if not after:
            kind, sentence = EffectKind.ENVIRONMENT_QUIET, f'no rule pages anybody in "{name}" any more'
        case _:
            kind = EffectKind.ENVIRONMENT_CHANGED
            sentence = f'environment "{name}": {" ".join(words)} {from_to(before, after)}'
    return effect(compared, difference, kind, sentence)
