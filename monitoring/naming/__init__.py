"""Every name that is derived from the catalog, and the way back from a name to the catalog."""
