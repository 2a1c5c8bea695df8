"""Names by which something is taken to hold a secret."""

from __future__ import annotations

SECRET_WORDS = ("authorization", "cookie", "token", "secret", "password", "api-key", "apikey", "credential")
"""Parts of the name of a header, or of what a browser types, that carries a secret: our own judgement."""


def names_a_secret(name: str) -> bool:
    """Whether something of this name is taken to hold a secret."""
    return any(word in name.lower() for word in SECRET_WORDS)
