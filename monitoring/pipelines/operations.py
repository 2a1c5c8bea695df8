"""What an update of a stack would do, operation by operation, from the engine's own preview; saved, and compared whole.

The engine's answer is that of `pulumi preview --json --show-sames`; without the second option it leaves out every
resource that stays as it is. Source: pulumi v3.259.0, pkg/backend/display/json.go (ShowPreviewDigest).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from monitoring.drift.answer import at_vendor, first_object, last_lines, type_and_name
from monitoring.errors import UsageError
from monitoring.model.scalars import quoted

PREVIEW = ("preview", "--json", "--show-sames", "--non-interactive", "--color", "never")
VERSION: Literal[1] = 1
SAME, FORGET, RENAME = "same", "forget", "rename"
WORDS: Mapping[str, str] = {
    "create": "create", "update": "update", "delete": "delete", SAME: SAME, FORGET: FORGET, RENAME: RENAME,
    "import": "import", "replace": "replace", "create-replacement": "replace", "delete-replaced": "replace",
    "import-replacement": "replace", "read": "read", "refresh": "read",
}  # fmt: skip
"""The engine's words for a step, and FORGET and RENAME of our own, by the word that counts them."""
COUNTED_ONCE = ("create-replacement", "delete-replaced", "import-replacement")
"""The engine's steps that are parts of a `replace` step, which it names as well."""
GONE = ("delete", "delete-replaced", FORGET)
MAX_NAMED_PROPERTIES = 6


def _a_urn(text: str) -> str:
    """The text itself; ValueError where it has no type and no name in it."""
    if text:
        type_and_name(text)
    return text


Urn = Annotated[str, AfterValidator(_a_urn)]


class Operation(BaseModel):
    """What happens to one resource: the engine's word, which properties it changes, and a hash of what it would send.

    `was` is its former URN where it is renamed. A secret is masked by the engine before it is hashed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    urn: Annotated[Urn, Field(min_length=1)]
    op: str
    was: Urn = ""
    properties: tuple[str, ...] = ()
    inputs: str = ""

    @property
    def subject(self) -> str:
        """The resource's kind and name: Monitor "shop-slow"."""
        type_, name = type_and_name(self.urn)
        return f'{type_.rpartition(":")[2]} "{name}"'

    @property
    def deed(self) -> str:
        """What is done, with the properties that change."""
        shown = ", ".join(self.properties[:MAX_NAMED_PROPERTIES])
        more = len(self.properties) - MAX_NAMED_PROPERTIES
        rest = f" and {more} more" if more > 0 else ""
        word = "no change" if self.op == SAME else self.op
        return f"{word} ({shown}{rest})" if shown else word


class SavedPlan(BaseModel):
    """The operations that an update of one stack would do, sorted; what a file holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = VERSION
    stack: str
    operations: tuple[Operation, ...]

    @property
    def changes(self) -> tuple[Operation, ...]:
        """Every operation but those that leave a vendor's resource, and the stack, as they are."""
        return tuple(operation for operation in self.operations if operation.op != SAME)

    def counts(self) -> Counter[str]:
        """How many resources of the vendors meet each fate, in plain words; a replacement counts once."""
        chosen = [operation for operation in self.operations if operation.op not in COUNTED_ONCE]
        return Counter(WORDS.get(each.op, each.op) for each in chosen if at_vendor(each.urn))


# --- from the engine's answer ----------------------------------------------------------------------------------


def planned(text: str, stack: str) -> SavedPlan:
    """The operations in the engine's answer; UsageError where it is none, or disagrees with its own count."""
    answer = _answer(text)
    try:
        steps, summary = answer["steps"] or [], Counter[str](answer.get("changeSummary") or {})
        operations = tuple(sorted((_operation(step) for step in steps), key=lambda each: (each.urn, each.op)))
        counted = Counter[str](step["op"] for step in steps)
    except (LookupError, TypeError, AttributeError, ValueError):
        raise UsageError(f"the engine's preview is not readable:\n{last_lines(text)}") from None
    _require_agreement(counted, summary)
    return SavedPlan(stack=stack, operations=operations)


