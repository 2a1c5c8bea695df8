"""The corpus as catalog entries: what each of the vendors' objects becomes, and what is lost on the way."""
