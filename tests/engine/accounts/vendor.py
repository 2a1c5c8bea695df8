"""What every emulated vendor does alike: take, number, keep, change, show and delete objects by the facts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from tests.engine.accounts.differences import Difference, canonical, differences
from tests.engine.accounts.facts import Facts, Kind
from tests.engine.accounts.faults import VendorError
from tests.engine.accounts.rules import Refusal, first_look, refusals
from tests.engine.accounts.store import Store, Stored
from tests.engine.accounts.values import (
    UNKNOWN,
    Place,
    Properties,
    found,
    generic,
    holds_unknown,
    is_empty,
    steps,
    values_at,
)

Look = Callable[[Store, Kind, Properties], Iterator[Refusal]]
Keep = Callable[[Store, Kind, Properties, Stored | None], Properties]
Farewell = Callable[[Store, Kind, Stored], None]
Function = Callable[[Store, Properties], Properties]
Same = Callable[[str, str, Any, Any], bool]
"""Whether two values of a resource type at a path are the same to the vendor, though written differently."""


@dataclass(frozen=True)
class Vendor:
    """One vendor: its facts, and what only code can say about it."""

    facts: Facts
    plan: Look
    """What the provider refuses while previewing, beyond the rules in the facts."""
    admit: Look
    """What the vendor's API refuses, beyond the rules in the facts."""
    keep: Keep
    """What the vendor stores and answers for the inputs sent; the old object when it is an update."""
    farewell: Farewell
    """Refuses a deletion (`VendorError`), or clears up what goes with the object."""
    same: Same
    functions: Mapping[str, Function]
    after: Farewell = lambda _store, _kind, _stored: None
    """What else a creation or an update changes in the account."""

    def kind(self, token: str) -> Kind:
        """The type that a token names. Raises `VendorError` for one that is not emulated."""
        if token not in self.facts.kinds:
            raise VendorError(0, f"the emulated {self.facts.package} account knows no resource type {token}")
        return self.facts.kinds[token]


def autoname(logical_name: str, *, seed: bytes) -> str:
    """The name that the bridge invents: the logical name and seven hexadecimal digits."""
    return f"{logical_name}-{hashlib.sha256(seed + logical_name.encode()).hexdigest()[:7]}"


def with_defaults(value: Properties, defaults: Mapping[str, Any], *, kind: Kind | None = None) -> Properties:
    """The inputs with defaults where an object lacks them; those of a type's check only where nothing excludes them."""
    filled: Properties = copied(value)
    for path, default in defaults.items():
        if kind is None or not excluded(kind, path, value):
            *parents, name = steps(path)
            for _, owner in found(filled, tuple(parents)):
                if isinstance(owner, dict) and owner.get(name) is None:
                    owner[name] = default
    return filled


def as_sent(value: Properties, kind: Kind) -> Properties:
    """The inputs with what the provider sends although nobody gave it, whatever else is given."""
    return with_defaults(value, kind.plan_defaults)


def excluded(kind: Kind, path: str, inputs: Properties) -> bool:
    """Whether something given conflicts with a property, so that the bridge withholds its default."""
    pairs = ((rule["property"], other) for rule in kind.rules for other in rule.get("conflictsWith", ()))
    others = {one if other == path else other for one, other in pairs if path in (one, other)}
    return any(values_at(inputs, other) for other in others)


def copied(value: Any) -> Any:
    """A copy without what is null and without the bridge's notes about defaults."""
    if isinstance(value, dict):
        return {name: copied(part) for name, part in value.items() if part is not None and name != "__defaults"}
    return [copied(element) for element in value] if isinstance(value, list) else value


def marked(value: Any, given: Any) -> Any:
    """The inputs as the older bridge keeps them: every object lists the properties that were filled in."""
    if isinstance(value, dict):
        before = given if isinstance(given, dict) else {}
        parts = {name: marked(part, before.get(name)) for name, part in value.items()}
        return {**parts, "__defaults": sorted(set(value) - set(before))}
    if isinstance(value, list):
        olds = given if isinstance(given, list) else []
        return [marked(part, old) for part, old in zip(value, [*olds, *value[len(olds) :]], strict=True)]
    return value


