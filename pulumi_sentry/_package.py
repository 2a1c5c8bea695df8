# Written by tools/sentry_sdk/generate.py; change the facts it reads, not this file.
"""Which package this is: what the engine is told before it serves a resource of it."""

BASE_PROVIDER = "terraform-provider"
BASE_VERSION = "1.2.0"
NAME = "sentry"
VERSION = "0.15.4"
PARAMETER = "eyJyZW1vdGUiOnsidXJsIjoicmVnaXN0cnkub3BlbnRvZnUub3JnL2ppYW55dWFuL3NlbnRyeSIsInZlcnNpb24iOiIwLjE1LjQifX0="
