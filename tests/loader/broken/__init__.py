"""Broken catalogs, one mistake each, with the exact message; a module a kind of mistake."""
