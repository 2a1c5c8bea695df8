"""Exact time: who is on call when. No vendor, no I/O, and no stepping through minutes."""
