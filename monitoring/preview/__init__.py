"""Runs the program in process, without engine, account or network, and keeps what it declares as a Plan."""
