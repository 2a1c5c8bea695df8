"""What the vendors will be asked to do, from what the program declares on each side; no account is asked for it.

The words are those of `monitoring plan`. What an account holds beside what was declared, nobody knows here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from monitoring.naming.type_tokens import (
    DASHBOARD,
    DOWNTIME,
    NOTIFICATION_RULE,
    SERVICE_OBJECT,
    SLACK_CHANNEL,
    SLACK_CONNECTION,
)
from monitoring.plan import Lookup, Plan, Resource, Value, references

ReplacedBy = Callable[[str], Collection[str]]
"""The properties of a type whose change gives a new resource at its vendor."""
WITHOUT_HISTORY = frozenset({DOWNTIME, NOTIFICATION_RULE, SLACK_CHANNEL, SLACK_CONNECTION, SERVICE_OBJECT, DASHBOARD})
"""Settings alone; whatever else is deleted or replaced takes its events, incidents or shifts with it."""
MAX_NAMED_PROPERTIES = 6
MAX_SHORT = 80
"""Characters of all counts in the headline, before it names only their sum."""


class VendorWord(StrEnum):
    """What happens to one resource, the gravest first; `same` asks nothing of the vendor, `read` looks up."""

    REPLACE = "replace"
    DELETE = "delete"
    FORGET = "forget"
    RENAME = "rename"
    IMPORT = "import"
    CREATE = "create"
    UPDATE = "update"
    READ = "read"
    SAME = "same"


COUNTED: Mapping[VendorWord, tuple[str, str]] = {
    VendorWord.CREATE: ("new", "new"),
    VendorWord.UPDATE: ("update", "updates"),
    VendorWord.REPLACE: ("replaced", "replaced"),
    VendorWord.DELETE: ("deleted", "deleted"),
    VendorWord.RENAME: ("renamed", "renamed"),
    VendorWord.IMPORT: ("imported", "imported"),
    VendorWord.FORGET: ("forgotten", "forgotten"),
    VendorWord.READ: ("look-up", "look-ups"),
}
"""How one and several are counted; `same` is counted as nothing."""
ALWAYS_COUNTED = (VendorWord.UPDATE, VendorWord.REPLACE, VendorWord.DELETE)


@dataclass(frozen=True, slots=True)
class VendorOperation:
    """What happens to one resource or look-up.

    `key` is TYPE::NAME, of a look-up its token alone, and `was` the former key of a renamed resource. `note` says what
    else differs. An operation that is `refused` stops the whole update: the engine deletes nothing that is protected,
    and replaces nothing that was and stays so. Source: pulumi, pkg/resource/deploy/step_generator.go
    (continueStepsFromDiff, GenerateDeletes). One that `loses_protection` stays, and can be deleted by the next change.
    """

    key: str
    word: VendorWord
    was: str = ""
    properties: tuple[str, ...] = ()
    note: str = ""
    refused: bool = False
    loses_history: bool = False
    loses_protection: bool = False

    @property
    def type_and_name(self) -> tuple[str, str]:
        """The resource's type token and name; no name for a look-up."""
        type_, _, name = self.key.partition("::")
        return type_, name

    @property
    def subject(self) -> str:
        """The resource's kind and name: Monitor "shop-slow"; the kind of a look-up."""
        type_, name = self.type_and_name
        kind = type_.rpartition(":")[2]
        return f'{kind} "{name}"' if name else kind

    @property
    def differs(self) -> bool:
        """Whether anything differs between the two sides."""
        return self.word is not VendorWord.SAME or bool(self.note)

    @property
    def is_gone(self) -> bool:
        """Whether the new side declares it no more."""
        return self.word in (VendorWord.DELETE, VendorWord.FORGET)

    @property
    def deed(self) -> str:
        """What the vendor is asked to do."""
        return "nothing" if self.word is VendorWord.SAME else str(self.word)

    @property
    def detail(self) -> str:
        """Which properties change, what it was called, and what is lost or refused."""
        more = len(self.properties) - MAX_NAMED_PROPERTIES
        rest = f" and {more} more" if more > 0 else ""
        parts = (
            ", ".join(self.properties[:MAX_NAMED_PROPERTIES]) + rest,
            f'before "{self.was.partition("::")[2]}"' if self.was else "",
            self.note,
            "loses its history" if self.loses_history else "",
            "the update stops: it is protected" if self.refused else "",
            "not protected any more" if self.loses_protection else "",
        )
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class VendorChange:
    """What an update of one environment's stack does, the gravest first."""

    environment: str
    operations: tuple[VendorOperation, ...]

    @property
    def differing(self) -> tuple[VendorOperation, ...]:
        """Every operation but those of what stays as it is."""
        return tuple(each for each in self.operations if each.differs)

    def counts(self) -> Counter[VendorWord]:
        """How many resources meet each fate."""
        return Counter(each.word for each in self.operations)


