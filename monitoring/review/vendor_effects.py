"""What the vendors will be asked to do, as effects: one for each kind in each environment, with its risk and place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from monitoring.model.catalog import Catalog
from monitoring.naming.owners import PLATFORM, Owner, Owners, owners
from monitoring.naming.type_tokens import DASHBOARD
from monitoring.review.effects import Effect
from monitoring.review.plans import VendorChange, VendorOperation, VendorWord
from monitoring.review.reviewing import Review
from monitoring.review.risks import ORDER, EffectKind

KINDS: Mapping[VendorWord, EffectKind] = {
    VendorWord.REPLACE: EffectKind.RESOURCE_REPLACED,
    VendorWord.DELETE: EffectKind.RESOURCE_DELETED,
    VendorWord.FORGET: EffectKind.RESOURCE_FORGOTTEN,
    VendorWord.RENAME: EffectKind.RESOURCE_RENAMED,
    VendorWord.IMPORT: EffectKind.RESOURCE_IMPORTED,
    VendorWord.CREATE: EffectKind.RESOURCE_CREATED,
    VendorWord.UPDATE: EffectKind.RESOURCE_UPDATED,
    VendorWord.READ: EffectKind.LOOK_UP_ADDED,
    VendorWord.SAME: EffectKind.STATE_CHANGED,
}
"""The kind of an operation that loses nothing and is not refused."""
SENTENCES: Mapping[EffectKind, str] = {
    EffectKind.UPDATE_STOPS: "the update of {} stops at what is protected: {}",
    EffectKind.HISTORY_LOST: "history is lost in {}: {}",
    EffectKind.RESOURCE_REPLACED: "replaced in {}: {}",
    EffectKind.RESOURCE_DELETED: "deleted in {}: {}",
    EffectKind.RESOURCE_FORGOTTEN: "left to its vendor and declared no more in {}: {}",
    EffectKind.RESOURCE_IMPORTED: "taken over from the account in {}: {}",
    EffectKind.PROTECTION_LOST: "not protected any more in {}: {}",
    EffectKind.RESOURCE_CREATED: "new in {}: {}",
    EffectKind.RESOURCE_UPDATED: "changed in place in {}: {}",
    EffectKind.LOOK_UP_ADDED: "looked up in {} and was not before: {}",
    EffectKind.RESOURCE_RENAMED: "only renamed in the state of {}: {}",
    EffectKind.STATE_CHANGED: "only the engine's own record differs in {}: {}",
}
"""What each kind says of an environment and its resources."""
SEVERAL_WORDS = (EffectKind.UPDATE_STOPS, EffectKind.HISTORY_LOST, EffectKind.PROTECTION_LOST)
"""The kinds that stand for operations of several words, so that each is named."""
MAX_SUBJECTS = 3


def with_vendors(review: Review, changes: Collection[VendorChange], before: Catalog, after: Catalog) -> Review:
    """The review with what the vendors will be asked to do, among its effects as well."""
    old, new = owners(before), owners(after)
    more = [each for change in changes for each in vendor_effects(change, old, new)]
    effects = tuple(sorted((*review.effects, *more), key=lambda each: each.order))
    return replace(review, vendors=tuple(changes), effects=effects)


def vendor_effects(change: VendorChange, old: Owners, new: Owners) -> Iterator[Effect]:
    """One effect for each kind of operation in an environment."""
    judged = [(kind, operation) for operation in change.differing for kind in kinds(operation)]
    ordered = sorted(judged, key=lambda pair: ORDER[pair[0]])
    for kind, pairs in groupby(ordered, key=lambda pair: pair[0]):
        yield _effect(kind, change.environment, [operation for _, operation in pairs], old, new)


def kinds(operation: VendorOperation) -> Iterator[EffectKind]:
    """What one operation does: the gravest of its consequences, and whether it loses its protection."""
    if operation.refused:
        yield EffectKind.UPDATE_STOPS
    elif operation.loses_history:
        yield EffectKind.HISTORY_LOST
    elif operation.word is not VendorWord.SAME or not operation.loses_protection:
        yield KINDS[operation.word]
    if operation.loses_protection:
        yield EffectKind.PROTECTION_LOST


def is_about_vendors(effect: Effect) -> bool:
    """Whether an effect says what a vendor or the engine will be asked to do."""
    return effect.kind in SENTENCES


def _effect(kind: EffectKind, environment: str, operations: list[VendorOperation], old: Owners, new: Owners) -> Effect:
    nearest = min(operations, key=lambda operation: _distance(operation, _owner(operation, old, new)))
    type_, name = nearest.type_and_name
    return Effect(
        kind=kind,
        subject=environment,
        sentence=SENTENCES[kind].format(environment, _subjects(operations, with_words=kind in SEVERAL_WORDS)),
        source=(old if nearest.is_gone else new).source_of(type_, name),
        gone=nearest.is_gone,
    )


def _distance(operation: VendorOperation, owner: Owner) -> int:
    """How far a resource is from what was changed: a dashboard only draws it, and the platform's is everybody's."""
    if owner == PLATFORM:
        return 2
    return 1 if operation.type_and_name[0] == DASHBOARD else 0


def _owner(operation: VendorOperation, old: Owners, new: Owners) -> Owner:
    """The entry to which a resource belongs; the platform's for a look-up."""
    return (old if operation.is_gone else new).owner_of(*operation.type_and_name)


def _subjects(operations: Iterable[VendorOperation], *, with_words: bool) -> str:
    """The first resources, and how many others there are: Monitor "shop-slow" (replace) and 2 more."""
    counted = Counter(f"{each.subject} ({each.deed})" if with_words else each.subject for each in operations)
    shown = [f"{subject} ×{times}" if times > 1 else subject for subject, times in counted.items()]
    more = sum(list(counted.values())[MAX_SUBJECTS:])
    return ", ".join(shown[:MAX_SUBJECTS]) + (f" and {more} more" if more else "")
