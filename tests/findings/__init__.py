"""Inputs that were wrong once, each with its right answer."""
