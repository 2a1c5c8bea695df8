"""What the tests share that ask loopback accounts."""

from __future__ import annotations

from tests.smoke.conftest import _no_proxy, anyio_backend

__all__ = ["_no_proxy", "anyio_backend"]
