"""`monitoring preview`, as ratios: against a vendor's package imported whole, and against a plain Pulumi program.

    python -m benchmarks.preview

Exit code 1 where a promise is broken. Each turn is a process of its own; both sides run in turns, and what
counts is the processor's seconds, so that a busy neighbour does not decide.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.catalogs import written
from benchmarks.ratio import children, told

RULES = 1_000
ROUNDS = 3
ROOT = Path(__file__).parents[1]
BARE = "import pulumi_datadog"
PARTS = "import monitoring.resources.sdks"
WHOLE = """
from monitoring.collector import gc_paused
with gc_paused(freeze=True):
    import pulumi, pulumi_datadog, pulumi_datadog.pagerduty, pulumi_datadog.slack, pulumi_pagerduty, pulumi_sentry
"""
OURS = """
import sys, time
from datetime import date
from pathlib import Path
from monitoring.loader import PlatformFiles
from monitoring.preview.run import preview
import monitoring.preview.capture, monitoring.preview.verify, monitoring.program, monitoring.resources.declare
begun = time.process_time()
plan = preview(environment="prod", today=date(2026, 11, 23), files=PlatformFiles(Path(sys.argv[1])))
print(time.process_time() - begun, len(plan.resources))
"""
PLAIN = """
import asyncio, sys, time
from pathlib import Path
import pulumi, pulumi_datadog, pulumi_datadog.pagerduty, pulumi_datadog.slack, pulumi_pagerduty, pulumi_sentry
from pulumi.runtime import mocks
from pulumi.runtime.stack import run_pulumi_func

class Mocks(mocks.Mocks):
    made = 0
    def new_resource(self, args):
        Mocks.made += 1
        more = {"integrationKey": "k"} if args.typ.endswith(":ServiceIntegration") else {}
        return args.name + "-id", {**args.inputs, **more}
    def call(self, args):
        return {**args.args, "id": "1", "internalId": "1"}

code = compile(Path(sys.argv[1]).read_text(), "plain", "exec")
begun = time.process_time()
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
mocks.set_mocks(Mocks(), project="monitoring", stack="prod", preview=False)
loop.run_until_complete(run_pulumi_func(lambda: exec(code, {"__name__": "__main__"})))
print(time.process_time() - begun, Mocks.made)
"""


def answered(*words: str) -> tuple[float, int]:
    """What a process of ours answers: the processor's seconds of its work and how many resources it declared."""
    run = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, resources = run.stdout.split()[-2:]
    return float(seconds), int(resources)


def whole(*words: str) -> float:
    """The processor's seconds of a whole process."""
    begun = children()
    subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, check=True)
    return children() - begun


def medians(pairs: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """The median of one side, of the other, and of their ratios."""
    ones, others = zip(*pairs, strict=True)
    return median(ones), median(others), median(one / other for one, other in pairs)


def whole_process() -> tuple[float, float, float]:
    """Seconds of `monitoring preview`, of the bare import, and their ratio; each has run once before."""
    ours, bare = ("-m", "monitoring", "preview"), ("-c", BARE)
    whole(*ours), whole(*bare)
    return medians([(whole(*ours), whole(*bare)) for _ in range(ROUNDS)])


def imports() -> tuple[float, float, float]:
    """Seconds of importing the vendors' packages as far as they are used, of importing them whole, and their ratio."""
    parts, packages = ("-c", PARTS), ("-c", WHOLE)
    whole(*parts), whole(*packages)
    return medians([(whole(*parts), whole(*packages)) for _ in range(ROUNDS)])


def in_process(room: Path) -> tuple[float, float, float]:
    """Seconds of the plain program, of ours, and their ratio, each without its imports."""
    return against_plain(written(room / "catalog", RULES), room)


def against_plain(catalog: Path, room: Path) -> tuple[float, float, float]:
    """The same for any catalog, whose plain program is written into a room."""
    program = room / "plain.py"
    program.write_text(plain_of(catalog))
    pairs = []
    for _ in range(ROUNDS):
        (ours, declared), (plain, as_many) = answered("-c", OURS, str(catalog)), answered("-c", PLAIN, str(program))
        assert as_many - 1 <= declared <= as_many, f"{declared} and {as_many} are not the same resources"
        pairs.append((plain, ours))
    return medians(pairs)


def plain_of(catalog: Path) -> str:
    """The plain program that declares the same as ours does for a catalog."""
    from datetime import date

    from benchmarks.plain import program
    from monitoring.loader import PlatformFiles
    from monitoring.preview.run import preview

    return program(preview(environment="prod", today=date(2026, 11, 23), files=PlatformFiles(catalog)))


def main() -> int:
    """Measures, prints, and answers 1 where a promise is broken."""
    ours, bare, ratio = whole_process()
    name = f"monitoring preview ({ours:.2f} s) for one bare import ({bare:.2f} s)"
    first = told(name, f"{ratio:.2f}x", "at most 1.5x", kept=ratio <= 1.5)
    parts, packages, ratio = imports()
    name = f"the packages as far as they are used ({parts:.2f} s), whole ({packages:.2f} s)"
    second = told(name, f"{ratio:.2f}x", "at most 0.95x", kept=ratio <= 0.95)
    with tempfile.TemporaryDirectory() as room:
        plain, own, faster = in_process(Path(room))
    name = f"{RULES:,} rules in process ({own:.2f} s), plain program ({plain:.2f} s)"
    third = told(name, f"{faster:.2f}x", "at least 2x", kept=faster >= 2)
    return 0 if first and second and third else 1


if __name__ == "__main__":
    sys.exit(main())