def _answer(text: str) -> Mapping[str, Any]:
    try:
        answer = first_object(text)
        errors = [entry["message"].strip() for entry in answer.get("diagnostics") or () if entry["severity"] == "error"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UsageError(f"the engine's preview is not readable:\n{last_lines(text)}") from None
    if errors or "steps" not in answer:
        raise UsageError("\n".join(["the preview failed, so nobody knows what an update would do:", *errors]))
    return dict(answer)


def _operation(step: Mapping[str, Any]) -> Operation:
    old, new = step.get("oldState") or {}, step.get("newState") or {}
    op, was = _word(step["op"], old, new)
    changed = tuple(sorted(step.get("detailedDiff") or step.get("diffReasons") or ()))
    inputs = "" if op in (SAME, "delete", FORGET) else _hash(new.get("inputs") or {})
    return Operation(urn=step["urn"], op=op, was=was, properties=changed, inputs=inputs)


def _word(op: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, str]:
    """The operation, and the former URN of a renamed resource.

    The engine writes `same` for a resource that only gets another name, and `delete` for one that it only forgets.
    """
    was = str(old.get("urn", "")) if new and old.get("urn", "") != new.get("urn", "") else ""
    if op == "delete" and old.get("retainOnDelete"):
        return FORGET, ""
    return (RENAME if op == SAME and was else op), was


def _hash(inputs: Mapping[str, Any]) -> str:
    text = json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _require_agreement(counted: Counter[str], summary: Counter[str]) -> None:
    """Raises UsageError where the answer names other operations than the engine itself counted."""
    if counted != summary:
        shown = ", ".join(f"{word}: {counted[word]} of {summary[word]}" for word in sorted({*counted, *summary}))
        raise UsageError(f"the engine's preview does not name all that it counts ({shown}); run this again")


# --- as a file -------------------------------------------------------------------------------------------------


def dumped(plan: SavedPlan) -> str:
    """The text of a saved plan: one operation a line, in order."""
    lines = ",\n".join(f"  {operation.model_dump_json(exclude_defaults=True)}" for operation in plan.operations)
    head = f'{{"version": {plan.version}, "stack": {json.dumps(plan.stack)}, "operations": ['
    return f"{head}\n{lines}\n]}}\n"


def saved(text: str, path: str) -> SavedPlan:
    """The saved plan in a file's text; UsageError, naming the file, where it is none."""
    try:
        return SavedPlan.model_validate_json(text)
    except ValidationError as error:
        remedy = "make one with monitoring plan save plan-prod.json"
        raise UsageError(f'"{path}" is no saved plan: {_unlike_a_plan(error)}; {remedy}') from None


def _unlike_a_plan(error: ValidationError) -> str:
    """The first thing that a saved plan has otherwise, with nothing of what the file holds but a key's name."""
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"]))
    match first["type"]:
        case "json_invalid":
            return "it is no JSON"
        case "missing":
            return f"it has no {quoted(place)}"
        case "extra_forbidden":
            return f"it has {quoted(place)}, which no plan has"
        case "literal_error":
            return f"{quoted(place)} is not {VERSION}, which this tool reads"
        case _:
            return f"{quoted(place)} is not what a plan has there" if place else "it is no mapping"


def terraform_report(plan: SavedPlan) -> str:
    """The counts that GitLab shows in a merge request; a replacement is a creation and a deletion.

    Source: docs.gitlab.com/ci/yaml/artifacts_reports, `terraform`: an object with create, update and delete.
    """
    counts = plan.counts()
    create = counts["create"] + counts["import"] + counts["replace"]
    content = {"create": create, "update": counts["update"] + counts["rename"]}
    return json.dumps(content | {"delete": counts["delete"] + counts["forget"] + counts["replace"]}) + "\n"


# --- compared --------------------------------------------------------------------------------------------------


def differences(reviewed: SavedPlan, now: SavedPlan, *, allow_done: bool = False) -> list[str]:
    """What would be done now and was not reviewed, or was reviewed and would not be done; one sentence a resource.

    `allow_done` passes over what the reviewed plan does and nothing is left to do about: an earlier update did it.
    """
    before, after = _by_urn(reviewed), _by_urn(now)
    urns = [urn for urn in sorted({*before, *after}) if before.get(urn) != after.get(urn)]
    left = [urn for urn in urns if not (allow_done and _is_done(before.get(urn, ()), after.get(urn, ())))]
    return [_difference(before.get(urn, ()), after.get(urn, ())) for urn in left]


def _by_urn(plan: SavedPlan) -> dict[str, tuple[Operation, ...]]:
    ordered = sorted(plan.operations, key=lambda operation: (operation.urn, operation.op))
    return {urn: tuple(operations) for urn, operations in groupby(ordered, key=attrgetter("urn"))}


def _is_done(before: Sequence[Operation], after: Sequence[Operation]) -> bool:
    """Whether an earlier update did what was reviewed: the resource is as it should be, or gone as it should be."""
    if after:
        return bool(before) and all(operation.op == SAME for operation in after)
    return all(operation.op in GONE for operation in before)


def _difference(before: Sequence[Operation], after: Sequence[Operation]) -> str:
    subject = next(iter((*after, *before))).subject
    deeds = [_deeds(operations) for operations in (before, after)]
    if deeds[0] == deeds[1]:
        return f"{subject}: {deeds[1]} now sends other values than the reviewed plan"
    return f"{subject}: {deeds[1]} now; the reviewed plan has {deeds[0]}"


def _deeds(operations: Sequence[Operation]) -> str:
    return " and ".join(operation.deed for operation in operations) or "nothing"


def lines(plan: SavedPlan) -> Iterator[str]:
    """Every operation that changes something, one a line, and the counts of all."""
    for operation in plan.changes:
        renamed = f", before {type_and_name(operation.was)[1]}" if operation.was else ""
        yield f"{operation.subject}: {operation.deed}{renamed}"
    counts = plan.counts()
    yield ", ".join(f"{counts[word]} {word}" for word in sorted(counts)) or "no resource of a vendor"
