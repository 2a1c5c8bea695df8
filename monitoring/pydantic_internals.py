"""What we replace of pydantic that is not its public interface; read this file when pydantic is upgraded."""

from __future__ import annotations

import os
import sys
from types import ModuleType

from pydantic.version import VERSION

_READ_IN = "2.14."
_LOADER = "pydantic.plugin._loader"


class _NoPlugins(ModuleType):
    """A module in the place of the one with which pydantic looks for plugins in every installed package."""

    @staticmethod
    def get_plugins() -> tuple[()]:
        """None."""
        return ()


def leave_out_plugins() -> None:
    """Keeps pydantic's plugins out, so that a catalog means the same whatever else is installed.

    Of a version that was read the search itself is left out: what it imports takes a twentieth of a command's start.
    """
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "true"
    if VERSION.startswith(_READ_IN):
        sys.modules.setdefault(_LOADER, _NoPlugins(_LOADER))
