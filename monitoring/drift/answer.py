"""The engine's answer to a refresh that changes nothing: what it says of each resource, held against its own summary.

Two forms of it are read. The stream of events (the command is SAVE) says of every resource what came of it. The digest
(the same without the variable) leaves out what differs where the provider names no paths, as for all of Sentry's types;
it is believed only where its own summary agrees.
Source: pulumi v3.259.0, pkg/backend/display/json.go (ShowJSONEvents, ShowPreviewDigest) and sdk apitype/events.go.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

State = Mapping[str, Mapping[str, Any]]
"""The `inputs` that the program gave, and the `outputs` that the vendor answered."""

# How the engine ends a run that failed for reasons which it has named before.
GENERIC = "preview failed"
KNOWN = {"same", "update", "delete"}
LAST_LINES = 12  # the reason stands at the end of what a program printed
SAVE = "PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi refresh --preview-only --json --non-interactive"
"""The command whose output `--from` reads, without its stack."""


class UnreadableError(ValueError):
    """The text is no complete answer of the engine's refresh; the message is for the user."""


class UnreadableRefreshError(UnreadableError):
    """The text is no answer of the engine's refresh at all; the message shows its end, as of a run that just failed."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What the engine says of one resource: `same`, `update` or `delete`, and the two states.

    `names` are properties that differ, `paths` where in them; a provider that names no paths leaves `paths` empty.
    """

    urn: str
    op: str
    names: tuple[str, ...]
    paths: tuple[str, ...]
    declared: State
    held: State

    @property
    def differs(self) -> bool:
        """Whether the vendor holds something else, or nothing."""
        return self.op != "same"


@dataclass(frozen=True, slots=True)
class Refresh:
    """The whole answer: the resources begun, what came of each, errors as (URN, message), and the engine's summary."""

    begun: tuple[str, ...]
    outcomes: tuple[Refreshed, ...]
    errors: tuple[tuple[str, str], ...]
    summary: Mapping[str, int]

    @property
    def gone(self) -> Mapping[str, str]:
        """By URN, the vendor's last word on each resource that its provider takes for an error because it is gone."""
        answered = {outcome.urn for outcome in self.outcomes}
        return {
            urn: text
            for urn, text in self.errors
            if urn and at_vendor(urn) and urn not in answered and _says_gone(text)
        }


def refresh(text: str) -> Refresh:
    """The answer in what the engine printed, complete and in agreement with itself; UnreadableError otherwise."""
    try:
        events = [*_events(text)]
        answer = _streamed(events, text) if events else _digested(text)
        _require_only_gone(answer)
        _require_agreement(answer)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableRefreshError(f"this is no answer of the engine's refresh; save one with {SAVE}") from None
    return answer


def type_and_name(urn: str) -> tuple[str, str]:
    """The type token and the name in a URN; ValueError for any other text."""
    _, _, types, name = urn.split("::", 3)
    return types.rpartition("$")[2], name


def at_vendor(urn: str) -> bool:
    """Whether a vendor holds the resource: the stack and the providers are the engine's own."""
    return not type_and_name(urn)[0].startswith("pulumi:")


# --- the two forms ---------------------------------------------------------------------------------------------


def _events(text: str) -> Iterator[Mapping[str, Any]]:
    for line in text.split("\n"):
        try:
            event = json.loads(line) if line.startswith("{") else None
        except (ValueError, RecursionError):
            continue
        if isinstance(event, dict) and "sequence" in event and any(key.endswith("Event") for key in event):
            yield event


def _streamed(events: Sequence[Mapping[str, Any]], text: str) -> Refresh:
    summaries = [event["summaryEvent"] for event in events if "summaryEvent" in event]
    spoken = [event["diagnosticEvent"] for event in events if "diagnosticEvent" in event]
    errors = tuple(_errors(event for event in spoken if not event.get("ephemeral")))
    if not summaries:
        raise UnreadableError(_cut_short(errors, text))
    failed = summaries[-1].get("result", "succeeded") != "succeeded"
    return Refresh(
        begun=tuple(_urns(events, "resourcePreEvent")),
        outcomes=tuple(
            _outcome(event["resOutputsEvent"]["metadata"]) for event in events if "resOutputsEvent" in event
        ),
        errors=(*errors, *([("", GENERIC)] if failed else ())),
        summary=summaries[-1].get("resourceChanges") or {},
    )


