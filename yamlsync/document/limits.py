"""How large a file and its parts may be (YAML-2, YAML-16)."""

from __future__ import annotations

MAX_BYTES = 16 * 1024 * 1024
"""Of a file: a larger one is refused, read or written."""

MAX_KEY = 1000
"""Characters of a key's spelling: YAML reads no simple key over 1,024."""

MAX_DEPTH = 32
"""Levels of nesting. The format has five at most."""

MAX_NODES = 500_000
"""Values in a file."""
