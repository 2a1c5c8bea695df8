"""The rooms whose code is changed, and the tests that judge each."""

from __future__ import annotations

from dataclasses import dataclass

FROZEN = "tests/test_frozen.py::test_data_is_frozen"


@dataclass(frozen=True)
class Room:
    """A folder of the tool, and its tests as pytest is given them; those marked `full` are left out."""

    name: str
    own_tests: tuple[str, ...]

    @property
    def tests(self) -> tuple[str, ...]:
        """Its own, and that of all rooms which says that data is frozen."""
        return (*self.own_tests, f"{FROZEN}[{self.name}]")

    @property
    def folder(self) -> str:
        """Where its code is, below the root."""
        return f"monitoring/{self.name}"


ROOMS = {
    room.name: room
    for room in (
        Room("oncall", ("tests/oncall", "tests/model/test_local_time.py", "tests/checks/test_schedule_alive.py")),
        Room("reach", ("tests/reach",)),
        Room("checks", ("tests/checks", "--ignore=tests/checks/test_adding_a_check.py")),
        Room("health", ("tests/health",)),
        Room("resources", ("tests/resources", "tests/golden", "tests/consequences")),
    )
}