def _cut_short(errors: Iterable[tuple[str, str]], text: str) -> str:
    """Why a stream has no summary, in the engine's own words where it printed any."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("{")]
    reasons = dict.fromkeys([*(message for _, message in errors), *lines[-LAST_LINES:]])
    return "\n".join(["could not compare: the engine's answer ends before its summary; ask again", *reasons])


def _urns(events: Iterable[Mapping[str, Any]], kind: str) -> Iterator[str]:
    return (event[kind]["metadata"]["urn"] for event in events if kind in event)


def _outcome(metadata: Mapping[str, Any]) -> Refreshed:
    return Refreshed(
        urn=metadata["urn"],
        op=metadata["op"],
        names=_texts(metadata.get("diffs") or ()),
        paths=_texts(metadata.get("detailedDiff") or ()),
        declared=_state(metadata.get("old") or {}),
        held=_state(metadata.get("new") or {}),
    )


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    """The values, all of which are texts; TypeError where one is none."""
    texts = tuple(values)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("a name is no text")
    return texts


def _state(state: Mapping[str, Any]) -> State:
    return {part: dict(state.get(part) or {}) for part in ("inputs", "outputs")}


def _digested(text: str) -> Refresh:
    digest = _digest(text)
    steps, errors = digest["steps"], tuple(_errors(digest.get("diagnostics") or ()))
    failed = {urn for urn, _ in errors}
    return Refresh(
        begun=tuple(step["urn"] for step in steps),
        outcomes=tuple(_digested_outcome(step) for step in steps if step["urn"] not in failed),
        errors=errors,
        summary=digest.get("changeSummary") or {},
    )


def _digest(text: str) -> Mapping[str, Any]:
    try:
        digest = first_object(text)
        return {**digest, "steps": digest["steps"] or ()}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnreadableRefreshError(f"the engine could not compare:\n{last_lines(text)}") from None


def first_object(text: str) -> Any:
    """The JSON that the engine printed, whatever stands around it; ValueError or RecursionError where it is none."""
    content, _ = json.JSONDecoder().raw_decode(text[max(text.find("{\n"), 0) :])
    return content


def last_lines(text: str) -> str:
    """The end of what a program printed, where the reason stands."""
    return "\n".join(text.strip().splitlines()[-LAST_LINES:]) or "it printed nothing"


def _digested_outcome(step: Mapping[str, Any]) -> Refreshed:
    """A step as an outcome; the digest writes `refresh` for whatever it believes to be the same."""
    states = {"old": step.get("oldState"), "new": step.get("newState"), "diffs": step.get("diffReasons")}
    return _outcome({**step, **states, "op": "same" if step["op"] == "refresh" else step["op"]})


def _errors(spoken: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for diagnostic in spoken:
        if diagnostic.get("severity") == "error":
            message = re.sub(r"^(error: )?(Preview failed: )?", "", diagnostic["message"])
            yield diagnostic.get("urn") or "", message.strip()


# --- whether it may be believed --------------------------------------------------------------------------------


def _says_gone(message: str) -> bool:
    """Whether an error says that the vendor has no such object.

    Source: terraform-provider-sentry v0.15.4, Read in resource_alert_gen.go and resource_integration_pagerduty.go.
    """
    return re.search(r"\bstatus code 404\b|not found", message) is not None


def _require_only_gone(answer: Refresh) -> None:
    """Raises UnreadableError where anything failed but the reading of objects that are gone."""
    gone = answer.gone
    others = [text for urn, text in answer.errors if not (urn in gone and _says_gone(text))]
    reasons = [*dict.fromkeys(text for text in others if text != GENERIC)]
    if reasons or (others and not gone):
        raise UnreadableError("\n".join(["the engine could not compare:", *(reasons or [GENERIC])]))


def _require_agreement(answer: Refresh) -> None:
    """Raises UnreadableError where a resource has no answer, or the answers are not what the engine itself counted."""
    answers = [outcome.urn for outcome in answer.outcomes]
    silent = (Counter(answer.begun) - Counter([*answers, *answer.gone])).total()
    if silent:
        begun = len(answer.begun)
        raise UnreadableError(
            f"could not compare: {begun} resources were begun and {begun - silent} answered; ask again"
        )
    counted = Counter(outcome.op for outcome in answer.outcomes)
    if counted != Counter(answer.summary):
        raise UnreadableError(_disagreement(counted, Counter(answer.summary)))
    if strange := sorted(set(counted) - KNOWN):
        raise UnreadableError(f'could not compare: "{strange[0]}" is no word of a refresh; save the answer with {SAVE}')
    if not any(at_vendor(urn) for urn in answer.begun):
        raise UnreadableError("could not compare: the stack's state holds no resource of a vendor; name another stack")


def _disagreement(counted: Counter[str], summary: Counter[str]) -> str:
    answer, engine = (
        f"{counts.total()} resources, {counts.total() - counts['same']} of which differ"
        for counts in (counted, summary)
    )
    return (
        f"could not compare: the answer speaks of {answer}, and the engine's own summary counts {engine}; "
        f"ask again, and save an answer for --from with {SAVE}"
    )
