"""The command line: parses, calls a use case, shows what came of it. Knows terminal and environment."""
