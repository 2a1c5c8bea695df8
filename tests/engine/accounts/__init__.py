"""Emulated accounts at Datadog, PagerDuty and Sentry, as Pulumi provider plugins with their state in SQLite.

What they know comes from `facts/*.json`, each fact with its source, and never from this project's builders.
"""
