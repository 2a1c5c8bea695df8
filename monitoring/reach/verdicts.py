"""What a proof comes to, in words: the verdict of a rule, the waits at worst, when a witness holds, the conclusion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from monitoring.reach.formatting import day_of, exact_length, length, local_and_utc, wall_clock
from monitoring.reach.proof import DEAD_ENDINGS, Proof, ProofVerdict, RuleProof
from monitoring.reach.sweeps import LongestWait
from monitoring.reach.witness import Witness

NEXT_SHOWN = 3
"""How many stretches of silence a verdict names."""


def detects_in_words(rule_proof: RuleProof) -> str:
    """How long a rule's signal takes: 5m, at once, unknown, or 10m promised where only its author says so."""
    seconds = rule_proof.path.detection.seconds
    if rule_proof.path.detection.promised and seconds is not None:
        return f"{length(seconds)} promised"
    return "unknown" if seconds is None else length(seconds) if seconds else "at once"


def verdict(rule_proof: RuleProof) -> str:
    """One of three verdicts, and where it holds its exceptions: holds, except 1h on Sun 6 Dec."""
    exceptions = [*_windows(rule_proof), *(f"accepted until {each.waiver.expires}" for each in rule_proof.accepted)]
    if not rule_proof.holds or not exceptions:
        return rule_proof.verdict.value
    return f"{ProofVerdict.HOLDS}, except {' and '.join(dict.fromkeys(exceptions))}"


def _windows(rule_proof: RuleProof) -> Iterator[str]:
    """The planned windows that mute a rule: how long, on which days next, and how often."""
    silent = rule_proof.silent
    if silent:
        lengths = {each.seconds for each in silent}
        each_time = f"{exact_length(min(lengths))}{' each' * (len(silent) > 1)}" if len(lengths) == 1 else ""
        total = exact_length(sum(each.seconds for each in silent))
        days = ", ".join(day_of(each.start, rule_proof.zone) for each in silent[:NEXT_SHOWN])
        more = f" and {len(silent) - NEXT_SHOWN} more" if len(silent) > NEXT_SHOWN else ""
        whole = f" ({total} in all)" if each_time and len(silent) > 1 else ""
        yield f"{each_time or total} on {days}{more}{whole}{_in_part(rule_proof)}"


def _in_part(rule_proof: RuleProof) -> str:
    """Which groups alone are muted, where the whole rule never is."""
    groups = {mute.only for mute in rule_proof.muted}
    return "" if "" in groups else f" for {' and '.join(sorted(groups))} alone"


def wait_in_words(worst: LongestWait | None, rule_proof: RuleProof) -> tuple[str, str]:
    """How late, and when; without a worst instant, why there is none."""
    if rule_proof.promised != "wakes":
        return {
            "does not wake": "is woken" if rule_proof.wakes_anybody else "not woken",
            "limited-by-environment": "not paged here",
        }[rule_proof.promised], ""
    if worst is None:
        return ("never fires" if rule_proof.path.pages else "nobody"), ""
    reached = (
        "never"
        if worst.notification is None
        else f"{length(worst.notification.after)} {worst.notification.person}, {worst.notification.channel}"
    )
    return reached, wall_clock(worst.at, rule_proof.zone)


def when_in_words(witness: Witness) -> str:
    """At which instants a witness holds: how often, for how long, and from when."""
    if witness.at is None or witness.seconds is None:
        since = f", from {local_and_utc(witness.since, witness.zone)} on" if witness.since is not None else ""
        return f"{'at every instant' if witness.key.endswith(DEAD_ENDINGS) else 'whenever it fires'}{since}"
    first = local_and_utc(witness.at, witness.zone)
    if not witness.times:
        return f"at every instant, from {first}"
    until = wall_clock(witness.stretches[0].end, witness.zone)
    if witness.times == 1:
        return f"once, for {exact_length(witness.seconds)}, from {first} until {until}"
    return f"{witness.times} times, {length(witness.seconds)} in all, first from {first} until {until}"


def conclusion(proof: Proof) -> str:
    """How many rules were looked at, and what holds of them."""
    counts = proof.counts
    if not counts.rules_to_prove:
        return f"No rule acts in {proof.environment}, so nothing is proved."
    looked = f"{counts.rules} of {counts.rules_to_prove} rules looked at"
    if counts.rules != counts.rules_to_prove:
        return f"{looked}: that is not all of them, so nothing is proved."
    verdicts = Counter(rule_proof.verdict for rule_proof in proof.rules)
    failing, unproved = verdicts[ProofVerdict.FAILS], verdicts[ProofVerdict.NOT_PROVED]
    if not failing and not unproved:
        excepted = sum(verdict(rule_proof) != ProofVerdict.HOLDS for rule_proof in proof.rules)
        exceptions = f", {excepted} of them with exceptions" if excepted else ""
        return f"{looked}, and every promise holds{exceptions}."
    holding = verdicts[ProofVerdict.HOLDS]
    parts = [
        f"{holding} {'holds' if holding == 1 else 'hold'}",
        f"{failing} {'fails' if failing == 1 else 'fail'}",
        f"{unproved} {'is' if unproved == 1 else 'are'} not proved",
    ]
    return f"{looked}: of their promises {', '.join(parts)}."
