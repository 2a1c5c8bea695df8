"""Alerting as code that can be trusted to wake somebody."""
