"""Alerting as code that can be trusted to wake somebody."""

__version__ = "0.1.0"
