"""`python -m monitoring` is the `monitoring` command."""

from monitoring.cli import main

if __name__ == "__main__":
    main()
