"""Run one vendor's plugin: `python -m tests.engine.accounts datadog ENGINE`; ACCOUNTS names the accounts' file.

ENGINE is the engine's own address, which it gives to every plugin.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType


def leave_out_the_sdk() -> None:
    """Lets `pulumi.runtime.proto` be imported without the SDK around it, a third of what a plugin's start takes.

    The engine starts three plugins in each run, and none of them uses more than the protocol.
    """
    spec = find_spec("pulumi")
    assert spec is not None
    [folder] = spec.submodule_search_locations or [""]
    for name, place in (("pulumi", Path(folder)), ("pulumi.runtime", Path(folder, "runtime"))):
        package = ModuleType(name)
        package.__path__ = [str(place)]
        sys.modules[name] = package


def main() -> None:
    """Serve until the engine ends the process."""
    leave_out_the_sdk()
    import grpc
    from pulumi.runtime.proto.engine_pb2_grpc import EngineStub

    from tests.engine.accounts.plugin import VENDORS, Plugin, serve
    from tests.engine.accounts.store import Store

    engine = EngineStub(grpc.insecure_channel(sys.argv[-1]))
    serve(Plugin(Store(Path(os.environ["ACCOUNTS"])), VENDORS[sys.argv[1]], engine))


main()
