"""Who is woken: from a rule to a human, at every instant, with a witness where it fails."""