def checked(kind: Kind, news: Properties, olds: Properties, *, name: str, seed: bytes) -> Properties:
    """The inputs as the provider completes them before a preview: names invented, defaults filled in."""
    inputs = with_defaults(news, kind.defaults, kind=kind)
    remembered = set(olds.get("__defaults", ())) if kind.implementation == "sdkv2" else set(kind.autonamed)
    for word in kind.autonamed:
        if news.get(word) is None:
            inputs[word] = olds[word] if word in olds and word in remembered else autoname(name, seed=seed)
    return marked(inputs, news) if kind.implementation == "sdkv2" else inputs


def looked_at(store: Store, vendor: Vendor, kind: Kind, inputs: Properties) -> list[Refusal]:
    """Everything that a preview refuses."""
    plain = copied(inputs)
    absent = {name for name in kind.not_emulated if name in plain}
    unknown = [Refusal(name, "the emulated account does not know this property") for name in sorted(absent)]
    wrong = first_look(vendor.facts, kind, {name: part for name, part in plain.items() if name not in absent})
    return [*unknown, *wrong] or list(vendor.plan(store, kind, plain))


def differing(vendor: Vendor, kind: Kind, state: Properties, inputs: Properties) -> list[Difference]:
    """What an update to the inputs would change."""
    return differences(kind, state, as_sent(inputs, kind), same=partial(vendor.same, kind.token))


def text_id(value: Any) -> str:
    """An id as text; ids that are numbers have no fraction."""
    return str(int(value)) if isinstance(value, float) else str(value)


def refers(store: Store, targets: list[str], value: Any) -> bool:
    """Whether some object has the id, or the output that `type#output` names."""
    for target in targets:
        type_, _, output = target.partition("#")
        if output and any(text_id(stored.body.get(output)) == text_id(value) for stored in store.objects(type_)):
            return True
        if not output and store.get(type_, text_id(value)) is not None:
            return True
    return False


def dangling(store: Store, kind: Kind, inputs: Properties) -> Iterator[Refusal]:
    """References to objects that do not exist."""
    for reference in kind.references:
        for value in values_at(inputs, reference["property"]):
            if value != UNKNOWN and not refers(store, reference["to"], value):
                kinds = " or ".join(target.rsplit(":", 1)[1].split("#")[0] for target in reference["to"])
                yield Refusal(reference["property"], f"no {kinds} has the id {text_id(value)!r}")


def twin(store: Store, kind: Kind, inputs: Properties, *, own_id: str | None) -> Stored | None:
    """Another object with the same values where the vendor wants them unique."""
    key = [inputs.get(name) for name in kind.unique]
    others = (stored for stored in store.objects(kind.token) if kind.unique and stored.id != own_id)
    return next((other for other in others if [other.body.get(name) for name in kind.unique] == key), None)


def admit(store: Store, vendor: Vendor, kind: Kind, inputs: Properties, *, own_id: str | None = None) -> None:
    """Let the vendor judge a request. Raises `VendorError` with everything that is wrong."""
    other = twin(store, kind, inputs, own_id=own_id)
    if other is not None:
        names = " and ".join(f"{name} {inputs.get(name)!r}" for name in kind.unique)
        raise VendorError(400, f"{names} has already been taken (by {other.id})")
    late = refusals(vendor.facts, kind, inputs, when=("apply", "api"))
    wrong = [*late, *dangling(store, kind, inputs), *vendor.admit(store, kind, inputs)]
    if wrong:
        raise VendorError(400, "; ".join(map(str, wrong)))


ID_FORMS: Mapping[str, Callable[[int], str]] = {
    "number": lambda number: str(1_000_000 + number),
    "hex": lambda number: hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest(),
    "uuid": lambda number: f"00000000-0000-4000-8000-{number:012x}",
    "pagerduty": lambda number: f"P{number:06d}",
    "synthetics": lambda number: f"emu-{number // 1000:03d}-{number % 1000:03d}",
}


def new_id(store: Store, vendor: Vendor, kind: Kind, inputs: Properties) -> str:
    """The id of a new object: the vendor's next number in its form, or joined from properties."""
    if isinstance(kind.ids, str):
        return ID_FORMS[kind.ids](store.next_number(vendor.facts.package))
    return ":".join(str(inputs[name]) for name in kind.ids)


