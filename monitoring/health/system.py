"""Probes of the machine itself: disk, memory, processor. They warn; only a full disk or memory fails."""

from __future__ import annotations

from pathlib import Path

from .check import Probe, Reading
from .contract import Status

CGROUP = Path("/sys/fs/cgroup")
"""Where a container's own limits stand (cgroup v2); without them the machine's memory counts."""


def disk(path: str = "/", *, warn: float = 0.85, fail: float = 0.97) -> Probe:
    """A probe of the file system that holds a path; the limits are shares of it that are used."""

    def probe() -> Reading:
        import psutil

        return level(psutil.disk_usage(path).percent / 100, warn=warn, fail=fail)

    return probe


def memory(*, warn: float = 0.9, fail: float = 0.98, cgroup: Path = CGROUP) -> Probe:
    """A probe of memory: the container's, where it has a limit, else the machine's."""

    def probe() -> Reading:
        import psutil

        share = container_share(cgroup)
        return level(psutil.virtual_memory().percent / 100 if share is None else share, warn=warn, fail=fail)

    return probe


def cpu(*, warn: float = 0.95, over: float = 0.2) -> Probe:
    """A probe of the processor, watched for `over` seconds; a busy one warns and never fails."""

    def probe() -> Reading:
        import psutil

        return level(psutil.cpu_percent(interval=over) / 100, warn=warn, fail=None)

    return probe


def container_share(cgroup: Path) -> float | None:
    """The share of the container's memory that is used and cannot be given back, None without a limit."""
    try:
        limit = (cgroup / "memory.max").read_text().strip()
        used = int((cgroup / "memory.current").read_text())
        lines = (cgroup / "memory.stat").read_text().splitlines()
    except (OSError, ValueError):
        return None
    if not limit.isdigit() or int(limit) == 0:
        return None
    reclaimable = sum(int(line.split()[1]) for line in lines if line.startswith("inactive_file "))
    return max(0.0, (used - reclaimable) / int(limit))


def level(share: float, *, warn: float, fail: float | None) -> Reading:
    """A used share as a reading."""
    status = Status.FAIL if fail is not None and share >= fail else Status.WARN if share >= warn else Status.PASS
    return Reading(status, f"{share:.0%} used")
