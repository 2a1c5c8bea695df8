"""The ten scenarios that a deployed platform's alerting must pass, run from outside."""
