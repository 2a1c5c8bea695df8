"""The ten scenarios that a deployed platform's alerting must pass, asked from outside."""
