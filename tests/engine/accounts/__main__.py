"""Run one vendor's plugin: `python -m tests.engine.accounts datadog ENGINE`; ACCOUNTS names the accounts' file.

ENGINE is the engine's own address, which it gives to every plugin.
"""

import os
import sys
from pathlib import Path

import grpc
from pulumi.runtime.proto.engine_pb2_grpc import EngineStub

from tests.engine.accounts.plugin import VENDORS, Plugin, serve
from tests.engine.accounts.store import Store

engine = EngineStub(grpc.insecure_channel(sys.argv[-1]))
serve(Plugin(Store(Path(os.environ["ACCOUNTS"])), VENDORS[sys.argv[1]], engine))