def sorted_sets(kind: Kind, inputs: Properties) -> Properties:
    """The inputs with every set in one order, as the vendors' answers have no order to keep."""
    body: Properties = copied(inputs)
    for path in kind.sets:
        *parents, name = steps(path)
        for _, owner in found(body, tuple(parents)):
            if isinstance(owner.get(name), list):
                owner[name] = sorted(owner[name], key=canonical)
    return body


def with_old(body: Properties, old: Properties, kind: Kind) -> Properties:
    """The new body with what an update leaves as it was: kept when left out, or not sent when empty."""
    for path in (*kind.kept, *kind.stubborn):
        *parents, name = steps(path)
        for place, owner in found(body, tuple(parents)):
            was = dict(there(old, place) or {}).get(name)
            left_out = owner.get(name) is None and path in kind.kept
            if was is not None and (left_out or (path in kind.stubborn and is_empty(owner.get(name)))):
                owner[name] = was
    return body


def there(value: Any, place: Place) -> Any:
    """What stands at a place, None where nothing does."""
    for step in place:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def body_of(store: Store, vendor: Vendor, kind: Kind, inputs: Properties, old: Stored | None) -> Properties:
    """What the vendor stores for inputs."""
    wanted = as_sent(sorted_sets(kind, inputs), kind)
    if old is not None:
        hidden = {name: part for name, part in old.body.items() if name.startswith("_") or name in kind.outputs}
        wanted = {**hidden, **with_old(wanted, dict(old.body), kind)}
    return vendor.keep(store, kind, wanted, old)


def create(store: Store, vendor: Vendor, kind: Kind, inputs: Properties) -> Stored:
    """Make an object. Raises `VendorError`."""
    plain = copied(inputs)
    admit(store, vendor, kind, plain)
    id_ = new_id(store, vendor, kind, plain)
    stored = Stored(kind.token, id_, body_of(store, vendor, kind, {**plain, "_id": id_}, None))
    store.put(kind.token, id_, stored.body)
    vendor.after(store, kind, stored)
    return stored


def update(store: Store, vendor: Vendor, kind: Kind, id_: str, inputs: Properties) -> Stored:
    """Change an object. Raises `VendorError`, also when it is gone."""
    old = store.get(kind.token, id_)
    if old is None:
        raise VendorError(404, f"{kind.token.rsplit(':', 1)[1]} {id_} not found")
    plain = copied(inputs)
    admit(store, vendor, kind, plain, own_id=id_)
    stored = Stored(kind.token, id_, body_of(store, vendor, kind, plain, old))
    store.put(kind.token, id_, stored.body)
    vendor.after(store, kind, stored)
    return stored


def users_of(store: Store, kind: Kind, stored: Stored) -> list[Stored]:
    """Objects that name this one where the facts say that this forbids its deletion."""
    uses = ((use, other) for use in kind.used_by for other in store.objects(use["type"]) if other.id != stored.id)
    return [other for use, other in uses if names(other, use["property"], stored.id)]


def names(other: Stored, path: str, id_: str) -> bool:
    """Whether an object names an id at a path; in a query the id is a word of the text."""
    texts = [text_id(value) for value in values_at(dict(other.body), path)]
    if path == "query":
        return other.body.get("type") == "composite" and any(id_ in words(text) for text in texts)
    return id_ in texts


def words(query: str) -> list[str]:
    """The words of a composite query."""
    return query.replace("(", " ").replace(")", " ").replace("!", " ").split()


def delete(store: Store, vendor: Vendor, kind: Kind, stored: Stored) -> None:
    """Delete an object with what it owns. Raises `VendorError` while something uses it."""
    users = [] if stored.body.get("forceDelete") else users_of(store, kind, stored)
    if users:
        who = ", ".join(f"{user.type.rsplit(':', 1)[1]} {user.id}" for user in users)
        raise VendorError(400, f"{kind.token.rsplit(':', 1)[1]} {stored.id} is still used by {who}")
    vendor.farewell(store, kind, stored)
    for part in kind.owns:
        for other in store.objects(part["type"]):
            if names(other, part["property"], stored.id):
                store.remove(other.type, other.id)
    store.remove(kind.token, stored.id)


def state_of(kind: Kind, stored: Stored, *, remembered: Properties) -> Properties:
    """The state that a provider reports: the vendor's answer, and what it only remembers."""
    unread = {name: remembered[name] for name in (*kind.write_only, *kind.remembered) if name in remembered}
    shown = {name: part for name, part in stored.visible.items() if name not in kind.write_only}
    return {**nothing_given(kind), **with_local_parts(kind, shown, remembered), **unread, "id": stored.id}


