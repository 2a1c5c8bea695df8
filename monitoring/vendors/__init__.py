"""The one door to the accounts by HTTP: credentials, a client, what the accounts hold, and what has to be there."""
