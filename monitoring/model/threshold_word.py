"""The four words for a threshold at Datadog, and what each compares."""

from __future__ import annotations

from enum import StrEnum


class ThresholdWord(StrEnum):
    """How a value is compared with its threshold: the word of the catalog."""

    ABOVE = "above"
    AT_LEAST = "at-least"
    BELOW = "below"
    AT_MOST = "at-most"

    @property
    def field(self) -> str:
        """The signal's field."""
        return self.replace("-", "_")

    @property
    def is_upward(self) -> bool:
        """Whether high values fire."""
        return self in (ThresholdWord.ABOVE, ThresholdWord.AT_LEAST)

    @property
    def fires_at_threshold(self) -> bool:
        """Whether the threshold itself fires."""
        return self in (ThresholdWord.AT_LEAST, ThresholdWord.AT_MOST)

    @property
    def sign(self) -> str:
        """The comparison in Datadog's language."""
        return (">" if self.is_upward else "<") + "=" * self.fires_at_threshold

    @property
    def in_words(self) -> str:
        """The comparison inside a sentence: "above", "at or below"."""
        plain = "above" if self.is_upward else "below"
        return f"at or {plain}" if self.fires_at_threshold else plain


def word_written(signal: object) -> ThresholdWord:
    """The word of a signal's threshold; the first where several are written, and above where none is."""
    return next((word for word in ThresholdWord if getattr(signal, word.field, None) is not None), ThresholdWord.ABOVE)


def words_written(signal: object) -> int:
    """How many thresholds a signal has."""
    return sum(getattr(signal, word.field, None) is not None for word in ThresholdWord)