def vendor_changes(
    before: Mapping[str, Plan], after: Mapping[str, Plan], replaced_by: ReplacedBy
) -> tuple[VendorChange, ...]:
    """What changes in each environment of either side; one that a side lacks declares nothing there."""
    nothing = Plan("", "", ())
    return tuple(
        VendorChange(name, operations(before.get(name, nothing), after.get(name, nothing), replaced_by))
        for name in dict.fromkeys((*after, *before))
    )


def operations(before: Plan, after: Plan, replaced_by: ReplacedBy) -> tuple[VendorOperation, ...]:
    """What an update does that turns one Plan into the other, the gravest first."""
    compared = ComparedResources(before.by_key, after.by_key, replaced_by)
    order = list(VendorWord)
    every = (*compared.operations(), *_lookups(before.lookups, after.lookups))
    return tuple(sorted(every, key=lambda each: (order.index(each.word), each.key, each.was)))


# --- resources -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ComparedResources:
    """The resources of two Plans by their keys, each new one beside its former self, and what is replaced."""

    before: Mapping[str, Resource]
    after: Mapping[str, Resource]
    replaced_by: ReplacedBy

    @cached_property
    def pairs(self) -> Mapping[str, Resource]:
        """The former self of each new resource that has one, by the new key."""
        return _pairs(self.before, self.after)

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """The new key of each resource that has another one than before, by the former."""
        return {old.key: key for key, old in self.pairs.items() if old.key != key}

    def operations(self) -> Iterator[VendorOperation]:
        """One for each resource of either side."""
        for key, new in self.after.items():
            if key in self.pairs:
                yield self._kept(self.pairs[key], new)
            else:
                yield VendorOperation(key, VendorWord.IMPORT if new.import_id else VendorWord.CREATE)
        former = {old.key for old in self.pairs.values()}
        yield from (_gone(old) for key, old in self.before.items() if key not in former)

    @cached_property
    def replaced(self) -> frozenset[str]:
        """The keys of what is replaced; a resource may be replaced because one that it names is."""
        replaced: frozenset[str] = frozenset()
        while True:
            more = frozenset(key for key in self.pairs if self._is_replaced(key, replaced))
            if more == replaced:
                return replaced
            replaced = more

    def _is_replaced(self, key: str, replaced: Collection[str]) -> bool:
        """A path among the changes that replace counts as its whole property."""
        old, new = self.pairs[key], self.after[key]
        wanted = {*self.replaced_by(new.type), *(path.partition(".")[0] for path in new.replace_on_changes)}
        changed = self._changed(old, new, replaced)
        is_another = bool(new.import_id) and new.import_id != old.import_id
        return is_another or bool(wanted.intersection(changed)) or bool("*" in wanted and changed)

    def _changed(self, old: Resource, new: Resource, replaced: Collection[str]) -> tuple[str, ...]:
        """The properties that differ, or that hold an output of what is replaced."""
        was = {name: self._followed(value) for name, value in old.inputs.items()}
        names = sorted({*was, *new.inputs})
        differ = {name for name in names if (name in was, was.get(name)) != (name in new.inputs, new.inputs.get(name))}
        return tuple(name for name in names if name in differ or _names(new.inputs.get(name), replaced))

    def _followed(self, value: Value) -> Value:
        """A value of the old Plan with what it names under its new name."""
        if isinstance(value, Mapping):
            kept = {name: self._followed(inner) for name, inner in value.items()}
            return kept | {"ref": self._new_key(value["ref"])} if "ref" in value else kept
        if isinstance(value, list | tuple):
            return [self._followed(inner) for inner in value]
        return value

    def _new_key(self, key: Value) -> Value:
        return self.moved.get(key, key) if isinstance(key, str) else key

    def _kept(self, old: Resource, new: Resource) -> VendorOperation:
        changed, is_replaced = self._changed(old, new, self.replaced), new.key in self.replaced
        word = _word(is_replaced=is_replaced, changed=changed, moved=old.key != new.key)
        return VendorOperation(
            key=new.key,
            word=word,
            was=old.key if old.key != new.key else "",
            properties=changed,
            note=self._note(old, new, changed),
            refused=is_replaced and old.protect and new.protect,
            loses_history=is_replaced and not (old.protect and new.protect) and _has_history(old),
            loses_protection=old.protect and not new.protect,
        )

    def _note(self, old: Resource, new: Resource, changed: Collection[str]) -> str:
        """What differs beside the properties: the engine's options, or only a name that the Plan says."""
        differ = [name for name in OPTIONS if self._option(old, name) != getattr(new, name)]
        options = [OPTIONS[name] for name in differ if not (name == "aliases" and old.key != new.key)]
        if options:
            return f"for the engine alone: {', '.join(options)}"
        return "what it names has another name" if old.key == new.key and old != new and not changed else ""

    def _option(self, old: Resource, name: str) -> Value:
        return tuple(sorted(map(self._new_key, old.depends_on))) if name == "depends_on" else getattr(old, name)


OPTIONS: Mapping[str, str] = {
    "protect": "protect", "aliases": "aliases", "depends_on": "dependsOn", "secret_outputs": "secretOutputs",
    "ignore_changes": "ignoreChanges", "replace_on_changes": "replaceOnChanges",
    "delete_before_replace": "deleteBeforeReplace", "retain_on_delete": "retainOnDelete", "import_id": "import",
}  # fmt: skip
"""The engine's options of a resource, by the field that holds each."""


