"""Random changes of the tool's own code, each of which a test has to notice: `make mutation-code`, never in CI."""