def with_local_parts(kind: Kind, shown: Properties, remembered: Properties) -> Properties:
    """A state in whose lists stands what the provider keeps of each element, whatever the account holds of it."""
    kept = dict(shown)
    for path, while_ in kind.local.items():
        top, inner = path.split("[].")
        rows = kept.get(top) or []
        pairs = zip(rows, remembered.get(top) or [], strict=False)
        same = [with_local(row, old, inner.split(".")) if not while_ or old.get(while_) else row for row, old in pairs]
        kept |= {top: [*same, *rows[len(same) :]]} if rows else {}
    return kept


def with_local(row: Properties, old: Properties, place: list[str]) -> Properties:
    """An element in which a part is what it was."""
    name, *rest = place
    if rest:
        return {**row, name: with_local(row.get(name) or {}, old.get(name) or {}, rest)}
    others = {key: part for key, part in row.items() if key != name}
    return {**others, name: old[name]} if name in old else others


RAW_STATE: Properties = {"__pulumi_raw_state_delta": {"obj": {}}}
"""The bridge's own note in the outputs of the older implementation, whose content nobody else reads."""


def nothing_given(kind: Kind) -> Properties:
    """What the outputs of a type hold whatever is given."""
    return {**kind.zeros, **RAW_STATE} if kind.zeros else {}


def previewed(kind: Kind, inputs: Properties) -> Properties:
    """The state that a preview of a creation promises: what the vendor will fill in is unknown."""
    known = as_sent(inputs, kind)
    filled = {name for name in (*kind.outputs, *kind.kept) if "." not in name and "[" not in name}
    return {**dict.fromkeys(sorted(filled - set(known)), UNKNOWN), **known}


def inputs_of(vendor: Vendor, kind: Kind, state: Properties, old: Properties) -> Properties:
    """The inputs that a read reports: those of before brought up to date, or all for an import."""
    names = [name for name in kind.shape if state.get(name) is not None and name not in kind.outputs]
    if not old:
        fresh = {name: pruned(kind, (name,), state[name]) for name in names if not is_empty(state[name])}
        return marked(fresh, fresh) if kind.implementation == "sdkv2" else fresh
    given = {
        name: refreshed(partial(vendor.same, kind.token), name, state[name], old[name]) for name in names if name in old
    }
    foreign = [name for name in names if name not in old and not unasked(kind, name, state[name])]
    notes = {"__defaults": old["__defaults"]} if "__defaults" in old else {}
    return {**given, **{name: state[name] for name in foreign}, **notes}


def unasked(kind: Kind, name: str, value: Any) -> bool:
    """Whether a property that the program never gave is what the vendor fills in anyway."""
    return is_empty(value) or name in kind.kept or kind.plan_defaults.get(name) == value


def pruned(kind: Kind, place: Place, value: Any) -> Any:
    """A part of a state without what only the vendor computes."""
    if isinstance(value, dict):
        parts = {name: (*place, name) for name in value}
        return {name: pruned(kind, at, value[name]) for name, at in parts.items() if not is_computed(kind, at)}
    return [pruned(kind, (*place, 0), element) for element in value] if isinstance(value, list) else value


def is_computed(kind: Kind, place: Place) -> bool:
    """Whether the vendor alone fills in what stands at a place."""
    return generic(place) in kind.computed


def refreshed(same: Callable[[str, Any, Any], bool], path: str, now: Any, old: Any) -> Any:
    """An old input brought up to date, spelled as before where it still means the same."""
    if old == now or holds_unknown(old) or same(path, old, now):
        return old
    if isinstance(old, dict) and isinstance(now, dict):
        parts = {name: part for name, part in now.items() if name in old and name != "__defaults"}
        notes = {"__defaults": old["__defaults"]} if "__defaults" in old else {}
        return {**{name: refreshed(same, f"{path}.{name}", part, old[name]) for name, part in parts.items()}, **notes}
    if isinstance(old, list) and isinstance(now, list) and len(old) == len(now):
        return [refreshed(same, f"{path}[]", new, was) for new, was in zip(now, old, strict=True)]
    return now
