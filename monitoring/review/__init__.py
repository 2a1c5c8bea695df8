"""What a change of the catalog does to people: two catalogs in, effects out. No vendor and no engine is asked."""
