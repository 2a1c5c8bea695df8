"""What the vendors hold other than the program declared, from the engine's own refresh, in the catalog's words."""