def _pairs(before: Mapping[str, Resource], after: Mapping[str, Resource]) -> dict[str, Resource]:
    """The former self of each new resource that has one: of the same key, or of one that its aliases name."""
    pairs = {key: before[key] for key in after if key in before}
    taken = set(pairs)
    for key, new in after.items():
        former = next((old for old in _former_keys(new) if old in before and old not in taken), None)
        if key not in pairs and former is not None:
            pairs[key] = before[former]
            taken.add(former)
    return pairs


def _former_keys(resource: Resource) -> Iterator[str]:
    """The keys that a resource had before: an alias is a bare name, or a whole URN."""
    for alias in resource.aliases:
        is_urn = alias.startswith("urn:pulumi:") and alias.count("::") > 2
        yield alias.split("::", 2)[2] if is_urn else f"{resource.type}::{alias}"


def _names(value: Value, keys: Collection[str]) -> bool:
    return any(reference["ref"] in keys for reference in references(value))


def _word(*, is_replaced: bool, changed: Collection[str], moved: bool) -> VendorWord:
    if is_replaced:
        return VendorWord.REPLACE
    if changed:
        return VendorWord.UPDATE
    return VendorWord.RENAME if moved else VendorWord.SAME


def _gone(old: Resource) -> VendorOperation:
    """What is declared no more: deleted, or left at the vendor where it is to be retained."""
    word = VendorWord.FORGET if old.retain_on_delete else VendorWord.DELETE
    return VendorOperation(old.key, word, refused=old.protect, loses_history=not old.protect and _has_history(old))


def _has_history(old: Resource) -> bool:
    """Whether history goes with the old resource, which the vendor keeps where it is to be retained."""
    return old.type not in WITHOUT_HISTORY and not old.retain_on_delete


# --- look-ups --------------------------------------------------------------------------------------------------


def _lookups(before: Iterable[Lookup], after: Iterable[Lookup]) -> Iterator[VendorOperation]:
    """What is looked up and was not, and the reverse; by kind alone, since the arguments hold addresses of people."""
    was, becomes = ({_canonical(each): each.token for each in side} for side in (before, after))
    yield from (VendorOperation(becomes[each], VendorWord.READ) for each in becomes if each not in was)
    gone = (was[each] for each in was if each not in becomes)
    yield from (VendorOperation(token, VendorWord.SAME, note="not looked up any more") for token in gone)


def _canonical(lookup: Lookup) -> str:
    return json.dumps([lookup.token, lookup.arguments], sort_keys=True)


# --- in words --------------------------------------------------------------------------------------------------


def vendor_summary(changes: Iterable[VendorChange]) -> str:
    """The counts of all environments: 1 update, 0 replaced, 0 deleted (history kept)."""
    differing = [each for change in changes for each in change.differing]
    counts = Counter(each.word for each in differing)
    if not differing:
        return "nothing"
    if set(counts) == {VendorWord.SAME}:
        verb = "differs" if len(differing) == 1 else "differ"
        return f"nothing ({len(differing)} {verb} for the engine alone)"
    shown = [word for word in COUNTED if counts[word] or word in ALWAYS_COUNTED]
    return f"{_counted(counts, shown)} ({'; '.join(_consequences(differing))})"


def vendor_headline(changes: Collection[VendorChange]) -> str:
    """The same for the headline, the gravest first and without zeros; nothing where nobody is asked anything."""
    requested = [each for change in changes for each in change.differing if each.word is not VendorWord.SAME]
    if not requested:
        return ""
    counts = Counter(each.word for each in requested)
    counted = _counted(counts, [word for word in VendorWord if counts[word]])
    short = counted if len(counted) <= MAX_SHORT else f"{len(requested)} operations"
    grave = f" ({'; '.join(_consequences(requested))})" if worst_at_vendors(changes) else ""
    return f"at the vendors: {short}{grave}"


def worst_at_vendors(changes: Iterable[VendorChange]) -> str:
    """That the update stops or history is lost, as short as can be; nothing where neither is so."""
    differing = [each for change in changes for each in change.differing]
    stops = ["the update stops"] if any(each.refused for each in differing) else []
    lost = ["history is lost"] if any(each.loses_history for each in differing) else []
    return ", ".join([*stops, *lost])


def _counted(counts: Mapping[VendorWord, int], words: Iterable[VendorWord]) -> str:
    return ", ".join(f"{counts[word]} {COUNTED[word][counts[word] != 1]}" for word in words)


def _consequences(differing: Collection[VendorOperation]) -> Iterator[str]:
    lost, refused = sum(each.loses_history for each in differing), sum(each.refused for each in differing)
    if lost or not refused:
        yield f"{lost} lose{'s' * (lost == 1)} {'its' if lost == 1 else 'their'} history" if lost else "history kept"
    if refused:
        yield f"the update stops: {refused} {'is' if refused == 1 else 'are'} protected"
