"""What the program would create beside its twin in an account: found by name, taken over by `pulumi import`."""
