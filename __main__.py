"""The Pulumi program of this platform: its catalog lies beside it."""

from monitoring.program import run

run()
