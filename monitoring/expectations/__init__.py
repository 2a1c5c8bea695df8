"""What was typed by hand, compared with a Plan that is read as the vendors act on it."""

from monitoring.expectations.comparing import Comparison, compare
from monitoring.expectations.form import forms

__all__ = ["Comparison", "compare", "forms"]
