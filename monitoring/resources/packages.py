"""Which versions of the vendors' packages run here, as the engine has to be told."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from pulumi_sentry import _package


def package_version(vendor: str) -> str:
    """The version of a vendor's package; Sentry's is a part of this distribution, whose own version is another."""
    return _package.VERSION if vendor == _package.NAME else version(f"pulumi-{vendor}")


def sentry_base() -> Mapping[str, str]:
    """The plugin that serves Sentry, and the value that makes it Sentry's, in the words of `pulumi import --file`."""
    return {
        "pluginName": _package.BASE_PROVIDER,
        "pluginVersion": _package.BASE_VERSION,
        "value": _package.PARAMETER,
    }
